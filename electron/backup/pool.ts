import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { AppError } from '../../shared/errors.ts'
import { firstUse } from '../first-use.ts'
import type { BackupTaskAnswer, BackupTaskInput, BackupTaskKind, BackupTaskOutput, OnProgress } from './tasks.ts'

/** Backups, checks and restores off the main thread, one at a time. */
export type BackupPool = {
  readonly run: <K extends BackupTaskKind>(
    kind: K,
    input: BackupTaskInput<K>,
    onProgress?: OnProgress,
  ) => Promise<BackupTaskOutput<K>>
  readonly close: () => Promise<void>
}

/** The same in the thread of the caller: for the command line and for tests, which wait for it anyway. */
export const createInlinePool = (): BackupPool => ({
  run: async <K extends BackupTaskKind>(kind: K, input: BackupTaskInput<K>, onProgress?: OnProgress) => {
    const { backupTasks } = await import('./tasks.ts')
    // The task pairs kind and input; TypeScript does not follow the pair through the lookup.
    const run = backupTasks[kind] as (given: BackupTaskInput<K>, onProgress: OnProgress) => unknown
    // tasks.ts says what a task of this kind gives.
    return (await run(input, onProgress ?? (() => undefined))) as BackupTaskOutput<K>
  },
  close: () => Promise.resolve(),
})

/** A pool of one thread; the first task starts it. */
export const createBackupPool = (workerUrl: string): BackupPool => {
  const kept = firstUse(async () => {
    const { Tinypool: Pool } = await import('tinypool')
    const filename = fileURLToPath(workerUrl)
    return new Pool({ filename, name: 'backupTask', minThreads: 0, maxThreads: 1, idleTimeout: 60_000 })
  })
  return {
    run: async <K extends BackupTaskKind>(kind: K, input: BackupTaskInput<K>, onProgress?: OnProgress) => {
      const pool = await kept.use()
      const channel = onProgress === undefined ? null : new MessageChannel()
      // Sent by `backupTask`, which tells nothing else.
      channel?.port1.on('message', (progress) => onProgress?.(progress as Parameters<OnProgress>[0]))
      try {
        const transferList = channel === null ? [] : [channel.port2]
        // The pool hands over what the worker's function returns, untyped; `BackupTaskAnswer` says what that is.
        const answer = (await pool.run(
          { kind, input, port: channel?.port2 ?? null },
          { transferList },
        )) as BackupTaskAnswer
        if ('problem' in answer) {
          const { code, message, ...more } = answer.problem
          throw new AppError(code, message, more)
        }
        // tasks.ts says what a task of this kind gives.
        return answer.value as BackupTaskOutput<K>
      } finally {
        channel?.port1.close()
      }
    },
    close: () => kept.end((started) => started.destroy()),
  }
}
