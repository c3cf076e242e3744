import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import { ExactSqliteDialect } from '../../db/driver.ts'
import { openConnection, openReader } from '../../db/open.ts'
import { createScrubber } from '../../db/scrub.ts'
import type { Database } from '../../db/tables/index.ts'
import { openFileStore } from '../../electron/files.ts'
import { erasedFilesRun } from '../../electron/jobs/erased-files.ts'
import type { Inspection } from './database.ts'

/** A value of a row as text in which a word can be looked for. */
export const wordsOf = (value: unknown): string => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value)
}

/** The tables with columns that still say a word, whatever they are for: the index's own tables too. */
export const whereSaid = (store: Inspection, word: string): string[] => {
  const tables = store.rows(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
  const found = new Set<string>()
  for (const { name } of tables) {
    if (name === 'search_words' || name === 'search_trigrams') continue
    for (const row of store.rows(`SELECT * FROM "${name}"`)) {
      for (const [column, value] of Object.entries(row)) {
        if (wordsOf(value).toLowerCase().includes(word.toLowerCase())) found.add(`${name}.${column}`)
      }
    }
  }
  return [...found].sort()
}

/** The database's own files whose bytes have a text, in whatever case. */
export const filesThatSay = (directory: string, text: string): string[] =>
  ['counterfoil.db', 'counterfoil.db-wal', 'counterfoil.db-shm'].filter((name) => {
    const file = join(directory, name)
    return existsSync(file) && readFileSync(file).toString('latin1').toLowerCase().includes(text.toLowerCase())
  })

/** A scrubber on a connection of its own. */
export const scrubberOf = (directory: string) => {
  const connection = openConnection(join(directory, 'counterfoil.db'), { readonly: false })
  const writer = new Kysely<Database>({ dialect: new ExactSqliteDialect(connection) })
  return { scrubber: createScrubber(writer), close: () => writer.destroy() }
}

/** Runs the job that follows an erasure, once for each that was asked for. */
export const runErasureJobs = async (directory: string): Promise<void> => {
  const file = join(directory, 'counterfoil.db')
  const reader = openReader(file)
  const { scrubber, close } = scrubberOf(directory)
  try {
    const jobs = await reader.db.selectFrom('jobs').selectAll().where('kind', '=', 'data-rights.files').execute()
    const handler = erasedFilesRun({ db: reader.db, files: openFileStore(directory, null), scrubber })
    for (const job of jobs) await handler.run(job, new AbortController().signal)
  } finally {
    await reader.close()
    await close()
  }
}
