import { setImmediate } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { canonicalJson, type Json } from '../../../db/record/canonical-json.ts'
import { commandLine, documentLine, type ErasedRow, erasedLine, lineHash } from '../../../db/record/effect.ts'
import { committedColumns } from '../../../db/record/personal-columns.ts'
import { rawRows } from '../../features/raw-rows.ts'
import type { Db } from '../../rpc/handles.ts'
import { capturedTables, storedValues } from '../captured-tables.ts'
import { type StoredCommand, storedCommands } from '../stored-changes.ts'
import type { StateAt } from './checkpoint.ts'

const pageOf = 500

type Shape = { readonly table: string; readonly columns: readonly string[] }

/** The tables and columns that a checkpoint made now speaks of: what is recorded, without what is personal. */
export const shapesNow = async (db: Db): Promise<Shape[]> =>
  [...(await capturedTables(db))]
    // Who read what goes with its part of the record: of before the cut none is left.
    .filter(([table]) => table !== 'accesses')
    .map(([table, columns]) => {
      const personal = committedColumns.get(table)
      return { table, columns: columns.filter((column) => personal?.has(column) !== true).sort() }
    })

// What was first done to a row after the cut: what is put in was not there; what is changed was, also where it went with a
// business that was brought back and came again.
const wasThere = (table: RawBuilder<unknown>, row: RawBuilder<unknown>, command: number) =>
  sql`coalesce((SELECT f.action FROM audit_log f WHERE f.row_id = ${row} AND f.table_name = ${table}
    AND f.command_seq > ${command} ORDER BY f.seq LIMIT 1), '') <> 'insert'`

const idsAt = async (db: Db, table: string, command: number, after: string) => {
  const rows = await rawRows<{ id: string }>(
    db,
    sql`SELECT id FROM ${sql.table(table)} t WHERE id > ${after} AND ${wasThere(sql`${table}`, sql`t.id`, command)}
      ORDER BY id LIMIT ${pageOf}`,
  )
  return rows.map(({ id }) => id)
}

// What a business that was brought back from a backup does not have any more: the record says what it was.
const goneSince = async (db: Db, command: number): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const rows = await rawRows<{ table: string; id: string }>(
    db,
    sql`SELECT DISTINCT a.table_name AS "table", a.row_id AS id FROM audit_log a WHERE a.command_seq > ${command}
      AND a.action = 'update' AND instr(a.new_values, '"set_back"') > 0 AND json_extract(a.new_values, '$.set_back') = 1
      AND ${wasThere(sql`a.table_name`, sql`a.row_id`, command)} ORDER BY a.row_id`,
  )
  const gone = new Map<string, Set<string>>()
  for (const { table, id } of rows) {
    const ids = gone.get(table) ?? new Set()
    ids.add(id)
    gone.set(table, ids)
  }
  return gone
}

// Newest first: the last one to be put back is the oldest change after the cut.
const changesSince = (db: Db, table: string, command: number, ids: readonly string[]) =>
  rawRows<{ rowId: string; oldValues: string }>(
    db,
    sql`SELECT row_id, old_values FROM audit_log WHERE row_id IN (${sql.join([...ids])}) AND table_name = ${table}
      AND action = 'update' AND command_seq > ${command} ORDER BY row_id, seq DESC`,
  )

