import { readMarks, type StateMarks } from './facts.ts'
import type { DataKey } from './key.ts'
import { openConnection } from './open.ts'
import { openScratch, vacuumInto } from './scratch.ts'

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
      // All in one step: copied in several, it would begin anew with each commit in between.
      await source.backup(target, { progress: () => 0x7fff_ffff })
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
