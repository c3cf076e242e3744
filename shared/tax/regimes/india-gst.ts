import type { LineTax, TaxTreatment } from '../../contract/documents.ts'
import { amount, percent } from '../../money/scaled.ts'
import { checkTaxId } from '../ids/index.ts'
import { gstinKind } from '../ids/india.ts'
import { indianLargeInvoices, indianReturns } from './india-returns.ts'
import { indianPlaces, stateCodeOf, stateName, unionTerritories } from './india-states.ts'
import { charged, untaxed } from './parts.ts'
import type { DatedRate, LineFacts, Proposal, Regime, SaleFacts, TaxParty } from './regime.ts'

/**
 * Goods and Services Tax of India. Sources: IGST Act 2017 ss. 7, 8, 10, 12, 16; CGST Act 2017 ss. 9, 10, 14, 31, 170;
 * UTGST Act 2017; CGST Rules 46, 49; notifications 9/2025-CTR ff. (rates from 22 September 2025), 78/2020-CT (HSN).
 */
const abroad = '96'

const gstinOf = (party: TaxParty | null): string | null => {
  const found = party?.taxIds.find(({ value }) => gstinKind(value.replace(/\s/g, '').toUpperCase()) !== null)
  return found === undefined ? null : found.value.replace(/\s/g, '').toUpperCase()
}

/** The state of a party: its GSTIN decides, then the address. */
const stateOf = (party: TaxParty | null): string | null => {
  const gstin = gstinOf(party)
  if (gstin !== null && checkTaxId('IN-GSTIN', gstin).ok && stateName(gstin.slice(0, 2)) !== null) {
    return gstin.slice(0, 2)
  }
  return stateCodeOf(party?.region ?? null)
}

const isAbroad = (party: Pick<TaxParty, 'country'> | null) => party?.country != null && party.country !== 'IN'

const suggestTreatment = ({ buyer, settings }: SaleFacts): TaxTreatment => {
  if (settings.scheme === 'composition') return 'composition'
  if (!isAbroad(buyer)) return 'domestic'
  return settings.lutNumber === null ? 'export-with-tax' : 'export'
}

/**
 * Goods: where their movement ends (IGST s. 10(1)(a)). Services: the buyer's registration, then the address on record,
 * then the supplier's place (s. 12(2)).
 */
const suggestPlace = (facts: SaleFacts & { readonly treatment: TaxTreatment }): string | null => {
  const { buyer, deliverTo, seller, kind, treatment } = facts
  if (treatment === 'export' || treatment === 'export-with-tax') return abroad
  // Services to somebody abroad who is not registered here: place of supply is outside (s. 13(2)).
  if (isAbroad(buyer) && gstinOf(buyer) === null) return abroad
  const delivered = kind === 'goods' ? stateCodeOf(deliverTo?.region ?? null) : null
  return delivered ?? stateOf(buyer) ?? stateOf(seller)
}

const alwaysInterState: ReadonlySet<TaxTreatment> = new Set(['export', 'export-with-tax', 'sez', 'sez-with-tax'])

/** Whether a supply is inter-state: supplier's state and place of supply differ, or it is an export or goes to a SEZ. */
export const isInterState = (sellerState: string | null, place: string | null, treatment: TaxTreatment): boolean =>
  alwaysInterState.has(treatment) || (sellerState !== null && place !== null && sellerState !== place)

/** Half of a rate for CGST and for SGST; the item's rate is the whole (18 %), or a half as older books have it. */
const wholeRate = (rate: LineTax) => percent(/^(C|S|UT)GST/i.test(rate.name) ? rate.rateE6 * 2n : rate.rateE6)

const splitTaxes = (rate: LineTax, seller: string | null, place: string | null, treatment: TaxTreatment): LineTax[] => {
  const whole = wholeRate(rate)
  if (isInterState(seller, place, treatment)) return [charged('IGST', whole, rate.taxRateId)]
  const half = percent(whole / 2n)
  const state = unionTerritories.has(place ?? seller ?? '') ? 'UTGST' : 'SGST'
  return [charged('CGST', half, rate.taxRateId), charged(state, half, rate.taxRateId)]
}

const texts = {
  export: 'Supply meant for export under letter of undertaking without payment of integrated tax',
  exportPaid: 'Supply meant for export on payment of integrated tax',
  sez: 'Supply to SEZ unit or SEZ developer for authorised operations under letter of undertaking without payment of integrated tax',
  sezPaid: 'Supply to SEZ unit or SEZ developer for authorised operations on payment of integrated tax',
  reverse: 'Tax is payable on reverse charge by the recipient',
  composition: 'Composition taxable person, not eligible to collect tax on supplies',
  exempt: 'Exempt from GST',
  outside: 'Non-GST supply',
} as const

