import { databaseError } from '../../db/errors.ts'
import type { DataKey } from '../../db/key.ts'
import { openSnapshot } from '../../db/open.ts'
import { AppError } from '../../shared/errors.ts'
import { writeBundle } from '../exports/bundle.ts'
import type { Db } from '../rpc/handles.ts'
import { isKept, keptReading } from './kept-readings.ts'
import {
  type ReadingAnswer,
  type ReadingInput,
  type ReadingKind,
  type Readings,
  type ReadingTask,
  readings,
} from './readings.ts'

const all: Readings = { ...readings, writeBundle }

const onItsOwn = async ({ file, key, shadow }: ReadingTask, read: (db: Db) => Promise<unknown>): Promise<unknown> => {
  const { db, close } = openSnapshot(file, key, shadow)
  try {
    return await read(db)
  } finally {
    await close()
  }
}

/** A reading over everything, through a connection of its own; of a part, through one that is kept with its answers. */
export const runReading = async <K extends ReadingKind>(task: ReadingTask<K>): Promise<ReadingAnswer> => {
  const { kind, key, input } = task
  // The task pairs kind and input; TypeScript does not follow the pair through the lookup.
  const of = all[kind] as (handle: Db, given: ReadingInput<K>, key: DataKey) => Promise<unknown>
  const read = (db: Db) => of(db, input, key)
  try {
    return { value: await (isKept(task) ? keptReading(task, read) : onItsOwn(task, read)) }
  } catch (thrown) {
    // Between threads an error loses what SQLite called it.
    const error = databaseError(thrown)
    if (error instanceof AppError) return { problem: error.toJSON() }
    throw error
  }
}
