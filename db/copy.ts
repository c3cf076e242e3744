import { closeSync, existsSync, fdatasyncSync, openSync } from 'node:fs'
import { readMarks, type StateMarks } from './facts.ts'
import type { DataKey } from './key.ts'
import { openConnection } from './open.ts'
import { openScratch, vacuumInto } from './scratch.ts'

// Eight megabytes of the usual pages.
const pagesAtOnce = 2048

// What was copied is on the disk before more comes: a commit of somebody at work never waits for the whole copy to get there.
const paced = (target: string) => {
  let handle: number | null = null
  return {
    next: () => {
      if (handle === null && existsSync(target)) handle = openSync(target, 'r+')
      if (handle !== null) fdatasyncSync(handle)
      return pagesAtOnce
    },
    end: () => {
      if (handle !== null) closeSync(handle)
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
        pace.end()
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
