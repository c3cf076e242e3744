import { readJson, toJson } from '../../db/json.ts'
import { invoiceContentSchema } from '../../shared/contract/invoices.ts'
import type { RecurringInvoiceInput } from '../../shared/contract/recurring-invoices.ts'
import { todayIn } from '../../shared/dates.ts'
import { dueOccurrences, nextOccurrences } from '../../shared/documents/recurrence.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { todayAt } from '../rpc/days.ts'
import { deleteRow, getRow, restoreRow, updateRow } from '../rpc/rows.ts'
import { branchToWrite } from './branches/to-write.ts'
import { totalsOf } from './invoices/totals.ts'
import { catchUp, waiting } from './recurring-invoices/catch-up.ts'
import { listSchedules } from './recurring-invoices/lists.ts'
import { makePeriod } from './recurring-invoices/make.ts'
import { nextColumns, planRun } from './recurring-invoices/schedule.ts'

const shownDates = 12
const shownRuns = 100

type Rhythm = Pick<RecurringInvoiceInput, 'unit' | 'every' | 'anchor' | 'startsOn'>

const columnsOf = async (context: CommandContext, values: RecurringInvoiceInput) => {
  const { trx, organizationId } = context
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  if (values.content.clientId === null) {
    const message = 'Choose who these invoices are for.'
    throw new AppError('VALIDATION', message, { fields: { 'values.content.clientId': message } })
  }
  if (values.content.lines.length === 0) {
    const message = 'Add at least one line.'
    throw new AppError('VALIDATION', message, { fields: { 'values.content.lines': message } })
  }
  const client = await getRow(trx, 'clients', organizationId, values.content.clientId, 'client')
  const branchId = await branchToWrite(context, values.content.branchId)
  const { totalE4 } = totalsOf(values.content, { mode: organization.roundingMode, scope: organization.roundingScope })
  const { content, ...rest } = values
  return {
    ...rest,
    clientId: client.id,
    clientName: client.name,
    ...(branchId === undefined ? {} : { branchId }),
    currency: content.currency,
    totalE4,
    content: toJson(content),
  }
}

const isSameRhythm = (one: Rhythm, other: Rhythm) =>
  one.unit === other.unit && one.every === other.every && one.anchor === other.anchor && one.startsOn === other.startsOn

// With a new rhythm the places count anew: the first date after what was answered already is next.
const indexAfterAnswered = async ({ trx }: CommandContext, id: string, values: RecurringInvoiceInput) => {
  const answered = await trx
    .selectFrom('recurringRuns')
    .select(({ fn }) => fn.max('periodOn').as('on'))
    .where('recurringInvoiceId', '=', id)
    .executeTakeFirst()
  const done = answered?.on ?? null
  return done === null ? 0 : dueOccurrences(values, 0, done, 100_000).length
}

