import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { minorUnitE4 } from '../../shared/money/rounding.ts'
import type { Amount } from '../../shared/money/scaled.ts'

/** The sentence for an amount finer than its currency's smallest unit, which nobody can pay; null for one that is not. */
export const tooFine = (value: Amount, currency: string): string | null => {
  const minorUnits = minorUnitsOf(currency)
  return value % minorUnitE4(minorUnits) === 0n ? null : `${currency} has ${minorUnits} decimals.`
}
