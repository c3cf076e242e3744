import type { TaxRate } from '../../../shared/contract/tax-rates.ts'

type Text = { readonly label: string; readonly effect: string; readonly rated: boolean }

/** The categories of EN 16931 (UNTDID 5305) in words. */
export const categoryTexts: Readonly<Record<TaxRate['category'], Text>> = {
  S: { label: 'Standard or reduced', effect: 'Tax is added at the rate.', rated: true },
  Z: { label: 'Zero rated', effect: 'Taxed at 0 %; it counts as taxable turnover.', rated: false },
  E: { label: 'Exempt', effect: 'No tax; the invoice gives the reason.', rated: false },
  AE: { label: 'Reverse charge', effect: 'The buyer accounts for the tax; the invoice says so.', rated: false },
  K: { label: 'Supply within the EU', effect: 'No tax; for goods to a business in another EU country.', rated: false },
  G: { label: 'Export', effect: 'No tax; for goods that leave the tax area.', rated: false },
  O: { label: 'Outside the scope', effect: 'Not subject to tax at all.', rated: false },
  L: { label: 'Canary Islands (IGIC)', effect: 'Tax of the Canary Islands at the rate.', rated: true },
  M: { label: 'Ceuta and Melilla (IPSI)', effect: 'Tax of Ceuta and Melilla at the rate.', rated: true },
  B: { label: 'Transferred (Italy)', effect: 'The buyer pays the tax to the state (split payment).', rated: true },
}
