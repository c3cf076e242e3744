import { type DecimalProblem, type DecimalResult, fromDecimalString } from './decimal-string.ts'
import type { NumberFormatOfLocale } from './locale-format.ts'
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

/** Why typed text is no number here; `misplaced-group`: `12.30` where the point separates thousands. */
export type ParseProblem = DecimalProblem | 'misplaced-group'
export type ParseResult<T> = DecimalResult<T> | { readonly ok: false; readonly reason: 'misplaced-group' }

const spaces = /[\s\u00a0\u202f\u2009]/g
const apostrophes = /['\u2019]/g
// Minus signs of word processors, and the invisible direction marks that Arabic and Hebrew text brings along.
const minusSigns = /[\u2212\u2013\ufe63\uff0d]/g
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e]/g
const wholeGroups = /^\d{1,3}(?:(?:_\d{3})+|(?:_\d{2})+_\d{3})$/

/** Typed text as a canonical decimal, its separators read by the locale's format. */
const toCanonical = (text: string, format: NumberFormatOfLocale): ParseResult<string> => {
  const cleaned = withLatinDigits(text.replace(directionMarks, '').replace(minusSigns, '-').trim(), format)
  if (cleaned === '') return { ok: false, reason: 'empty' }
  const sign = /^[+-]\s*/.exec(cleaned)?.[0] ?? ''
  const marked = markSeparators(cleaned.slice(sign.length), format)
  const match = /^([\d_]*)(?:\.(\d*))?$/.exec(marked)
  if (!match) return { ok: false, reason: /^[\d_.]+$/.test(marked) ? 'misplaced-group' : 'not-a-number' }
  const [, whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return { ok: false, reason: 'not-a-number' }
  if (whole.includes('_') && !wholeGroups.test(whole)) return { ok: false, reason: 'misplaced-group' }
  const integer = whole.replaceAll('_', '').replace(/^0+(?=\d)/, '')
  const value = `${sign.startsWith('-') ? '-' : ''}${integer === '' ? '0' : integer}${fraction === '' ? '' : `.${fraction}`}`
  return { ok: true, value }
}

const withLatinDigits = (text: string, format: NumberFormatOfLocale): string => {
  let latin = text
  for (const [value, digit] of format.digits.entries()) {
    if (digit !== String(value)) latin = latin.replaceAll(digit, String(value))
  }
  return latin
}

/**
 * Decimal separators become `.`, group separators `_`. Spaces and apostrophes separate thousands in every locale, as no
 * locale has them as the decimal; so does a point mark the decimal wherever it does not group.
 */
const markSeparators = (text: string, format: NumberFormatOfLocale): string => {
  let marked = text.replace(spaces, '_').replace(apostrophes, '_')
  if (format.group !== '') marked = marked.replaceAll(format.group, '_')
  return format.decimal === '.' ? marked : marked.replaceAll(format.decimal, '.')
}

const parseScaled = <T>(
  text: string,
  format: NumberFormatOfLocale,
  scaleDigits: number,
  brand: (units: bigint) => T,
): ParseResult<T> => {
  const canonical = toCanonical(text, format)
  if (!canonical.ok) return canonical
  const units = fromDecimalString(canonical.value, scaleDigits)
  return units.ok ? { ok: true, value: brand(units.value) } : units
}

/**
 * An amount as typed, `1.234,50` in de-DE. `minorUnits` limits the decimals to the currency's; without it four are
 * taken. Never guesses: a separator in an impossible place is `misplaced-group`, digits too many `too-many-decimals`.
 */
export const parseAmount = (text: string, format: NumberFormatOfLocale, minorUnits?: number): ParseResult<Amount> => {
  const parsed = parseScaled(text, format, digits.amount, amount)
  if (!parsed.ok || minorUnits === undefined) return parsed
  const unit = 10n ** BigInt(digits.amount - minorUnits)
  return parsed.value % unit === 0n ? parsed : { ok: false, reason: 'too-many-decimals' }
}

/** A unit price as typed, up to six decimals. */
export const parseUnitPrice = (text: string, format: NumberFormatOfLocale): ParseResult<UnitPrice> =>
  parseScaled(text, format, digits.unitPrice, unitPrice)

/** A quantity as typed, up to six decimals. */
export const parseQuantity = (text: string, format: NumberFormatOfLocale): ParseResult<Quantity> =>
  parseScaled(text, format, digits.quantity, quantity)

/** A percentage as typed, with or without its sign: `20`, `9,975 %`. */
export const parsePercent = (text: string, format: NumberFormatOfLocale): ParseResult<Percent> =>
  parseScaled(text.replace(/[%\u066a\uff05](?=[\s\u061c\u200e\u200f]*$)/, ''), format, digits.percent, percent)

/** An exchange rate as typed, up to ten decimals; zero or less is no rate. */
export const parseExchangeRate = (text: string, format: NumberFormatOfLocale): ParseResult<ExchangeRate> => {
  const parsed = parseScaled(text, format, digits.exchangeRate, exchangeRate)
  return parsed.ok && parsed.value <= 0n ? { ok: false, reason: 'not-a-number' } : parsed
}
