import type { MessagePort } from 'node:worker_threads'
import { AppError } from '../../shared/errors.ts'
import { checkAfterwards, checkInThread } from './second-checks.ts'
import {
  type BackupTaskAnswer,
  type BackupTaskInput,
  type BackupTaskKind,
  backupTasks,
  type OnProgress,
} from './tasks.ts'

type Task<K extends BackupTaskKind> = {
  readonly kind: K
  readonly input: BackupTaskInput<K>
  readonly port: MessagePort | null
}

// Of less than this a thread takes longer to begin than the checks to end.
const worthAThread = 32_000_000

const checkBeside = (bytes: number) =>
  bytes < worthAThread
    ? checkAfterwards()
    : // Built into the same folder.
      checkInThread(new URL('./check-worker.js', import.meta.url))

/** What the pool runs in its thread. */
export const backupTask = async <K extends BackupTaskKind>({
  kind,
  input,
  port,
}: Task<K>): Promise<BackupTaskAnswer> => {
  try {
    // The task pairs kind and input; TypeScript does not follow the pair through the lookup.
    const run = backupTasks[kind] as (given: BackupTaskInput<K>, onProgress: OnProgress, beside: unknown) => unknown
    return { value: await run(input, (progress) => port?.postMessage(progress), checkBeside) }
  } catch (error) {
    if (error instanceof AppError) return { problem: error.toJSON() }
    throw error
  } finally {
    port?.close()
  }
}
