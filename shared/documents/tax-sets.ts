import { toDecimalString } from '../money/decimal-string.ts'
import { digits } from '../money/scaled.ts'
import type { TaxInput } from './model.ts'

/** One percent in millionths, times a hundred: a rate as a fraction is `rateE6 / rateUnit`. */
export const rateUnit = 100_000_000n

/**
 * The taxes that fall together on an amount, in their order, with the compound ones worked out: tax k on a net amount
 * is exactly `net * shares[k] / denominator`, and what it is charged on `net * bases[k] / denominator`.
 */
export type TaxSet = {
  readonly key: string
  readonly taxes: readonly TaxInput[]
  /** Key of each tax: the row of the tax breakdown that it belongs to. */
  readonly rows: readonly string[]
  readonly bases: readonly bigint[]
  readonly shares: readonly bigint[]
  readonly denominator: bigint
  /** Denominator and all shares: an amount with tax is `net * factor / denominator`. */
  readonly factor: bigint
}

/** Equal for two taxes that are one tax: same name, category, rate and compounding. */
export const rowKey = (tax: TaxInput): string => `${tax.category}|${tax.rateE6}|${tax.compound ? 1 : 0}|${tax.name}`

/** Equal for two lists of the same taxes in the same order. */
export const setKeyOf = (taxes: readonly TaxInput[]): string => JSON.stringify(taxes.map(rowKey))

const makeSet = (key: string, rows: readonly string[], taxes: readonly TaxInput[]): TaxSet => {
  const denominator = rateUnit ** BigInt(taxes.length)
  const bases: bigint[] = []
  const shares: bigint[] = []
  let factor = denominator
  for (const tax of taxes) {
    const base = tax.compound ? factor : denominator
    // Exact: after k taxes the factor is still a multiple of rateUnit ** (n - k).
    const share = (base * tax.rateE6) / rateUnit
    bases.push(base)
    shares.push(share)
    factor += share
  }
  if (factor <= 0n) throw new RangeError('Taxes of -100 % or less leave nothing to tax: check the rates')
  return { key, taxes, rows, bases, shares, denominator, factor }
}

export type TaxSets = {
  /** The one set of equal lists of taxes. */
  readonly of: (taxes: readonly TaxInput[]) => TaxSet
  /** All sets in the order first met. */
  readonly all: () => readonly TaxSet[]
}

/** The sets of taxes of one document. */
export const createTaxSets = (): TaxSets => {
  const byKey = new Map<string, TaxSet>()
  return {
    of: (taxes) => {
      const rows = taxes.map(rowKey)
      const key = setKeyOf(taxes)
      const known = byKey.get(key)
      if (known) return known
      const made = makeSet(key, rows, taxes)
      byKey.set(key, made)
      return made
    },
    all: () => [...byKey.values()],
  }
}

/** `VAT 20 %`, `CGST 9 % + SGST 9 %`, `no tax`. */
export const taxSetText = (set: TaxSet): string =>
  set.taxes.map((tax) => `${tax.name} ${rateText(tax)}`).join(' + ') || 'no tax'

export const rateText = (tax: TaxInput): string => `${toDecimalString(tax.rateE6, digits.percent)} %`
