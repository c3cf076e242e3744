import { openReader } from '../../db/open.ts'
import { type ReadingInput, type ReadingKind, readings } from './readings.ts'

export type ReadingTask<K extends ReadingKind = ReadingKind> = {
  readonly kind: K
  readonly file: string
  readonly input: ReadingInput<K>
}

/** What the pool runs in its thread: a reading over everything, through a connection of its own. */
export const readingTask = async <K extends ReadingKind>({ kind, file, input }: ReadingTask<K>) => {
  const { db, close } = openReader(file)
  try {
    // The task pairs kind and input; TypeScript does not follow the pair through the lookup.
    const read = readings[kind] as (handle: typeof db, given: ReadingInput<K>) => Promise<unknown>
    return await read(db, input)
  } finally {
    await close()
  }
}
