import Papa from 'papaparse'
import { type ImportSeparator, importSeparators } from '../../../shared/contract/data-imports.ts'
import { TableFault } from './table-fault.ts'

/** Rows that one file may have. */
export const mostRows = 500_000
const mostColumns = 500

const parse = (text: string, separator: ImportSeparator, preview = 0) =>
  Papa.parse<string[]>(text, { delimiter: separator, preview, skipEmptyLines: false })

// A separator is right where most rows have the same number of cells, and more than one.
const scoreOf = (sample: string, separator: ImportSeparator): number => {
  const rows = parse(sample, separator, 60).data.filter((row) => row.some((cell) => cell.trim() !== ''))
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  let best = 0
  for (const [cells, times] of counts) {
    if (cells > 1) best = Math.max(best, (times / Math.max(1, rows.length)) * (1 + Math.min(cells, 40) / 100))
  }
  return best
}

/** The separator of a text's cells; a comma where there is only one column. */
export const detectSeparator = (text: string): ImportSeparator => {
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1]
  const named = importSeparators.find((separator) => separator === declared)
  if (named !== undefined) return named
  const sample = text.slice(0, 200_000)
  let best: { readonly separator: ImportSeparator; readonly score: number } = { separator: ',', score: 0 }
  for (const separator of importSeparators) {
    const score = scoreOf(sample, separator)
    if (score > best.score + 1e-9) best = { separator, score }
  }
  return best.separator
}

/** Every row of a CSV text as its cells; TableFault beyond the limits. A quote that is never closed is a fault too. */
export const parseCsv = (text: string, separator: ImportSeparator): string[][] => {
  const body = text.replace(/^sep=.\r?\n/i, '')
  const { data, errors } = parse(body, separator)
  const open = errors.find((error) => error.code === 'MissingQuotes')
  if (open !== undefined) {
    throw new TableFault(
      `Row ${(open.row ?? 0) + 1} has a quotation mark that is never closed, so what follows cannot be told apart. Correct it in a text editor and try again.`,
    )
  }
  if (data.length > mostRows)
    throw new TableFault(`The file has ${data.length} rows, at most ${mostRows} are taken. Split it.`)
  if (data.some((row) => row.length > mostColumns))
    throw new TableFault(`The file has rows of more than ${mostColumns} columns. Check its separator.`)
  const last = data.at(-1)
  if (last !== undefined && last.length === 1 && last[0] === '') data.pop()
  return data
}
