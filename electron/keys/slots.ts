import { randomBytes } from 'node:crypto'
import { assertKey } from '../../db/key.ts'
import type { HashCost } from '../people/hash-cost.ts'
import { costNow } from '../people/passwords.ts'
import { deriveKey, seal, unseal } from './derive.ts'
import type { Slot } from './key-file.ts'

type Stretch = Extract<Slot, { kind: 'password' }>['stretch']

const saltBytes = 16

// The library's name for it is an ambient constant, which single-file compilation cannot see.
const argon2id = 2

const stretched = async (password: string, { memoryKib, passes, lanes, salt }: Stretch): Promise<Buffer> => {
  // Nobody needs it whose data is in the clear.
  const { hashRaw } = await import('@node-rs/argon2')
  return await hashRaw(password.normalize('NFKC'), {
    algorithm: argon2id,
    memoryCost: memoryKib,
    timeCost: passes,
    parallelism: lanes,
    outputLen: 32,
    salt: Buffer.from(salt, 'base64'),
  })
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
// An empty key wrapped would be a slot that opens, to nothing.
const wrap = (key: Uint8Array, label: string, dataKey: Uint8Array): string => {
  assertKey(dataKey)
  return base64(seal(key, label, dataKey))
}
const labelOf = (keyId: string, { kind, id }: Pick<Slot, 'kind' | 'id'>) => `${keyId}/${kind}/${id}`

type Made = { readonly keyId: string; readonly id: string; readonly createdAt: string }

/** A slot that a person's password opens, at the cost of a hash on this computer. */
export const passwordSlot = async (
  dataKey: Uint8Array,
  { keyId, id, createdAt, userId, name, password }: Made & { userId: string; name: string; password: string },
  cost?: HashCost,
): Promise<Slot> => {
  // A lock empties the key that is held, and stretching takes a while.
  const own = Buffer.from(dataKey)
  const stretch = { ...(cost ?? (await costNow())), lanes: 1, salt: base64(randomBytes(saltBytes)) }
  const key = await stretched(password, stretch)
  const wrapped = wrap(key, labelOf(keyId, { kind: 'password', id }), own)
  key.fill(0)
  own.fill(0)
  return { kind: 'password', id, createdAt, userId, name, stretch, wrapped }
}

/** A slot that the printed recovery code opens. The code is random enough to need no stretching. */
export const recoverySlot = (dataKey: Uint8Array, { keyId, id, createdAt, code }: Made & { code: string }): Slot => {
  const salt = randomBytes(saltBytes)
  const key = deriveKey(Buffer.from(code), 'wrap', salt)
  const wrapped = wrap(key, labelOf(keyId, { kind: 'recovery', id }), dataKey)
  return { kind: 'recovery', id, createdAt, salt: base64(salt), wrapped }
}

/** A slot that the token of an invitation or a reset opens until it expires. */
export const tokenSlot = (
  dataKey: Uint8Array,
  { keyId, id, createdAt, userId, name, token, expiresAt }: Made & TokenFor,
): Slot => {
  const salt = randomBytes(saltBytes)
  const key = deriveKey(Buffer.from(token), 'wrap', salt)
  const wrapped = wrap(key, labelOf(keyId, { kind: 'token', id }), dataKey)
  return { kind: 'token', id, createdAt, userId, name, salt: base64(salt), expiresAt, wrapped }
}

export type TokenFor = {
  readonly userId: string
  readonly name: string
  readonly token: string
  readonly expiresAt: string
}

/** The data key from a slot and what opens it (password, recovery code, token); null if it does not. */
export const openSlot = async (keyId: string, slot: Slot, secret: string): Promise<Buffer | null> => {
  if (slot.kind === 'keychain') return null
  const key =
    slot.kind === 'password'
      ? await stretched(secret, slot.stretch)
      : deriveKey(Buffer.from(secret), 'wrap', Buffer.from(slot.salt, 'base64'))
  const opened = unseal(key, labelOf(keyId, slot), Buffer.from(slot.wrapped, 'base64'))
  key.fill(0)
  return opened
}
