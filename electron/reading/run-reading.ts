import type { DataKey } from '../../db/key.ts'
import { openReader } from '../../db/open.ts'
import { AppError } from '../../shared/errors.ts'
import { writeBundle } from '../exports/bundle.ts'
import {
  type ReadingAnswer,
  type ReadingInput,
  type ReadingKind,
  type Readings,
  type ReadingTask,
  readings,
} from './readings.ts'

const all: Readings = { ...readings, writeBundle }

/** A reading over everything, through a connection of its own. */
export const runReading = async <K extends ReadingKind>({
  kind,
  file,
  key,
  shadow,
  input,
}: ReadingTask<K>): Promise<ReadingAnswer> => {
  const { db, close } = openReader(file, key, shadow)
  try {
    // The task pairs kind and input; TypeScript does not follow the pair through the lookup.
    const read = all[kind] as (handle: typeof db, given: ReadingInput<K>, key: DataKey) => Promise<unknown>
    return { value: await read(db, input, key) }
  } catch (error) {
    if (error instanceof AppError) return { problem: error.toJSON() }
    throw error
  } finally {
    await close()
  }
}
