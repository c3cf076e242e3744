import type { DataKey } from '../../db/key.ts'
import type { Core } from '../core.ts'
import type { SealedSecretStore } from '../keys/sealed-secrets.ts'
import type { Log } from '../rpc/log.ts'
import { takeOverSecrets } from './take-over-secrets.ts'

type Parts = {
  readonly log: Log
  readonly key: () => DataKey
  readonly core: () => Core | null
  readonly sealed: () => SealedSecretStore | null
}

/** What is done behind everything else; what it does not come to, the next opening of the data does. */
export type Behind = {
  /** Seals or removes what encryption left in the clear. */
  readonly sweep: () => void
  /** Lets backups be opened by those alone who can open the data. */
  readonly openersChanged: () => void
  readonly settle: () => Promise<void>
}

/** The work behind one data folder. */
export const createBehind = ({ log, ...parts }: Parts): Behind => {
  const lasts: Record<'seal' | 'openers', Promise<unknown>> = { seal: Promise.resolve(), openers: Promise.resolve() }
  // A first sealing may take long: who can open the backups does not wait for it.
  const then = (line: keyof typeof lasts, work: () => Promise<void> | undefined, failed: string) => {
    lasts[line] = lasts[line].then(work).catch((error: unknown) => log.error({ error }, failed))
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
    // Locked meanwhile: the next opening goes on.
    if (parts.core() !== core) return
    await core.seal()
  }
  return {
    sweep: () => then('seal', sweep, 'something is still in the clear'),
    openersChanged: () =>
      then('openers', () => parts.core()?.openersChanged(), 'backups still open with earlier passwords'),
    settle: async () => {
      await Promise.all([lasts.seal, lasts.openers])
    },
  }
}
