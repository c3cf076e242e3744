import { dueOccurrences, periodOf } from '../../../shared/documents/recurrence.ts'
import { AppError } from '../../../shared/errors.ts'
import { lastRestoreAt } from '../../people/last-restore.ts'
import type { Handlers } from '../../rpc/context.ts'
import { dayOf, daySql, daysAt, todayAt, type Zones } from '../../rpc/days.ts'
import { getRow } from '../../rpc/rows.ts'
import { totalsOf } from '../invoices/totals.ts'
import { contentOfPeriod, makePeriod, skipPeriod } from './make.ts'
import { planRun, type Schedule } from './schedule.ts'

/**
 * The day of the last restore where the first period that is due may have been made before it; null where nobody need
 * wonder. What was made then is not known here any more, and a client would get it twice.
 */
export const maybeMadeBefore = (
  schedule: Pick<Schedule, 'createdAt' | 'nextOn' | 'branchId'>,
  restoredAt: string | null,
  zones: Zones,
): string | null => {
  if (restoredAt === null || schedule.nextOn === null || schedule.createdAt > restoredAt) return null
  const restoredOn = todayAt(zones, schedule.branchId, restoredAt)
  return schedule.nextOn <= restoredOn ? restoredOn : null
}

// A preview of more than this tells nobody anything.
const mostPreviewed = 60

/** What missed periods would make, for the question that follows an absence. */
export const waiting: Handlers<'recurringInvoices'>['waiting'] = async (context, { id }) => {
  const { db, organizationId, clock, zones, ids } = context
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const days = daysAt(zones, clock.now())
  let query = db
    .selectFrom('recurringInvoices')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'active')
    .where('nextOn', '<=', daySql(days))
    // One that came due just now, or could not be made, is no question.
    .where('waiting', '>', 0)
  if (id !== null) query = query.where('id', '=', id)
  const restoredAt = await lastRestoreAt(db, organizationId)
  const schedules = await query.orderBy('nextOn').orderBy('id').limit(200).execute()
  return await Promise.all(
    schedules.map(async (schedule) => ({
      ...schedule,
      restoredOn: maybeMadeBefore(schedule, restoredAt, zones),
      periods: await Promise.all(
        dueOccurrences(schedule, schedule.nextIndex, dayOf(days, schedule.branchId), mostPreviewed).map(
          async ({ index, on }) => {
            const content = await contentOfPeriod(db, schedule, index, on, () => ids.next())
            const { totalE4 } = totalsOf(content, {
              mode: organization.roundingMode,
              scope: organization.roundingScope,
            })
            return { on, ...periodOf(schedule, index), totalE4 }
          },
        ),
      ),
    })),
  )
}

/** Makes all missed periods, only the latest, or none; each is answered once and for good. */
export const catchUp: Handlers<'recurringInvoices'>['catchUp'] = async (context, { id, version, choice, dating }) => {
  let schedule = await getRow(context.trx, 'recurringInvoices', context.organizationId, id, 'schedule')
  if (schedule.version !== version) {
    throw new AppError('CONFLICT', 'This schedule was changed in the meantime. Look at what is due again.', {
      details: { yours: { version }, current: schedule },
    })
  }
  if (schedule.state !== 'active') throw new AppError('INVALID_STATE', `${schedule.name} is ${schedule.state}.`)
  const today = todayAt(context.zones, schedule.branchId, context.now)
  const due = dueOccurrences(schedule, schedule.nextIndex, today)
  if (due.length === 0) throw new AppError('INVALID_STATE', `Nothing of ${schedule.name} is due.`)
  const counts = { made: 0, skipped: 0 }
  for (const [place, { index }] of due.entries()) {
    const isMade = choice === 'all' || (choice === 'latest' && place === due.length - 1)
    if (isMade) {
      const made = await makePeriod(context, schedule, index, { issuedOn: dating === 'today' ? today : null })
      schedule = made.schedule
      if (made.invoiceId !== null) counts.made += 1
    } else {
      schedule = await skipPeriod(context, schedule, index)
      counts.skipped += 1
    }
  }
  await planRun(context, schedule)
  return { id, version: schedule.version, ...counts }
}
