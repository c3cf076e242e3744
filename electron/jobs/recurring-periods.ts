import { addDays, startOfDayIn } from '../../shared/dates.ts'
import { dueOccurrences } from '../../shared/documents/recurrence.ts'
import { AppError } from '../../shared/errors.ts'
import { askForScan } from '../features/notifications/scan.ts'
import { maybeMadeBefore } from '../features/recurring-invoices/catch-up.ts'
import { recurringJob } from '../features/recurring-invoices/job.ts'
import { makePeriod, skipPeriod } from '../features/recurring-invoices/make.ts'
import { planRun, type Schedule } from '../features/recurring-invoices/schedule.ts'
import { lastRestoreAt } from '../people/last-restore.ts'
import type { CommandContext } from '../rpc/context.ts'
import { todayAt, zoneOf } from '../rpc/days.ts'
import { findRow, updateRow } from '../rpc/rows.ts'
import { type Job, type JobParts, settleJob } from './job.ts'

const entities = ['recurringInvoices', 'invoices', 'clients', 'numberSeries', 'mail'] as const

const command = (job: Job, name: string) =>
  ({ name: `recurringInvoices.${name}`, organizationId: job.organizationId, entities }) as const

const findActive = async (context: CommandContext, job: Job): Promise<Schedule | undefined> => {
  const schedule = await findRow(context.trx, 'recurringInvoices', context.organizationId, job.subjectId)
  return schedule === undefined || schedule.deletedAt !== null || schedule.state !== 'active' ? undefined : schedule
}

const ask = (context: CommandContext, schedule: Schedule, waiting: number) =>
  schedule.waiting === waiting
    ? schedule
    : updateRow(context, 'recurringInvoices', schedule, { waiting }).then(({ version }) => ({
        ...schedule,
        waiting,
        version,
      }))

/** Ends the job and plans the next one of its schedule. */
const finish = async (context: CommandContext, job: Job): Promise<void> => {
  await settleJob(context, job, { state: 'done' })
  await askForScan(context)
  const schedule = await findActive(context, job)
  if (schedule === undefined || schedule.nextOn === null) return
  const today = todayAt(context.zones, schedule.branchId, context.now)
  if (schedule.nextOn > today) return await planRun(context, schedule)
  // What waits for an answer, or failed, is looked at again tomorrow.
  const runAt = startOfDayIn(zoneOf(context.zones, schedule.branchId), addDays(today, 1))
  await context.enqueue({ kind: recurringJob, subjectId: schedule.id, runAt })
}

/** Answers one period: true while there is more to do. */
const answerNext = async (context: CommandContext, job: Job): Promise<boolean> => {
  const schedule = await findActive(context, job)
  if (schedule === undefined) return false
  const due = dueOccurrences(schedule, schedule.nextIndex, todayAt(context.zones, schedule.branchId, context.now))
  const [first] = due
  if (first === undefined) return false
  const restoredAt = await lastRestoreAt(context.trx, context.organizationId)
  const isInDoubt = maybeMadeBefore(schedule, restoredAt, context.zones) !== null
  if (isInDoubt || (due.length > 1 && schedule.catchUp === 'ask')) {
    await ask(context, schedule, due.length)
    return false
  }
  if (due.length > 1 && schedule.catchUp === 'latest') await skipPeriod(context, schedule, first.index)
  else await makePeriod(context, schedule, first.index)
  return due.length > 1
}

/** One period a command, the last one together with the end of the job: true while there is more to do. */
const step = (job: Job, parts: JobParts): Promise<boolean> =>
  parts.runSystemCommand(command(job, 'run'), async (context) => {
    const isMore = await answerNext(context, job)
    if (!isMore) await finish(context, job)
    return isMore
  })

const noteProblem = (job: Job, parts: JobParts, problem: string) =>
  parts.runSystemCommand(command(job, 'failed'), async (context) => {
    const schedule = await findActive(context, job)
    if (schedule !== undefined && schedule.problem !== problem) {
      await updateRow(context, 'recurringInvoices', schedule, { problem })
    }
    await finish(context, job)
  })

/** Makes what is due of a schedule, one period a transaction, and plans the next. */
export const makeDuePeriods = async (job: Job, parts: JobParts, signal: AbortSignal): Promise<void> => {
  try {
    while (!signal.aborted && (await step(job, parts))) {
      // The next period is the next command.
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await noteProblem(job, parts, error.message)
  }
}
