import { existsSync } from 'node:fs'
import { storageError } from '../../db/errors.ts'
import { inspectFile, inspectUnlocked } from '../../db/inspect-file.ts'
import type { DataKey } from '../../db/key.ts'
import { migrate, pendingSteps } from '../../db/migrate.ts'
import { openConnection } from '../../db/open.ts'
import { databaseIn } from './place.ts'

export type MigrationInput = {
  readonly directory: string
  readonly key: DataKey
  /** Shared with whoever may want to leave it: 1 in its first place ends it after the step under way. */
  readonly left: Int32Array
}

/** Whether opening a data folder would change its tables; false where it cannot be told, and opening says why. */
export const isMigrationDue = (directory: string, key: DataKey): boolean => {
  const file = databaseIn(directory)
  if (!existsSync(file)) return false
  try {
    inspectFile(file, key)
    const database = openConnection(file, { readonly: true, key })
    try {
      const version = Number(database.pragma('user_version', { simple: true }))
      return version > 0 && pendingSteps(version).length > 0
    } finally {
      database.close()
    }
  } catch {
    return false
  }
}

/**
 * Brings the closed database of a data folder to this version of the tables, telling each step; each is a transaction
 * of its own after a checked copy of everything. AppError CANCELLED where it was left: the next opening goes on.
 */
export const migrateData = (
  { directory, key, left }: MigrationInput,
  onStep: (step: string, done: number, total: number) => void = () => undefined,
): void => {
  const file = databaseIn(directory)
  try {
    inspectFile(file, key)
    const database = openConnection(file, { readonly: false, key })
    try {
      if (key !== null) inspectUnlocked(database, file)
      migrate(database, file, undefined, {
        key,
        onStep: (done, total, name) => onStep(name, done, total),
        isLeft: () => Atomics.load(left, 0) === 1,
      })
    } finally {
      database.close()
    }
  } catch (error) {
    throw storageError(error, file)
  }
}
