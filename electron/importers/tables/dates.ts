import type { DateOrder } from '../../../shared/contract/data-imports.ts'
import { isCivilDate } from '../../../shared/dates.ts'

export type DateReading = {
  readonly value: DateOrder
  /** Some date of the file can be read in this order only. */
  readonly certain: boolean
  readonly example: { readonly text: string; readonly date: string } | null
  /** Dates that no one order reads, in words. */
  readonly conflict: string | null
}

const months = new Map(
  [
    'jan january januar janvier enero gennaio januari janeiro janv ene gen',
    'feb february februar fevrier febrero febbraio februari fevereiro fev fevr',
    'mar march marz mars marzo maart marco mrz maa',
    'apr april avril abril aprile avr abr',
    'may mai mayo maggio mei maio mag',
    'jun june juni juin junio giugno junho giu',
    'jul july juli juillet julio luglio julho juil lug',
    'aug august aout agosto augustus ago',
    'sep september septembre septiembre settembre setembro sept set',
    'oct october oktober octobre octubre ottobre outubro okt ott out',
    'nov november novembre noviembre novembro',
    'dec december dezember decembre diciembre dicembre dezembro dez dic',
  ].flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
)

const plainText = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const pad = (value: number, length: number) => String(value).padStart(length, '0')

const civil = (year: number, month: number, day: number): string | null => {
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  return isCivilDate(date) ? date : null
}

// Two digits mean the hundred years that end in 2069, as spreadsheets and POSIX have it.
const fullYear = (text: string) => {
  const year = Number(text)
  if (text.length > 2) return year
  return year < 70 ? 2000 + year : 1900 + year
}

const withoutTime = (text: string) =>
  text
    .trim()
    .replace(/[T\s]\d{1,2}:\d{2}.*$/, '')
    .replace(/,?\s+\d{1,2}:\d{2}.*$/, '')
    .trim()

/** The three numbers of a date as written; null where a month has a name, as that needs no order. */
type Parts = { readonly a: string; readonly b: string; readonly c: string }

const numbered = /^(\d{1,4})\s*[-/.\s]\s*(\d{1,2})\s*[-/.'\s]\s*(\d{1,4})\.?$/

const partsOf = (text: string): Parts | null => {
  const match = numbered.exec(withoutTime(text))
  return match === null ? null : { a: match[1] ?? '', b: match[2] ?? '', c: match[3] ?? '' }
}

const named = (text: string): string | null => {
  const tokens = plainText(withoutTime(text))
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/, '')
    .split(/[\s,./-]+/)
    .filter((token) => token !== '' && token !== 'de' && token !== 'di')
  if (tokens.length !== 3) return null
  const at = tokens.findIndex((token) => months.has(token))
  if (at === -1) return null
  const month = months.get(tokens[at] ?? '') ?? 0
  const [first = '', second = ''] = tokens.filter((_, index) => index !== at)
  if (!/^\d+$/.test(first) || !/^\d+$/.test(second)) return null
  return first.length === 4
    ? civil(Number(first), month, Number(second))
    : civil(fullYear(second), month, Number(first))
}

const inOrder = ({ a, b, c }: Parts, order: DateOrder): string | null => {
  // A year of four digits stands where it stands, whatever the order of the rest.
  if (a.length > 2) return civil(Number(a), Number(b), Number(c))
  if (order === 'ymd') return c.length > 2 ? null : civil(fullYear(a), Number(b), Number(c))
  return order === 'dmy' ? civil(fullYear(c), Number(b), Number(a)) : civil(fullYear(c), Number(a), Number(b))
}

const compact = /^(\d{4})(\d{2})(\d{2})$/

/** A date of a cell as 'YYYY-MM-DD', any time of day left off; null where it is no date in this order. */
export const parseDate = (text: string, order: DateOrder): string | null => {
  const parts = partsOf(text)
  if (parts !== null) return inOrder(parts, order)
  const digits = compact.exec(withoutTime(text))
  if (digits !== null) return civil(Number(digits[1]), Number(digits[2]), Number(digits[3]))
  return named(text)
}

const orders = ['dmy', 'mdy', 'ymd'] as const

/**
 * The order of day and month, decided over all date cells of a file: one date that reads in only one order decides for
 * all. `fallback` decides where none does, and the reading then says that it is not certain; `chosen` overrides both.
 */
export const detectDateOrder = (
  cells: readonly string[],
  fallback: DateOrder,
  chosen: DateOrder | null = null,
): DateReading => {
  const { fits, misfit, first, telling, plain } = surveyOf(cells)
  const most = Math.max(fits.dmy, fits.mdy, fits.ymd)
  const best = orders.filter((order) => fits[order] === most)
  // Years in front read the same in each order, so nothing is left to ask.
  const alike = sameInAll(cells, orders)
  const found = alike ? 'ymd' : best.includes(fallback) ? fallback : (best[0] ?? fallback)
  const value = chosen ?? found
  const text = telling ?? first
  const date = text === null ? null : parseDate(text, value)
  const alone = most === 0 || alike ? null : misfit[value]
  return {
    value,
    certain: chosen !== null || ((first !== null || plain) && alone === null && (alike || best.length === 1)),
    example: text === null || date === null ? null : { text: text.trim(), date },
    conflict:
      alone === null ? null : `"${alone.trim()}" is no date in the order of the others: no one order reads them all.`,
  }
}

type Survey = {
  readonly fits: Record<DateOrder, number>
  readonly misfit: Record<DateOrder, string | null>
  readonly first: string | null
  readonly telling: string | null
  readonly plain: boolean
}

const surveyOf = (cells: readonly string[]): Survey => {
  const fits = { dmy: 0, mdy: 0, ymd: 0 }
  const misfit: Record<DateOrder, string | null> = { dmy: null, mdy: null, ymd: null }
  let first: string | null = null
  let telling: string | null = null
  let plain = false
  for (const cell of cells) {
    const parts = partsOf(cell)
    if (parts === null) {
      if (!plain && cell.trim() !== '' && parseDate(cell, 'ymd') !== null) plain = true
      continue
    }
    const readable = orders.filter((order) => inOrder(parts, order) !== null)
    if (readable.length === 0) continue
    first ??= cell
    if (readable.length === 1) telling ??= cell
    for (const order of orders) {
      if (readable.includes(order)) fits[order] += 1
      else misfit[order] ??= cell
    }
  }
  return { fits, misfit, first, telling, plain }
}

const sameInAll = (cells: readonly string[], among: readonly DateOrder[]): boolean => {
  for (const cell of cells) {
    const parts = partsOf(cell)
    if (parts !== null && new Set(among.map((order) => inOrder(parts, order))).size > 1) return false
  }
  return true
}

/** Whether a text looks like a date in any order. */
export const looksLikeDate = (text: string): boolean => orders.some((order) => parseDate(text, order) !== null)
