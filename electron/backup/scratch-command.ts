import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { type OpenDatabase, openDatabase } from '../../db/open.ts'
import type { Signer } from '../../db/record/entry.ts'
import { openScratch } from '../../db/scratch.ts'
import { createSealedKeyStore } from '../keys/sealed-device-key.ts'
import { createFileKeyStore, type DeviceKeyStore } from '../record/device-key.ts'
import { openDeviceRecord } from '../record/open-device-record.ts'
import type { Trx } from '../rpc/handles.ts'
import { systemIds } from '../rpc/time-and-ids.ts'
import { syncPath } from './durable.ts'
import { databaseIn } from './place.ts'

export type ScratchDatabase = {
  /** The folder that holds the scratch database under its usual name, and nothing else. */
  readonly folder: string
  readonly key: DataKey
  /** The data folder, whose device signs what is done. */
  readonly directory: string
  /** Whether the scratch database has the key of that folder: else its device's key is not at hand. */
  readonly isOwnKey: boolean
  readonly at: string
}

export type ScratchCommand = {
  readonly procedure: string
  readonly organizationId: string | null
  readonly userId: string | null
}

export type ScratchContext = {
  readonly trx: Trx
  readonly now: string
  readonly deviceId: string
  readonly ids: typeof systemIds
}

// Nothing is kept of it: the record says at the next opening that another key signs from there on.
const passingKeys: DeviceKeyStore = { load: () => null, save: () => undefined, earlier: () => [] }

const keysOf = ({ directory, key, isOwnKey }: ScratchDatabase): DeviceKeyStore => {
  if (key !== null) return isOwnKey ? createSealedKeyStore(directory, key) : passingKeys
  return existsSync(join(directory, 'device.key')) ? createFileKeyStore(directory) : passingKeys
}

/** Leaves a database that was written to as one file that stands by itself. */
export const closeScratch = (folder: string, key: DataKey): void => {
  const file = databaseIn(folder)
  openScratch(file, key).close()
  for (const end of ['-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true })
  // The copy that a step of the tables made: what it was brought from is still there.
  rmSync(join(folder, 'backups'), { recursive: true, force: true })
  syncPath(file)
}

/** Opens a scratch database as the product does, brought to the newest tables, with its record ready. */
export const withScratch = async <T>(
  scratch: ScratchDatabase,
  work: (opened: { database: OpenDatabase; deviceId: string; signer: Signer }) => Promise<T>,
): Promise<T> => {
  const { folder, key, at } = scratch
  const database = await openDatabase(folder, { key })
  try {
    const clock = { now: () => at }
    const record = { database, directory: folder, name: 'This computer', clock, ids: systemIds, keys: keysOf(scratch) }
    return await work({ database, ...(await openDeviceRecord(record)) })
  } finally {
    await database.close()
  }
}

/** One command in a scratch database, on its record like any other. */
export const runScratchCommand = <T>(
  scratch: ScratchDatabase,
  command: ScratchCommand,
  work: (context: ScratchContext) => Promise<T>,
): Promise<T> =>
  withScratch(scratch, ({ database, deviceId }) =>
    database.writer.transaction().execute(async (trx) => {
      const { at: now } = scratch
      const own = { ...command, id: systemIds.next(), deviceId, at: now, idempotencyKey: null, inputHash: null }
      const seq = database.unitOfWork.begin(own)
      const answer = await work({ trx, now, deviceId, ids: systemIds })
      await database.unitOfWork.finish(seq, null)
      return answer
    }),
  )
