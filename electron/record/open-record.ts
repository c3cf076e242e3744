import { setImmediate } from 'node:timers/promises'
import type { OpenDatabase } from '../../db/open.ts'
import { changeLine, lineHash } from '../../db/record/effect.ts'
import { type Entry, handOverText, type Signer } from '../../db/record/entry.ts'
import { bodyOf, nextEntry, ofKey } from '../../db/record/seal.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { storedChanges } from './stored-changes.ts'

type Parts = {
  readonly database: OpenDatabase
  readonly deviceId: string
  readonly signer: Signer
  /** A key that was put aside, by its public half: it signs that the present one takes over. */
  readonly earlier: (publicKey: string) => Signer | null
  readonly clock: Clock
  readonly ids: IdSource
}

/** The newest entry of a device's chain. */
export const chainHead = async (db: Db | Trx, deviceId: string) =>
  await db
    .selectFrom('chainEntries')
    .selectAll()
    .where('deviceId', '=', deviceId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The public key that a device's entries are signed with now. */
export const chainKey = async (db: Db | Trx, deviceId: string): Promise<string | null> => {
  const row = await db
    .selectFrom('chainEntries')
    .select('body')
    .where('deviceId', '=', deviceId)
    .where('kind', '<>', 'command')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  // Written by this module.
  const body = JSON.parse(row?.body ?? '{}') as { readonly publicKey?: string }
  return body.publicKey ?? null
}

/** What the log said before the chain began: a hash over every change, and how many there were. */
export const hashOfEarlier = async (db: Db, lastCommand: number) => {
  const lines = lineHash()
  let changes = 0
  for await (const page of storedChanges(db)) {
    const earlier = page.filter((change) => change.commandSeq <= lastCommand)
    for (const change of earlier) lines.add(changeLine(change))
    changes += earlier.length
    if (earlier.length < page.length) break
    await setImmediate()
  }
  return { commands: lastCommand, changes, hash: lines.end().toString('hex') }
}

const write = async (trx: Trx, entry: Entry) => {
  await trx.insertInto('chainEntries').values(entry).execute()
}

const handOver = (from: Signer | null, head: Pick<Entry, 'hash'>, publicKey: string) =>
  from === null ? {} : { handOver: Buffer.from(from.sign(handOverText(head.hash, publicKey))).toString('base64') }

/**
 * Makes the record ready for this device: begins its chain where the database is older than the record, and puts a new
 * key on record, with the signature of the one before it where that is at hand. Call while nothing else runs, after the
 * device is known.
 */
export const openRecord = async ({ database, deviceId, signer, earlier, clock, ids }: Parts): Promise<void> => {
  const now = clock.now()
  const { publicKey } = signer
  const head = await chainHead(database.reader, deviceId)
  if (head === undefined) {
    const last = await database.reader
      .selectFrom('commands')
      .select((row) => row.fn.max('seq').as('seq'))
      .executeTakeFirst()
    const before = await hashOfEarlier(database.reader, last?.seq ?? 0)
    const link = {
      deviceId,
      kind: 'genesis',
      commandSeq: null,
      at: now,
      ...bodyOf({ before, ...ofKey(publicKey) }),
    } as const
    await database.writer.transaction().execute((trx) => write(trx, nextEntry(link, null, signer)))
  } else {
    const previous = await chainKey(database.reader, deviceId)
    if (previous === publicKey) return
    const from = previous === null ? null : earlier(previous)
    const body = bodyOf({ ...handOver(from, head, publicKey), previous, ...ofKey(publicKey) })
    const link = { deviceId, kind: 'key', commandSeq: null, at: now, ...body } as const
    await database.writer.transaction().execute((trx) => write(trx, nextEntry(link, head, signer)))
  }
  await database.writer.transaction().execute(async (trx) => {
    const seq = database.unitOfWork.begin({
      id: ids.next(),
      organizationId: null,
      userId: null,
      deviceId,
      procedure: 'device.new-key',
      at: now,
      idempotencyKey: null,
      inputHash: null,
    })
    await trx
      .updateTable('devices')
      .set((row) => ({ publicKey, updatedAt: now, version: row('version', '+', 1) }))
      .where('id', '=', deviceId)
      .execute()
    await database.unitOfWork.finish(seq, null)
  })
}