const tableAt = async (db: Db, { table, columns }: Shape, command: number, gone: ReadonlySet<string>) => {
  const lines = lineHash()
  let rows = 0
  for (let after = ''; ; ) {
    const there = await idsAt(db, table, command, after)
    const ids = [...new Set([...there, ...[...gone].filter((id) => id > after)])].sort().slice(0, pageOf)
    if (ids.length === 0) break
    // The rows before their changes: what is changed in between has its old value in the log.
    const found = new Map<string, Record<string, unknown>>(ids.filter((id) => gone.has(id)).map((id) => [id, {}]))
    for (const [id, values] of await storedValues(db, table, columns, ids)) found.set(id, { ...values })
    for (const { rowId, oldValues } of await changesSince(db, table, command, ids)) {
      const values = found.get(rowId)
      if (values === undefined) continue
      // Written by the capture triggers.
      for (const [column, value] of Object.entries(JSON.parse(oldValues) as Readonly<Record<string, Json>>)) {
        if (columns.includes(column)) values[column] = value
      }
    }
    for (const [id, values] of [...found].sort(([one], [other]) => (one < other ? -1 : 1))) {
      // What json_object wrote and JSON.parse read.
      lines.add(canonicalJson({ id, values: values as Readonly<Record<string, Json>> }))
      rows += 1
    }
    after = ids.at(-1) ?? after
    await setImmediate()
  }
  return { table, columns: [...columns], rows, hash: lines.end().toString('hex') }
}

const commandsAt = async (db: Db, command: number, before: boolean) => {
  const lines = lineHash()
  let count = 0
  const shown = sql`AND (EXISTS (SELECT 1 FROM activity WHERE command_seq = c.seq)
    OR EXISTS (SELECT 1 FROM chain_documents WHERE command_seq = c.seq))`
  for (let after = 0; ; ) {
    const page = await rawRows<{ seq: number }>(
      db,
      sql`SELECT c.seq FROM commands c WHERE c.seq > ${after} AND c.seq <= ${command} ${before ? shown : sql``}
        ORDER BY c.seq LIMIT ${pageOf}`,
    )
    const first = page[0]
    const last = page.at(-1)
    if (first === undefined || last === undefined) break
    const kept = new Set(page.map(({ seq }) => seq))
    const found: StoredCommand[] = await storedCommands(db, first.seq, last.seq)
    for (const it of found.filter(({ seq }) => kept.has(seq))) {
      lines.add(commandLine(it.seq, it))
      count += 1
    }
    after = last.seq
  }
  return { count, hash: lines.end().toString('hex') }
}

const documentsAt = async (db: Db, command: number) => {
  const rows = await db
    .selectFrom('chainDocuments')
    .select(['tableName', 'rowId', 'hash'])
    .where('commandSeq', '<=', command)
    .orderBy('tableName')
    .orderBy('rowId')
    .execute()
  const lines = lineHash()
  for (const { tableName, rowId, hash } of rows) lines.add(documentLine({ table: tableName, rowId, hash }))
  return { count: rows.length, hash: lines.end().toString('hex') }
}

const erasedAt = async (db: Db, command: number) => {
  const rows = await rawRows<ErasedRow & { readonly erasureId: string }>(
    db,
    sql`SELECT r.erasure_id, r.table_name AS "table", r.row_id, r.fate FROM erasure_rows r WHERE NOT EXISTS (SELECT 1 FROM audit_log a
      WHERE a.row_id = r.erasure_id AND a.table_name = 'erasures' AND a.action = 'insert' AND a.command_seq > ${command})
      ORDER BY r.erasure_id, r.table_name, r.row_id`,
  )
  const lines = lineHash()
  for (const row of rows) lines.add(`${row.erasureId} ${erasedLine(row)}`)
  return { count: rows.length, hash: lines.end().toString('hex') }
}

/**
 * The state of everything after a command, put together backwards from now: what a checkpoint vouches for. `before` is
 * for when the commands up to there are not removed yet.
 */
export const stateAt = async (
  db: Db,
  command: number,
  shapes: readonly Shape[],
  { before }: { readonly before: boolean },
): Promise<StateAt> => {
  const tables: StateAt['tables'] = []
  const gone = await goneSince(db, command)
  for (const shape of shapes) tables.push(await tableAt(db, shape, command, gone.get(shape.table) ?? new Set()))
  return {
    tables,
    commands: await commandsAt(db, command, before),
    documents: await documentsAt(db, command),
    erased: await erasedAt(db, command),
  }
}
