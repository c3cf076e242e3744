import { sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { inWords, waitAfter } from './attempts.ts'
import { recordSecurityEvent } from './security-events.ts'

const factor = 'invitation'

/**
 * Until when wrong codes of invitations and resets are not looked at on a device; null where they are. Nobody knows whose
 * a wrong one was meant to be, so they are a device's: counted in the security events since the last right one there, with
 * the waits of passwords, each from the latest instant that is known.
 */
const blockedUntilOf = async (db: Db | Trx, deviceId: string): Promise<string | null> => {
  const ofDevice = db.selectFrom('securityEvents').where('deviceId', '=', deviceId)
  const right = await ofDevice
    .select((it) => it.fn.max('seq').as('seq'))
    .where('kind', 'in', ['invitation-used', 'reset-used'])
    .executeTakeFirst()
  const wrong = await ofDevice
    .select('at')
    .where('kind', '=', 'sign-in-failed')
    .where(sql<string>`json_extract(data, '$.factor')`, '=', factor)
    .where('seq', '>', Number(right?.seq ?? 0))
    .orderBy('seq')
    .execute()
  let blockedUntil: string | null = null
  let latest = ''
  for (const [index, { at }] of wrong.entries()) {
    // A clock that was set back makes the wait longer, not shorter.
    latest = [at, latest, blockedUntil ?? ''].sort().at(-1) ?? at
    const wait = waitAfter(index + 1)
    blockedUntil = wait === 0 ? null : new Date(Date.parse(latest) + wait * 1000).toISOString()
  }
  return blockedUntil
}

/**
 * AppError SIGN_IN_FAILED with the time left where wrong codes have to wait. Asked only of a code that is not known: one
 * that is has 256 random bits, which nobody guesses, and must not wait for what somebody else typed.
 */
export const assertMayTryInvitation = async (db: Db, deviceId: string, now: string): Promise<void> => {
  const blockedUntil = await blockedUntilOf(db, deviceId)
  if (blockedUntil === null || now >= blockedUntil) return
  const seconds = Math.ceil((Date.parse(blockedUntil) - Date.parse(now)) / 1000)
  throw new AppError('SIGN_IN_FAILED', `Too many wrong tries. Wait ${inWords(seconds)} and try again.`, {
    details: { blockedUntil, seconds },
  })
}

/** Counts a wrong code of an invitation or a reset, in the security events. */
export const countWrongInvitation = async (trx: Trx, deviceId: string, now: string): Promise<void> => {
  const event = { at: now, organizationId: null, userId: null, deviceId }
  await recordSecurityEvent(trx, { ...event, kind: 'sign-in-failed', data: { factor } })
  const until = await blockedUntilOf(trx, deviceId)
  if (until !== null) await recordSecurityEvent(trx, { ...event, kind: 'blocked', data: { until } })
}
