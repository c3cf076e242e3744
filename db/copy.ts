import { closeSync, existsSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { readMarks, type StateMarks } from './facts.ts'
import type { DataKey } from './key.ts'
import { openConnection } from './open.ts'
import { openScratch, vacuumInto } from './scratch.ts'

const fdatasyncLater = promisify(fdatasync)

// Four megabytes of the usual pages.
const pagesAtOnce = 1024

const cell = new Int32Array(new SharedArrayBuffer(4))

/**
 * What was copied is on the disk before the copy is two pieces further: a commit of somebody at work never waits for all
 * of it to get there, and the next piece is read while the one before is written.
 */
const paced = (target: string) => {
  let handle: number | null = null
  let syncing: Promise<void> | null = null
  let failure: unknown = null
  const sync = (open: number) => {
    syncing = fdatasyncLater(open)
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => {
        syncing = null
      })
  }
  return {
    next: () => {
      if (failure !== null) throw failure
      if (syncing !== null) {
        // Asked again at once: a disk that is slow must not keep a processor busy meanwhile.
        Atomics.wait(cell, 0, 0, 1)
        return 0
      }
      if (handle === null && existsSync(target)) handle = openSync(target, 'r+')
      if (handle !== null) sync(handle)
      return pagesAtOnce
    },
    end: async () => {
      await syncing
      if (handle !== null) closeSync(handle)
      // Told once: whoever syncs the file after this would hear of nothing.
      if (failure !== null) throw failure
    },
  }
}

/**
 * Copies one committed state of a database into a new file with the same key, while others write to it; in pages of
 * another size (only of a database in the clear) where one is given. Gives what the source held. Reads everything in one go: in a thread of its own.
 */
export const copyDatabase = async (
  file: string,
  key: DataKey,
  target: string,
  pageSize: number | null = null,
): Promise<StateMarks> => {
  const source = openConnection(file, { readonly: true, key })
  try {
    if (key === null && pageSize === null) {
      // Facts and pages of the same moment.
      source.exec('BEGIN')
      const marks = readMarks(source)
      // In the transaction above: without it, each commit in between would make the copy begin anew.
      const pace = paced(target)
      try {
        await source.backup(target, { progress: pace.next })
      } finally {
        await pace.end()
      }
      source.exec('COMMIT')
      openScratch(target, key).close()
      return marks
    }
    // Encrypted pages, and those of another size, cannot be copied as they lie: they are written anew, which no open
    // transaction allows.
    const marks = readMarks(source)
    if (pageSize !== null) source.pragma(`page_size = ${pageSize}`)
    vacuumInto(source, target)
    openScratch(target, key).close()
    return marks
  } finally {
    source.close()
  }
}
