import { createHash } from 'node:crypto'
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
  'key-loss-confirmed',
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

/** What the first event follows on. */
export const eventsBegin = '0'.repeat(64)

/** An event as its hash covers it. */
export type EventLink = {
  readonly seq: number
  readonly at: string
  readonly organizationId: string | null
  readonly userId: string | null
  readonly deviceId: string
  readonly kind: string
  readonly data: string
}

/** The hash of an event: one order of values and one way to write each, so it has the same bytes everywhere. */
export const eventHash = (
  prevHash: string,
  { seq, at, organizationId, userId, deviceId, kind, data }: EventLink,
): string =>
  createHash('sha256')
    .update(prevHash)
    .update(JSON.stringify([seq, at, organizationId, userId, deviceId, kind, data]))
    .digest('hex')

const sorted = (data: NonNullable<SecurityEvent['data']>) =>
  JSON.stringify(Object.fromEntries(Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1))))

/** The newest event and its hash; null where nothing happened yet. */
export const newestEvent = async (db: Db | Trx): Promise<{ readonly seq: number; readonly hash: string } | null> =>
  (await db.selectFrom('securityEvents').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()) ??
  null

/**
 * Adds a link to the chain of security events, in the transaction of what it tells. That is a command: its entry in the
 * record is followed by one that signs the link.
 */
export const recordSecurityEvent = async (trx: Trx, { data = {}, ...event }: SecurityEvent): Promise<void> => {
  const last = await newestEvent(trx)
  const link: EventLink = { ...event, seq: (last?.seq ?? 0) + 1, data: sorted(data) }
  const prevHash = last?.hash ?? eventsBegin
  await trx
    .insertInto('securityEvents')
    .values({ ...link, prevHash, hash: eventHash(prevHash, link) })
    .execute()
}
