import { civilParts } from '../../shared/dates.ts'
import { formatAmount, formatAmountFigures, formatQuantity, formatUnitPriceFigures } from '../../shared/money/format.ts'
import type { Amount, Quantity, UnitPrice } from '../../shared/money/scaled.ts'

/** Figures and dates of one document, in its language. */
export type Figures = {
  /** An amount without currency: `1,234.50`. */
  readonly amount: (value: Amount) => string
  /** An amount with its currency: `£1,234.50`. */
  readonly money: (value: Amount) => string
  readonly price: (value: UnitPrice) => string
  readonly quantity: (value: Quantity) => string
  /** A civil date in words: `3 March 2026`. RangeError if it is none. */
  readonly date: (civilDate: string) => string
  /** A civil date for a column: `03/03/2026`. RangeError if it is none. */
  readonly shortDate: (civilDate: string) => string
}

// Latin digits in every language: the figures of an invoice are compared with statements and typed into portals.
const paperLocale = (language: string): string => {
  try {
    return new Intl.Locale(language, { numberingSystem: 'latn', calendar: 'gregory' }).toString()
  } catch {
    return 'en-u-ca-gregory-nu-latn'
  }
}

const noonOf = (civilDate: string): Date => {
  const { year, month, day } = civilParts(civilDate)
  const noon = new Date(Date.UTC(2000, month - 1, day, 12))
  // Set apart, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  noon.setUTCFullYear(year, month - 1, day)
  return noon
}

const makeFigures = (language: string, currency: string, minorUnits: number): Figures => {
  const locale = paperLocale(language)
  const words = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' })
  const digits = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: '2-digit', day: '2-digit' })
  return {
    amount: (value) => formatAmountFigures(value, minorUnits, locale),
    money: (value) => formatAmount(value, currency, locale),
    price: (value) => formatUnitPriceFigures(value, minorUnits, locale),
    quantity: (value) => formatQuantity(value, locale),
    date: (civilDate) => words.format(noonOf(civilDate)),
    shortDate: (civilDate) => digits.format(noonOf(civilDate)),
  }
}

const known = new Map<string, Figures>()

/** The formatter of a document; `minorUnits` are the digits of its currency (0, 2, 3 or 4). */
export const figuresFor = (language: string, currency: string, minorUnits: number): Figures => {
  const key = `${language} ${currency} ${minorUnits}`
  const found = known.get(key)
  if (found) return found
  const made = makeFigures(language, currency, minorUnits)
  // Building the formats costs more than a page; a handful of languages and currencies is all that a business has.
  if (known.size >= 50) known.clear()
  known.set(key, made)
  return made
}