const proposeTaxes = ({ seller, settings, treatment, placeOfSupply, rate }: LineFacts): Proposal => {
  const none = (tax: LineTax, warnings: string[] = []): Proposal => ({ taxes: [tax], warnings })
  switch (treatment) {
    case 'composition':
      return none(untaxed('GST', 'E', texts.composition))
    case 'exempt':
      return none(untaxed('GST', 'E', texts.exempt))
    case 'outside-scope':
      return none(untaxed('GST', 'O', texts.outside))
    case 'reverse-charge':
      return none(untaxed('GST', 'AE', texts.reverse))
    case 'export':
    case 'sez': {
      const missing =
        'Without a letter of undertaking (LUT) this supply goes out with IGST. Enter the LUT in Settings, Taxes.'
      const text = treatment === 'sez' ? texts.sez : texts.export
      return none(untaxed('IGST', 'Z', text), settings.lutNumber === null ? [missing] : [])
    }
    default:
  }
  if (rate === null) return { taxes: [], warnings: [] }
  if (rate.category !== 'S') return none(rate)
  const state = stateOf(seller)
  const warnings =
    state === null
      ? ['Enter your state or GSTIN in Settings, Business: without it this is taken to be inside your state.']
      : []
  return { taxes: splitTaxes(rate, state, placeOfSupply, treatment), warnings }
}

const legalTexts: Partial<Record<TaxTreatment, string>> = {
  export: texts.export,
  'export-with-tax': texts.exportPaid,
  sez: texts.sez,
  'sez-with-tax': texts.sezPaid,
  'reverse-charge': texts.reverse,
  composition: texts.composition,
}

// Rates of the whole tax. 12 % and 28 % ended for most goods on 22 September 2025 (56th GST Council).
const dated = (rate: bigint, from: string, until: string | null = null): DatedRate => ({
  name: `GST ${Number(rate) / 1_000_000}%`,
  category: rate === 0n ? 'Z' : 'S',
  rateE6: percent(rate),
  from,
  until,
})
const start = '2017-07-01'
const reform = '2025-09-22'

export const indiaGst: Regime = {
  id: 'india-gst',
  name: 'India GST',
  countries: ['IN'],
  idScheme: () => 'IN-GSTIN',
  schemes: ['standard', 'composition'],
  treatments: [
    { id: 'domestic', label: 'Taxable in India' },
    { id: 'reverse-charge', label: 'Reverse charge (buyer pays)' },
    { id: 'export', label: 'Export under LUT, without tax' },
    { id: 'export-with-tax', label: 'Export with IGST' },
    { id: 'sez', label: 'SEZ under LUT, without tax' },
    { id: 'sez-with-tax', label: 'SEZ with IGST' },
    { id: 'deemed-export', label: 'Deemed export' },
    { id: 'composition', label: 'Composition (bill of supply)' },
    { id: 'exempt', label: 'Exempt or nil rated (bill of supply)' },
    { id: 'outside-scope', label: 'Outside GST' },
  ],
  places: () => indianPlaces,
  suggestTreatment,
  suggestPlace,
  proposeTaxes,
  wording: ({ treatment, settings }) => {
    const text = legalTexts[treatment]
    const lut =
      (treatment === 'export' || treatment === 'sez') && settings.lutNumber !== null
        ? [`LUT ${settings.lutNumber}`]
        : []
    return {
      title: treatment === 'composition' || treatment === 'exempt' ? 'bill-of-supply' : 'tax-invoice',
      reverseCharge: treatment === 'reverse-charge',
      texts: text === undefined ? lut : [text, ...lut],
    }
  },
  reasons: [],
  statutoryRates: [
    dated(0n, start),
    dated(250_000n, start),
    dated(1_500_000n, start),
    dated(3_000_000n, start),
    dated(5_000_000n, start),
    dated(12_000_000n, start, reform),
    dated(18_000_000n, start),
    dated(28_000_000n, start, reform),
    dated(40_000_000n, reform),
  ],
  roundOffStepE4: amount(10_000n),
  // Notification 78/2020-CT: 4 digits up to 5 crore (to businesses), 6 above; exports 8 (customs tariff).
  classificationDigits: ({ isLarge, treatment, buyer }) => {
    if (treatment === 'export' || treatment === 'export-with-tax') return 8
    if (isLarge) return 6
    return buyer === 'business' ? 4 : null
  },
  returns: indianReturns,
  largeInvoices: indianLargeInvoices,
  fiscalYearStart: '04-01',
  frequencies: ['monthly', 'quarterly'],
}

/**
 * Time of supply where a rate changes between the events (CGST s. 14): the rate of the side on which two of supply,
 * invoice and payment lie. Gives the day whose rate holds; a payment not made yet lies after the change.
 */
export const timeOfSupply = (
  events: { readonly suppliedOn: string; readonly invoicedOn: string; readonly paidOn: string | null },
  changeOn: string,
): string => {
  const { suppliedOn, invoicedOn, paidOn } = events
  const days = [suppliedOn, invoicedOn, paidOn]
  const before = days.filter((day): day is string => day !== null && day < changeOn)
  const after = days.filter((day): day is string => day !== null && day >= changeOn)
  const side = before.length >= 2 ? before : after
  // Of invoice and payment on that side the earlier counts; supply alone never does (s. 14(a), (b)).
  const counted = side.filter((day) => day === invoicedOn || day === paidOn).sort()
  return counted[0] ?? suppliedOn
}
