import { addDays } from '../../shared/dates.ts'
import { dueSteps } from '../../shared/documents/reminders.ts'
import { AppError } from '../../shared/errors.ts'
import { reminderJob } from '../features/reminders/job.ts'
import { openDueInvoices } from '../features/reminders/lists.ts'
import { doneSteps, reminderStateOf } from '../features/reminders/state.ts'
import { takeStep } from '../features/reminders/take-step.ts'
import { lastRestoreAt } from '../people/last-restore.ts'
import { todayAt } from '../rpc/days.ts'
import { findRow } from '../rpc/rows.ts'
import type { Job, JobParts } from './job.ts'

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
    // It may have gone before a backup was restored, and nobody gets it twice: whoever looks at what is due decides.
    const restoredAt = await lastRestoreAt(trx, organizationId)
    const isInDoubt =
      restoredAt !== null &&
      invoice.createdAt <= restoredAt &&
      addDays(invoice.dueOn, due.take.days) <= todayAt(zones, invoice.branchId, restoredAt)
    if (isInDoubt) return
    await takeStep(context, invoice, state, { step: due.take, skip: due.skip, byHand: false })
  })

// Steps begin at most a year before the due date.
const furthest = 365

/** Takes the step that is due of each open invoice whose plan goes by itself. */
export const remindAll = async (job: Job, parts: JobParts, signal: AbortSignal): Promise<void> => {
  const until = addDays(parts.clock.now().slice(0, 10), furthest + 1)
  const invoices = await openDueInvoices(parts.db, job.organizationId, until)
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
