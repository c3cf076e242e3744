import { type Selectable, sql } from 'kysely'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import { addDays } from '../../../shared/dates.ts'
import {
  dueSteps,
  type NextReminder,
  type ReminderObstacle,
  type ReminderStep,
} from '../../../shared/documents/reminders.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Db, Handlers, Trx } from '../../rpc/context.ts'
import { dayOf, daysAt, todayAt } from '../../rpc/days.ts'
import { page, readCursor } from '../../rpc/pages.ts'
import { getRow } from '../../rpc/rows.ts'
import { findAccount } from '../mail/account.ts'
import { noAccount } from '../mail/compose.ts'
import { dueCandidates } from './due-candidates.ts'
import { doneSteps, feeOf, reminderStateOf } from './state.ts'
import { reminderMessage } from './take-step.ts'

const nothing = (why: ReminderObstacle) => ({ on: null, stepId: null, tone: null, feeE4: null, why })

type Moment = { readonly done: ReadonlySet<string>; readonly today: string }

// Of several whose day has come it is the last: it is the one that `send` takes.
const planned = (
  invoice: Selectable<InvoiceTable>,
  steps: readonly ReminderStep[],
  next: Extract<NextReminder, { kind: 'planned' }>,
  { done, today }: Moment,
) => {
  const take = invoice.dueOn === null ? undefined : dueSteps(invoice.dueOn, steps, done, today)?.take
  const step = take ?? next.step
  const on = take === undefined || invoice.dueOn === null ? next.on : addDays(invoice.dueOn, take.days)
  return { on, stepId: step.id, tone: step.tone, feeE4: feeOf(step, invoice), why: next.why }
}

/** The next reminder of an invoice with its date, or why there is none, and those that went. */
export const ofInvoice: Handlers<'reminders'>['ofInvoice'] = async (
  { db, organizationId, clock, zones },
  { invoiceId },
) => {
  const invoice = await getRow(db, 'invoices', organizationId, invoiceId, 'invoice')
  const { plan, next } = await reminderStateOf(db, invoice)
  const done = await doneSteps(db, invoiceId)
  const today = todayAt(zones, invoice.branchId, clock.now())
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
    next: next.kind === 'none' ? nothing(next.why) : planned(invoice, plan?.steps ?? [], next, { done, today }),
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

// Read for all rows at once: a page is some fifty of them.
const factsOf = async (db: Db, ids: readonly string[]) => {
  const invoices = await db
    .selectFrom('invoices as i')
    .leftJoin('clients as c', 'c.id', 'i.clientId')
    .selectAll('i')
    .select(
      sql<number>`(c.email IS NOT NULL OR EXISTS (SELECT 1 FROM client_contacts t
        WHERE t.client_id = c.id AND t.email IS NOT NULL AND t.deleted_at IS NULL))`.as('hasAddress'),
    )
    .where('i.id', 'in', [...ids])
    .execute()
  const reminders = await db
    .selectFrom('invoiceReminders')
    .select(['invoiceId', 'stepId'])
    .where('invoiceId', 'in', [...ids])
    .execute()
  const done = new Map<string, Set<string>>()
  for (const { invoiceId, stepId } of reminders)
    done.set(invoiceId, (done.get(invoiceId) ?? new Set<string>()).add(stepId))
  return { invoices: new Map(invoices.map((invoice) => [invoice.id, invoice])), done }
}

/** Invoices whose reminder is due and waits for a person. */
export const listDue: Handlers<'reminders'>['due'] = async (context, { cursor, limit }) => {
  const { db, organizationId, clock, zones } = context
  const days = daysAt(zones, clock.now())
  const from = cursor === null ? null : readCursor(cursor)
  const after = from === null ? null : { dueOn: String(from.value), id: from.id }
  const found = await dueCandidates(db, organizationId, { days, after, limit: limit + 1 })
  const facts = await factsOf(
    db,
    found.map(({ id }) => id),
  )
  const hasMailAccount = (await findAccount(db, organizationId)) !== undefined
  const rows = found.flatMap(({ id, dueOn, plan }) => {
    const invoice = facts.invoices.get(id)
    if (invoice === undefined) return []
    const done = facts.done.get(id) ?? new Set<string>()
    const take = dueSteps(dueOn, plan.steps, done, dayOf(days, invoice.branchId))?.take
    if (take === undefined) return []
    const hasAddress = invoice.hasAddress === 1
    const why = hasAddress ? (hasMailAccount ? null : ('no-mail-account' as const)) : ('no-address' as const)
    return [
      {
        invoiceId: id,
        version: invoice.version,
        number: invoice.number ?? '',
        clientName: invoice.clientName,
        dueOn,
        currency: invoice.currency,
        openE4: invoice.openE4,
        plannedOn: addDays(dueOn, take.days),
        stepId: take.id,
        tone: take.tone,
        feeE4: feeOf(take, invoice),
        why,
        id,
      },
    ]
  })
  return page(rows, limit, (row) => ({ value: row.dueOn, id: row.invoiceId }))
}

/** The message of the reminder that is due or next. */
export const preview: Handlers<'reminders'>['preview'] = async (
  { db, organizationId, clock, zones },
  { invoiceId },
) => {
  const invoice = await getRow(db, 'invoices', organizationId, invoiceId, 'invoice')
  const today = todayAt(zones, invoice.branchId, clock.now())
  const { plan, next, address, contactName } = await reminderStateOf(db, invoice)
  if (next.kind === 'none' || plan === null || invoice.dueOn === null)
    throw new AppError('INVALID_STATE', `Invoice ${invoice.number ?? ''} has no further reminder.`)
  const due = dueSteps(invoice.dueOn, plan.steps, await doneSteps(db, invoice.id), today)
  const step = due?.take ?? next.step
  const feeE4 = feeOf(step, invoice)
  const { subject, body } = await reminderMessage(db, invoice, step, { contactName, feeE4, today })
  const words = { 'no-mail-account': noAccount, 'no-address': `${invoice.clientName} has no e-mail address.` }
  const obstacle = next.why === 'no-mail-account' || next.why === 'no-address' ? words[next.why] : null
  return { to: address === null ? [] : [address], stepId: step.id, subject, body, tone: step.tone, feeE4, obstacle }
}
