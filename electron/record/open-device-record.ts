import type { OpenDatabase } from '../../db/open.ts'
import type { Signer } from '../../db/record/entry.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import { ensureDevice } from '../rpc/device.ts'
import { createFileKeyStore, type DeviceKeyStore, earlierSigner, openDeviceKey } from './device-key.ts'
import { openRecord } from './open-record.ts'

type Parts = {
  readonly database: OpenDatabase
  readonly directory: string
  /** What this device is called, at its first opening. */
  readonly name: string
  readonly clock: Clock
  readonly ids: IdSource
  /** Where the device's key lies; `DIR/device.key` unless told otherwise. */
  readonly keys?: DeviceKeyStore
}

/** This device and its record, ready for the first command. Call while nothing else writes. */
export const openDeviceRecord = async (
  parts: Parts,
): Promise<{ readonly deviceId: string; readonly signer: Signer }> => {
  const { database, clock, ids, name } = parts
  const keys = parts.keys ?? createFileKeyStore(parts.directory)
  const signer = openDeviceKey(keys)
  database.unitOfWork.signWith(signer)
  const deviceId = await ensureDevice(database, { ids, clock, name, publicKey: signer.publicKey })
  const earlier = (publicKey: string) => earlierSigner(keys, publicKey)
  await openRecord({ database, deviceId, signer, earlier, clock, ids })
  return { deviceId, signer }
}
