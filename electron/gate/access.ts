import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { AppError } from '../../shared/errors.ts'
import { finishConversion, sweepSealedFiles } from '../keys/convert.ts'
import { deriveKey } from '../keys/derive.ts'
import { newRecoveryCode } from '../keys/recovery-code.ts'
import { assertOwesNothing } from '../people/owed.ts'
import { keepRecoveryCode } from '../people/recovery-hash.ts'
import { assertAlone, removePassword } from '../people/remove-password.ts'
import { reauthenticationMinutes } from '../people/sessions-store.ts'
import { countOpenTokens } from '../people/tokens.ts'
import { assertOwnsWorkstation } from '../people/workstation.ts'
import { systemClock } from '../rpc/time-and-ids.ts'
import type { GateHandlers } from './gate-calls.ts'
import { createSignIn } from './sign-in.ts'
import type { GateWork } from './work.ts'

/** Coming in, going out, and how the data is kept. */
export const createAccess = (work: GateWork): GateHandlers['access'] => {
  const { door, vault, options } = work
  const { directory, clock = systemClock } = options

  const signedIn = (): string => {
    const session = work.core().sessions.current()
    if (session === null || session.userId === null) throw new AppError('LOCKED', 'Sign in first.')
    return session.userId
  }

  const inside = (): string => {
    const userId = signedIn()
    assertOwesNothing(work.core().sessions.owes())
    return userId
  }

  // The key is everybody's: it is for those who own the workstation.
  const owner = async (): Promise<string> => {
    const userId = inside()
    const refusal =
      'Only an owner of this workstation, which is an owner of its first business, may change how the data is kept.'
    await work.core().read((db) => assertOwnsWorkstation(db, userId, refusal))
    return userId
  }

  const ownerWith = async (password: string): Promise<{ id: string; name: string }> => {
    const userId = await owner()
    const core = work.core()
    await core.identity.assertPassword(userId, password)
    const person = await core.identity.person(userId)
    return { id: userId, name: person?.name ?? '' }
  }

  const convert = (title: string, to: Uint8Array | null) =>
    work.pool.run('convert', { directory, from: vault.key(), to }, ({ done, total }) =>
      door.set({ work: { title, done, total } }),
    )

  const turnOn = async (password: string) => {
    if (work.isEncrypted()) throw new AppError('INVALID_STATE', 'The data is encrypted already.')
    const { id: userId, name } = await ownerWith(password)
    let recoveryCode = ''
    const title = 'Encrypting your data'
    await work.whileClosed(title, async () => {
      const key = randomBytes(32)
      await convert(title, key)
      // The key is kept before anything needs it; until the rename the data in the clear is what counts.
      recoveryCode = await vault.create(key, { userId, name, password })
      try {
        finishConversion(directory)
      } catch (error) {
        // Past the rename the data is encrypted, and needs its key file.
        if (isPlainDatabase(join(directory, 'counterfoil.db'))) {
          vault.lock()
          await vault.retire()
        }
        throw error
      }
    })
    await work.noteKeys()
    await work.core().identity.note('encryption-on')
    work.sweep()
    return { recoveryCode }
  }

  const turnOff = async (password: string) => {
    if (!work.isEncrypted()) throw new AppError('INVALID_STATE', 'The data is not encrypted.')
    await ownerWith(password)
    const title = 'Decrypting your data'
    try {
      await work.whileClosed(title, async () => {
        await convert(title, null)
        await work.releaseSecrets()
        finishConversion(directory)
        vault.lock()
        await vault.retire()
      })
    } catch (error) {
      // Still encrypted: what was given back in the clear is sealed again.
      if (work.isEncrypted()) work.sweep()
      throw error
    }
    sweepSealedFiles(directory)
    await work.core().identity.note('encryption-off')
    return await work.state()
  }

  return {
    ...createSignIn(work),
    state: () => work.state(),
    // Of those alone whose names stand at the door.
    picture: async ({ userId }) => {
      if (!work.isOpen()) return null
      const { people } = await work.state()
      return people.some(({ id }) => id === userId) ? await work.core().picture(userId) : null
    },
    async *watch(_input, signal) {
      for await (const _ of door.watch(signal)) yield await work.state()
    },
    reauthenticate: async ({ password }) => {
      const at = await work.core().identity.reauthenticate(password)
      return { until: new Date(Date.parse(at) + reauthenticationMinutes * 60_000).toISOString() }
    },
    removePassword: async ({ password }) => {
      const userId = inside()
      if (work.isEncrypted()) {
        throw new AppError('INVALID_STATE', 'The password opens your encrypted data. Turn encryption off first.')
      }
      const core = work.core()
      await core.read((db) => assertAlone(db, userId))
      await core.identity.assertPassword(userId, password)
      await core.runCommand({ name: 'access.remove-password', entities: ['users', 'sessions'] }, (context) =>
        removePassword(context, userId),
      )
      core.sessions.leave()
      await core.sessions.refresh()
      await work.forgetToken()
      work.door.set({ reason: null })
      return await work.state()
    },
    switchPerson: async () => {
      signedIn()
      await work.stepBack()
      return await work.state()
    },
    lock: async ({ reason }) => {
      await work.lock(reason)
      return await work.state()
    },
    signOut: async () => {
      signedIn()
      await work.core().identity.leave('signed-out')
      if (work.isEncrypted()) await vault.forgetKeychain()
      await work.lock('person')
      return await work.state()
    },
    // Only who is signed in puts off the lock.
    touch: async () => {
      if (!work.isOpen() || work.core().sessions.current() === null) {
        return { idleMinutes: (await work.state()).idleMinutes }
      }
      // Back from sleep, or just too late.
      if (work.lookIdle()) return { idleMinutes: (await work.state()).idleMinutes }
      work.core().lastUse.note()
      return { idleMinutes: await work.touch() }
    },
    openCodes: async () => {
      await owner()
      return { count: await work.core().read((db) => countOpenTokens(db, clock.now())) }
    },
    turnOnEncryption: ({ password }) => turnOn(password),
    turnOffEncryption: ({ password }) => turnOff(password),
    newRecoveryCode: async ({ password }) => {
      await ownerWith(password)
      const recoveryCode = work.isEncrypted() ? await vault.renewRecoveryCode() : newRecoveryCode()
      if (!work.isEncrypted()) {
        await work
          .core()
          .runCommand({ name: 'access.recovery-code', entities: ['settings'] }, (context) =>
            keepRecoveryCode(context, recoveryCode),
          )
      }
      await work.noteKeys()
      await work.core().identity.note('recovery-key-made')
      return { recoveryCode }
    },
    windowKey: async () => {
      // Before the first run nobody is there yet, and nobody has to be.
      if (work.core().sessions.current() === null) throw new AppError('LOCKED', 'Sign in first.')
      assertOwesNothing(work.core().sessions.owes())
      const key = vault.key()
      await options.onWindowKey?.(key !== null).catch((error: unknown) => {
        options.log.warn({ error }, 'the storage of the window could not be begun anew; the next sign-in tries again')
      })
      return { key: key === null ? null : new Uint8Array(deriveKey(key, 'window')) }
    },
    retry: async () => {
      const { phase, problem } = door.standing()
      // Damaged, or locked with its key file gone, which may have been put back by hand.
      if (phase === 'damaged' || (phase === 'locked' && problem !== null)) await work.restart()
      return await work.state()
    },
  }
}
