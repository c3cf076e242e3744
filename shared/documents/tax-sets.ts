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

type Keys = { readonly key: string; readonly rows: readonly string[] }

// Documents repeat a few lists of taxes a thousand times.
const known = new WeakMap<readonly TaxInput[], Keys>()

const keysOf = (taxes: readonly TaxInput[]): Keys => {
  const kept = known.get(taxes)
  if (kept) return kept
  const rows = taxes.map(rowKey)
  const keys = { key: JSON.stringify(rows), rows }
  known.set(taxes, keys)
  return keys
}

/** Equal for two lists of the same taxes in the same order. */
export const setKeyOf = (taxes: readonly TaxInput[]): string => keysOf(taxes).key

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
      const { key, rows } = keysOf(taxes)
      const met = byKey.get(key)
      if (met) return met
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
