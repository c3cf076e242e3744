import type { LineTax } from '../../../shared/contract/documents.ts'
import { percentOf } from '../../../shared/money/decimal-string.ts'
import { amount } from '../../../shared/money/scaled.ts'
import type { LineFacts, RegimeSettings, TaxFigure, TaxParty } from '../../../shared/tax/regimes/regime.ts'

export const settings: RegimeSettings = {
  scheme: 'standard',
  flatPercentE6: null,
  usesOss: false,
  lutNumber: null,
  isLarge: false,
}

/** A party of a country, with a state or province and numbers. */
export const party = (country: string, region: string | null = null, ...ids: string[]): TaxParty => ({
  country,
  region,
  taxIds: ids.map((value) => ({ label: 'VAT no.', value })),
})

/** A rate of the business as a line holds it. */
export const rate = (name: string, percent: string, category: LineTax['category'] = 'S'): LineTax => ({
  taxRateId: 'rate',
  name,
  category,
  rateE6: percentOf(percent),
  isCompound: false,
  exemptionReason: null,
})

/** A domestic sale of goods on 2 March 2026, changed as asked. */
export const line = (more: Partial<LineFacts> & Pick<LineFacts, 'seller'>): LineFacts => ({
  settings,
  buyer: null,
  deliverTo: null,
  kind: 'goods',
  treatment: 'domestic',
  placeOfSupply: null,
  taxPoint: '2026-03-02',
  rate: null,
  placeRates: [],
  tables: { standardRates: [] },
  ...more,
})

/** A row of the books; amounts in whole units of the currency with two decimals, as hundredths. */
export const figure = (more: Partial<TaxFigure> & { taxable: number; tax: number }): TaxFigure => {
  const { taxable, tax, ...rest } = more
  return {
    key: `${rest.name}-${rest.treatment}-${taxable}`,
    kind: 'invoice',
    name: 'VAT',
    category: 'S',
    rateE6: percentOf('20'),
    treatment: 'domestic',
    place: null,
    buyer: 'business',
    isLarge: false,
    taxableE4: amount(BigInt(taxable) * 100n),
    taxE4: amount(BigInt(tax) * 100n),
    ...rest,
  }
}

/** Taxes in a few words: `CGST 9 + SGST 9`. */
export const brief = (taxes: readonly LineTax[]): string =>
  taxes
    .map((tax) => `${tax.name} ${Number(tax.rateE6) / 1_000_000}${tax.category === 'S' ? '' : ` ${tax.category}`}`)
    .join(' + ')
