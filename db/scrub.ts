import { type Kysely, sql } from 'kysely'
import { busyTimeout } from './open.ts'
import type { Database } from './tables/index.ts'

const indexes = ['search_words', 'search_trigrams'] as const

// Pages that one step writes: a few milliseconds, so that no call waits for it.
const pagesOfStep = 64

/** Takes what was deleted out of the file for good, in steps that nobody notices. */
export type Scrubber = {
  /** One step of putting the search index together anew, without the words of what is gone; false once it is done. */
  readonly mergeIndex: () => Promise<boolean>
  /** Writes the log into the file and empties it; false while somebody reads older pages of it: try again. */
  readonly emptyLog: () => Promise<boolean>
}

/** The scrubber of a database. Its writing connection overwrites with zeros what it deletes, see open.ts. */
export const createScrubber = (writer: Kysely<Database>): Scrubber => {
  const begun = new Set<string>()
  const done = new Set<string>()
  const step = (index: string) =>
    // Alone on the connection, or it would be part of whatever transaction is open just then.
    writer.connection().execute(async (db) => {
      const changes = async () => {
        const { rows } = await sql<{ count: number }>`SELECT total_changes() AS count`.execute(db)
        return rows[0]?.count ?? 0
      }
      const before = await changes()
      // Below zero: everything into one, not only what has piled up.
      const pages = begun.has(index) ? pagesOfStep : -pagesOfStep
      const table = sql.table(index)
      await sql`INSERT INTO ${table} (${sql.ref(index)}, rank) VALUES ('merge', ${pages})`.execute(db)
      begun.add(index)
      // As FTS5 documents it: fewer than two changes say that nothing was left to merge.
      return (await changes()) - before >= 2
    })
  return {
    mergeIndex: async () => {
      const index = indexes.find((it) => !done.has(it))
      if (index === undefined) {
        begun.clear()
        done.clear()
        return false
      }
      if (!(await step(index))) done.add(index)
      return true
    },
    emptyLog: () =>
      writer.connection().execute(async (db) => {
        // It would wait for readers with the whole process standing still.
        await sql`PRAGMA busy_timeout = 0`.execute(db)
        try {
          const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db)
          return rows[0]?.busy === 0
        } finally {
          await sql`PRAGMA busy_timeout = ${sql.lit(busyTimeout)}`.execute(db)
        }
      }),
  }
}
