import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { putInPlace, writeDurably } from '../backup/durable.ts'
import { createFileKeyStore, type DeviceKeyStore, putAside } from '../record/device-key.ts'
import { deriveKey, seal, unseal } from './derive.ts'

const label = 'device key'
const sealedFile = (directory: string) => join(directory, 'device.key.sealed')

/** Keeps the device's key under the data key of an encrypted folder; one in the clear is taken over when it is first asked for. */
export const createSealedKeyStore = (directory: string, key: Uint8Array): DeviceKeyStore => {
  const file = sealedFile(directory)
  const deviceKey = deriveKey(key, 'device-key')
  const earlier = createFileKeyStore(directory)
  const save = (pem: string) => {
    if (existsSync(file)) putInPlace(file, `${file}.old-${putAside(file).length + 1}`)
    writeDurably(file, seal(deviceKey, label, Buffer.from(pem)).toString('base64'))
  }
  const unsealed = (path: string) =>
    unseal(deviceKey, label, Buffer.from(readFileSync(path, 'utf8'), 'base64'))?.toString('utf8') ?? null
  return {
    load: () => {
      const sealed = existsSync(file) ? unsealed(file) : null
      const plain = earlier.load()
      // One of another key stays beside it, under another name.
      if (sealed === null && plain !== null) save(plain)
      // The same in both: what was to decrypt the data did not come to its end.
      if (plain !== null && (sealed === null || sealed === plain))
        rmSync(join(directory, 'device.key'), { force: true })
      return sealed ?? plain
    },
    save,
    earlier: () => {
      const plain = earlier.load()
      const sealed = putAside(file).flatMap((path) => unsealed(path) ?? [])
      return [...sealed, ...(plain === null ? [] : [plain]), ...earlier.earlier()]
    },
  }
}

/** Gives the device's key back to where it lies in the clear, before the data key goes out of use. */
export const releaseDeviceKey = (directory: string, key: Uint8Array): void => {
  const pem = createSealedKeyStore(directory, key).load()
  if (pem === null) return
  createFileKeyStore(directory).save(pem)
  rmSync(sealedFile(directory), { force: true })
}
