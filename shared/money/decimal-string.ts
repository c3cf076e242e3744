import { largestScaled } from './arithmetic.ts'
import {
  type Amount,
  amount,
  digits,
  type ExchangeRate,
  exchangeRate,
  type Percent,
  percent,
  type Quantity,
  quantity,
  type UnitPrice,
  unitPrice,
} from './scaled.ts'

export type DecimalProblem = 'empty' | 'not-a-number' | 'too-many-decimals' | 'too-large'
export type DecimalResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: DecimalProblem }

const decimalPattern = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * Reads a canonical decimal (`-12.30`: point, no groups, no exponent) into an integer of `scaleDigits` decimals, exactly.
 * Zeros behind the last decimal are allowed; other digits beyond the scale are `too-many-decimals`, never cut off.
 */
export const fromDecimalString = (text: string, scaleDigits: number): DecimalResult<bigint> => {
  if (text === '') return { ok: false, reason: 'empty' }
  const match = decimalPattern.exec(text)
  if (!match) return { ok: false, reason: 'not-a-number' }
  const [, sign = '', whole = '', fraction = ''] = match
  // A number of thousands of digits would be read digit by digit before it is refused.
  if (whole.length > 40) return { ok: false, reason: 'too-large' }
  const kept = fraction.slice(0, scaleDigits).padEnd(scaleDigits, '0')
  if (/[1-9]/.test(fraction.slice(scaleDigits))) return { ok: false, reason: 'too-many-decimals' }
  const magnitude = BigInt(whole + kept)
  if (magnitude > largestScaled) return { ok: false, reason: 'too-large' }
  return { ok: true, value: sign === '-' ? -magnitude : magnitude }
}

/**
 * The one canonical decimal of a scaled integer for JSON, CSV and the command line: point, no groups, no zeros at the
 * end beyond `leastDecimals`. `toDecimalString(123000n, 4)` is `12.3`, with 2 least decimals `12.30`.
 */
export const toDecimalString = (value: bigint, scaleDigits: number, leastDecimals = 0): string => {
  const magnitude = (value < 0n ? -value : value).toString().padStart(scaleDigits + 1, '0')
  const cut = magnitude.length - scaleDigits
  let end = magnitude.length
  while (end > cut + leastDecimals && magnitude[end - 1] === '0') end -= 1
  const fraction = magnitude.slice(cut, end).padEnd(leastDecimals, '0')
  return `${value < 0n ? '-' : ''}${magnitude.slice(0, cut)}${fraction === '' ? '' : `.${fraction}`}`
}

const required = (text: string, scaleDigits: number, what: string): bigint => {
  const result = fromDecimalString(text, scaleDigits)
  if (!result.ok) throw new RangeError(`"${text}" is not ${what} (${result.reason}): write it like -1234.50`)
  return result.value
}

/** An amount from its canonical decimal, `12.30`; RangeError with the reason for anything else. */
export const amountOf = (text: string): Amount => amount(required(text, digits.amount, 'an amount'))

/** A unit price from its canonical decimal; RangeError with the reason for anything else. */
export const unitPriceOf = (text: string): UnitPrice => unitPrice(required(text, digits.unitPrice, 'a unit price'))

/** A quantity from its canonical decimal; RangeError with the reason for anything else. */
export const quantityOf = (text: string): Quantity => quantity(required(text, digits.quantity, 'a quantity'))

/** A percentage from its canonical decimal, `20` for 20 %; RangeError with the reason for anything else. */
export const percentOf = (text: string): Percent => percent(required(text, digits.percent, 'a percentage'))

/** An exchange rate from its canonical decimal; RangeError with the reason for anything else. */
export const exchangeRateOf = (text: string): ExchangeRate =>
  exchangeRate(required(text, digits.exchangeRate, 'an exchange rate'))
