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

/**
 * The key that the inputs of commands are hashed under: of this installation, made at the first use. Where it cannot be
 * read or kept, one that is only in memory stands in, and each further use tries again behind it: the same call is still
 * known again until the program ends, and a hash that gives something away is never kept.
 */
export const createInputKey = ({ secrets, log, onFirst }: Parts): (() => Promise<Uint8Array>) => {
  const fresh = randomBytes(32)
  let kept: Uint8Array | null = null
  let hasFailed = false
  let isCleared = false
  let trying: Promise<void> | null = null

  const keep = async () => {
    const known = await secrets.get(inputKeyName)
    if (known !== null) {
      kept = Buffer.from(known, 'base64')
      return
    }
    if (!isCleared) await onFirst()
    isCleared = true
    await secrets.set(inputKeyName, fresh.toString('base64'))
    kept = fresh
  }
  const attempt = async () => {
    try {
      await keep()
    } catch (error) {
      if (!hasFailed) log.warn({ error }, 'the key of the inputs could not be kept')
      hasFailed = true
    }
  }

  return async () => {
    if (kept !== null) return kept
    trying ??= attempt().finally(() => {
      trying = null
    })
    // A store that failed before may take its time to fail again: nobody waits for it twice.
    if (!hasFailed) await trying
    return kept ?? fresh
  }
}
