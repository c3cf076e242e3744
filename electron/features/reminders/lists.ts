import { sql } from 'kysely'
import { addDays, todayIn } from '../../../shared/dates.ts'
import { dueSteps } from '../../../shared/documents/reminders.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Db, Handlers, Trx } from '../../rpc/context.ts'
import { page, readCursor } from '../../rpc/pages.ts'
import { getRow } from '../../rpc/rows.ts'
import { noAccount } from '../mail/compose.ts'
import { doneSteps, feeOf, reminderStateOf } from './state.ts'
import { reminderMessage } from './take-step.ts'

/** The next reminder of an invoice with its date, or why there is none, and those that went. */
export const ofInvoice: Handlers<'reminders'>['ofInvoice'] = async ({ db, organizationId }, { invoiceId }) => {
  const invoice = await getRow(db, 'invoices', organizationId, invoiceId, 'invoice')
  const { plan, next } = await reminderStateOf(db, invoice)
  const history = await db
    .selectFrom('invoiceReminders as r')
    .innerJoin('reminderSteps as s', 's.id', 'r.stepId')
    .leftJoin('outboxMessages as m', 'm.id', 'r.outboxMessageId')
    .leftJoin('invoices as f', 'f.id', 'r.feeInvoiceId')
    .select([
      'r.id',
      'r.plannedOn',
      'r.doneOn',
      's.tone',
      'r.outcome',
      'r.outboxMessageId as messageId',
      'm.state as messageState',
      'r.feeInvoiceId',
      'f.number as feeInvoiceNumber',
    ])
    .where('r.invoiceId', '=', invoiceId)
    .orderBy('r.plannedOn')
    .execute()
  return {
    plan: plan === null ? null : { id: plan.id, name: plan.name, isAutomatic: plan.isAutomatic },
    stopReason: invoice.remindersStopReason,
    next:
      next.kind === 'none'
        ? { on: null, stepId: null, tone: null, feeE4: null, why: next.why }
        : { on: next.on, stepId: next.step.id, tone: next.step.tone, feeE4: feeOf(next.step, invoice), why: next.why },
    history,
  }
}

/** Open invoices that are due up to a day and whose reminders were not stopped. */
export const openDueInvoices = (db: Db | Trx, organizationId: string, until: string) =>
  db
    .selectFrom('invoices')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('state', '=', sql.lit('open' as const))
    .where('dueOn', 'is not', null)
    .where('dueOn', '<=', until)
    .where('remindersStoppedAt', 'is', null)

/** Invoices whose reminder is due and waits for a person. */
export const listDue: Handlers<'reminders'>['due'] = async (context, { cursor, limit }) => {
  const { db, organizationId, clock, timezone } = context
  const today = todayIn(timezone, clock.now())
  const { earliest } = await db
    .selectFrom('reminderSteps')
    .select(({ fn }) => fn.min('days').as('earliest'))
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (earliest === null) return { rows: [], nextCursor: null }
  const rows = []
  let from = cursor === null ? null : readCursor(cursor)
  // Those that a plan sends by itself, or that have nothing due, are passed over: read on until the page is full.
  for (;;) {
    // What is due later than the earliest step of any plan cannot have a reminder yet.
    let query = openDueInvoices(db, organizationId, addDays(today, -earliest))
    if (from !== null) query = query.where(sql<boolean>`(due_on, id) > (${from.value}, ${from.id})`)
    const batch = await query.orderBy('dueOn').orderBy('id').limit(200).execute()
    for (const invoice of batch) {
      const { plan, next } = await reminderStateOf(db, invoice)
      if (plan === null || invoice.dueOn === null || next.kind === 'none') continue
      const due = dueSteps(invoice.dueOn, plan.steps, await doneSteps(db, invoice.id), today)
      if (due === null || (plan.isAutomatic && next.why === null)) continue
      const { take } = due
      rows.push({
        invoiceId: invoice.id,
        version: invoice.version,
        number: invoice.number ?? '',
        clientName: invoice.clientName,
        dueOn: invoice.dueOn,
        currency: invoice.currency,
        openE4: invoice.openE4,
        plannedOn: addDays(invoice.dueOn, take.days),
        stepId: take.id,
        tone: take.tone,
        feeE4: feeOf(take, invoice),
        why: next.why,
        id: invoice.id,
      })
      if (rows.length > limit) break
    }
    const last = batch.at(-1)
    if (rows.length > limit || batch.length < 200 || last === undefined) break
    from = { value: last.dueOn, id: last.id }
  }
  return page(rows, limit, (row) => ({ value: row.dueOn, id: row.invoiceId }))
}

/** The message of the reminder that is due or next. */
export const preview: Handlers<'reminders'>['preview'] = async (
  { db, organizationId, clock, timezone },
  { invoiceId },
) => {
  const invoice = await getRow(db, 'invoices', organizationId, invoiceId, 'invoice')
  const today = todayIn(timezone, clock.now())
  const { plan, next, address, contactName } = await reminderStateOf(db, invoice)
  if (next.kind === 'none' || plan === null || invoice.dueOn === null)
    throw new AppError('INVALID_STATE', `Invoice ${invoice.number ?? ''} has no further reminder.`)
  const due = dueSteps(invoice.dueOn, plan.steps, await doneSteps(db, invoice.id), today)
  const step = due?.take ?? next.step
  const feeE4 = feeOf(step, invoice)
  const { subject, body } = await reminderMessage(db, invoice, step, { contactName, feeE4, today })
  const words = { 'no-mail-account': noAccount, 'no-address': `${invoice.clientName} has no e-mail address.` }
  const obstacle = next.why === 'no-mail-account' || next.why === 'no-address' ? words[next.why] : null
  return { to: address === null ? [] : [address], subject, body, tone: step.tone, feeE4, obstacle }
}
