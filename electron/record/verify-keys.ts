import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type Entry, handOverText } from '../../db/record/entry.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { newestCheckpoint } from './retention/checkpoint.ts'
import type { Findings, Takeover } from './verification.ts'

/** A public key as base64 of its SPKI form; null where the text is none. */
export const keyOf = (publicKey: string): KeyObject | null => {
  try {
    return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

/** Whether the key that signed until an entry vouches for the one that signs from it on. */
export const isHandedOver = (
  { previousHash }: Pick<Entry, 'previousHash'>,
  before: KeyObject | null,
  { publicKey, handOver }: { readonly publicKey: string; readonly handOver: string | undefined },
): boolean =>
  before !== null &&
  previousHash !== null &&
  handOver !== undefined &&
  verify(null, handOverText(previousHash, publicKey), before, Buffer.from(handOver, 'base64'))

const day = (at: string) => at.slice(0, 10)

const unvouched = ({ seq, at, previousKey, publicKey }: Takeover) =>
  `From entry ${seq} on another key signs, and the one before it did not hand over. If the key of this device was lost on ${day(at)}, ` +
  `or the data was brought to another computer then, check against the keys you know: --key ${previousKey} --key ${publicKey} ` +
  '(printed roots and mailed roots name the key).'

/** Whoever confirmed that a key was lost, by device, entry and the key that took over. */
const confirmationsOf = async (db: Db): Promise<ReadonlyMap<string, string>> => {
  const rows = await db
    .selectFrom('securityEvents')
    .select(['at', 'data'])
    .where('kind', '=', 'key-loss-confirmed')
    .orderBy('seq')
    .execute()
  return new Map(
    rows.map(({ at, data }): [string, string] => {
      // Written by this product; what is no such event is found by the check of the events.
      const { device, entry, publicKey } = JSON.parse(data) as Readonly<Record<string, unknown>>
      return [`${String(device)} ${String(entry)} ${String(publicKey)}`, at]
    }),
  )
}

/** Whether another key took over in that entry, or in one that a checkpoint stands for, and the one before it did not sign. */
export const isTakeover = async (
  db: Db | Trx,
  { deviceId, seq, publicKey }: Pick<Takeover, 'deviceId' | 'seq' | 'publicKey'>,
): Promise<boolean> => {
  const entry = await db
    .selectFrom('chainEntries')
    .select('body')
    .where('deviceId', '=', deviceId)
    .where('seq', '=', seq)
    .where('kind', '=', 'key')
    .executeTakeFirst()
  // Written by this product.
  const body = JSON.parse(entry?.body ?? '{}') as Readonly<Record<string, unknown>>
  if (body['publicKey'] === publicKey && body['previous'] !== undefined && body['handOver'] === undefined) return true
  const gone = (await newestCheckpoint(db))?.cut.takeovers ?? []
  return gone.some((it) => it.device === deviceId && it.seq === seq && it.publicKey === publicKey)
}

export type KeysJudged = {
  /** Keys that somebody vouches for who checks: only these count then. */
  readonly named: readonly string[]
  /** Whether it is enough that an owner confirmed in the record itself that the key was lost. */
  readonly acceptsConfirmed: boolean
}

/** Says of each key that took over unasked what that means; gives them with who confirmed them. */
export const judgeTakeovers = async (
  db: Db,
  takeovers: readonly Takeover[],
  { named, acceptsConfirmed }: KeysJudged,
  findings: Findings,
): Promise<readonly Takeover[]> => {
  if (takeovers.length === 0) return []
  const confirmed = await confirmationsOf(db)
  const judged = takeovers.map((it) => ({
    ...it,
    confirmedAt: confirmed.get(`${it.deviceId} ${it.seq} ${it.publicKey}`) ?? null,
  }))
  for (const it of judged) {
    const { deviceId, seq } = it
    if (named.length > 0) {
      // Whatever another key signed is named by itself.
      findings.lead(`From entry ${seq} on another key signs, and the one before it did not hand over.`)
    } else if (it.confirmedAt !== null && acceptsConfirmed) {
      findings.lead(
        `From entry ${seq} on another key signs, and the one before it did not hand over. On ${day(it.confirmedAt)} an owner confirmed that it was lost.`,
      )
    } else findings.add({ kind: 'takeover', deviceId, seq, commandSeq: null, text: unvouched(it) })
  }
  return judged
}
