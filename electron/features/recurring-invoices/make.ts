import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import { fillContent } from '../../../shared/documents/period-content.ts'
import { occurrenceAt, periodOf } from '../../../shared/documents/recurrence.ts'
import { AppError } from '../../../shared/errors.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { saveDraft } from '../invoices/drafts.ts'
import { issueInvoice } from '../invoices/issue.ts'
import { queueInvoiceMessage } from '../mail/automatic.ts'
import { withExchangeRate, withRatesInForce } from './period-rates.ts'
import { contentOfSchedule, nextColumns, type Schedule } from './schedule.ts'

const pricesNow = async (db: Db | Trx, schedule: Schedule, content: InvoiceContent) => {
  const ids = [...new Set(content.lines.flatMap((line) => line.itemId ?? []))]
  if (schedule.prices === 'fixed' || ids.length === 0)
    return new Map<string, InvoiceContent['lines'][number]['priceE6']>()
  const items = await db
    .selectFrom('items')
    .select(['id', 'priceE6'])
    .where('id', 'in', ids)
    .where('organizationId', '=', schedule.organizationId)
    .where('deletedAt', 'is', null)
    .execute()
  return new Map(items.map((item) => [item.id, item.priceE6]))
}

/** The content of one period: its dates, its texts, the prices that the schedule asks for, and the rates of its day. */
export const contentOfPeriod = async (
  db: Db | Trx,
  schedule: Schedule,
  index: number,
  issuedOn: string,
  nextId: () => string,
): Promise<InvoiceContent> => {
  const content = contentOfSchedule(schedule)
  const period = periodOf(schedule, index)
  const prices = await pricesNow(db, schedule, content)
  const filled = fillContent(content, period)
  const { organizationId } = schedule
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const dated = {
    ...filled,
    branchId: schedule.branchId,
    issuedOn,
    dueOn: null,
    supplyFrom: period.from,
    supplyTo: period.to,
    lines: filled.lines.map((line) => ({
      ...line,
      id: nextId(),
      priceE6: (line.itemId === null ? undefined : prices.get(line.itemId)) ?? line.priceE6,
    })),
    adjustments: content.adjustments.map((adjustment) => ({ ...adjustment, id: nextId() })),
  }
  const taxed = await withRatesInForce(db, organizationId, dated)
  return await withExchangeRate(db, { organizationId, base: organization.currency }, taxed)
}

const isAnswered = async ({ trx }: CommandContext, schedule: Schedule, on: string) =>
  (await trx
    .selectFrom('recurringRuns')
    .select('id')
    .where('recurringInvoiceId', '=', schedule.id)
    .where('periodOn', '=', on)
    .executeTakeFirst()) !== undefined

type Answer = { readonly schedule: Schedule; readonly invoiceId: string | null }

const answer = async (
  context: CommandContext,
  schedule: Schedule,
  run: {
    readonly index: number
    readonly on: string
    readonly invoiceId: string | null
    readonly problem: string | null
  },
): Promise<Schedule> => {
  await context.trx
    .insertInto('recurringRuns')
    .values({
      ...context.newRow(),
      recurringInvoiceId: schedule.id,
      periodIndex: run.index,
      periodOn: run.on,
      outcome: run.invoiceId === null ? 'skipped' : 'made',
      invoiceId: run.invoiceId,
    })
    .execute()
  return await advance(context, schedule, run.index, run.problem)
}

// Never backwards: a clock that went back asks for nothing that was answered.
const advance = async (context: CommandContext, schedule: Schedule, index: number, problem: string | null) => {
  const next = nextColumns(schedule, Math.max(schedule.nextIndex, index + 1))
  const values = {
    ...next,
    problem,
    waiting: Math.max(0, schedule.waiting - 1),
    state: next.nextOn === null ? ('ended' as const) : schedule.state,
  }
  const { version } = await updateRow(context, 'recurringInvoices', schedule, values)
  return { ...schedule, ...values, version }
}

/**
 * Makes the invoice of one period and moves the schedule on, in the command's one transaction; a period that was
 * answered before gives `invoiceId` null. AppError as drafts and issue give them.
 */
export const makePeriod = async (
  context: CommandContext,
  schedule: Schedule,
  index: number,
  dating: { readonly issuedOn: string | null } = { issuedOn: null },
): Promise<Answer> => {
  const occurrence = occurrenceAt(schedule, index)
  if (occurrence === null) throw new AppError('INVALID_STATE', `${schedule.name} has no further period.`)
  if (await isAnswered(context, schedule, occurrence.on)) {
    return { schedule: await advance(context, schedule, index, schedule.problem), invoiceId: null }
  }
  const invoiceId = context.ids.next()
  const content = await contentOfPeriod(context.trx, schedule, index, dating.issuedOn ?? occurrence.on, () =>
    context.ids.next(),
  )
  const draft = await saveDraft(context, { id: invoiceId, version: null, content })
  if (schedule.action !== 'draft') await issueInvoice(context, { id: invoiceId, version: draft.version })
  const problem = schedule.action === 'send' ? await queueInvoiceMessage(context, invoiceId) : null
  await context.record({
    kind: 'recurring-invoice.made',
    entity: 'recurring-invoice',
    entityId: schedule.id,
    clientId: schedule.clientId,
    data: { name: schedule.name, on: occurrence.on, invoiceId },
  })
  return { schedule: await answer(context, schedule, { ...occurrence, invoiceId, problem }), invoiceId }
}

/** Leaves one period out for good and moves the schedule on. */
export const skipPeriod = async (context: CommandContext, schedule: Schedule, index: number): Promise<Schedule> => {
  const occurrence = occurrenceAt(schedule, index)
  if (occurrence === null) throw new AppError('INVALID_STATE', `${schedule.name} has no further period.`)
  if (await isAnswered(context, schedule, occurrence.on))
    return await advance(context, schedule, index, schedule.problem)
  return await answer(context, schedule, { ...occurrence, invoiceId: null, problem: null })
}
