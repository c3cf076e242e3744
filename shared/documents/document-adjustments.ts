import { allocate } from '../money/allocate.ts'
import {
  type Adjustment,
  adjustmentLabel,
  adjustmentText,
  type PricedLine,
  priceAdjustment,
  signed,
} from './line-amounts.ts'
import type { DocumentAdjustmentInput } from './model.ts'
import { type TaxSet, type TaxSets, taxSetText } from './tax-sets.ts'
import { type Part, total } from './taxing.ts'
import { type Grid, minorText, type Trace, toAmount } from './trace.ts'

/** An amount on a set of taxes, without tax: negative for what an allowance takes off. */
export type NetShare = { readonly set: TaxSet; readonly minor: bigint }
/** A document's allowance or charge and what it adds to each set's net. */
export type AppliedAdjustment = Pick<Adjustment, 'kind' | 'reason'> & { readonly shares: readonly NetShare[] }

/**
 * The amounts that a document's adjustments change step by step. Tax rounded on each line needs every line; otherwise
 * the lines of one set of taxes are one amount.
 */
export type Basis = {
  readonly perLine: boolean
  readonly lines: { readonly set: TaxSet; minor: bigint }[]
  readonly bySet: Map<TaxSet, bigint>
  readonly own: Part[]
}

export const basisOf = (lines: readonly PricedLine[], perLine: boolean): Basis => {
  const bySet = new Map<TaxSet, bigint>()
  for (const { set, minor } of lines) bySet.set(set, (bySet.get(set) ?? 0n) + minor)
  return { perLine, lines: lines.map(({ set, minor }) => ({ set, minor })), bySet, own: [] }
}

/** The amounts that tax is worked out on: each line and adjustment by itself, or one for each set. */
export const partsOf = (basis: Basis): Part[] => {
  if (basis.perLine) return [...basis.lines, ...basis.own]
  const sums = new Map(basis.bySet)
  for (const { set, minor } of basis.own) sums.set(set, (sums.get(set) ?? 0n) + minor)
  return [...sums].map(([set, minor]) => ({ set, minor }))
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

/**
 * What an amount is spread in proportion to: the nets themselves, so that 10 % off the document is 10 % off each
 * part; their magnitudes where nets of both signs cancel out and would blow the parts up; evenly where all are zero.
 */
const spreadWeights = (minor: bigint, nets: readonly bigint[]): readonly bigint[] => {
  if (magnitude(minor) <= magnitude(total(nets))) return nets
  return nets.some((net) => net !== 0n) ? nets.map(magnitude) : nets.map(() => 1n)
}

const spreadOverLines = (minor: bigint, lines: { minor: bigint }[]): void => {
  const sign = minor < 0n ? -1n : 1n
  // Ties go by amount, so that only lines which are alike can be told apart by their position.
  const ordered = [...lines].sort((a, b) => {
    const bySize = magnitude(b.minor) - magnitude(a.minor)
    const difference = bySize === 0n ? (b.minor - a.minor) * sign : bySize
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  })
  const nets = ordered.map((line) => line.minor)
  const parts = allocate(minor, spreadWeights(minor, nets))
  for (const [index, line] of ordered.entries()) line.minor += parts[index] ?? 0n
}

/** Spreads an amount over the sets, then where it matters over each set's lines, by largest remainder. */
const spread = (minor: bigint, basis: Basis): void => {
  const sets = [...basis.bySet.keys()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const nets = sets.map((set) => basis.bySet.get(set) ?? 0n)
  const parts = allocate(minor, spreadWeights(minor, nets))
  for (const [index, set] of sets.entries()) {
    const part = parts[index] ?? 0n
    basis.bySet.set(set, (basis.bySet.get(set) ?? 0n) + part)
    if (!basis.perLine || part === 0n) continue
    spreadOverLines(
      part,
      basis.lines.filter((line) => line.set === set),
    )
  }
}

export type Nets = ReadonlyMap<TaxSet, bigint>

/** What changed from one state of the nets to the next. */
const differences = (before: Nets, after: Nets): NetShare[] =>
  [...after]
    .map(([set, minor]) => ({ set, minor: minor - (before.get(set) ?? 0n) }))
    .filter((share) => share.minor !== 0n)

/** Applies a document's allowances and charges to the basis in their order, and tells what each takes off or adds. */
export const applyAdjustments = (
  inputs: readonly DocumentAdjustmentInput[],
  basis: Basis,
  sets: TaxSets,
  grid: Grid,
  netsOf: (parts: readonly Part[]) => Nets,
  trace?: Trace,
): AppliedAdjustment[] => {
  const applied: AppliedAdjustment[] = []
  if (inputs.length === 0) return applied
  let soFar = total(basis.lines.map((line) => line.minor))
  let nets = netsOf(partsOf(basis))
  for (const [index, input] of inputs.entries()) {
    const adjustment = priceAdjustment(input, soFar, grid)
    const minor = signed(adjustment)
    if (input.taxes === null && basis.bySet.size > 0) spread(minor, basis)
    else basis.own.push({ set: sets.of(input.taxes ?? []), minor })
    const after = netsOf(partsOf(basis))
    const shares = differences(nets, after)
    applied.push({ kind: input.kind, reason: input.reason, shares })
    if (trace) explainAdjustment(index, input, adjustment.minor, soFar, shares, grid, trace)
    nets = after
    soFar += minor
  }
  return applied
}

/** An allowance's shares are what it takes off, as positive amounts. */
export const unsignedShares = (adjustment: AppliedAdjustment): NetShare[] =>
  adjustment.kind === 'charge'
    ? [...adjustment.shares]
    : adjustment.shares.map(({ set, minor }) => ({ set, minor: -minor }))

const explainAdjustment = (
  index: number,
  input: DocumentAdjustmentInput,
  typed: bigint,
  soFar: bigint,
  shares: readonly NetShare[],
  grid: Grid,
  trace: Trace,
): void => {
  const label = adjustmentLabel(input)
  const rule = input.kind === 'allowance' ? 'BT-92' : 'BT-99'
  const parts = unsignedShares({ kind: input.kind, reason: input.reason, shares })
  const net = total(parts.map((part) => part.minor))
  const how = adjustmentText(input, typed, soFar, grid)
  if (parts.length > 1) {
    for (const [position, { set, minor }] of parts.entries()) {
      const formula = `${minorText(minor, grid)} of ${minorText(net, grid)}`
      const path = `adjustments.${index}.shares.${position}`
      trace({ path, label: `${label}, on ${taxSetText(set)}`, formula, resultE4: toAmount(minor, grid), rule })
    }
  }
  const withoutTax = typed === net ? how : `${how}, without the tax in it = ${minorText(net, grid)}`
  trace({ path: `adjustments.${index}`, label, formula: withoutTax, resultE4: toAmount(net, grid), rule })
}
