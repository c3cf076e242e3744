import type { MirroredTax } from '../contract/credit-notes.ts'
import type { DocumentContent, LineTax } from '../contract/documents.ts'
import { minorUnitsOf } from '../money/currencies.ts'
import { type Amount, zero } from '../money/scaled.ts'
import type { DocumentInput, Rounding, TaxInput } from './model.ts'

/** A tax of a line as the kernel takes it. */
export const taxInput = (tax: LineTax): TaxInput => ({
  name: tax.name,
  category: tax.category,
  rateE6: tax.rateE6,
  compound: tax.isCompound,
})

// A key in one line of a thousand leaves the taxes of the others the same lists as before.
const known = new WeakMap<readonly LineTax[], readonly TaxInput[]>()

const taxInputs = (taxes: readonly LineTax[]): readonly TaxInput[] => {
  const kept = known.get(taxes)
  if (kept) return kept
  const inputs = taxes.map(taxInput)
  known.set(taxes, inputs)
  return inputs
}

/** What the kernel calculates with, from what a person wrote: the editor and the main process use the same. */
export const documentInputOf = (
  content: DocumentContent & {
    readonly prepaidE4?: Amount
    readonly mirroredTaxes?: readonly MirroredTax[] | null
  },
  rounding: Rounding,
): DocumentInput => ({
  currency: content.currency,
  minorUnits: minorUnitsOf(content.currency),
  rounding,
  pricesIncludeTax: content.pricesIncludeTax,
  lines: content.lines.map((line) => ({
    id: line.id,
    quantityE6: line.quantityE6,
    priceE6: line.priceE6,
    baseQuantityE6: line.baseQuantityE6,
    adjustments: line.adjustments,
    taxes: taxInputs(line.taxes),
  })),
  adjustments: content.adjustments.map((adjustment) => ({
    ...adjustment,
    taxes: adjustment.taxes === null ? null : taxInputs(adjustment.taxes),
  })),
  prepaidE4: content.prepaidE4 ?? zero,
  roundingAmountE4: content.roundingAmountE4,
  payableStepE4: content.payableStepE4,
  taxAmounts: content.mirroredTaxes?.map(({ isCompound, ...tax }) => ({ ...tax, compound: isCompound })) ?? null,
})
