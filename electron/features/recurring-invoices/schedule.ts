import type { Selectable } from 'kysely'
import { readJson } from '../../../db/json.ts'
import type { RecurringInvoiceTable } from '../../../db/tables/recurring-invoices.ts'
import { type InvoiceContent, invoiceContentSchema } from '../../../shared/contract/invoices.ts'
import { startOfDayIn } from '../../../shared/dates.ts'
import { occurrenceAt } from '../../../shared/documents/recurrence.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { zoneOf } from '../../rpc/days.ts'
import { recurringJob } from './job.ts'

export type Schedule = Selectable<RecurringInvoiceTable>

/** The content that a schedule repeats. */
export const contentOfSchedule = (schedule: Schedule): InvoiceContent =>
  readJson(invoiceContentSchema, schedule.content)

/** The columns that say which period comes next. */
export const nextColumns = (
  schedule: Pick<Schedule, 'unit' | 'every' | 'anchor' | 'startsOn' | 'endsOn' | 'count'>,
  index: number,
) => {
  const next = occurrenceAt(schedule, index)
  return { nextIndex: index, nextOn: next?.on ?? null }
}

/** Leaves a job for the day on which the next period is due; none for a schedule that has ended or rests. */
export const planRun = async (
  context: CommandContext,
  { id, branchId, nextOn, state }: Pick<Schedule, 'id' | 'branchId' | 'nextOn' | 'state'>,
): Promise<void> => {
  if (nextOn === null || state !== 'active') return
  const begins = startOfDayIn(zoneOf(context.zones, branchId), nextOn)
  const isPast = begins <= context.now
  const runAt = isPast ? context.now : begins
  await context.enqueue({ kind: recurringJob, subjectId: id, runAt })
  // A job that waits already may wait for a later day than the schedule now says.
  await context.trx
    .updateTable('jobs')
    .set({ runAt, updatedAt: context.now })
    .where('kind', '=', recurringJob)
    .where('subjectId', '=', id)
    .where('state', '=', 'queued')
    .where('runAt', '!=', runAt)
    .execute()
}
