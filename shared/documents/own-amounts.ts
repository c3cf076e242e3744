import type { DocumentContent, LineTax } from '../contract/documents.ts'
import { type Amount, amount } from '../money/scaled.ts'
import { applyAdjustments, basisOf, type Nets, partsOf } from './document-adjustments.ts'
import { documentInputOf, taxInput } from './from-content.ts'
import { priceLine } from './line-amounts.ts'
import type { Rounding } from './model.ts'
import { createTaxSets, type TaxSet } from './tax-sets.ts'
import type { Part } from './taxing.ts'
import { gridOf } from './trace.ts'

/** An amount on one set of taxes. */
export type SetAmount = { readonly key: string; readonly taxes: readonly LineTax[]; readonly amountE4: Amount }

/** The amounts of a document in its own terms: with tax where its prices include it, without where they do not. */
export type OwnAmounts = {
  /** Of each line with its own adjustments, in the order of the lines. */
  readonly lines: readonly Amount[]
  /** What each adjustment of the document adds to each set of taxes: negative for an allowance. */
  readonly adjustments: readonly (readonly SetAmount[])[]
  /** Lines and adjustments together, in the order first met. */
  readonly sets: readonly SetAmount[]
}

const sumBySet = (parts: readonly Part[]): Nets => {
  const sums = new Map<TaxSet, bigint>()
  for (const { set, minor } of parts) sums.set(set, (sums.get(set) ?? 0n) + minor)
  return sums
}

/** The amounts of a content before tax is worked out; RangeError as `calculateDocument`. */
export const ownAmounts = (content: DocumentContent, rounding: Rounding): OwnAmounts => {
  const input = documentInputOf(content, rounding)
  const grid = gridOf(input)
  const sets = createTaxSets()
  const priced = input.lines.map((line) => priceLine(line, sets.of(line.taxes), grid))
  const basis = basisOf(priced, rounding.scope === 'line')
  const applied = applyAdjustments(input.adjustments, basis, sets, grid, sumBySet)
  const named = new Map<TaxSet, readonly LineTax[]>()
  for (const taxes of [...content.lines, ...content.adjustments].flatMap((it) =>
    it.taxes === null ? [] : [it.taxes],
  )) {
    const set = sets.of(taxes.map(taxInput))
    if (!named.has(set)) named.set(set, taxes)
  }
  const setAmount = (set: TaxSet, minor: bigint): SetAmount => ({
    key: set.key,
    taxes: named.get(set) ?? [],
    amountE4: amount(minor * grid.unitE4),
  })
  return {
    lines: priced.map((line) => amount(line.minor * grid.unitE4)),
    adjustments: applied.map(({ shares }) => shares.map(({ set, minor }) => setAmount(set, minor))),
    sets: [...sumBySet(partsOf(basis))].map(([set, minor]) => setAmount(set, minor)),
  }
}
