import type Sqlite from 'better-sqlite3'

/** The triggers that a scratch database had, to be made again as they were. */
export type Triggers = {
  /** Makes all of them again, or those of a name. */
  readonly restore: (only?: RegExp) => void
  /** Takes away those that are there. */
  readonly drop: () => void
}

type Trigger = { readonly name: string; readonly sql: string }

const triggersOf = (database: Sqlite.Database): readonly Trigger[] =>
  // The columns that the statement names.
  database.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as Trigger[]

/** Takes the triggers of a scratch database away: what it is set back to happened under them already. */
export const takeTriggers = (database: Sqlite.Database): Triggers => {
  const taken = triggersOf(database)
  const drop = () => {
    for (const { name } of triggersOf(database)) database.exec(`DROP TRIGGER "${name}"`)
  }
  drop()
  return {
    restore: (only = /^/) => {
      for (const { name, sql } of taken) if (only.test(name)) database.exec(sql)
    },
    drop,
  }
}
