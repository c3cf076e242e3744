import type { DateOrder, DecimalMark, ImportProblem } from '../../../shared/contract/data-imports.ts'
import { emailField } from '../../../shared/contract/fields.ts'
import { withoutGuard } from '../../../shared/formula-guard.ts'
import { findCurrency } from '../../../shared/money/currencies.ts'
import { countryOf } from './countries.ts'
import { parseDate } from './dates.ts'
import { namesOf } from './mapping.ts'
import { parseNumber } from './numbers.ts'
import type { Look, Template } from './templates/template.ts'

export type CellOptions = {
  readonly header: readonly string[]
  /** Field of each column. */
  readonly columns: readonly (string | null)[]
  readonly template: Template | null
  readonly decimal: DecimalMark
  readonly dateOrder: DateOrder
}

/** Reads the cells of one row after the other by the field that they fill; what does not fit is noted as a problem. */
export type Cells = {
  readonly begin: (row: readonly string[], rowNumber: number) => void
  readonly rowNumber: () => number
  readonly look: Look
  /** Name of the column that fills a field; '' where none does. */
  readonly headerOf: (field: string) => string
  /** The trimmed text, '' where there is none. */
  readonly raw: (field: string) => string
  /** One line of text, cut at `max` with a note. */
  readonly line: (field: string, max: number) => string | null
  /** Text of several lines. */
  readonly long: (field: string, max: number) => string | null
  readonly email: (field: string) => string | null
  readonly country: (field: string) => string | null
  readonly currency: (field: string) => string | null
  /** A number of `scale` decimals; null where the cell is empty. Unreadable ones refuse the row. */
  readonly number: (field: string, scale: number) => bigint | null
  readonly date: (field: string) => string | null
  /** Notes what is wrong; `refuses` keeps the row out. */
  readonly problem: (field: string | null, message: string, refuses: boolean) => void
  readonly isRefused: () => boolean
  /** The problems since the last call. */
  readonly takeProblems: () => ImportProblem[]
}

const oneLineBreakers = /[\s\p{Cc}\p{Cs}]+/gu
const needsCleaning = /[^\P{Cc}]|[\p{Cs}]| {2}/u
const controls = /[^\P{Cc}\n\r\t]|\p{Cs}/gu

/** Text as one line without control characters. */
export const flat = (text: string): string =>
  (needsCleaning.test(text) ? text.replace(oneLineBreakers, ' ') : text).trim()

type State = { row: readonly string[]; number: number; refused: boolean; problems: ImportProblem[] }

const indexOfFields = (columns: readonly (string | null)[]) => {
  const at = new Map<string, number>()
  for (const [index, field] of columns.entries()) if (field !== null && !at.has(field)) at.set(field, index)
  return at
}

const makeLook = (header: readonly string[], state: State): Look => {
  const at = new Map(namesOf(header).map((name, index): [string, number] => [name, index]))
  return (name) => state.row[at.get(name) ?? -1]?.trim() ?? ''
}

/** Makes the reader of a table's cells. */
export const createCells = ({ header, columns, template, decimal, dateOrder }: CellOptions): Cells => {
  const state: State = { row: [], number: 0, refused: false, problems: [] }
  const at = indexOfFields(columns)
  const look = makeLook(header, state)
  const polish = template?.polish
  const raw = (field: string): string => {
    const index = at.get(field)
    if (index === undefined) return ''
    const text = (state.row[index] ?? '').trim()
    const plain = withoutGuard(text)
    return polish === undefined ? plain : polish(field, plain, look).trim()
  }
  const problem: Cells['problem'] = (field, message, refuses) => {
    const index = field === null ? undefined : at.get(field)
    if (refuses) state.refused = true
    state.problems.push({
      row: state.number,
      column: index === undefined ? null : (header[index] ?? null),
      value: index === undefined ? '' : (state.row[index] ?? '').slice(0, 120),
      message,
      refuses,
    })
  }
  const cut = (field: string, text: string, max: number): string | null => {
    if (text.length <= max) return text || null
    problem(field, `It has ${text.length} characters, of which the first ${max} are kept.`, false)
    return text.slice(0, max).trim()
  }
  const known = (field: string, find: (text: string) => string | null, message: (text: string) => string) => {
    const text = raw(field)
    if (text === '') return null
    const found = find(text)
    if (found === null) problem(field, message(text), false)
    return found
  }
  return {
    begin: (row, rowNumber) => {
      state.row = row
      state.number = rowNumber
      state.refused = false
    },
    rowNumber: () => state.number,
    look,
    headerOf: (field) => header[at.get(field) ?? -1] ?? '',
    raw,
    line: (field, max) => cut(field, flat(raw(field)), max),
    long: (field, max) => cut(field, raw(field).replace(controls, ' '), max),
    email: (field) =>
      known(
        field,
        (text) => (emailField.safeParse(text).success ? text : null),
        (text) => `"${text}" is no e-mail address, so it is left out.`,
      ),
    country: (field) => known(field, countryOf, (text) => `"${text}" is no country that is known, so it is left out.`),
    currency: (field) =>
      known(
        field,
        (text) => (findCurrency(text.toUpperCase()) === null ? null : text.toUpperCase()),
        (text) => `"${text}" is no currency of ISO 4217, so it is left out.`,
      ),
    number: (field, scale) => {
      const text = raw(field)
      if (text === '') return null
      const read = parseNumber(text, decimal, scale)
      if (!read.ok) {
        problem(field, read.reason, true)
        return null
      }
      if (read.rounded) problem(field, `It has more than ${scale} decimals and is rounded to those.`, false)
      return read.value
    },
    date: (field) => {
      const text = raw(field)
      if (text === '' || /^0{4}-0{2}-0{2}/.test(text)) return null
      const date = parseDate(text, dateOrder)
      if (date === null || date < '1900-01-01' || date > '2999-12-31') {
        const other = (['ymd', 'dmy', 'mdy'] as const).find((order) => parseDate(text, order) !== null)
        problem(field, other === undefined ? `"${text}" is no date.` : otherOrder(text, dateOrder, other), true)
        return null
      }
      return date
    },
    problem,
    isRefused: () => state.refused,
    takeProblems: () => state.problems.splice(0),
  }
}

const otherOrder = (text: string, order: DateOrder, other: DateOrder) =>
  order === other
    ? `"${text}" is not between 1900 and 2999.`
    : `"${text}" is no date with ${orderInWords[order]}; with ${orderInWords[other]} it would be.`

const orderInWords: Readonly<Record<DateOrder, string>> = {
  ymd: 'the year first',
  dmy: 'the day first',
  mdy: 'the month first',
}
