import type { ImportEntity, ImportProblem } from '../../../shared/contract/data-imports.ts'
import { type CellOptions, type Cells, createCells } from './cells.ts'
import type { Table } from './header.ts'
import type { RecordOf } from './records.ts'
import { clientFrom } from './rows/clients.ts'
import { createInvoiceRows } from './rows/invoices.ts'
import { itemFrom } from './rows/items.ts'
import { paymentFrom } from './rows/payments.ts'

/** Some of the records of a table, with what is wrong with their rows. */
export type Chunk = {
  /** All of the kind that was asked for. */
  readonly records: readonly RecordOf[ImportEntity][]
  readonly problems: readonly ImportProblem[]
  /** Records that cannot come in. */
  readonly refused: number
  /** Rows that are none of these records, such as drafts, vendors and repeated names. */
  readonly leftOut: number
  /** Rows of the file read so far, and of how many. */
  readonly rowsRead: number
  readonly rowCount: number
  /** How many records there are in all; null while only the rows are known. */
  readonly recordCount: number | null
}

// Few enough that taking them in leaves the process that does it free to answer.
const chunkSize = 400

type RowRecord = RecordOf['clients'] | RecordOf['items'] | RecordOf['payments']
type RowReader = (cells: Cells) => RowRecord | null

const readers: Readonly<Record<Exclude<ImportEntity, 'invoices'>, RowReader>> = {
  clients: clientFrom,
  items: itemFrom,
  payments: paymentFrom,
}

const isBlank = (row: readonly string[]) => {
  for (const cell of row) if (cell !== '' && cell.trim() !== '') return false
  return true
}

/** Which rows of the file are not asked for: blank, of another kind, or a name that stood there before. */
const createGate = (cells: Cells, { template }: CellOptions) => {
  const seen = new Set<string>()
  let leftOut = 0
  const passes = (row: readonly string[]): boolean => {
    if (isBlank(row)) return false
    if (template?.distinct) {
      const name = cells.raw('name').toLowerCase()
      if (name === '' || seen.has(name)) return false
      seen.add(name)
    }
    const reason = template?.leaveOut?.(cells.look) ?? null
    if (reason === null) return true
    cells.problem(null, reason, false)
    leftOut += 1
    return false
  }
  return {
    passes,
    take: () => {
      const count = leftOut
      leftOut = 0
      return count
    },
  }
}

const invoiceChunks = function* (table: Table, options: CellOptions): Generator<Chunk> {
  const cells = createCells(options)
  const gate = createGate(cells, options)
  const invoices = createInvoiceRows(cells, options.template)
  for (const [index, row] of table.rows.entries()) {
    cells.begin(row, table.firstRow + index)
    if (gate.passes(row)) invoices.take()
  }
  const { records, refused } = invoices.finish()
  const rowCount = table.rows.length
  const done = { rowsRead: rowCount, rowCount, recordCount: records.length }
  yield { records: [], problems: cells.takeProblems(), refused, leftOut: gate.take(), ...done }
  for (let from = 0; from < records.length; from += chunkSize) {
    yield { records: records.slice(from, from + chunkSize), problems: [], refused: 0, leftOut: 0, ...done }
  }
}

/** Every record of a table in the order of the file, some hundred at a time. */
export const readRecords = function* (table: Table, entity: ImportEntity, options: CellOptions): Generator<Chunk> {
  if (entity === 'invoices') {
    yield* invoiceChunks(table, options)
    return
  }
  const cells = createCells(options)
  const gate = createGate(cells, options)
  const read = readers[entity]
  let records: RowRecord[] = []
  let refused = 0
  const rowCount = table.rows.length
  let rowsRead = 0
  const flush = (): Chunk => {
    const chunk = {
      records,
      problems: cells.takeProblems(),
      refused,
      leftOut: gate.take(),
      rowsRead,
      rowCount,
      recordCount: null,
    }
    records = []
    refused = 0
    return chunk
  }
  for (const [index, row] of table.rows.entries()) {
    cells.begin(row, table.firstRow + index)
    rowsRead = index + 1
    if (!gate.passes(row)) continue
    const record = read(cells)
    if (record === null) refused += 1
    else records.push(record)
    if (records.length >= chunkSize) yield flush()
  }
  yield flush()
}
