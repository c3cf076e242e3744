import type { DataKey } from '../../db/key.ts'
import { AppError } from '../../shared/errors.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import { createTurn } from '../gate/turn.ts'
import { isLess } from '../people/hash-cost.ts'
import { costNow } from '../people/passwords.ts'
import { createFoundKeys } from './found-keys.ts'
import { type KeyFile, type Slot, writeKeyFile } from './key-file.ts'
import type { Keychain } from './keychain.ts'
import { idAfter, type OpenedBy } from './known-slots.ts'
import { isOfOtherData, isOtherKeyFile } from './other-data.ts'
import { newRecoveryCode, readRecoveryCode } from './recovery-code.ts'
import { openSlot, passwordSlot, recoverySlot, type TokenFor, tokenSlot } from './slots.ts'

export type Person = { readonly userId: string; readonly name: string }

/** The data key of a folder: who can open it, and the key itself while it is open. */
export type Vault = {
  /** The data key; null while locked, and where the folder is not encrypted. */
  readonly key: () => DataKey
  /** The name of that key. */
  readonly keyId: () => string | null
  /** Those whose password opens the data. */
  readonly people: () => Promise<readonly Person[]>
  /** What has opened the data; null for a wrong password. It may be one of before, see `newerThan`. */
  readonly openWithPassword: (userId: string, password: string) => Promise<OpenedBy | null>
  readonly openWithRecoveryCode: (typed: string) => Promise<OpenedBy | null>
  /** Null for a wrong or an expired one. */
  readonly openWithToken: (token: string) => Promise<OpenedBy | null>
  /** For whoever asked to stay signed in, where the keychain still opens it; a lost keychain is no error. */
  readonly openWithKeychain: () => Promise<OpenedBy | null>
  /** What is wrong with the key file where only copies of the right one are left to be tried; null while it is there. */
  readonly lost: () => Promise<AppError | null>
  /** Puts back what a copy of the lost key file has, if its key opens the data, and holds that key. */
  readonly putBack: (copy: KeyFile, key: Buffer) => Promise<boolean>
  /** Puts the copy of a key file that has a slot in the place of one that lacks it, which is kept beside; false without one. */
  readonly putBackNewer: (slotId: string) => Promise<boolean>
  /** The slot that the password opens, if it is this person's; the data may be open or not. */
  readonly findPassword: (userId: string, password: string) => Promise<OpenedBy | null>
  /** Forgets the key in memory. */
  readonly lock: () => void
  /** Keeps a new key, before anything that is encrypted with it is put in place, and holds it; gives the recovery code to print. */
  readonly create: (key: Buffer, first: Person & { readonly password: string }) => Promise<string>
  /** Takes the key file out of use once nothing needs it; kept beside, for backups made under it. */
  readonly retire: () => Promise<void>
  /** Adds a slot for a new password; what opened before goes on to open until `settlePassword`. */
  readonly putPassword: (person: Person & { readonly password: string }) => Promise<void>
  /** Leaves a person one password: the newest, or what was before it where that never came to hold. */
  readonly settlePassword: (userId: string, holds: 'newest' | 'earlier') => Promise<void>
  /** Leaves a person only the password that is said here; nothing changes where it opens nothing. */
  readonly keepPassword: (userId: string, password: string) => Promise<void>
  /** Makes the slot of a password that was just said anew, where it cost less than today's on this computer. */
  readonly strengthen: (userId: string, password: string) => Promise<void>
  /** Those with more than one password: a change of theirs was cut off. */
  readonly unsettled: () => Promise<readonly string[]>
  readonly removePerson: (userId: string) => Promise<void>
  readonly putToken: (token: TokenFor) => Promise<void>
  readonly renewRecoveryCode: () => Promise<string>
  readonly staySignedIn: (userId: string) => Promise<void>
  readonly forgetKeychain: () => Promise<void>
}

