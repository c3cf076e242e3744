import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { openConnection } from '../../db/open.ts'
import { type BackupPool, createInlinePool } from '../../electron/backup/pool.ts'
import { type BackupService, createBackupService } from '../../electron/backup/service.ts'
import { stateFile } from '../../electron/backup/state.ts'
import { fakeClock } from '../support/clock.ts'
import { asCommand, insertIssuedInvoice } from '../support/database.ts'
import { type Made, madeFolder } from './folder.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export type Desk = {
  readonly it: Made
  readonly clock: ReturnType<typeof fakeClock>
  readonly told: (readonly [string, string | null])[]
  /** What was said of damage of the data in use. */
  readonly damage: string[]
  readonly open: (pool?: BackupPool) => BackupService
  /** Some work of a person. */
  readonly work: () => void
}

const desks: Desk[] = []

/** Takes the folders of all desks away, after each test. */
export const removeDesks = () => {
  for (const { it } of desks.splice(0)) it.remove()
}

const deskOf = (it: Made, key: Uint8Array | null): Desk => {
  const clock = fakeClock('2026-11-21T09:00:00.000Z')
  const told: (readonly [string, string | null])[] = []
  const damage: string[] = []
  let counter = Number(it.database.prepare('SELECT count(*) FROM invoices').pluck().get())
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const made: Desk = {
    it,
    clock,
    told,
    damage,
    work: () => {
      counter += 1
      it.addInvoice(counter)
    },
    open: (pool = createInlinePool()) =>
      createBackupService({
        directory: it.directory,
        key,
        pool,
        sealingPool: createInlinePool(),
        clock,
        log: silent,
        appVersion: '1.0.0',
        headSeq: () => Promise.resolve(Number(it.database.prepare('SELECT max(seq) FROM commands').pluck().get())),
        tell: (kind, problem) => {
          told.push([kind, problem])
          return Promise.resolve()
        },
        onDamage: (problem) => void damage.push(problem),
      }),
  }
  desks.push(made)
  return made
}

/** A desk of backups on a data folder of its own, in the thread of the test. */
export const desk = (key: Uint8Array | null = null): Desk => deskOf(madeFolder(key), key)

/** A desk on another folder, to which somebody copied that of a first one by hand. */
export const deskOnCopy = ({ it, clock }: Desk): Desk => {
  const blank = madeFolder(null)
  blank.close()
  it.database.pragma('wal_checkpoint(TRUNCATE)')
  for (const name of ['counterfoil.db', 'installation.json', stateFile]) {
    copyFileSync(join(it.directory, name), join(blank.directory, name))
  }
  const database = openConnection(blank.file, { readonly: false, key: null })
  const addInvoice = (counter: number) =>
    asCommand(database, () => insertIssuedInvoice(database, `copy-${counter}`, counter))
  const copy = deskOf(
    {
      ...blank,
      database,
      addInvoice,
      remove: () => {
        database.close()
        blank.remove()
      },
    },
    null,
  )
  copy.clock.set(clock.now())
  return copy
}
