import Sqlite from 'better-sqlite3'
import { tableNames } from './facts.ts'
import { applicationId } from './inspect-file.ts'
import { type DataKey, unlockConnection } from './key.ts'
import { migrate, newestVersion } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openScratch } from './scratch.ts'

/** What came out of one table of a damaged database. */
export type SalvagedTable = {
  readonly table: string
  readonly read: number
  /** Rows that are known to have been there and could not be read or do not fit; null where nobody can tell. */
  readonly lost: number | null
}

type Row = readonly unknown[]
const batch = 500
const mostSteps = 44

type Reader = { readonly rowsAfter: (rowid: bigint, limit: number) => readonly Row[] }

const readerOf = (source: Sqlite.Database, table: string, names: string, hasRowid: boolean): Reader => {
  if (!hasRowid) {
    // Small tables that are kept in the order of their key: all of it, or nothing.
    const all = source.prepare(`SELECT ${names} FROM "${table}"`).raw(true).safeIntegers(true)
    // See below.
    return { rowsAfter: (rowid) => (rowid < 0n ? (all.all() as Row[]).map((row, index) => [index, ...row]) : []) }
  }
  // NOT INDEXED: the table itself is walked; an index may name rows that are gone.
  const select = source
    .prepare(`SELECT rowid, ${names} FROM "${table}" NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT ?`)
    .raw(true)
    .safeIntegers(true)
  // Raw mode gives each row as a list of its columns.
  return { rowsAfter: (rowid, limit) => select.all(rowid, limit) as Row[] }
}

const attempt = <T>(work: () => T): T | null => {
  try {
    return work()
  } catch {
    return null
  }
}

/**
 * Reads every row of a table that can still be read, leaping over what cannot. Damaged pages can lead back to earlier
 * ones: only what lies further on is taken, or there would be no end.
 */
const readAll = (reader: Reader, take: (row: Row) => void): void => {
  let last = -1n
  const pass = (rows: readonly Row[] | null): boolean => {
    const before = last
    for (const row of rows ?? []) {
      const rowid = BigInt(String(row[0]))
      if (rowid <= last) continue
      take(row)
      last = rowid
    }
    return last > before
  }
  for (;;) {
    let rows = attempt(() => reader.rowsAfter(last, batch))
    for (let limit = batch; rows === null && limit > 1; ) {
      limit = Math.floor(limit / 4) || 1
      rows = attempt(() => reader.rowsAfter(last, limit))
    }
    if (rows?.length === 0) return
    let isFurther = pass(rows)
    // The next row itself cannot be read: leap, each time twice as far, until something answers.
    for (let step = 0; !isFurther && step < mostSteps; step += 1) {
      const from = last + (1n << BigInt(step))
      isFurther = pass(attempt(() => reader.rowsAfter(from, 1)))
    }
    if (!isFurther) return
  }
}

const countOf = (source: Sqlite.Database, table: string): number | null =>
  attempt(() => Number(source.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()))

// Only what is kept: a column that SQLite works out itself cannot be written.
const columnsOf = (database: Sqlite.Database, table: string): string[] =>
  database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String)

const copyTable = (source: Sqlite.Database, target: Sqlite.Database, table: string): SalvagedTable => {
  const there = attempt(() => columnsOf(source, table)) ?? []
  const columns = columnsOf(target, table)
  if (there.length === 0 || columns.some((column) => !there.includes(column))) return { table, read: 0, lost: null }
  target.prepare(`DELETE FROM "${table}"`).run()
  const names = columns.map((column) => `"${column}"`).join(', ')
  const insert = target.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
  const count = countOf(source, table)
  const hasRowid = attempt(() => target.prepare(`SELECT rowid FROM "${table}" LIMIT 1`)) !== null
  let read = 0
  let refused = 0
  const reader = attempt(() => readerOf(source, table, names, hasRowid))
  if (reader === null) return { table, read: 0, lost: count }
  readAll(reader, (row) => {
    if (attempt(() => insert.run(row.slice(1))) === null) refused += 1
    else read += 1
  })
  return { table, read, lost: count === null ? null : Math.max(refused, count - read) }
}

type Trigger = { readonly name: string; readonly sql: string }

type Reference = { readonly id: number; readonly parent: string; readonly child: string; readonly to: string | null }

