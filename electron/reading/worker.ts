import type { ReadingAnswer, ReadingKind, ReadingTask } from './readings.ts'

export { limitedTask } from './limited-worker.ts'

/** What the pool runs in its thread; read in with the first task, as a thread of limited reads has no use for it. */
export const readingTask = async <K extends ReadingKind>(task: ReadingTask<K>): Promise<ReadingAnswer> => {
  const { runReading } = await import('./run-reading.ts')
  return await runReading(task)
}
