import type { SessionTable } from '../../db/tables/sessions.ts'
import { AppError } from '../../shared/errors.ts'
import type { Owed } from '../../shared/people/owed.ts'
import type { Db } from '../rpc/handles.ts'
import { secondFactorsOf } from './second-factor.ts'
import { rulesFor } from './security-settings.ts'

// Whoever opened with the data's own recovery code has shown more than a code could, and may have nothing to make one
// with; whoever set the very first password never came in by it. Both are asked at their next sign-in.
const standsAbove: ReadonlySet<SessionTable['how']> = new Set(['recovery', 'open'])

/** What a person owes who came in so: a new password first, then the one-time codes that a business asks of them. */
export const owedBy = async (db: Db, userId: string, how: SessionTable['how']): Promise<Owed | null> => {
  const user = await db.selectFrom('users').select('mustChangePassword').where('id', '=', userId).executeTakeFirst()
  if (user?.mustChangePassword === 1) return 'new-password'
  if (standsAbove.has(how) || !(await rulesFor(db, userId)).needsSecondFactor) return null
  const { totp, email } = await secondFactorsOf(db, userId)
  return totp || email ? null : 'second-factor'
}

/** Whether a code can be mailed to a person: an address, and a business of theirs that sends mail. */
export const mayMailCodes = async (db: Db, userId: string): Promise<boolean> => {
  const row = await db
    .selectFrom('users as u')
    .innerJoin('memberships as m', 'm.userId', 'u.id')
    .innerJoin('mailAccounts as a', 'a.organizationId', 'm.organizationId')
    .select('a.id')
    .where('u.id', '=', userId)
    .where('u.email', 'is not', null)
    .where('m.deletedAt', 'is', null)
    .where('a.deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const words: Readonly<Record<Owed, string>> = {
  'new-password': 'Choose a new password first: nothing else is open until then.',
  'second-factor': 'Set up one-time codes first: your business asks for them, and nothing else is open until then.',
}

/** AppError LOCKED where something is owed that this does not settle. */
export const assertOwesNothing = (owes: Owed | null, settles?: Owed): void => {
  if (owes === null || owes === settles) return
  throw new AppError('LOCKED', words[owes], { details: { owes } })
}