type Parts = {
  readonly directory: string
  readonly keychain: Keychain
  readonly clock: Clock
  readonly ids: IdSource
  /** Called once who can open the data has changed. */
  readonly onChange?: () => void
  /** Told once that the key file could be read by others. */
  readonly onExposed?: (problem: string) => void
}

const keyBytes = 32

const isFor =
  (userId: string) =>
  (slot: Slot): boolean =>
    slot.kind !== 'recovery' && slot.userId === userId

// In the order in which they were set.
const passwordsOf = (userId: string, slots: readonly Slot[]) =>
  slots.filter((slot) => slot.kind === 'password' && slot.userId === userId)

/** The vault of a data folder; locked until something opens it. */
export const createVault = (parts: Parts): Vault => {
  const { directory, keychain, clock, ids, onChange = () => undefined } = parts
  let held: Buffer | null = null
  let heldId: string | null = null

  const keyFiles = createFoundKeys(directory, parts.onExposed)
  const { stored } = keyFiles

  // Nothing is done with the key of other data: it would take what lies sealed under the right one out of use.
  const refuseOther = async (keyId: string, key: Buffer) => {
    if (held !== null || !isOfOtherData(directory, key)) return
    key.fill(0)
    throw (await keyFiles.withoutOther(keyId)).problem
  }

  /** The first slot that `open` opens; of copies of a lost key file one whose key opens the data. */
  const trySlots = async <S extends Slot>(
    fits: (slot: Slot) => slot is S,
    open: (file: KeyFile, slot: S) => Promise<Buffer | null>,
  ): Promise<{ readonly keyId: string; readonly key: Buffer; readonly slot: S } | 'other-data' | null> => {
    const { files, problem } = await keyFiles.readable()
    const tried = new Set<string>()
    let isOther = false
    for (const file of files) {
      for (const slot of file.slots) {
        if (!fits(slot) || tried.has(`${file.keyId} ${slot.id}`)) continue
        tried.add(`${file.keyId} ${slot.id}`)
        const key = await open(file, slot)
        if (key === null) continue
        if (problem === null) await refuseOther(file.keyId, key)
        if (problem === null || (await keyFiles.putBack(file, key))) return { keyId: file.keyId, key, slot }
        isOther = true
        key.fill(0)
      }
    }
    return isOther ? 'other-data' : null
  }

  const tryKinds = async (kinds: readonly Slot['kind'][], fits: (slot: Slot) => boolean, secret: string) => {
    const found = await trySlots(
      (slot): slot is Slot => kinds.includes(slot.kind) && fits(slot),
      (file, slot) => openSlot(file.keyId, slot, secret),
    )
    if (found === 'other-data') {
      throw new AppError(
        'STORAGE_UNAVAILABLE',
        'This opens a copy of the key file, but not the data that is here: it is damaged, or was encrypted anew since, or the copy belongs to other data. Try the recovery code and the passwords of others first. Go back to a backup only where none of them opens it.',
      )
    }
    if (found === null) return null
    const { keyId, key, slot } = found
    const userId = slot.kind === 'recovery' ? null : slot.userId
    return { key, by: { keyId, slotId: slot.id, kind: slot.kind, userId } satisfies OpenedBy }
  }

  // The core works with the buffer that is held: the same key opened twice must not empty it.
  const hold = (key: Buffer, keyId: string) => {
    heldId = keyId
    if (held !== null && held !== key && held.equals(key)) {
      key.fill(0)
      return
    }
    if (held !== key) held?.fill(0)
    held = key
  }

  const openWith = async (...tried: Parameters<typeof tryKinds>): Promise<OpenedBy | null> => {
    const found = await tryKinds(...tried)
    // A key file that was put there while the data is open may be of any data.
    if (found === null || (held !== null && !held.equals(found.key))) return null
    hold(found.key, found.by.keyId)
    return found.by
  }

  const openKey = (): Buffer => {
    if (held === null) throw new AppError('LOCKED', 'The data is locked. Open it first.')
    return held
  }

  // One at a time: each change reads the file and writes it again.
  const inTurn = createTurn()
  const change = (work: (file: KeyFile) => Promise<readonly Slot[] | null>): Promise<void> =>
    inTurn(async () => {
      const file = await stored()
      const live = file.slots.filter((slot) => slot.kind !== 'token' || slot.expiresAt > clock.now())
      const slots = await work({ ...file, slots: live })
      if (slots === null) return
      await writeKeyFile(directory, { ...file, slots: [...slots] })
      onChange()
    })

  const made = ({ keyId, slots }: Pick<KeyFile, 'keyId' | 'slots'>) => ({
    keyId,
    id: idAfter(ids.next(), slots),
    createdAt: clock.now(),
  })

  const sealAnew = (id: string) =>
    change(async ({ slots }) => {
      const wrapped = await keychain.seal(openKey().toString('base64'))
      return slots.map((slot) => (slot.kind === 'keychain' && slot.id === id ? { ...slot, wrapped } : slot))
    })

  return {
    key: () => held,
    keyId: () => (held === null ? null : heldId),
    people: async () => {
      const { files } = await keyFiles.readable()
      const passwords = [...files].reverse().flatMap(({ slots }) => slots.filter((slot) => slot.kind === 'password'))
      return [...new Map(passwords.map(({ userId, name }) => [userId, { userId, name }])).values()]
    },
    openWithPassword: (userId, password) => openWith(['password'], isFor(userId), password),
    openWithRecoveryCode: async (typed) => {
      const code = readRecoveryCode(typed)
      return code === null ? null : await openWith(['recovery'], () => true, code)
    },
    openWithToken: (token) =>
      openWith(['token'], (slot) => slot.kind === 'token' && slot.expiresAt > clock.now(), token),
    openWithKeychain: async () => {
      const stale = new Set<string>()
      const found = await trySlots(
        (slot) => slot.kind === 'keychain',
        async (_file, slot) => {
          const opened = await keychain.open(slot.wrapped).catch(() => null)
          if (opened === null) return null
          if (opened.isStale) stale.add(slot.id)
          const key = Buffer.from(opened.text, 'base64')
          return key.length === keyBytes ? key : null
        },
      ).catch((error: unknown) => {
        if (isOtherKeyFile(error)) return null
        throw error
      })
      if (found === null || found === 'other-data') return null
      hold(found.key, found.keyId)
      // The old one still opens: what fails now is tried again at the next start.
      if (stale.has(found.slot.id)) await sealAnew(found.slot.id).catch(() => undefined)
      const { keyId, slot } = found
      return { keyId, slotId: slot.id, kind: slot.kind, userId: slot.userId }
    },
    lost: async () => {
      // Asked when somebody tries again: a disk that did not answer may answer now.
      keyFiles.lookAnew()
      return (await keyFiles.readable()).problem
    },
    putBack: async (copy, key) => {
      if (!(await keyFiles.putBack(copy, key))) return false
      hold(key, copy.keyId)
      return true
    },
    putBackNewer: (slotId) =>
      inTurn(async () => {
        const isThere = await keyFiles.putBackNewer(slotId)
        if (isThere === 'put back') onChange()
        return isThere !== null
      }),
    findPassword: async (userId, password) => {
      const found = await tryKinds(['password'], isFor(userId), password)
      const isKeyOfData = found !== null && (held === null || held.equals(found.key))
      found?.key.fill(0)
      return isKeyOfData ? found.by : null
    },
    lock: () => {
      held?.fill(0)
      held = null
    },
    create: (key, { userId, name, password }) =>
      inTurn(async () => {
        // The file of an earlier key stays: what was backed up under it needs it.
        await keyFiles.retire()
        const keyId = ids.next()
        const recoveryCode = newRecoveryCode()
        const file = { keyId, slots: [] }
        const slots = [
          await passwordSlot(key, { ...made(file), userId, name, password }),
          recoverySlot(key, { ...made(file), code: recoveryCode }),
        ]
        await writeKeyFile(directory, { version: 1, cipher: 'sqlcipher-4', keyId, slots })
        hold(key, keyId)
        return recoveryCode
      }),
    retire: () => inTurn(keyFiles.retire),
    putPassword: ({ userId, name, password }) =>
      change(async (file) => [...file.slots, await passwordSlot(openKey(), { ...made(file), userId, name, password })]),
    settlePassword: (userId, holds) =>
      change(({ slots }) => {
        const all = slots.filter((slot) => slot.kind !== 'keychain' && isFor(userId)(slot))
        const newest = passwordsOf(userId, all).at(-1)
        // The only one stays whatever became of it: it may be all that opens the data.
        if (newest === undefined || all.length === 1) return Promise.resolve(null)
        if (holds === 'earlier' && passwordsOf(userId, all).length === 1) return Promise.resolve(null)
        return Promise.resolve(
          slots.filter((slot) => {
            // Whoever has a new password asks anew to stay signed in.
            if (!isFor(userId)(slot) || (slot.kind === 'keychain' && holds === 'earlier')) return true
            return holds === 'newest' ? slot.id === newest.id : slot.id !== newest.id
          }),
        )
      }),
    keepPassword: (userId, password) =>
      change(async ({ keyId, slots }) => {
        const dropped = new Set<string>()
        for (const slot of passwordsOf(userId, slots)) {
          const key = await openSlot(keyId, slot, password)
          key?.fill(0)
          if (key === null) dropped.add(slot.id)
        }
        if (dropped.size === 0 || dropped.size === passwordsOf(userId, slots).length) return null
        return slots.filter(({ id }) => !dropped.has(id))
      }),
    strengthen: (userId, password) =>
      change(async (file) => {
        const { keyId, slots } = file
        const cost = await costNow()
        const anew = new Map<string, Slot>()
        for (const slot of slots) {
          if (slot.kind !== 'password' || slot.userId !== userId || !isLess(slot.stretch, cost)) continue
          const key = await openSlot(keyId, slot, password)
          if (key === null) continue
          const { name } = slot
          anew.set(slot.id, await passwordSlot(key, { ...made(file), userId, name, password }, cost))
          key.fill(0)
        }
        return anew.size === 0 ? null : slots.map((slot) => anew.get(slot.id) ?? slot)
      }),
    unsettled: async () => {
      const { slots } = await stored()
      const ids = slots.flatMap((slot) => (slot.kind === 'password' ? [slot.userId] : []))
      return [...new Set(ids)].filter((userId) => passwordsOf(userId, slots).length > 1)
    },
    removePerson: (userId) => change(({ slots }) => Promise.resolve(slots.filter((slot) => !isFor(userId)(slot)))),
    putToken: (token) =>
      change(async (file) =>
        Promise.resolve([
          ...file.slots.filter((slot) => slot.kind !== 'token' || slot.userId !== token.userId),
          tokenSlot(openKey(), { ...made(file), ...token }),
        ]),
      ),
    renewRecoveryCode: async () => {
      const code = newRecoveryCode()
      await change(async (file) =>
        Promise.resolve([
          ...file.slots.filter((slot) => slot.kind !== 'recovery'),
          recoverySlot(openKey(), { ...made(file), code }),
        ]),
      )
      return code
    },
    staySignedIn: async (userId) => {
      if (keychain.warning !== null) throw new AppError('INVALID_STATE', keychain.warning)
      await change(async ({ slots }) => [
        ...slots.filter((slot) => slot.kind !== 'keychain'),
        {
          kind: 'keychain',
          id: idAfter(ids.next(), slots),
          createdAt: clock.now(),
          userId,
          wrapped: await keychain.seal(openKey().toString('base64')),
        },
      ])
    },
    forgetKeychain: () => change(({ slots }) => Promise.resolve(slots.filter((slot) => slot.kind !== 'keychain'))),
  }
}
