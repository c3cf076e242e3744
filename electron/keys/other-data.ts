import { join } from 'node:path'
import { keyFile } from '../../db/inspect-file.ts'
import { AppError } from '../../shared/errors.ts'
import { readText } from '../backup/durable.ts'
import { deriveKey, unseal } from './derive.ts'
import { opensDatabase } from './lost-keys.ts'

// The device's key as electron/keys/sealed-device-key.ts keeps it; null where there is none to be tried.
const opensDeviceKey = (directory: string, key: Uint8Array): boolean | null => {
  const sealed = readText(join(directory, 'device.key.sealed'))
  return sealed === null
    ? null
    : unseal(deriveKey(key, 'device-key'), 'device key', Buffer.from(sealed, 'base64')) !== null
}

/**
 * Whether a key is that of other data: it opens neither the database of a folder nor what lies beside it under the same key.
 * One that opens the latter alone is the right one, of a database that is damaged.
 */
export const isOfOtherData = (directory: string, key: Uint8Array): boolean =>
  opensDeviceKey(directory, key) === false && !opensDatabase(directory, key)

const belongs = (directory: string) =>
  `The key file ${join(directory, keyFile)} belongs to other data: what opens it does not open the data that is here.`

/** What is to be said, and done, where a key file is that of other data and no copy of the right one is known. */
export const aboutOtherKeys = (directory: string) => ({
  what: `${belongs(directory)} Nothing was changed.`,
  todo: `Put the right ${keyFile} back from a copy of the data folder and try again, or go back to a backup.`,
})

/** What is to be said of a key file that is that of other data; `hasCopies` of the right one. */
export const otherKeyFile = (directory: string, hasCopies: boolean): AppError => {
  const { what, todo } = aboutOtherKeys(directory)
  const message = hasCopies
    ? `${what} Put the right ${keyFile} back, or enter a password or the recovery code of this data: copies of its key file are kept with your backups.`
    : `${what} ${todo}`
  return new AppError('STORAGE_UNAVAILABLE', message, { details: { keys: 'other' } })
}

/** Whether an error says that the key file is that of other data. */
export const isOtherKeyFile = (error: unknown): error is AppError =>
  error instanceof AppError && Reflect.get(Object(error.details), 'keys') === 'other'
