import Papa from 'papaparse'
import { guardFormula } from '../../shared/formula-guard.ts'
import type { Db } from '../rpc/handles.ts'
import { cellNumber, cellText } from './cells.ts'
import {
  type SheetColumn,
  type SheetName,
  type SheetRow,
  type SheetScope,
  sheetColumns,
  sheetRows,
  sheets,
} from './sheets.ts'

// Excel reads a file without this mark in the code page of its computer.
const byteOrderMark = '\uFEFF'

/** Rows as CSV (RFC 4180, UTF-8): exact numbers with a point, dates YYYY-MM-DD, formulas disarmed. */
export const csvOf = (
  columns: readonly SheetColumn[],
  rows: readonly SheetRow[],
  separator: ',' | ';' = ',',
): Uint8Array => {
  const text = Papa.unparse(
    [columns.map(({ header }) => header), ...rows.map((row) => columns.map((column) => cellText(column, row)))],
    { delimiter: separator, newline: '\r\n' },
  )
  return new TextEncoder().encode(`${byteOrderMark}${text}\r\n`)
}

/** One sheet as CSV. */
export const writeCsv = async (
  db: Db,
  { sheet, separator, ...scope }: SheetScope & { readonly sheet: SheetName; readonly separator: ',' | ';' },
): Promise<Uint8Array> => {
  const columns = await sheetColumns(db, sheet, scope.organizationId)
  return csvOf(columns, await sheetRows(db, sheet, scope), separator)
}

const formats: Readonly<Record<SheetColumn['kind'], string | undefined>> = {
  amount: '#,##0.00',
  price: '#,##0.00####',
  quantity: '#,##0.######',
  percent: '0.####',
  rate: '0.0000######',
  whole: '0',
  text: undefined,
  date: 'yyyy-mm-dd',
  instant: undefined,
}

const xlsxCell = (column: SheetColumn, row: SheetRow) => {
  const value = row[column.key] ?? null
  if (value === null) return null
  const format = formats[column.kind]
  if (column.kind === 'date') return { value: new Date(`${String(value)}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
  const number = cellNumber(column, row)
  if (number !== null) return { value: number, type: Number, ...(format === undefined ? {} : { format }) }
  return { value: column.kind === 'text' ? guardFormula(String(value)) : cellText(column, row), type: String }
}

const width = (column: SheetColumn) => (column.kind === 'text' ? Math.max(14, column.header.length + 2) : 14)

/** Several sheets as one workbook (XLSX): numbers and dates as such, the header row stays in sight. */
export const writeXlsx = async (
  db: Db,
  { names, ...scope }: SheetScope & { readonly names: readonly SheetName[] },
): Promise<Uint8Array> => {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const pages = []
  for (const name of names) {
    const { title } = sheets[name]
    const columns = await sheetColumns(db, name, scope.organizationId)
    const rows = await sheetRows(db, name, scope)
    const header = columns.map((column) => ({ value: column.header, type: String, fontWeight: 'bold' as const }))
    pages.push({
      sheet: title,
      data: [header, ...rows.map((row) => columns.map((column) => xlsxCell(column, row)))],
      columns: columns.map((column) => ({ width: width(column) })),
      stickyRowsCount: 1,
    })
  }
  return new Uint8Array(await writeXlsxFile(pages).toBuffer())
}
