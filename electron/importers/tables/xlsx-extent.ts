import { unzipSync } from 'fflate'
import { TableFault } from './table-fault.ts'

// The reader fills in every cell up to the last one that holds something: one cell far out would take all memory there is.
const mostCells = 20_000_000
const lastRow = 1_048_576
const lastColumn = 16_384

const element = /<(?:[\w.-]+:)?(row|c)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g
const place = /\sr\s*=\s*["']([^"']*)["']/

const columnOf = (letters: string): number =>
  [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0)

const farOut = () =>
  new TableFault('The sheet has a cell far outside of any table. Delete the empty rows and columns around the table.')

/** How far the cells of a sheet that hold something reach, from 1; TableFault for a place that no sheet has. */
export const extentOf = (xml: string): { readonly rows: number; readonly columns: number } => {
  let [rows, columns, row, column] = [0, 0, 0, 0]
  for (const [, kind, attributes = '', empty] of xml.matchAll(element)) {
    const at = place.exec(attributes)?.[1]
    if (kind === 'row') {
      row = at === undefined ? row + 1 : Number(at)
      column = 0
      if (!(Number.isInteger(row) && row >= 1 && row <= lastRow)) throw farOut()
      continue
    }
    const named = at === undefined ? null : /^([A-Z]{1,3})(\d{1,7})$/.exec(at)
    if (at !== undefined && named === null) throw farOut()
    row = named === null ? row : Number(named[2])
    column = named === null ? column + 1 : columnOf(named[1] ?? '')
    if (row > lastRow || column > lastColumn) throw farOut()
    if (empty === '/') continue
    rows = Math.max(rows, row)
    columns = Math.max(columns, column)
  }
  return { rows, columns }
}

/** Refuses a workbook whose sheets reach so far that reading them would take all memory; TableFault. */
export const assertExtent = (bytes: Uint8Array): void => {
  const sheets = unzipSync(bytes, { filter: ({ name }) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name) })
  for (const content of Object.values(sheets)) {
    const { rows, columns } = extentOf(new TextDecoder('latin1').decode(content))
    if (rows * columns > mostCells) throw farOut()
  }
}
