import { AppError } from '../../../shared/errors.ts'
import type { Db, Trx } from '../../rpc/context.ts'

/** The last day of what is locked; null while nothing is. */
export const lockedUntilOf = async (db: Db | Trx, organizationId: string): Promise<string | null> => {
  const lock = await db
    .selectFrom('taxLocks')
    .select('lockedUntil')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .orderBy('lockedUntil', 'desc')
    .limit(1)
    .executeTakeFirst()
  return lock?.lockedUntil ?? null
}

/**
 * AppError INVALID_STATE for a document dated in a locked period: called before one is issued, voided or credited.
 * Triggers refuse the same; this says it in words and marks the date.
 */
export const refuseLockedPeriod = async (db: Db | Trx, organizationId: string, on: string): Promise<void> => {
  const until = await lockedUntilOf(db, organizationId)
  if (until === null || on > until) return
  const message = `The taxes until ${until} are locked. Give this a later date, or take the lock away in Reports, Tax.`
  throw new AppError('INVALID_STATE', message, { fields: { issuedOn: message } })
}
