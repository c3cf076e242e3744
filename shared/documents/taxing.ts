import { apportion, type Share, sumShares } from '../money/allocate.ts'
import { divideRounded, type RoundingMode } from '../money/rounding.ts'
import type { RoundingScope } from './model.ts'
import { rateUnit, type TaxSet } from './tax-sets.ts'

/** An amount that one set of taxes falls on, in minor units: without tax, or with it where prices include tax. */
export type Part = { readonly set: TaxSet; readonly minor: bigint }
/** A part taken apart: its net amount and the tax of each of the set's taxes. */
export type TaxedPart = { readonly set: TaxSet; readonly net: bigint; readonly taxes: readonly bigint[] }

export const total = (values: Iterable<bigint>): bigint => {
  let all = 0n
  for (const value of values) all += value
  return all
}

/** Each tax on a net amount, rounded by itself; a compound tax on the net with the rounded taxes before it. */
export const taxOnNet = ({ set, minor }: Part, mode: RoundingMode): TaxedPart => {
  const taxes: bigint[] = []
  let withTax = minor
  for (const tax of set.taxes) {
    const due = divideRounded((tax.compound ? withTax : minor) * tax.rateE6, rateUnit, mode)
    taxes.push(due)
    withTax += due
  }
  return { set, net: minor, taxes }
}

const isHalfMode = (mode: RoundingMode): boolean => mode === 'half-up' || mode === 'half-even'

/**
 * Net and taxes in an amount that includes them; they always sum to it. With one tax the net is rounded to the nearest
 * and the tax is the rest. Several taxes are each rounded and the net is the rest, so that equal rates (CGST and SGST)
 * stay equal. The modes up and down speak of the tax, so there the net is the rest too.
 */
export const taxOutOfGross = ({ set, minor }: Part, mode: RoundingMode): TaxedPart => {
  if (set.taxes.length === 1 && isHalfMode(mode)) {
    const net = divideRounded(minor * set.denominator, set.factor, mode)
    return { set, net, taxes: [minor - net] }
  }
  const taxes = set.shares.map((share) => divideRounded(minor * share, set.factor, mode))
  return { set, net: minor - total(taxes), taxes }
}

/** As `taxOutOfGross`, but the tax of all parts is rounded once together, then split over them by largest remainder. */
const taxOutOfGrossTogether = (parts: readonly Part[], mode: RoundingMode): TaxedPart[] => {
  const ordered = [...parts].sort(byKey)
  const exact = ordered.map(({ set, minor }) =>
    set.shares.map((share): Share => ({ numerator: minor * share, denominator: set.factor })),
  )
  const parted = apportion(roundedTogether(ordered, exact.flat(), mode), exact.flat())
  const taxed = new Map<Part, TaxedPart>()
  let next = 0
  for (const part of ordered) {
    const taxes = parted.slice(next, next + part.set.taxes.length)
    next += taxes.length
    taxed.set(part, { set: part.set, net: part.minor - total(taxes), taxes })
  }
  return parts.map((part) => taxed.get(part) ?? { set: part.set, net: part.minor, taxes: [] })
}

const roundedTogether = (parts: readonly Part[], taxes: readonly Share[], mode: RoundingMode): bigint => {
  if (!isHalfMode(mode)) return roundShare(sumShares(taxes), mode)
  const nets = parts.map(({ set, minor }) => ({ numerator: minor * set.denominator, denominator: set.factor }))
  return total(parts.map((part) => part.minor)) - roundShare(sumShares(nets), mode)
}

const roundShare = (share: Share, mode: RoundingMode): bigint => divideRounded(share.numerator, share.denominator, mode)

// Ties between parts go by what they are, not by where they stand, so that the order of lines changes no total.
const byKey = (a: Part, b: Part): number => (a.set.key < b.set.key ? -1 : a.set.key > b.set.key ? 1 : 0)

/** Takes amounts that include tax apart, rounding where the scope says. */
export const takeApart = (parts: readonly Part[], scope: RoundingScope, mode: RoundingMode): TaxedPart[] =>
  scope === 'document' ? taxOutOfGrossTogether(parts, mode) : parts.map((part) => taxOutOfGross(part, mode))
