import { createInlinePool } from '../../electron/backup/pool.ts'
import { type BackupService, createBackupService } from '../../electron/backup/service.ts'
import { fakeClock } from '../support/clock.ts'
import { type Made, madeFolder } from './folder.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export type Desk = {
  readonly it: Made
  readonly clock: ReturnType<typeof fakeClock>
  readonly told: (readonly [string, string | null])[]
  readonly open: () => BackupService
  /** Some work of a person. */
  readonly work: () => void
}

const desks: Desk[] = []

/** Takes the folders of all desks away, after each test. */
export const removeDesks = () => {
  for (const { it } of desks.splice(0)) it.remove()
}

/** A desk of backups on a data folder of its own, in the thread of the test. */
export const desk = (key: Uint8Array | null = null): Desk => {
  const it = madeFolder(key)
  const clock = fakeClock('2026-11-21T09:00:00.000Z')
  const told: (readonly [string, string | null])[] = []
  let counter = 3
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const made: Desk = {
    it,
    clock,
    told,
    work: () => {
      counter += 1
      it.addInvoice(counter)
    },
    open: () =>
      createBackupService({
        directory: it.directory,
        key,
        pool: createInlinePool(),
        sealingPool: createInlinePool(),
        clock,
        log: silent,
        appVersion: '1.0.0',
        headSeq: () => Promise.resolve(Number(it.database.prepare('SELECT max(seq) FROM commands').pluck().get())),
        tell: (kind, problem) => {
          told.push([kind, problem])
          return Promise.resolve()
        },
      }),
  }
  desks.push(made)
  return made
}
