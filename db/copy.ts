import { readMarks, type StateMarks } from './facts.ts'
import type { DataKey } from './key.ts'
import { openConnection } from './open.ts'
import { openScratch, vacuumInto } from './scratch.ts'

/**
 * Copies one committed state of a database into a new file with the same key, while others write to it; gives what the
 * source held. Reads everything in one go: in a thread of its own.
 */
export const copyDatabase = async (file: string, key: DataKey, target: string): Promise<StateMarks> => {
  const source = openConnection(file, { readonly: true, key })
  try {
    if (key === null) {
      // Facts and pages of the same moment.
      source.exec('BEGIN')
      const marks = readMarks(source)
      // All in one step: copied in several, it would begin anew with each commit in between.
      await source.backup(target, { progress: () => 0x7fff_ffff })
      source.exec('COMMIT')
      openScratch(target, key).close()
      return marks
    }
    // Encrypted pages cannot be copied as they lie, so they are written anew, which no open transaction allows.
    const marks = readMarks(source)
    vacuumInto(source, target)
    openScratch(target, key).close()
    return marks
  } finally {
    source.close()
  }
}
