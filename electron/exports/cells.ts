import { guardFormula } from '../../shared/formula-guard.ts'
import { toDecimalString } from '../../shared/money/decimal-string.ts'
import { digits } from '../../shared/money/scaled.ts'
import type { ColumnKind, SheetColumn, SheetRow } from './sheets.ts'

const scales: Readonly<Partial<Record<ColumnKind, number>>> = {
  amount: digits.amount,
  price: digits.unitPrice,
  quantity: digits.quantity,
  percent: digits.percent,
  rate: digits.exchangeRate,
}

/** A cell as text: numbers exact with a point, text guarded against formulas. */
export const cellText = (column: SheetColumn, row: SheetRow): string => {
  const value = row[column.key] ?? null
  if (value === null) return ''
  const scale = scales[column.kind]
  if (scale !== undefined && typeof value === 'bigint') {
    return toDecimalString(value, scale, column.kind === 'amount' ? 2 : 0)
  }
  return column.kind === 'text' ? guardFormula(String(value)) : String(value)
}

// Beyond 15 digits a spreadsheet rounds: such a number stays text, exact.
const exactInSheet = 999_999_999_999_999n

/** A number for a spreadsheet, or null where it must stay text to be exact. */
export const cellNumber = (column: SheetColumn, row: SheetRow): number | null => {
  const value = row[column.key] ?? null
  const scale = scales[column.kind]
  if (scale === undefined || typeof value !== 'bigint') return typeof value === 'number' ? value : null
  return value > exactInSheet || value < -exactInSheet ? null : Number(toDecimalString(value, scale))
}
