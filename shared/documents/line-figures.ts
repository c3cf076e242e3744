import { apportion } from '../money/allocate.ts'
import type { Nets } from './document-adjustments.ts'
import type { PricedLine } from './line-amounts.ts'
import type { DocumentInput } from './model.ts'
import type { TaxSet } from './tax-sets.ts'
import { takeApart, taxOnNet, total } from './taxing.ts'
import type { Grid } from './trace.ts'

/** A line's net (BT-131) and the tax shown on it, in minor units. */
export type LineFigures = { readonly net: bigint; readonly tax: bigint }

/**
 * Net and tax of each line. Where prices include tax and it is not rounded on the line, the lines share the net of
 * their set of taxes by largest remainder, so that they sum to it; net and tax of a line are always its amount.
 */
export const lineFigures = (
  lines: readonly PricedLine[],
  input: DocumentInput,
  grid: Grid,
  nets: Nets,
): LineFigures[] => {
  if (!input.pricesIncludeTax) {
    return lines.map((line) => ({ net: line.minor, tax: total(taxOnNet(line, grid.mode).taxes) }))
  }
  if (input.rounding.scope === 'line') {
    return takeApart(lines, 'line', grid.mode).map(({ net, taxes }) => ({ net, tax: total(taxes) }))
  }
  return sharedNets(lines, nets)
}

const sharedNets = (lines: readonly PricedLine[], nets: Nets): LineFigures[] => {
  const bySet = new Map<TaxSet, PricedLine[]>()
  for (const line of lines) {
    const list = bySet.get(line.set)
    if (list) list.push(line)
    else bySet.set(line.set, [line])
  }
  const figures = new Map<PricedLine, LineFigures>()
  for (const [set, list] of bySet) {
    const exact = list.map(({ minor }) => ({ numerator: minor * set.denominator, denominator: set.factor }))
    const parts = apportion(nets.get(set) ?? 0n, exact)
    for (const [index, line] of list.entries()) {
      const net = parts[index] ?? 0n
      figures.set(line, { net, tax: line.minor - net })
    }
  }
  return lines.map((line) => figures.get(line) ?? { net: line.minor, tax: 0n })
}
