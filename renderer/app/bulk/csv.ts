import { guardFormula } from '../../../shared/formula-guard.ts'
import { toDecimalString } from '../../../shared/money/decimal-string.ts'
import { type Amount, digits } from '../../../shared/money/scaled.ts'

export type CsvColumn<Row> = { readonly header: string; readonly value: (row: Row) => string | null }

const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text)

const cell = (text: string) => {
  const safe = isNumber(text) ? text : guardFormula(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as CSV (RFC 4180): formulas disarmed. */
export const csvOf = <Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string =>
  [columns.map(({ header }) => header), ...rows.map((row) => columns.map(({ value }) => value(row) ?? ''))]
    .map((line) => `${line.map(cell).join(',')}\r\n`)
    .join('')

/** An amount as a CSV has it: an exact decimal with a point. */
export const csvAmount = (value: Amount): string => toDecimalString(value, digits.amount, 2)
