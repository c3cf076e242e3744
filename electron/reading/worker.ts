import { openReader } from '../../db/open.ts'
import { AppError, type AppErrorJson } from '../../shared/errors.ts'
import { type ReadingInput, type ReadingKind, readings } from './readings.ts'

export type ReadingTask<K extends ReadingKind = ReadingKind> = {
  readonly kind: K
  readonly file: string
  readonly input: ReadingInput<K>
}

/** What comes back: an expected problem would lose its class on the way between threads. */
export type ReadingAnswer = { readonly value: unknown } | { readonly problem: AppErrorJson }

/** What the pool runs in its thread: a reading over everything, through a connection of its own. */
export const readingTask = async <K extends ReadingKind>({
  kind,
  file,
  input,
}: ReadingTask<K>): Promise<ReadingAnswer> => {
  const { db, close } = openReader(file)
  try {
    // The task pairs kind and input; TypeScript does not follow the pair through the lookup.
    const read = readings[kind] as (handle: typeof db, given: ReadingInput<K>) => Promise<unknown>
    return { value: await read(db, input) }
  } catch (error) {
    if (error instanceof AppError) return { problem: error.toJSON() }
    throw error
  } finally {
    await close()
  }
}
