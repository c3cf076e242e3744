import { importEntities } from '../../../shared/contract/data-imports.ts'
import { fieldsOf, plainName } from './fields.ts'
import { TableFault } from './table-fault.ts'

export type Table = {
  /** Row of the names, counted from 1. */
  readonly headerRow: number
  readonly header: readonly string[]
  /** What stands above: titles and section labels of exporters. */
  readonly preamble: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Row number in the file of the first of `rows`. */
  readonly firstRow: number
}

const filled = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '')

const knownNames = new Set(
  importEntities.flatMap((entity) => fieldsOf(entity).flatMap((field) => field.names.split('|'))),
)

// The row that reads most like names: known words, many cells, texts without digits, each only once.
const scoreOf = (row: readonly string[]): number => {
  const cells = filled(row)
  if (cells.length === 0) return 0
  const known = cells.filter((cell) => knownNames.has(plainName(cell))).length
  const wordy = cells.filter((cell) => /\p{L}/u.test(cell) && !/\d{3}/.test(cell) && cell.length <= 60).length
  return known * 3 + (wordy === cells.length ? cells.length : wordy / 2)
}

const headerIndex = (rows: readonly (readonly string[])[]): number => {
  let best = 0
  let bestScore = 0
  for (const [index, row] of rows.slice(0, 25).entries()) {
    const score = scoreOf(row)
    // A later row must be clearly better: data often repeats words of the names.
    if (score > bestScore * 1.5 + 0.5) {
      best = index
      bestScore = score
    }
  }
  return best
}

// Some exporters write a second row of names for machines: `Item.name`, `Item.rate`.
const isKeyRow = (row: readonly string[]) => {
  const cells = filled(row)
  return cells.length > 1 && cells.every((cell) => /^[A-Z]\w*\.[a-z]\w*$/.test(cell))
}

/** Finds the names of the columns in a sheet, or takes the row that a person chose; TableFault for an empty one. */
export const readHeader = (rows: readonly (readonly string[])[], chosen: number | null): Table => {
  if (rows.every((row) => filled(row).length === 0))
    throw new TableFault('The file is empty: it has no row with anything in it.')
  const index = chosen === null ? headerIndex(rows) : chosen - 1
  const header = (rows[index] ?? []).map((cell) => cell.trim())
  if (filled(header).length === 0)
    throw new TableFault(`Row ${index + 1} is empty, so it cannot hold the names of the columns. Choose another row.`)
  const skip = isKeyRow(rows[index + 1] ?? []) ? 2 : 1
  return {
    headerRow: index + 1,
    header,
    preamble: rows.slice(0, index).flatMap(filled),
    rows: rows.slice(index + skip),
    firstRow: index + skip + 1,
  }
}
