import { dueSteps } from '../../shared/documents/reminders.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { todayAt } from '../rpc/days.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { listDue, ofInvoice, preview } from './reminders/lists.ts'
import { deletePlan, listPlans, restorePlan, savePlan } from './reminders/plans.ts'
import { doneSteps, reminderStateOf } from './reminders/state.ts'
import { skipStep, takeStep } from './reminders/take-step.ts'

/** The step that is to be taken now, with those that it stands in for; AppError where another one is next. */
const stepToTake = async (context: CommandContext, invoiceId: string, stepId: string) => {
  const { trx, organizationId, zones, now } = context
  const invoice = await getRow(trx, 'invoices', organizationId, invoiceId, 'invoice')
  const state = await reminderStateOf(trx, invoice)
  const { next, plan } = state
  if (next.kind === 'none' || plan === null || invoice.dueOn === null)
    throw new AppError('INVALID_STATE', `Invoice ${invoice.number ?? ''} has no further reminder.`)
  const today = todayAt(zones, invoice.branchId, now)
  const due = dueSteps(invoice.dueOn, plan.steps, await doneSteps(trx, invoiceId), today)
  const { take, skip } = due ?? { take: next.step, skip: [] }
  if (take.id !== stepId)
    throw new AppError('CONFLICT', 'Another reminder is next by now. Look at it again.', {
      details: { current: { stepId: take.id } },
    })
  return { invoice, state, why: next.why, step: take, skip }
}

/** Reminders of open invoices by a plan: once for each step, visible with date and reason. */
export const reminders: Handlers<'reminders'> = {
  plans: listPlans,
  savePlan,
  deletePlan,
  restorePlan,
  ofInvoice,
  due: listDue,
  preview,

  send: async (context, { invoiceId, stepId, byHand }) => {
    const { invoice, state, why, step, skip } = await stepToTake(context, invoiceId, stepId)
    if (!byHand && why === 'no-address')
      throw new AppError('INVALID_STATE', `${invoice.clientName} has no e-mail address. Add one, or tell them by hand.`)
    return await takeStep(context, invoice, state, { step, skip, byHand })
  },

  skip: async (context, { invoiceId, stepId }) => {
    const { invoice, step, skip } = await stepToTake(context, invoiceId, stepId)
    for (const one of [...skip, step]) await skipStep(context, invoice, one)
    return { invoiceId }
  },

  stop: async (context, { invoiceId, version, reason }) => {
    await getRow(context.trx, 'invoices', context.organizationId, invoiceId, 'invoice')
    const values = { remindersStoppedAt: reason === null ? null : context.now, remindersStopReason: reason }
    return await updateRow(context, 'invoices', { id: invoiceId, version }, values)
  },
}
