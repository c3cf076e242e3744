import Papa from 'papaparse'
import { csvDelimiters } from '../../../shared/contract/bank.ts'
import { BankFileError } from './statement.ts'

export type Delimiter = (typeof csvDelimiters)[number]
/** Rows of cells, each trimmed; `lines` says where each begins in the file. */
export type Grid = { readonly rows: readonly (readonly string[])[]; readonly lines: readonly number[] }

const mostRows = 200_000
const mostColumns = 100

const parsed = (text: string, delimiter: Delimiter, preview = 0): string[][] =>
  Papa.parse<string[]>(text, { delimiter, preview, quoteChar: '"', skipEmptyLines: false }).data

/** The separator under which most rows have the same number of cells, and many of them. */
export const delimiterOf = (text: string): Delimiter => {
  const scored = csvDelimiters.map((delimiter) => {
    const counts = new Map<number, number>()
    for (const row of parsed(text, delimiter, 80)) {
      const cells = row.filter((cell) => cell.trim() !== '').length
      if (cells > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
    }
    return { delimiter, score: Math.max(0, ...[...counts].map(([cells, rows]) => rows * (cells - 1))) }
  })
  return scored.sort((a, b) => b.score - a.score)[0]?.delimiter ?? ','
}

/** The cells of a CSV text; rows without any text are left out. BankFileError if it is too large. */
export const gridOf = (text: string, delimiter: Delimiter): Grid => {
  const rows: string[][] = []
  const lines: number[] = []
  let line = 1
  for (const row of parsed(text, delimiter)) {
    const cells = row.slice(0, mostColumns).map((cell) => cell.trim())
    if (cells.some((cell) => cell !== '')) {
      rows.push(cells)
      lines.push(line)
    }
    if (rows.length > mostRows) throw new BankFileError(line, `More than ${mostRows} rows. Split the file by dates.`)
    // A cell in quotes may hold line breaks.
    line += 1 + row.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0)
  }
  return { rows, lines }
}
