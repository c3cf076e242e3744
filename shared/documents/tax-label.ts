import { formatPercent } from '../money/format.ts'
import type { Percent } from '../money/scaled.ts'

/** How a tax is called on paper and screen: its name with its rate, unless the name says it or there is none to say. */
export const taxLabel = (tax: { readonly name: string; readonly rateE6: Percent }, language: string): string =>
  tax.name.includes('%') || tax.rateE6 === 0n ? tax.name : `${tax.name} ${formatPercent(tax.rateE6, language)}`
