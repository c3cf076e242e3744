import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import {
  formatAmount,
  formatAmountFigures,
  formatPercent,
  formatQuantity,
  formatUnitPrice,
} from '../../shared/money/format.ts'
import { type NumberFormatOfLocale, numberFormatOf } from '../../shared/money/locale-format.ts'
import type { Amount, Percent, Quantity, UnitPrice } from '../../shared/money/scaled.ts'

/** How numbers, money and dates are written here. */
export type LocaleFormats = {
  readonly locale: string
  /** The currency that is meant where none is named. */
  readonly currency: string
  readonly numberFormat: NumberFormatOfLocale
  /** With its currency: `€1,234.50`. */
  readonly amount: (value: Amount, currency?: string) => string
  /** The figures alone: `1,234.50`. */
  readonly figures: (value: Amount, currency?: string) => string
  readonly price: (value: UnitPrice, currency?: string) => string
  readonly quantity: (value: Quantity) => string
  readonly percent: (value: Percent) => string
  /** A civil date, unambiguous: `31 Mar 2026`. */
  readonly date: (civil: string) => string
  /** A civil date without its year: `31 Mar`. */
  readonly dayAndMonth: (civil: string) => string
  /** The month of a civil date or of `YYYY-MM`: `Mar 2026`, short: `Mar`. */
  readonly month: (civil: string, short?: boolean) => string
  /** An instant in the local time zone: `31 Mar 2026, 12:04`. */
  readonly instant: (at: string) => string
  /** The time of an instant: `12:04`. */
  readonly time: (at: string) => string
}

const civil = (locale: string, options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  return (text: string) => {
    const instant = Date.parse(`${text.length === 7 ? `${text}-01` : text}T00:00:00Z`)
    return Number.isNaN(instant) ? text : format.format(instant)
  }
}

const instants = (locale: string, options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, options)
  return (text: string) => {
    const instant = Date.parse(text)
    return Number.isNaN(instant) ? text : format.format(instant)
  }
}

/** All formats of a locale, made once. */
export const formatsOf = (locale: string, currency: string): LocaleFormats => {
  const shortMonth = civil(locale, { month: 'short' })
  const longMonth = civil(locale, { month: 'short', year: 'numeric' })
  return {
    locale,
    currency,
    numberFormat: numberFormatOf(locale),
    amount: (value, of = currency) => formatAmount(value, of, locale),
    figures: (value, of = currency) => formatAmountFigures(value, minorUnitsOf(of), locale),
    price: (value, of = currency) => formatUnitPrice(value, of, locale),
    quantity: (value) => formatQuantity(value, locale),
    percent: (value) => formatPercent(value, locale),
    date: civil(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
    dayAndMonth: civil(locale, { day: 'numeric', month: 'short' }),
    month: (text, short = false) => (short ? shortMonth(text) : longMonth(text)),
    instant: instants(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    time: instants(locale, { hour: '2-digit', minute: '2-digit' }),
  }
}

const LocaleContext = createContext<LocaleFormats | null>(null)

type Props = { readonly locale: string; readonly currency: string; readonly children: ReactNode }

export const LocaleProvider = ({ locale, currency, children }: Props) => {
  const formats = useMemo(() => formatsOf(locale, currency), [locale, currency])
  return <LocaleContext value={formats}>{children}</LocaleContext>
}

/** The formats of the current locale. */
export const useFormats = (): LocaleFormats => {
  const formats = useContext(LocaleContext)
  if (formats === null) throw new Error('LocaleProvider is missing above this component.')
  return formats
}
