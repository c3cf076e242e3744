import { sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext } from '../rpc/context.ts'
import { stateHash } from './state-hash.ts'
import { type ExportedRow, type ExportedTable, exportedTables, rowKey } from './tables.ts'
import type { WorkspaceExport } from './workspace-file.ts'

/**
 * Issued documents and money may not be written as they end up: the schema's own rules hold for an import too. So each
 * is made as a person made it: as a draft, then issued, then paid in the order of the events, then void.
 */
type Staged = {
  /** Written when a document is issued. */
  readonly issue: readonly string[]
  /** Written last: void, and what came of it later. */
  readonly late: readonly string[]
  /** Kept by triggers from the rows that cause them. */
  readonly kept: readonly string[]
}

const issued = ['series_id', 'number', 'counter', 'period', 'seller', 'buyer', 'extra', 'issued_at']
const late = ['pdf_sha256', 'sent_at', 'voided_at', 'void_reason', 'voided_on']

const staged: Readonly<Record<string, Staged>> = {
  invoices: { issue: issued, late, kept: ['paid_e4', 'credited_e4', 'written_off_e4', 'settled_on'] },
  quotes: { issue: issued, late: [...late, 'decision', 'decided_on', 'decided_by', 'decision_note'], kept: [] },
  credit_notes: { issue: issued, late, kept: ['applied_e4', 'refunded_e4'] },
  payments: { issue: [], late: ['status', 'status_on', 'status_reason'], kept: ['allocated_e4', 'refunded_e4'] },
  refunds: { issue: [], late: ['cancelled_on', 'cancel_reason'], kept: [] },
}

// What money did, in the order in which it did it.
const events = ['payment_allocations', 'credit_allocations', 'write_offs', 'refunds'] as const
const isEvent = (name: string) => events.some((event) => event === name)
// A locked period takes nothing in: the locks come last.
const last = ['tax_locks']

type Given = Readonly<Record<string, readonly ExportedRow[]>>

const cell = (row: ExportedRow, column: string) => row[rowKey(column)] ?? null

const insert = async (
  { trx }: CommandContext,
  table: ExportedTable,
  row: ExportedRow,
  replaced: Readonly<Record<string, unknown>>,
  without: readonly string[],
) => {
  const columns = table.columns.filter(
    (column) => !without.includes(column) && (column in replaced || rowKey(column) in row),
  )
  const values = columns.map((column) => (column in replaced ? replaced[column] : cell(row, column)))
  await sql`INSERT INTO ${sql.table(table.name)} (${sql.join(columns.map((column) => sql.ref(column)))})
    VALUES (${sql.join(values.map((value) => sql`${value}`))})`.execute(trx)
}

const update = async ({ trx }: CommandContext, table: string, row: ExportedRow, columns: readonly string[]) => {
  const known = columns.filter((column) => rowKey(column) in row)
  if (known.length === 0) return
  const set = sql.join(known.map((column) => sql`${sql.ref(column)} = ${cell(row, column)}`))
  await sql`UPDATE ${sql.table(table)} SET ${set} WHERE id = ${row['id']}`.execute(trx)
}

const insertTable = async (context: CommandContext, table: ExportedTable, rows: readonly ExportedRow[]) => {
  const stage = staged[table.name]
  const held = stage === undefined ? [] : [...stage.issue, ...stage.late, ...stage.kept]
  for (const row of rows) {
    // One that bounced or was cancelled was cleared money before: only that could pay and be refunded.
    const replaced = table.name !== 'payments' ? {} : { status: row['status'] === 'pending' ? 'pending' : 'cleared' }
    const without = held.filter((column) => !(column in replaced))
    await insert(context, table, row, replaced, without)
  }
}

type Event = { readonly at: string; readonly id: string; readonly run: () => Promise<void> }

const moneyEvents = (context: CommandContext, tables: readonly ExportedTable[], given: Given): Event[] =>
  tables
    .filter(({ name }) => isEvent(name))
    .flatMap((table) =>
      (given[table.name] ?? []).flatMap((row): Event[] => {
        const id = String(row['id'])
        const held = staged[table.name]?.late ?? []
        const made = { at: String(row['createdAt']), id, run: () => insert(context, table, row, {}, held) }
        if (table.name !== 'refunds' || row['cancelledOn'] === null) return [made]
        return [made, { at: String(row['updatedAt']), id, run: () => update(context, table.name, row, held) }]
      }),
    )
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))

const importRows = async (context: CommandContext, tables: readonly ExportedTable[], given: Given) => {
  for (const table of tables) {
    if (!isEvent(table.name) && !last.includes(table.name)) await insertTable(context, table, given[table.name] ?? [])
  }
  // Invoices before the credit notes that credit them.
  for (const name of ['invoices', 'quotes', 'credit_notes']) {
    for (const row of given[name] ?? []) {
      if (row['issuedAt'] !== null) await update(context, name, row, staged[name]?.issue ?? [])
    }
  }
  for (const event of moneyEvents(context, tables, given)) await event.run()
  for (const name of ['payments', 'quotes', 'credit_notes', 'invoices']) {
    for (const row of given[name] ?? []) await update(context, name, row, staged[name]?.late ?? [])
  }
  for (const table of tables.filter(({ name }) => last.includes(name))) {
    await insertTable(context, table, given[table.name] ?? [])
  }
}

/**
 * Writes an exported organization into a workspace that does not have it, in the command's one transaction; the state
 * hash of the result must be that of the export. AppError IMPORT_FAILED says what did not fit.
 */
export const importWorkspace = async (
  context: CommandContext,
  books: WorkspaceExport,
  schemaVersion: number,
): Promise<{ rowCount: number }> => {
  const { trx } = context
  if (books.schemaVersion > schemaVersion) {
    throw new AppError(
      'IMPORT_FAILED',
      `This export was written by a newer version of Counterfoil (tables ${books.schemaVersion}, this one has ${schemaVersion}). Update Counterfoil first.`,
    )
  }
  const known = await trx
    .selectFrom('organizations')
    .select('legalName')
    .where('id', '=', books.organizationId)
    .executeTakeFirst()
  if (known !== undefined) {
    throw new AppError('IMPORT_FAILED', `The books of ${known.legalName} are here already. Nothing was changed.`)
  }
  const tables = await exportedTables(trx)
  const unknown = Object.keys(books.tables).find((name) => !tables.some((table) => table.name === name))
  if (unknown !== undefined) throw new AppError('IMPORT_FAILED', `This export holds "${unknown}", which is not known.`)
  // Rows name each other in both directions: what leads nowhere is found when the transaction ends.
  await sql`PRAGMA defer_foreign_keys = ON`.execute(trx)
  await importRows(context, tables, books.tables)
  if (books.schemaVersion === schemaVersion) {
    const hash = await stateHash(trx, books.organizationId)
    if (hash !== books.stateHash) {
      throw new AppError(
        'IMPORT_FAILED',
        'The books did not come out as they were exported: the file was changed. Nothing was written.',
      )
    }
  }
  return { rowCount: Object.values(books.tables).reduce((sum, rows) => sum + rows.length, 0) }
}
