import type { DataKey } from '../../db/key.ts'
import type { BackupPool } from '../backup/pool.ts'
import { placesOf } from '../backup/state.ts'
import type { Core } from '../core.ts'
import type { SealedSecretStore } from '../keys/sealed-secrets.ts'
import type { Log } from '../rpc/log.ts'
import { takeOverSecrets } from './take-over-secrets.ts'

type Parts = {
  readonly directory: string
  readonly pool: BackupPool
  readonly log: Log
  readonly key: () => DataKey
  readonly core: () => Core | null
  readonly sealed: () => SealedSecretStore | null
}

/** What is done behind everything else, one after the other; what it does not come to, the next start does. */
export type Behind = {
  /** Seals or removes what encryption left in the clear. */
  readonly sweep: () => void
  /** Lets backups be opened by those alone who can open the data. */
  readonly openersChanged: () => void
  readonly settle: () => Promise<void>
}

/** The work behind one data folder. */
export const createBehind = ({ directory, pool, log, ...parts }: Parts): Behind => {
  let last: Promise<unknown> = Promise.resolve()
  const then = (work: () => Promise<void> | undefined, failed: string) => {
    last = last.then(work).catch((error: unknown) => log.error({ error }, failed))
  }
  const sweep = async () => {
    const key = parts.key()
    const core = parts.core()
    const sealed = parts.sealed()
    if (key === null || core === null) return
    // One password that cannot be read must not leave everything else in the clear.
    if (sealed !== null) {
      await takeOverSecrets(core, sealed)
        .then(() => sealed.claim())
        .catch((error: unknown) => log.error({ error }, 'a password could not be sealed'))
    }
    const { inClear, problem } = await pool.run('sweep', { directory, places: placesOf(directory), key })
    parts.core()?.noteInClear(inClear)
    if (problem !== null) log.error({ problem }, 'something is still in the clear')
  }
  return {
    sweep: () => then(sweep, 'something is still in the clear'),
    openersChanged: () => then(() => parts.core()?.openersChanged(), 'backups still open with earlier passwords'),
    settle: async () => {
      await last
    },
  }
}