/** Invoices that come again and again: each schedule makes one invoice a period, exactly once. */
export const recurringInvoices: Handlers<'recurringInvoices'> = {
  list: listSchedules,
  totals: ({ engines, organizationId, clock, timezone }, input) =>
    engines.readings.read('scheduleTotals', { organizationId, today: todayIn(timezone, clock.now()), input }),

  get: async ({ db, organizationId }, { id }) => {
    const schedule = await getRow(db, 'recurringInvoices', organizationId, id, 'schedule')
    const runs = await db
      .selectFrom('recurringRuns as r')
      .leftJoin('invoices as i', 'i.id', 'r.invoiceId')
      .select([
        'r.periodOn',
        'r.outcome',
        'r.invoiceId',
        'i.number as invoiceNumber',
        'i.state as invoiceState',
        'i.totalE4',
      ])
      .where('r.recurringInvoiceId', '=', id)
      .orderBy('r.periodOn', 'desc')
      .limit(shownRuns)
      .execute()
    const { made } = await db
      .selectFrom('recurringRuns')
      .select(({ fn }) => fn.countAll<number>().as('made'))
      .where('recurringInvoiceId', '=', id)
      .where('outcome', '=', 'made')
      .executeTakeFirstOrThrow()
    return {
      ...schedule,
      content: { ...readJson(invoiceContentSchema, schedule.content), branchId: schedule.branchId },
      nextDates:
        schedule.state === 'ended' ? [] : nextOccurrences(schedule, schedule.nextIndex, shownDates).map(({ on }) => on),
      madeCount: made,
      runs,
    }
  },

  dates: async (_context, { limit, ...recurrence }) => {
    const dates = nextOccurrences(recurrence, 0, limit).map(({ on }) => on)
    const last = recurrence.count === null ? undefined : nextOccurrences(recurrence, recurrence.count - 1, 1)[0]
    return { dates, endsOn: last?.on ?? recurrence.endsOn }
  },

  create: async (context, { id, values }) => {
    const columns = await columnsOf(context, values)
    const next = nextColumns(values, 0)
    const row = { ...context.newRow(), branchId: context.branchId, ...columns, ...next, id, problem: null }
    await context.trx.insertInto('recurringInvoices').values(row).execute()
    await context.record({
      kind: 'recurring-invoice.created',
      entity: 'recurring-invoice',
      entityId: id,
      clientId: columns.clientId,
      data: { name: values.name },
    })
    await planRun(context, { id, branchId: row.branchId, nextOn: next.nextOn, state: 'active' })
    return { id, version: 1 }
  },

  update: async (context, { id, version, values }) => {
    const before = await getRow(context.trx, 'recurringInvoices', context.organizationId, id, 'schedule')
    const columns = await columnsOf(context, values)
    const index = isSameRhythm(before, values) ? before.nextIndex : await indexAfterAnswered(context, id, values)
    const next = nextColumns(values, index)
    const state = before.state === 'ended' && next.nextOn !== null ? 'active' : before.state
    const branchId = columns.branchId === undefined ? before.branchId : columns.branchId
    const saved = await updateRow(
      context,
      'recurringInvoices',
      { id, version },
      { ...columns, ...next, state, problem: null, waiting: 0 },
    )
    await context.record({
      kind: 'recurring-invoice.changed',
      entity: 'recurring-invoice',
      entityId: id,
      clientId: columns.clientId,
      data: { name: values.name },
    })
    await planRun(context, { id, branchId, nextOn: next.nextOn, state })
    return saved
  },

  setState: async (context, { id, version, state }) => {
    const schedule = await getRow(context.trx, 'recurringInvoices', context.organizationId, id, 'schedule')
    // What a pause left out stays out: it was a decision, not an absence.
    const today = todayAt(context.zones, schedule.branchId, context.now)
    const missed =
      state === 'active' && schedule.state !== 'active'
        ? dueOccurrences(schedule, schedule.nextIndex, today, 100_000).filter(({ on }) => on < today)
        : []
    const next = nextColumns(schedule, schedule.nextIndex + missed.length)
    const saved = await updateRow(context, 'recurringInvoices', { id, version }, { state, ...next, waiting: 0 })
    await context.record({
      kind: `recurring-invoice.${state}`,
      entity: 'recurring-invoice',
      entityId: id,
      clientId: schedule.clientId,
      data: { name: schedule.name },
    })
    await planRun(context, { id, branchId: schedule.branchId, nextOn: next.nextOn, state })
    return saved
  },

  delete: (context, { id, version }) => deleteRow(context, 'recurringInvoices', { id, version }),

  restore: async (context, { id }) => {
    const restored = await restoreRow(context, 'recurringInvoices', id)
    const schedule = await getRow(context.trx, 'recurringInvoices', context.organizationId, id, 'schedule')
    await planRun(context, schedule)
    return restored
  },

  waiting,
  catchUp,

  makeNow: async (context, { id, version }) => {
    const schedule = await getRow(context.trx, 'recurringInvoices', context.organizationId, id, 'schedule')
    const seen = await updateRow(context, 'recurringInvoices', { id, version }, {})
    const today = todayAt(context.zones, schedule.branchId, context.now)
    const made = await makePeriod(context, { ...schedule, version: seen.version }, schedule.nextIndex, {
      issuedOn: schedule.nextOn !== null && schedule.nextOn > today ? today : null,
    })
    if (made.invoiceId === null) throw new AppError('INVALID_STATE', 'This period was made already.')
    await planRun(context, made.schedule)
    return { id, version: made.schedule.version, invoiceId: made.invoiceId }
  },
}
