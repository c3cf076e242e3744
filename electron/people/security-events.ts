import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { rawRows } from '../features/raw-rows.ts'
import type { Db, Trx } from '../rpc/handles.ts'

/** What happens to who may come in, in the words of the record. */
export const securityEventKinds = [
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'locked',
  'unlocked',
  'blocked',
  'password-set',
  'password-removed',
  'pin-set',
  'pin-removed',
  'reauthenticated',
  'code-failed',
  'totp-on',
  'email-code-on',
  'mfa-off',
  'recovery-codes-made',
  'recovery-code-used',
  'device-trusted',
  'device-distrusted',
  'person-added',
  'person-changed',
  'person-deactivated',
  'person-activated',
  'person-removed',
  'invited',
  'invitation-used',
  'reset-made',
  'reset-used',
  'role-changed',
  'role-made',
  'role-deleted',
  'session-revoked',
  'sessions-revoked',
  'settings-changed',
  'encryption-on',
  'encryption-off',
  'recovery-key-made',
  'recovery-key-used',
  'exported',
  'restored',
  'erased',
  'record-cut',
  'refused',
] as const
export type SecurityEventKind = (typeof securityEventKinds)[number]

export type SecurityEvent = {
  readonly at: string
  readonly organizationId: string | null
  readonly userId: string | null
  readonly deviceId: string
  readonly kind: SecurityEventKind
  /** Never a secret: names, counts, ids. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
}

const beginning = '0'.repeat(64)

type Link = {
  readonly seq: number
  readonly at: string
  readonly organizationId: string | null
  readonly userId: string | null
  readonly deviceId: string
  readonly kind: string
  readonly data: string
}

// One order of keys and one way to write each value: the same link has the same bytes everywhere.
const hashOf = (prevHash: string, { seq, at, organizationId, userId, deviceId, kind, data }: Link): string =>
  createHash('sha256')
    .update(prevHash)
    .update(JSON.stringify([seq, at, organizationId, userId, deviceId, kind, data]))
    .digest('hex')

const sorted = (data: NonNullable<SecurityEvent['data']>) =>
  JSON.stringify(Object.fromEntries(Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1))))

/** Adds a link to the chain of security events, in the transaction of what it tells. */
export const recordSecurityEvent = async (trx: Trx, { data = {}, ...event }: SecurityEvent): Promise<void> => {
  const last = await trx
    .selectFrom('securityEvents')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const link: Link = { ...event, seq: (last?.seq ?? 0) + 1, data: sorted(data) }
  const prevHash = last?.hash ?? beginning
  await trx
    .insertInto('securityEvents')
    .values({ ...link, prevHash, hash: hashOf(prevHash, link) })
    .execute()
}

export type ChainVerdict = {
  readonly count: number
  /** The hash of the newest link: whoever keeps it elsewhere sees a chain that was cut. */
  readonly head: string
  /** The first link that is not as it was written, or after which one is missing; null for a whole chain. */
  readonly firstBad: number | null
}

const pageSize = 1000

// The counter of SQLite remembers links that are no longer there.
const everWritten = async (db: Db | Trx): Promise<number> => {
  const rows = await rawRows<{ seq: number | bigint }>(
    db,
    sql`SELECT seq FROM sqlite_sequence WHERE name = 'security_events'`,
  )
  return Number(rows[0]?.seq ?? 0)
}

/** Reads the whole chain again; names the first link that was changed, removed, moved or put in. */
export const verifySecurityEvents = async (db: Db | Trx): Promise<ChainVerdict> => {
  let head = beginning
  let count = 0
  for (;;) {
    const page = await db
      .selectFrom('securityEvents')
      .selectAll()
      .where('seq', '>', count)
      .orderBy('seq')
      .limit(pageSize)
      .execute()
    for (const { prevHash, hash, ...link } of page) {
      if (link.seq !== count + 1 || prevHash !== head || hash !== hashOf(prevHash, link)) {
        return { count, head, firstBad: count + 1 }
      }
      head = hash
      count += 1
    }
    if (page.length < pageSize) return { count, head, firstBad: count < (await everWritten(db)) ? count + 1 : null }
  }
}
