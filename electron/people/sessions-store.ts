import { createHash, randomBytes } from 'node:crypto'
import type { SessionTable } from '../../db/tables/sessions.ts'
import type { IdSource } from '../../shared/ids.ts'
import type { Db, Trx } from '../rpc/handles.ts'

/** How long somebody stays signed in without saying the password again, unless the organization says otherwise. */
export const defaultSessionDays = 7
/** How long a password just said counts as said. */
export const reauthenticationMinutes = 5

const dayMilliseconds = 86_400_000
// As long as the rules of a business let one be: what ends later was begun by a clock that was far ahead.
const longestDays = 90
const later = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString()
const hashOf = (token: string) => createHash('sha256').update(`counterfoil session ${token}`).digest('hex')

export type LiveSession = {
  readonly id: string
  readonly userId: string
  readonly deviceId: string
  readonly how: SessionTable['how']
  readonly createdAt: string
  readonly lastUsedAt: string
  readonly expiresAt: string
  readonly reauthenticatedAt: string | null
}

type Begin = {
  readonly userId: string
  readonly deviceId: string
  readonly how: SessionTable['how']
  readonly client: string
  readonly days?: number
}

/** Begins a session; the token is given once and kept as a hash. `how` other than PIN counts as having said the password. */
export const beginSession = async (
  trx: Trx,
  { ids, now }: { readonly ids: IdSource; readonly now: string },
  { days = defaultSessionDays, ...values }: Begin,
): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: string }> => {
  const token = randomBytes(32).toString('base64url')
  const id = ids.next()
  const expiresAt = later(now, days * dayMilliseconds)
  await trx
    .insertInto('sessions')
    .values({
      id,
      ...values,
      tokenHash: hashOf(token),
      createdAt: now,
      lastUsedAt: now,
      expiresAt,
      reauthenticatedAt: values.how === 'password' ? now : null,
    })
    .execute()
  // One PIN takes the place of the one before: what it stands on is the full sign-in.
  await trx
    .updateTable('sessions')
    .set({ endedAt: now })
    .where('userId', '=', values.userId)
    .where('deviceId', '=', values.deviceId)
    .where('how', '=', 'pin')
    .where('id', '<>', id)
    .where('endedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute()
  await trx.updateTable('users').set({ lastLoginAt: now }).where('id', '=', values.userId).execute()
  return { id, token, expiresAt }
}

const liveSessions = (db: Db | Trx, now: string) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.userId')
    .select([
      'sessions.id',
      'sessions.userId',
      'sessions.deviceId',
      'sessions.how',
      'sessions.createdAt',
      'sessions.lastUsedAt',
      'sessions.expiresAt',
      'sessions.reauthenticatedAt',
    ])
    .where('endedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('expiresAt', '<=', later(now, longestDays * dayMilliseconds))
    // What was used last bounds a clock that was set back: a session that was over does not come to life again.
    .whereRef('sessions.expiresAt', '>', 'sessions.lastUsedAt')
    .where('users.status', '=', 'active')
    .where('users.deletedAt', 'is', null)

/** The session of a token; undefined where it is unknown, ended, revoked, over, or its person may no longer come in. */
export const findSession = (db: Db | Trx, token: string, now: string): Promise<LiveSession | undefined> =>
  liveSessions(db, now).where('tokenHash', '=', hashOf(token)).executeTakeFirst()

/** A session by its id, where it is still good. */
export const liveSession = (db: Db | Trx, id: string, now: string): Promise<LiveSession | undefined> =>
  liveSessions(db, now).where('sessions.id', '=', id).executeTakeFirst()

/** Whether a PIN is enough: the person signed in in full on this device, and that session is still good. */
export const mayUsePin = async (db: Db | Trx, userId: string, deviceId: string, now: string): Promise<boolean> => {
  const session = await liveSessions(db, now)
    .where('sessions.userId', '=', userId)
    .where('sessions.deviceId', '=', deviceId)
    .where('sessions.how', '<>', 'pin')
    .executeTakeFirst()
  return session !== undefined
}

/** Says that a session was used now. */
export const touchSession = async (trx: Trx, id: string, now: string): Promise<void> => {
  await trx
    .updateTable('sessions')
    .set({ lastUsedAt: now })
    .where('id', '=', id)
    .where('lastUsedAt', '<', now)
    .where('endedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute()
}

/** Says that the person of a session has just proved who they are. */
export const markReauthenticated = async (trx: Trx, id: string, now: string): Promise<void> => {
  await trx.updateTable('sessions').set({ reauthenticatedAt: now }).where('id', '=', id).execute()
}

/** Whether the password was said in the last minutes; a clock that was set back counts as no. */
export const isFresh = (reauthenticatedAt: string | null, now: string): boolean =>
  reauthenticatedAt !== null &&
  now >= reauthenticatedAt &&
  now < later(reauthenticatedAt, reauthenticationMinutes * 60_000)

/** Ends every session of a person on a device, as signing out there does. */
export const endSessions = async (trx: Trx, userId: string, deviceId: string, now: string): Promise<void> => {
  await trx
    .updateTable('sessions')
    .set({ endedAt: now })
    .where('userId', '=', userId)
    .where('deviceId', '=', deviceId)
    .where('endedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute()
}

/** Revokes one session of a person; false where there is no such live one. */
export const revokeSession = async (trx: Trx, userId: string, id: string, now: string): Promise<boolean> => {
  const rows = await revocable(trx, userId, now).where('id', '=', id).returning('id').execute()
  return rows.length > 0
}

/** Revokes every session of a person but one (null: every one); gives how many there were. */
export const revokeSessions = async (
  trx: Trx,
  userId: string,
  exceptId: string | null,
  now: string,
): Promise<number> => {
  const all = revocable(trx, userId, now)
  const rows = await (exceptId === null ? all : all.where('id', '<>', exceptId)).returning('id').execute()
  return rows.length
}

const revocable = (trx: Trx, userId: string, now: string) =>
  trx
    .updateTable('sessions')
    .set({ revokedAt: now })
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
    .where('endedAt', 'is', null)
