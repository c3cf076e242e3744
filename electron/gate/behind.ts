import type { Core } from '../core.ts'
import type { SealedSecretStore } from '../keys/sealed-secrets.ts'
import type { Vault } from '../keys/vault.ts'
import { costNow } from '../people/passwords.ts'
import type { Log } from '../rpc/log.ts'
import { activePeople, keepOpeners } from './openers.ts'
import { noteKeys } from './replaced-keys.ts'
import { takeOverSecrets } from './take-over-secrets.ts'
import type { Turn } from './turn.ts'

type Parts = {
  readonly log: Log
  readonly directory: string
  readonly vault: Vault
  readonly core: () => Core | null
  readonly sealed: () => SealedSecretStore | null
  /** Never beside what changes the keys, or the data. */
  readonly inTurn: Turn
}

/** What is done behind everything else; what it does not come to, the next opening of the data does. */
export type Behind = {
  /** Seals or removes what encryption left in the clear, and takes the keys of whoever is out. */
  readonly sweep: () => void
  /** Lets backups be opened by those alone who can open the data. */
  readonly openersChanged: () => void
  /** Keeps a password that was just said as it would be kept today, where it costs less. */
  readonly strengthen: (userId: string, password: string) => void
  /** Lets the data know who opens it now; what fails is logged, and done at the next opening. */
  readonly noteKeys: () => Promise<void>
  readonly settle: () => Promise<void>
}

/** The work behind one data folder. */
export const createBehind = ({ log, directory, ...parts }: Parts): Behind => {
  const done = Promise.resolve()
  const lasts: Record<'seal' | 'openers' | 'strength', Promise<unknown>> = { seal: done, openers: done, strength: done }
  // A first sealing may take long: who can open the backups does not wait for it.
  const then = (line: keyof typeof lasts, work: () => Promise<void> | undefined, failed: string) => {
    lasts[line] = lasts[line].then(work).catch((error: unknown) => log.error({ error }, failed))
  }
  const settleOpeners = async (core: Core) => {
    await keepOpeners(parts.vault, await activePeople(core))
  }
  const keysNoted = async () => {
    const core = parts.core()
    if (core === null || parts.vault.key() === null) return
    await noteKeys(core, parts.vault, directory).catch((error: unknown) =>
      log.error({ error }, 'the data does not know yet who opens it'),
    )
  }
  const strengthen = async (userId: string, password: string) => {
    // Measured once, which takes two hashes: nobody waits for it.
    await costNow()
    await parts.inTurn(async () => {
      const core = parts.core()
      if (core === null) return
      await core.identity.strengthen(userId, password)
      if (parts.vault.key() !== null) await parts.vault.strengthen(userId, password)
    })
  }
  const sweep = async () => {
    const key = parts.vault.key()
    const core = parts.core()
    const sealed = parts.sealed()
    if (key === null || core === null) return
    await keysNoted()
    await settleOpeners(core).catch((error: unknown) => log.error({ error }, 'who opens the data was not looked at'))
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
      then(
        'openers',
        async () => {
          await keysNoted()
          await parts.core()?.openersChanged()
        },
        'backups still open with earlier passwords',
      ),
    strengthen: (userId, password) =>
      then('strength', () => strengthen(userId, password), 'a password is kept as it was'),
    noteKeys: keysNoted,
    settle: async () => {
      await Promise.all([lasts.seal, lasts.openers, lasts.strength])
    },
  }
}
