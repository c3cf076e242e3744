import type { LineTax, TaxTreatment } from '../../contract/documents.ts'
import { charged, groupFigures, inForce, taxCells, taxColumns, untaxed } from './parts.ts'
import type { LineFacts, Proposal, Regime, ReturnInput, ReturnTable, SaleFacts } from './regime.ts'
import { northAmericanPlaces, placeOfRegion, provincialTaxes } from './us-ca-places.ts'

/**
 * Sales taxes of the United States and Canada: several authorities tax one sale, side by side or one on top of another.
 * Sources: Excise Tax Act (Canada) ss. 165, 165.2; South Dakota v. Wayfair (2018) for where a seller has to collect. The
 * states' and cities' rates are the business's own: it enters those of the places where it is registered.
 */
const suggestTreatment = ({ seller, buyer, deliverTo }: SaleFacts): TaxTreatment => {
  const there = deliverTo?.country ?? buyer?.country ?? null
  return there === null || there === seller.country ? 'domestic' : 'export'
}

const place = (facts: SaleFacts): string | null => {
  const { seller, buyer, deliverTo, kind } = facts
  const to = kind === 'goods' && deliverTo !== null ? deliverTo : buyer
  return (
    placeOfRegion(to?.country ?? seller.country, to?.region ?? null) ?? placeOfRegion(seller.country, seller.region)
  )
}

const builtIn = (code: string, on: string, rate: LineTax | null): LineTax[] =>
  inForce(
    provincialTaxes.filter((it) => it.places.includes(code)),
    on,
  ).map((it) => ({ ...charged(it.name, it.rateE6, rate?.taxRateId ?? null), isCompound: it.isCompound }))

const proposeTaxes = ({ treatment, placeOfSupply, placeRates, rate, taxPoint }: LineFacts): Proposal => {
  if (treatment === 'export') return { taxes: [untaxed('No tax', 'Z', 'Export, no sales tax')], warnings: [] }
  if (treatment === 'exempt')
    return { taxes: [untaxed('No tax', 'E', 'Exempt: resale or exemption certificate')], warnings: [] }
  if (treatment === 'outside-scope')
    return { taxes: [untaxed('No tax', 'O', 'Not subject to sales tax')], warnings: [] }
  // An item that is not taxed stays so everywhere.
  if (rate !== null && rate.category !== 'S') return { taxes: [rate], warnings: [] }
  if (placeRates.length > 0) return { taxes: placeRates.slice(0, 5), warnings: [] }
  const taxes = placeOfSupply === null ? [] : builtIn(placeOfSupply, taxPoint, rate)
  if (taxes.length > 0) return { taxes, warnings: [] }
  if (placeOfSupply?.startsWith('US-')) {
    return { taxes: [], warnings: [`No rate of yours belongs to ${placeOfSupply}: no sales tax is charged.`] }
  }
  return { taxes: rate === null ? [] : [rate], warnings: [] }
}

/** What is owed to each authority: a tax by its name, with its places under it. */
const byAuthority = ({ figures }: ReturnInput): readonly ReturnTable[] => {
  const rowsOf = (keyOf: (it: (typeof figures)[number]) => string) =>
    groupFigures(figures, keyOf).map(([key, group]) => ({ id: key, label: key, cells: taxCells(group) }))
  return [
    { id: 'authorities', title: 'By tax', columns: taxColumns, rows: rowsOf((it) => it.name), notes: [] },
    {
      id: 'places',
      title: 'By place and tax',
      columns: taxColumns,
      rows: rowsOf((it) => `${it.place ?? 'No place'}, ${it.name} ${Number(it.rateE6) / 1_000_000} %`),
      notes: [],
    },
  ]
}

export const usCaSalesTax: Regime = {
  id: 'us-ca-sales-tax',
  name: 'US and Canada sales tax',
  countries: ['US', 'CA'],
  idScheme: (country) => (country === 'CA' ? 'CA-BN' : 'US-EIN'),
  schemes: ['standard', 'cash', 'small-business'],
  treatments: [
    { id: 'domestic', label: 'Taxable' },
    { id: 'exempt', label: 'Exempt (resale, certificate)' },
    { id: 'export', label: 'Export' },
    { id: 'outside-scope', label: 'Not subject to sales tax' },
  ],
  places: (country) => northAmericanPlaces[country === 'CA' ? 'CA' : 'US'],
  suggestTreatment,
  suggestPlace: place,
  proposeTaxes,
  wording: () => ({ title: null, reverseCharge: null, texts: [] }),
  reasons: [],
  statutoryRates: provincialTaxes,
  roundOffStepE4: null,
  classificationDigits: () => null,
  returns: [{ id: 'authorities', name: 'Sales tax by authority', build: byAuthority }],
  largeInvoices: [],
  fiscalYearStart: '01-01',
  frequencies: ['monthly', 'quarterly', 'half-yearly', 'yearly'],
}
