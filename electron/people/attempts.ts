import { AppError } from '../../shared/errors.ts'
import type { IdSource } from '../../shared/ids.ts'
import type { Db, Trx } from '../rpc/handles.ts'

export type Factor = 'password' | 'pin' | 'code' | 'recovery'

/** Wrong tries that cost nothing. */
export const freeTries = 5
const waits = [30, 60, 5 * 60, 15 * 60, 60 * 60]

// What reaches further was counted by a clock that has been set back since.
const longestWait = 60 * 60 * 1000

/** Whether an instant lies further ahead than any wait reaches: the clock was ahead when it was written. */
export const isOfAnotherClock = (instant: string | null | undefined, now: string): boolean =>
  typeof instant === 'string' && Date.parse(instant) - Date.parse(now) > longestWait

/** Seconds to wait after so many wrong tries in a row. */
export const waitAfter = (failures: number): number =>
  failures < freeTries ? 0 : (waits[Math.min(failures - freeTries, waits.length - 1)] ?? 0)

export type Standing = {
  readonly failures: number
  /** Until when no try is looked at; null where one may try now. */
  readonly blockedUntil: string | null
  /** A PIN that was wrong too often asks for the password. */
  readonly pinSpent: boolean
}

const rowOf = (db: Db | Trx, userId: string, factor: Factor) =>
  db
    .selectFrom('signInAttempts')
    .select(['id', 'failures', 'lastFailedAt', 'blockedUntil'])
    .where('userId', '=', userId)
    .where('factor', '=', factor)
    .executeTakeFirst()

/** How a person stands with one kind of proof: tries left to make, or the time to wait. */
export const standingOf = async (db: Db | Trx, userId: string, factor: Factor, now: string): Promise<Standing> => {
  const row = await rowOf(db, userId, factor)
  const blockedUntil = row?.blockedUntil ?? null
  return {
    failures: row?.failures ?? 0,
    blockedUntil: blockedUntil !== null && now < blockedUntil ? blockedUntil : null,
    pinSpent: factor === 'pin' && (row?.failures ?? 0) >= freeTries,
  }
}

const secondsUntil = (instant: string, now: string) => Math.ceil((Date.parse(instant) - Date.parse(now)) / 1000)

/** A time to wait in words. */
export const inWords = (seconds: number): string =>
  seconds <= 90
    ? `${seconds} seconds`
    : seconds <= 5400
      ? `${Math.ceil(seconds / 60)} minutes`
      : `${Math.ceil(seconds / 3600)} hours`

/** AppError SIGN_IN_FAILED with the time left where a try is not looked at yet. */
export const assertMayTry = async (db: Db | Trx, userId: string, factor: Factor, now: string): Promise<void> => {
  const { blockedUntil, pinSpent } = await standingOf(db, userId, factor, now)
  if (pinSpent) {
    throw new AppError('SIGN_IN_FAILED', 'The PIN was wrong too often. Use your password.', {
      details: { usePassword: true },
    })
  }
  if (blockedUntil === null) return
  const seconds = secondsUntil(blockedUntil, now)
  throw new AppError('SIGN_IN_FAILED', `Too many wrong tries. Wait ${inWords(seconds)} and try again.`, {
    details: { blockedUntil, seconds },
  })
}

/** Whether a person waits by a clock that was far ahead: the wait then has to begin anew. */
export const waitsByAnotherClock = async (db: Db, userId: string, factor: Factor, now: string): Promise<boolean> =>
  isOfAnotherClock((await rowOf(db, userId, factor))?.blockedUntil, now)

/** Begins a wait anew by the clock as it is now: whoever had it set wrong once is not kept out for years. */
export const beginWaitAnew = async (trx: Trx, userId: string, factor: Factor, now: string): Promise<void> => {
  const row = await rowOf(trx, userId, factor)
  if (row === undefined) return
  const blockedUntil = new Date(Date.parse(now) + waitAfter(row.failures) * 1000).toISOString()
  await trx.updateTable('signInAttempts').set({ lastFailedAt: now, blockedUntil }).where('id', '=', row.id).execute()
}

/**
 * Counts a wrong try. A wait is counted from the latest instant that is known: setting the clock back a little makes it
 * longer; setting it back by more begins the whole of it anew, and never makes it shorter.
 */
export const countFailure = async (
  trx: Trx,
  { ids, now }: { readonly ids: IdSource; readonly now: string },
  userId: string,
  factor: Factor,
): Promise<Standing> => {
  const row = await rowOf(trx, userId, factor)
  const failures = (row?.failures ?? 0) + 1
  const latest = [now, row?.lastFailedAt, row?.blockedUntil].reduce<string>(
    (one, other) =>
      other !== null && other !== undefined && other > one && !isOfAnotherClock(other, now) ? other : one,
    now,
  )
  const wait = waitAfter(failures)
  const blockedUntil = wait === 0 ? null : new Date(Date.parse(latest) + wait * 1000).toISOString()
  if (row === undefined) {
    await trx
      .insertInto('signInAttempts')
      .values({ id: ids.next(), userId, factor, failures, lastFailedAt: now, blockedUntil })
      .execute()
  } else {
    await trx
      .updateTable('signInAttempts')
      .set({ failures, lastFailedAt: latest, blockedUntil })
      .where('id', '=', row.id)
      .execute()
  }
  return await standingOf(trx, userId, factor, now)
}

/** Forgets the wrong tries after a right one; a password that was right also gives the PIN back. */
export const forgetFailures = async (trx: Trx, userId: string, factor: Factor): Promise<void> => {
  const factors: Factor[] = factor === 'password' ? ['password', 'pin'] : [factor]
  await trx
    .updateTable('signInAttempts')
    .set({ failures: 0, blockedUntil: null })
    .where('userId', '=', userId)
    .where('factor', 'in', factors)
    .execute()
}
