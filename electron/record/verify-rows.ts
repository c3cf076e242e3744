import { sql } from 'kysely'
import { mark } from '../../db/record/personal-columns.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { Db } from '../rpc/handles.ts'
import { capturedTables, storedValues } from './captured-tables.ts'
import type { Findings } from './verification.ts'

const pageOf = 1000

type Values = Readonly<Record<string, unknown>>
type Change = {
  readonly seq: number
  readonly commandSeq: number
  readonly rowId: string
  readonly table: string
  readonly action: string
  readonly newValues: string
}
type Folded = {
  readonly table: string
  readonly rowId: string
  /** Whether the log tells of the row from its beginning. */
  isWhole: boolean
  readonly values: Map<string, { readonly value: unknown; readonly commandSeq: number }>
}

const fold = (folded: Map<string, Folded>, change: Change) => {
  const key = `${change.table} ${change.rowId}`
  const row = folded.get(key) ?? { table: change.table, rowId: change.rowId, isWhole: false, values: new Map() }
  folded.set(key, row)
  if (change.action === 'insert') row.isWhole = true
  // There again after a restore: what was said of it before is over.
  if (change.action === 'insert') row.values.clear()
  // Written by the capture triggers.
  for (const [column, value] of Object.entries(JSON.parse(change.newValues) as Values)) {
    row.values.set(column, { value, commandSeq: change.commandSeq })
  }
}

type Places = {
  readonly begun: number
  readonly findings: Findings
  readonly entryOf: (commandSeq: number) => Promise<number | null>
}

const compare = async (
  row: Folded,
  live: Values | undefined,
  { begun, findings, entryOf }: Places,
): Promise<number> => {
  const newest = Math.max(...[...row.values.values()].map(({ commandSeq }) => commandSeq))
  const say = async (commandSeq: number, text: string) =>
    findings.add({ kind: 'row', deviceId: null, seq: await entryOf(commandSeq), commandSeq, text })
  if (live === undefined && row.values.has('set_back')) return 0
  if (live === undefined) {
    await say(newest, `Row ${row.rowId} of ${row.table} was removed.`)
    return 0
  }
  let older = 0
  for (const [column, { value, commandSeq }] of row.values) {
    // Erased ones say nothing any more; a column of then may be gone.
    if (value === mark || !(column in live) || live[column] === value) continue
    // Steps of the schema before the record began changed rows unseen.
    if (commandSeq <= begun) older += 1
    else await say(commandSeq, `${column} of row ${row.rowId} of ${row.table} is not what the log says.`)
  }
  return older
}

const changesByRow = (db: Db, after: { readonly rowId: string; readonly seq: number }) =>
  rawRows<Change>(
    db,
    sql`SELECT seq, command_seq, row_id, table_name AS "table", action, new_values FROM audit_log
      WHERE (row_id, seq) > (${after.rowId}, ${after.seq}) ORDER BY row_id, seq LIMIT ${pageOf}`,
  )

const liveRows = async (db: Db, rows: readonly Folded[], columns: ReadonlyMap<string, readonly string[]>) => {
  const live = new Map<string, Values>()
  for (const table of new Set(rows.map((row) => row.table))) {
    const own = columns.get(table)
    if (own === undefined) continue
    const ids = rows.filter((row) => row.table === table).map(({ rowId }) => rowId)
    for (const [id, values] of await storedValues(db, table, own, ids)) live.set(`${table} ${id}`, values)
  }
  return live
}

const unlogged = async (db: Db, table: string) => {
  const [row] = await rawRows<{ count: number; first: string | null }>(
    db,
    sql`SELECT count(*) AS count, min(id) AS first FROM ${sql.table(table)} t
      WHERE NOT EXISTS (SELECT 1 FROM audit_log a WHERE a.row_id = t.id AND a.table_name = ${table} AND a.action = 'insert')`,
  )
  return row ?? { count: 0, first: null }
}

export type RowsInput = {
  /** The last command of before the record. */
  readonly begun: number
  /** Whether a checkpoint vouches for the rows that were there before the log begins now. */
  readonly isCut: boolean
}

/** Plays the log from its beginning and compares each row with what comes out; returns how many rows it tells of. */
export const verifyRows = async (db: Db, { begun, isCut }: RowsInput, findings: Findings): Promise<number> => {
  const columns = await capturedTables(db)
  const entryOf = async (commandSeq: number) => {
    const row = await db
      .selectFrom('chainEntries')
      .select('seq')
      .where('commandSeq', '=', commandSeq)
      .executeTakeFirst()
    return row?.seq ?? null
  }
  let rows = 0
  let older = 0
  const settle = async (folded: readonly Folded[]) => {
    const live = await liveRows(db, folded, columns)
    for (const row of folded) {
      if (!columns.has(row.table)) continue
      if (row.isWhole || !isCut) rows += 1
      older += await compare(row, live.get(`${row.table} ${row.rowId}`), { begun, findings, entryOf })
    }
  }
  let folded = new Map<string, Folded>()
  let after = { rowId: '', seq: 0 }
  for (;;) {
    const page = await changesByRow(db, after)
    for (const change of page) fold(folded, change)
    const end = page.at(-1)
    if (end === undefined) break
    // The last row of a page may go on in the next.
    const open = `${end.table} ${end.rowId}`
    await settle([...folded.values()].filter((row) => row.rowId !== end.rowId))
    folded = new Map([...folded].filter(([key, row]) => key === open || row.rowId === end.rowId))
    after = end
  }
  await settle([...folded.values()])
  if (older > 0) findings.note(`${older} values were changed by updates of the program before the record began.`)
  if (isCut) return rows
  for (const table of columns.keys()) {
    const { count, first } = await unlogged(db, table)
    if (count === 0) continue
    const text = `${count} rows of ${table} were never recorded; the first is ${first}.`
    if (begun > 0) findings.note(text)
    else findings.add({ kind: 'row', deviceId: null, seq: null, commandSeq: null, text })
  }
  return rows
}