/** For each reference of a table, the condition under which a row of it leads nowhere. */
const brokenReferences = (target: Sqlite.Database, table: string): string[] => {
  const keyOf = (parent: string) =>
    target.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').pluck().all(parent).map(String)
  // Columns as the SELECT names them.
  const references = target
    .prepare('SELECT id, "table" AS parent, "from" AS child, "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq')
    .all(table) as Reference[]
  return [...new Set(references.map(({ id }) => id))].map((id) => {
    const columns = references.filter((it) => it.id === id)
    const parent = columns[0]?.parent ?? ''
    const same = columns.map(({ child, to }, at) => `p."${to ?? keyOf(parent)[at]}" = "${table}"."${child}"`)
    const set = columns.map(({ child }) => `"${table}"."${child}" IS NOT NULL`)
    return `${set.join(' AND ')} AND NOT EXISTS (SELECT 1 FROM "${parent}" p WHERE ${same.join(' AND ')})`
  })
}

/** Rows whose owner could not be read cannot be shown anywhere: taken out until every reference leads somewhere. */
const dropOrphans = (target: Sqlite.Database, tables: readonly string[]): Map<string, number> => {
  const dropped = new Map<string, number>()
  const conditions = tables.flatMap((table) =>
    brokenReferences(target, table).map((condition) => ({ table, condition })),
  )
  for (;;) {
    let changes = 0
    for (const { table, condition } of conditions) {
      const gone = target.prepare(`DELETE FROM "${table}" WHERE ${condition}`).run().changes
      dropped.set(table, (dropped.get(table) ?? 0) + gone)
      changes += gone
    }
    if (changes === 0) return dropped
  }
}

const fill = (source: Sqlite.Database, target: Sqlite.Database, onTable: (done: number, total: number) => void) => {
  // See db/migrations: a trigger is named and made by its SQL.
  const triggers = target.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as Trigger[]
  for (const { name } of triggers) target.exec(`DROP TRIGGER "${name}"`)
  // The table that holds the command under way has one row of its own, and none of it is worth keeping.
  const names = [...tableNames(target).filter((name) => name !== 'change_context'), 'search_entries']
  const tables = names.map((table, index) => {
    const salvaged = copyTable(source, target, table)
    onTable(index + 1, names.length)
    return salvaged
  })
  const dropped = dropOrphans(target, names)
  for (const index of ['search_words', 'search_trigrams']) {
    target.exec(`INSERT INTO ${index} (${index}) VALUES ('rebuild')`)
  }
  for (const { sql } of triggers) target.exec(sql)
  return tables
    .filter(({ table }) => table !== 'search_entries')
    .map((it) => {
      const gone = dropped.get(it.table) ?? 0
      return { ...it, read: it.read - gone, lost: it.lost === null ? null : it.lost + gone }
    })
}

// A list of tables that is damaged in places, and a file that lacks its end, are read for what they still say.
const openDamaged = (file: string, key: DataKey): Sqlite.Database => {
  const source = new Sqlite(file, { readonly: true })
  try {
    unlockConnection(source, key)
    source.unsafeMode(true)
    source.pragma('writable_schema = ON')
    return source
  } catch (error) {
    source.close()
    throw error
  }
}

/**
 * Copies what can still be read of a damaged database into a new file of the same version of the tables, with the same
 * key; what came out is told table by table. Throws where not even the list of its tables can be read.
 */
export const salvage = (
  damaged: string,
  key: DataKey,
  target: string,
  onTable: (done: number, total: number) => void = () => undefined,
): SalvagedTable[] => {
  const source = openDamaged(damaged, key)
  const made = openScratch(target, key)
  try {
    const told = Number(attempt(() => source.pragma('user_version', { simple: true })) ?? 0)
    // Version 0 of a file that has tables is part of the damage.
    const version = told > 0 && told <= newestVersion() ? told : newestVersion()
    made.pragma(`application_id = ${applicationId}`)
    migrate(
      made,
      target,
      migrations.filter((step) => step.version <= version),
    )
    made.pragma('foreign_keys = OFF')
    made.exec('BEGIN')
    const tables = fill(source, made, onTable)
    made.exec('COMMIT')
    return tables
  } finally {
    source.close()
    made.close()
  }
}
