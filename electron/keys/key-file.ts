import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { keyFile } from '../../db/inspect-file.ts'
import { AppError } from '../../shared/errors.ts'
import { readPrivateFile, replacePrivateFile } from '../mail/private-file.ts'
import { SecretError } from '../mail/secrets.ts'

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)
const stretch = z.strictObject({
  memoryKib: z.int().min(8).max(4_194_304),
  passes: z.int().min(1).max(100),
  lanes: z.int().min(1).max(64),
  salt: base64,
})
const common = { id: z.string().min(1).max(64), createdAt: z.string(), wrapped: base64 }

export const slotSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), userId: z.string(), name: z.string(), stretch, ...common }),
  z.strictObject({ kind: z.literal('recovery'), salt: base64, ...common }),
  // An invitation or a reset: whoever holds the token opens the data once, to set a password.
  z.strictObject({
    kind: z.literal('token'),
    userId: z.string(),
    name: z.string(),
    salt: base64,
    expiresAt: z.string(),
    ...common,
  }),
  z.strictObject({ kind: z.literal('keychain'), userId: z.string(), ...common }),
])
export type Slot = z.output<typeof slotSchema>

export const keyFileSchema = z.strictObject({
  version: z.literal(1),
  cipher: z.literal('sqlcipher-4'),
  /** Names the data key: a slot of another folder's key does not fit in here. */
  keyId: z.string(),
  slots: z.array(slotSchema),
})
export type KeyFile = z.output<typeof keyFileSchema>

const pathOf = (directory: string) => join(directory, keyFile)

/** Whether a data folder has a key file. */
export const hasKeyFile = (directory: string): boolean => existsSync(pathOf(directory))

/**
 * Looks at the key file of a data folder: what it holds, or that there is none, or that it is no key file any more. What is
 * in it is wrapped: one that others may read is told to `onExposed`, and read. AppError STORAGE_UNAVAILABLE where it cannot
 * be read now, which says nothing of what is in it.
 */
export const lookAtKeyFile = async (
  directory: string,
  onExposed: (problem: string) => void = () => undefined,
): Promise<KeyFile | 'missing' | 'damaged'> => {
  const path = pathOf(directory)
  let text: Buffer | null
  try {
    text = await readPrivateFile(path, 'key-permissions', onExposed)
  } catch (error) {
    if (error instanceof SecretError) throw new AppError('STORAGE_UNAVAILABLE', error.message)
    throw error
  }
  if (text === null) return 'missing'
  try {
    return keyFileSchema.parse(JSON.parse(text.toString('utf8')))
  } catch {
    return 'damaged'
  }
}

/** What is to be said of a key file that is lost. */
export const lostKeyFile = (directory: string, how: 'missing' | 'damaged'): AppError =>
  new AppError(
    'STORAGE_UNAVAILABLE',
    how === 'missing'
      ? `${pathOf(directory)} is missing, and the data cannot be opened without it. Every backup has a copy: put it back.`
      : `${pathOf(directory)} is damaged. It was left as it is. Every backup has a copy of it: put that one in its place.`,
  )

/** Reads the key file of a data folder; null where there is none. AppError STORAGE_UNAVAILABLE for one that cannot be read. */
export const readKeyFile = async (directory: string): Promise<KeyFile | null> => {
  const found = await lookAtKeyFile(directory)
  if (found === 'damaged') throw lostKeyFile(directory, found)
  return found === 'missing' ? null : found
}

/** Replaces the key file in one step, durably: before any file that needs it is put in place. */
export const writeKeyFile = async (directory: string, content: KeyFile): Promise<void> => {
  try {
    await replacePrivateFile(pathOf(directory), Buffer.from(`${JSON.stringify(content, null, 2)}\n`), true)
  } catch (error) {
    if (error instanceof SecretError) throw new AppError('STORAGE_UNAVAILABLE', error.message)
    throw error
  }
}
