import { addDays, startOfDayIn, todayIn } from '../../shared/dates.ts'
import { dueSteps } from '../../shared/documents/reminders.ts'
import { AppError } from '../../shared/errors.ts'
import { reminderJob } from '../features/reminders/job.ts'
import { openDueInvoices } from '../features/reminders/lists.ts'
import { doneSteps, reminderStateOf } from '../features/reminders/state.ts'
import { takeStep } from '../features/reminders/take-step.ts'
import { runSoon } from '../features/run-soon.ts'
import { todayAt } from '../rpc/days.ts'
import { findRow } from '../rpc/rows.ts'
import { type Job, type JobHandler, type JobParts, settleJob } from './job.ts'

const entities = ['reminders', 'invoices', 'mail', 'clients', 'numberSeries'] as const

/** One invoice a command: a reminder that cannot go does not stop the others. */
const remind = (job: Job, parts: JobParts, invoiceId: string) =>
  parts.runSystemCommand({ name: reminderJob, organizationId: job.organizationId, entities }, async (context) => {
    const { trx, organizationId, zones, now } = context
    const invoice = await findRow(trx, 'invoices', organizationId, invoiceId)
    if (invoice === undefined || invoice.dueOn === null) return
    const state = await reminderStateOf(trx, invoice)
    if (state.plan === null || !state.plan.isAutomatic || state.next.kind === 'none' || state.next.why !== null) return
    const today = todayAt(zones, invoice.branchId, now)
    const due = dueSteps(invoice.dueOn, state.plan.steps, await doneSteps(trx, invoiceId), today)
    if (due === null) return
    await takeStep(context, invoice, state, { step: due.take, skip: due.skip, byHand: false })
  })

const hasAutomatic = async ({ db }: JobParts, organizationId: string) =>
  (await db
    .selectFrom('reminderPlans')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('isAutomatic', '=', 1)
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined

// Steps begin at most a year before the due date.
const furthest = 365

const run = async (job: Job, parts: JobParts, signal: AbortSignal): Promise<void> => {
  const { organizationId } = job
  if (await hasAutomatic(parts, organizationId)) {
    const until = addDays(parts.clock.now().slice(0, 10), furthest + 1)
    const invoices = await openDueInvoices(parts.db, organizationId, until)
      .clearSelect()
      .select('id')
      .orderBy('dueOn')
      .execute()
    for (const { id } of invoices) {
      if (signal.aborted) return
      try {
        await remind(job, parts, id)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        parts.log.warn({ invoice: id, error: error.message }, 'a reminder could not go')
      }
    }
  }
  await parts.runSystemCommand({ name: 'reminders.planned', organizationId, entities: [] }, async (context) => {
    await settleJob(context, job, { state: 'done' })
    const tomorrow = addDays(todayIn(context.timezone, context.now), 1)
    const runAt = startOfDayIn(context.timezone, tomorrow)
    await context.enqueue({ kind: reminderJob, subjectId: organizationId, runAt })
  })
}

/** Makes the job that sends what automatic plans ask for: at the start of the app and of each day. */
export const reminderRunJob = (parts: JobParts): JobHandler => ({
  run: (job, signal) => run(job, parts, signal),
  recover: async () => {
    const organizations = await parts.db
      .selectFrom('organizations')
      .select('id')
      .where('deletedAt', 'is', null)
      .execute()
    for (const { id } of organizations) {
      await parts.runSystemCommand(
        { name: 'reminders.recovered', organizationId: id, entities: [] },
        async (context) => {
          await runSoon(context, reminderJob, id)
        },
      )
    }
  },
})
