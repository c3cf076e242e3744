import { randomBytes } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { seal as sealBytes, unseal } from '../keys/derive.ts'
import type { SecretStore } from '../mail/secrets.ts'

/** Keeps the secrets of one-time codes in the database, unreadable without the store of secrets. */
export type Seal = {
  readonly seal: (label: string, text: string) => Promise<string>
  /** What was sealed under this label; AppError INVALID_STATE where the key is another or lost. */
  readonly open: (label: string, sealed: string) => Promise<string>
}

/** Where the key of the one-time codes is kept. */
export const sealName = 'people:seal'

/** A seal whose key lies among the secrets; made at the first use, never replaced. */
export const createSeal = (secrets: SecretStore): Seal => {
  const keyOf = async (): Promise<Buffer> => {
    const known = await secrets.get(sealName)
    if (known !== null) return Buffer.from(known, 'base64')
    const key = randomBytes(32)
    await secrets.set(sealName, key.toString('base64'))
    return key
  }
  return {
    seal: async (label, text) => sealBytes(await keyOf(), label, Buffer.from(text)).toString('base64'),
    open: async (label, sealed) => {
      const opened = unseal(await keyOf(), label, Buffer.from(sealed, 'base64'))
      if (opened !== null) return opened.toString()
      throw new AppError(
        'INVALID_STATE',
        'The key of the one-time codes is lost on this computer. Use a recovery code and set the codes up again.',
      )
    },
  }
}
