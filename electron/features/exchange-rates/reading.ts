import Papa from 'papaparse'
import { isCivilDate } from '../../../shared/dates.ts'
import { findCurrency } from '../../../shared/money/currencies.ts'
import { divideRounded } from '../../../shared/money/rounding.ts'
import { type ExchangeRate, exchangeRate } from '../../../shared/money/scaled.ts'

export type ReadRate = { readonly currency: string; readonly rateOn: string; readonly rateE10: ExchangeRate }
export type RateProblem = { readonly line: number; readonly message: string }
export type RateReading = { readonly rates: readonly ReadRate[]; readonly problems: readonly RateProblem[] }
export type Direction = 'base-per-unit' | 'units-per-base'

const one = 10_000_000_000n
const mostLines = 20_000

/** A rate as text (`1.2345`, `1,2345`, `1e-3` is refused) in base currency per unit; null for what is no rate. */
export const readRate = (text: string, direction: Direction): ExchangeRate | null => {
  const match = /^\s*(\d{1,12})(?:[.,](\d{1,20}))?\s*$/.exec(text)
  if (match === null) return null
  const fraction = (match[2] ?? '').padEnd(20, '0')
  const e20 = BigInt(`${match[1]}${fraction}`)
  if (e20 === 0n) return null
  const e10 =
    direction === 'base-per-unit' ? divideRounded(e20, one, 'half-up') : divideRounded(one * one * one, e20, 'half-up')
  return e10 > 0n ? exchangeRate(e10) : null
}

const columns = {
  date: ['date', 'day', 'on', 'time_period', 'datum', 'fecha'],
  currency: ['currency', 'code', 'from', 'waehrung', 'währung', 'moneda'],
  rate: ['rate', 'value', 'obs_value', 'kurs', 'cambio'],
} as const

const indexOf = (header: readonly string[], names: readonly string[]) =>
  header.findIndex((it) => names.includes(it.trim().toLowerCase()))

// Day first where a part above 12 says so, or where nothing does: the month first is refused by what follows.
const dateOf = (text: string): string | null => {
  const clean = text.trim()
  if (isCivilDate(clean)) return clean
  const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(clean)
  if (match === null) return null
  const iso = `${match[3]}-${(match[2] ?? '').padStart(2, '0')}-${(match[1] ?? '').padStart(2, '0')}`
  return isCivilDate(iso) ? iso : null
}

/** Reads rates of a CSV text: columns date, currency and rate by their headers, or in that order without any. */
export const readRatesCsv = (text: string, baseCurrency: string, direction: Direction): RateReading => {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' })
  const [first = []] = data
  const named = indexOf(first, columns.rate) >= 0
  const at = named
    ? {
        date: indexOf(first, columns.date),
        currency: indexOf(first, columns.currency),
        rate: indexOf(first, columns.rate),
      }
    : { date: 0, currency: 1, rate: 2 }
  if (at.date < 0 || at.currency < 0) {
    return { rates: [], problems: [{ line: 1, message: 'The columns date, currency and rate are needed.' }] }
  }
  const rates: ReadRate[] = []
  const problems: RateProblem[] = []
  const rows = data.slice(named ? 1 : 0)
  if (rows.length > mostLines)
    problems.push({ line: mostLines + 1, message: `At most ${mostLines} lines: the rest was left out.` })
  for (const [index, row] of rows.slice(0, mostLines).entries()) {
    const read = readRow([row[at.date] ?? '', row[at.currency] ?? '', row[at.rate] ?? ''], baseCurrency, direction)
    if (typeof read === 'string') problems.push({ line: index + (named ? 2 : 1), message: read })
    else if (read !== null) rates.push(read)
  }
  return { rates, problems }
}

const readRow = (
  [on, code, rate]: readonly [string, string, string],
  baseCurrency: string,
  direction: Direction,
): ReadRate | string | null => {
  const currency = code.trim().toUpperCase()
  if (currency === baseCurrency) return null
  const rateOn = dateOf(on)
  if (rateOn === null) return `"${on}" is no date: write it as YYYY-MM-DD.`
  if (findCurrency(currency) === null) return `"${code}" is no currency of ISO 4217.`
  const rateE10 = readRate(rate, direction)
  return rateE10 === null ? `"${rate}" is no rate above zero.` : { currency, rateOn, rateE10 }
}

/** The value at a dotted path of a JSON answer, as text; null where there is none. */
export const valueAtPath = (json: unknown, path: string): string | null => {
  let value: unknown = json
  for (const step of path.split('.').filter((part) => part !== '')) {
    if (typeof value !== 'object' || value === null) return null
    value = Reflect.get(value, step)
  }
  return typeof value === 'number' || typeof value === 'string' ? String(value) : null
}
