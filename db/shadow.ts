import type Sqlite from 'better-sqlite3'

/**
 * What a connection shows of some tables, and lets be written of them: a temporary view of the same name stands before
 * each, so that every statement reads through it, whoever wrote it. The tables' own triggers still see everything.
 */
export type Shadow = {
  /** Two shadows of one key are alike. */
  readonly key: string
  /** The SELECT that stands for each table; it names the table itself as `main.<table>`. */
  readonly views: Readonly<Record<string, string>>
  /** Views that are dear to work out, with the columns that a row is found by: see `keepSums`. */
  readonly sums: Readonly<Record<string, readonly string[]>>
  /** By table, the conditions on `NEW` and `OLD` under which a row may be written. */
  readonly guards: Readonly<Record<string, { readonly insert: string; readonly update: string }>>
}

/** Changes the text of a statement before it is prepared. */
export type Rewrite = (sql: string) => string

const guard = (table: string, event: 'insert' | 'update', condition: string) =>
  `CREATE TEMP TRIGGER shadow_${table}_${event} BEFORE ${event} ON main.${table} WHEN NOT (${condition})
BEGIN SELECT RAISE(ABORT, 'forbidden: this belongs to a branch that is not yours'); END`

/** Puts the views before their tables, on a connection that only reads. */
export const showThrough = (database: Sqlite.Database, { views }: Shadow): void => {
  for (const [table, select] of Object.entries(views)) database.exec(`CREATE TEMP VIEW ${table} AS ${select}`)
}

/**
 * Puts tables in the place of dear views, on a connection that only reads and lives for long. What is given works a table
 * out anew, which has to be done before the first statement that names it and after each change of the data.
 */
export const keepSums = (database: Sqlite.Database, { sums }: Shadow): ReadonlyMap<string, () => void> =>
  new Map(
    Object.entries(sums).map(([table, columns]): [string, () => void] => {
      const view = database.prepare(`SELECT sql FROM temp.sqlite_schema WHERE name = ?`).pluck().get(table)
      const select = String(view).replace(/^CREATE (?:TEMP )?VIEW \w+ AS /, '')
      database.exec(`DROP VIEW temp.${table}; CREATE TEMP TABLE ${table} AS SELECT * FROM (${select}) WHERE 0;
        CREATE UNIQUE INDEX temp.${table}_kept ON ${table} (${columns.join(', ')})`)
      const clear = database.prepare(`DELETE FROM temp.${table}`)
      const fill = database.prepare(`INSERT INTO temp.${table} ${select}`)
      return [
        table,
        () => {
          clear.run()
          fill.run()
        },
      ]
    }),
  )

/** Puts the views before their tables and the guards upon them, inside the transaction of a command. */
export const raiseShadow = (database: Sqlite.Database, shadow: Shadow): void => {
  showThrough(database, shadow)
  for (const [table, { insert, update }] of Object.entries(shadow.guards)) {
    database.exec(guard(table, 'insert', insert))
    database.exec(guard(table, 'update', update))
  }
}

/** Takes away what `raiseShadow` put there, also where a rollback already did. */
export const lowerShadow = (database: Sqlite.Database, { views, guards }: Shadow): void => {
  for (const table of Object.keys(guards)) {
    database.exec(
      `DROP TRIGGER IF EXISTS temp.shadow_${table}_insert; DROP TRIGGER IF EXISTS temp.shadow_${table}_update`,
    )
  }
  for (const table of Object.keys(views)) database.exec(`DROP VIEW IF EXISTS temp.${table}`)
}

const hinted = /\b(from|join)\s+(\w+)(?:\s+(?:as\s+)?(\w+))?\s+indexed by (\w+)/gi
const written = /^(\s*(?:insert(?:\s+or\s+\w+)?\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+)"?(\w+)"?/i

/** Reads as before (a view has no index to name, but the table in it has), writes to the tables themselves. */
export const rewriteFor = ({ views }: Shadow): Rewrite => {
  const tables = new Set(Object.keys(views))
  const throughIndex = (all: string, verb: string, table: string, alias: string | undefined, index: string) => {
    const select = views[table]?.replace(`FROM main.${table} AS held`, `FROM main.${table} AS held INDEXED BY ${index}`)
    return select === undefined ? all : `${verb} (${select}) AS ${alias ?? table}`
  }
  return (sql) =>
    sql
      .replace(hinted, throughIndex)
      .replace(written, (all, verb: string, table: string) => (tables.has(table) ? `${verb}main."${table}"` : all))
}
