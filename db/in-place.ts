import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { AppError } from '../shared/errors.ts'
import { vacuumInto } from './scratch.ts'

/** Looks after a database file that somebody could take out of its folder while it is open. */
export type InPlace = {
  /** AppError STORAGE_UNAVAILABLE while the file is not in its place: what would be written then nobody finds again. */
  readonly assert: () => void
  /** Writes everything that was saved into the folder again, where no file is there; before the connection ends. */
  readonly rescue: () => void
}

const identityOf = (file: string): string | null => {
  const status = statSync(file, { throwIfNoEntry: false, bigint: true })
  return status === undefined ? null : `${status.dev} ${status.ino}`
}

/** Watches over the file of a connection that writes. */
export const keepInPlace = (write: Sqlite.Database, file: string): InPlace => {
  const own = identityOf(file)
  let isWritten = false
  const isGone = () => identityOf(file) === null
  // Beside it nothing is taken away: another file that lies there by now, and its log, are somebody's.
  const rescue = () => {
    // Where the whole folder went, the file is in it.
    if (!write.open || write.inTransaction || isWritten || !isGone() || !existsSync(dirname(file))) return
    let copy = `${file}.rescued`
    for (let count = 1; existsSync(copy); count += 1) copy = `${file}.rescued-${count}`
    vacuumInto(write, copy)
    // Brought back meanwhile, it goes on with its log as if nothing had been.
    if (!isGone()) return rmSync(copy)
    // The log that lies there belongs to the file that is gone: read with this one it would destroy it.
    for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true })
    renameSync(copy, file)
    isWritten = true
  }
  return {
    assert: () => {
      const found = identityOf(file)
      if (found === own) return
      const taken = `The data file was taken out of its folder while Counterfoil was open. Nothing was changed.`
      if (found !== null && !isWritten) {
        throw new AppError(
          'STORAGE_UNAVAILABLE',
          `${taken} Another file lies in its place: close Counterfoil, put the right one there, and open it again. (${file})`,
        )
      }
      // After the transaction that asks: inside of it nothing can be copied.
      setImmediate(() => {
        try {
          rescue()
        } catch {
          // Without any room there is nowhere to write it: tried again at the next call, and at the end.
        }
      })
      throw new AppError(
        'STORAGE_UNAVAILABLE',
        `${taken} What was saved before is written there again: close Counterfoil and open it again. (${file})`,
      )
    },
    rescue,
  }
}
