import { randomBytes } from 'node:crypto'
import type { SecretStore } from '../mail/secrets.ts'
import type { Log } from './log.ts'

/** Where the key of the inputs' hashes is kept. */
export const inputKeyName = 'rpc:input-key'

type Parts = {
  readonly secrets: SecretStore
  readonly log: Log
  /** Called when the key was made: what was hashed before it has to go. */
  readonly onFirst: () => Promise<void>
}

const made = async ({ secrets, log, onFirst }: Parts): Promise<Uint8Array> => {
  const key = randomBytes(32)
  try {
    const known = await secrets.get(inputKeyName)
    if (known !== null) return Buffer.from(known, 'base64')
    await secrets.set(inputKeyName, key.toString('base64'))
    await onFirst()
  } catch (error) {
    // Until the program ends the same call is still known again; a hash that gives something away is never kept.
    log.warn({ error }, 'the key of the inputs could not be kept')
  }
  return key
}

/** The key that the inputs of commands are hashed under: of this installation, made at the first use. */
export const createInputKey = (parts: Parts): (() => Promise<Uint8Array>) => {
  let key: Promise<Uint8Array> | null = null
  return () => {
    key ??= made(parts)
    return key
  }
}
