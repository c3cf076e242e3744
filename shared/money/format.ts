import { minorUnitsOf } from './currencies.ts'
import { toDecimalString } from './decimal-string.ts'
import { type Amount, digits, type ExchangeRate, type Percent, type Quantity, type UnitPrice } from './scaled.ts'

const formatters = new Map<string, Intl.NumberFormat>()

// Building a formatter costs a thousand times more than using it.
const formatter = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${locale}|${options.style}|${options.currency}|${options.minimumFractionDigits}|${options.maximumFractionDigits}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  formatters.set(key, made)
  return made
}

/** Formats a decimal text digit for digit: the platform takes a string where a number would go through a float. */
const exactly = (format: Intl.NumberFormat, decimal: string): string =>
  // toDecimalString gives nothing but digits, one point and a minus; the platform's type wants that as a template.
  format.format(decimal as `${number}`)

/** An amount with its currency as the locale writes it; decimals beyond the currency's own are shown, never rounded off. */
export const formatAmount = (value: Amount, currency: string, locale: string): string =>
  exactly(
    formatter(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: minorUnitsOf(currency),
      maximumFractionDigits: digits.amount,
    }),
    toDecimalString(value, digits.amount),
  )

/** The figures of an amount alone, for columns whose head names the currency. */
export const formatAmountFigures = (value: Amount, minorUnits: number, locale: string): string =>
  exactly(
    formatter(locale, { minimumFractionDigits: minorUnits, maximumFractionDigits: digits.amount }),
    toDecimalString(value, digits.amount),
  )

/** A unit price with its currency: at least the currency's decimals, at most six. */
export const formatUnitPrice = (value: UnitPrice, currency: string, locale: string): string =>
  exactly(
    formatter(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: minorUnitsOf(currency),
      maximumFractionDigits: digits.unitPrice,
    }),
    toDecimalString(value, digits.unitPrice),
  )

/** The figures of a unit price alone, for columns whose head names the currency. */
export const formatUnitPriceFigures = (value: UnitPrice, minorUnits: number, locale: string): string =>
  exactly(
    formatter(locale, { minimumFractionDigits: minorUnits, maximumFractionDigits: digits.unitPrice }),
    toDecimalString(value, digits.unitPrice),
  )

/** A quantity without zeros at its end: `1.5`, `2`. */
export const formatQuantity = (value: Quantity, locale: string): string =>
  exactly(formatter(locale, { maximumFractionDigits: digits.quantity }), toDecimalString(value, digits.quantity))

/** A percentage with its sign, without zeros at its end: `20%`, `9.975%`. */
export const formatPercent = (value: Percent, locale: string): string =>
  exactly(
    formatter(locale, { style: 'percent', maximumFractionDigits: digits.percent }),
    // The platform multiplies by a hundred, so the same integer is read with two more decimals.
    toDecimalString(value, digits.percent + 2),
  )

/** An exchange rate without zeros at its end, up to ten decimals. */
export const formatExchangeRate = (value: ExchangeRate, locale: string): string =>
  exactly(
    formatter(locale, { maximumFractionDigits: digits.exchangeRate }),
    toDecimalString(value, digits.exchangeRate),
  )
