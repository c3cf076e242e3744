import type { TaxTreatment } from '../../contract/documents.ts'
import { percent } from '../../money/scaled.ts'
import { euMembers } from './eu-members.ts'
import { chargesTax, hasVatNumber, untaxed } from './parts.ts'
import type { DatedRate, LineFacts, Proposal, Regime, SaleFacts, TaxParty } from './regime.ts'
import { ukReturns } from './uk-returns.ts'

/**
 * VAT of the United Kingdom. Sources: VAT Act 1994; HMRC Notice 700 (general), 700/12 (return), 733 (flat rate), 731
 * (cash accounting), 741A (place of supply of services), 735 (domestic reverse charge); Windsor Framework (Northern
 * Ireland and goods).
 */
const texts = {
  reverse: 'Reverse charge: customer to pay the VAT to HMRC',
  outside: 'Outside the scope of UK VAT: the customer accounts for VAT where it belongs',
  export: 'Zero-rated export of goods from the UK',
  intra: 'Zero-rated intra-Community supply of goods from Northern Ireland',
  exempt: 'Exempt from VAT',
} as const

const isNorthern = (party: TaxParty) => party.taxIds.some(({ value }) => /^\s*XI/i.test(value))
const isHere = (country: string | null) => country === null || country === 'GB' || country === 'IM'

const suggestTreatment = ({ seller, buyer, deliverTo, kind, settings }: SaleFacts): TaxTreatment => {
  if (settings.scheme === 'small-business') return 'outside-scope'
  if (buyer === null) return 'domestic'
  const goodsGo = deliverTo?.country ?? buyer.country
  if (kind === 'goods') {
    if (isHere(goodsGo)) return 'domestic'
    const inEu = euMembers.has(goodsGo ?? '')
    if (isNorthern(seller) && inEu)
      return hasVatNumber(buyer) ? 'intra-community' : settings.usesOss ? 'oss' : 'domestic'
    return 'export'
  }
  // Services to a business belong where it does (s. 7A); to a consumer where the supplier does.
  return isHere(buyer.country) || buyer.taxIds.length === 0 ? 'domestic' : 'outside-scope'
}

const proposeTaxes = ({ treatment, rate, buyer, seller, settings }: LineFacts): Proposal => {
  const missingId = buyer !== null && !hasVatNumber(buyer) ? ['This treatment needs the VAT number of the client.'] : []
  if (settings.scheme === 'small-business')
    return { taxes: [untaxed('No VAT', 'O', 'Not registered for VAT')], warnings: [] }
  if (treatment === 'reverse-charge') return { taxes: [untaxed('VAT', 'AE', texts.reverse)], warnings: missingId }
  if (treatment === 'intra-community') {
    const northern = isNorthern(seller) ? [] : ['Only Northern Ireland (XI number) makes intra-Community supplies.']
    return { taxes: [untaxed('VAT', 'K', texts.intra)], warnings: [...northern, ...missingId] }
  }
  if (treatment === 'export') return { taxes: [untaxed('VAT', 'G', texts.export)], warnings: [] }
  if (treatment === 'outside-scope') return { taxes: [untaxed('VAT', 'O', texts.outside)], warnings: [] }
  if (treatment === 'exempt') return { taxes: [untaxed('VAT', 'E', texts.exempt)], warnings: [] }
  const unusual = chargesTax(treatment) ? [] : ['This treatment is not one of UK VAT: the rate of the line is kept.']
  return { taxes: rate === null ? [] : [rate], warnings: unusual }
}

const dated = (name: string, rate: bigint, from: string, until: string | null): DatedRate => ({
  name,
  category: rate === 0n ? 'Z' : 'S',
  rateE6: percent(rate),
  from,
  until,
})

export const ukVat: Regime = {
  id: 'uk-vat',
  name: 'UK VAT',
  countries: ['GB', 'IM'],
  idScheme: () => 'GB-VAT',
  schemes: ['standard', 'flat-rate', 'cash', 'small-business'],
  treatments: [
    { id: 'domestic', label: 'Taxable in the UK' },
    { id: 'reverse-charge', label: 'Domestic reverse charge' },
    { id: 'export', label: 'Export of goods' },
    { id: 'intra-community', label: 'Goods from Northern Ireland to the EU' },
    { id: 'outside-scope', label: 'Outside the scope (services abroad)' },
    { id: 'exempt', label: 'Exempt' },
  ],
  places: () => [],
  suggestTreatment,
  suggestPlace: () => null,
  proposeTaxes,
  wording: ({ treatment, settings }) => ({
    title: settings.scheme === 'small-business' ? null : 'tax-invoice',
    reverseCharge: null,
    texts:
      treatment === 'reverse-charge'
        ? [texts.reverse]
        : treatment === 'intra-community'
          ? [texts.intra]
          : treatment === 'outside-scope' && settings.scheme !== 'small-business'
            ? [texts.outside]
            : [],
  }),
  reasons: [
    { category: 'AE', code: 'VATEX-EU-AE', text: texts.reverse },
    { category: 'K', code: 'VATEX-EU-IC', text: texts.intra },
    { category: 'G', code: 'VATEX-EU-G', text: texts.export },
    { category: 'O', code: 'VATEX-EU-O', text: texts.outside },
  ],
  // HMRC, VAT rates: standard 15 % for 2008-12 to 2009-12, 20 % since 4 January 2011; hospitality cut 2020 to 2022.
  statutoryRates: [
    dated('VAT 17.5%', 17_500_000n, '1991-04-01', '2008-12-01'),
    dated('VAT 15%', 15_000_000n, '2008-12-01', '2010-01-01'),
    dated('VAT 17.5%', 17_500_000n, '2010-01-01', '2011-01-04'),
    dated('VAT 20%', 20_000_000n, '2011-01-04', null),
    dated('VAT 5%', 5_000_000n, '1997-09-01', null),
    dated('VAT 12.5%', 12_500_000n, '2021-10-01', '2022-04-01'),
    dated('VAT 0%', 0n, '1973-04-01', null),
  ],
  roundOffStepE4: null,
  classificationDigits: () => null,
  returns: ukReturns,
  largeInvoices: [],
  fiscalYearStart: '04-06',
  frequencies: ['quarterly', 'monthly', 'yearly'],
}

/**
 * Tax point of the UK (VAT Act 1994 s. 6): the day of supply, or of the invoice when it is issued within 14 days after,
 * or the day of an earlier invoice or payment.
 */
export const ukTaxPoint = (suppliedOn: string | null, invoicedOn: string, daysAfter: number): string =>
  suppliedOn === null || invoicedOn <= suppliedOn || daysAfter <= 14 ? invoicedOn : suppliedOn
