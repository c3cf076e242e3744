import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { openSnapshot } from '../../db/open.ts'
import { AppError } from '../../shared/errors.ts'
import { rawRows } from '../features/raw-rows.ts'
import { knownHeads } from '../record/head-file.ts'
import type { RecordVerification } from '../record/verification.ts'
import { verifyRecord } from '../record/verify.ts'

type Known = {
  /** A head known from elsewhere, hexadecimal. */
  readonly head: string | null
  /** Public keys known from elsewhere: only what they signed counts then. */
  readonly keys: readonly string[]
}

/**
 * Checks the record of a data folder without opening it for work, so that nothing in it changes: null where the database
 * is encrypted and somebody must sign in first. AppError NOT_FOUND where there is no database or no record.
 */
export const verifyFolder = async (directory: string, { head, keys }: Known): Promise<RecordVerification | null> => {
  const file = join(directory, 'counterfoil.db')
  if (!existsSync(file)) throw new AppError('NOT_FOUND', `There is no database in ${directory}.`)
  if (!isPlainDatabase(file)) return null
  // Before the first look into the database: what is added meanwhile is in neither.
  const known = knownHeads(directory)
  const { db, close } = openSnapshot(file)
  try {
    const [found] = await rawRows<{ count: number }>(
      db,
      sql`SELECT count(*) AS count FROM sqlite_schema WHERE name = 'chain_entries'`,
    )
    if (found?.count !== 1) {
      throw new AppError('NOT_FOUND', 'This data was last opened by a version that kept no record. Open it once first.')
    }
    return await verifyRecord(db, { ...known, keys, heads: [...known.heads, ...(head === null ? [] : [head])] })
  } finally {
    await close()
  }
}
