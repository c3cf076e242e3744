import type { RecurringInvoiceInput } from '../../shared/contract/recurring-invoices.ts'
import { addDays, addMonths, firstDayOfMonth } from '../../shared/dates.ts'
import { demoLine, rateOf } from './plan-invoices.ts'
import type { DemoClient, DemoScript } from './script.ts'
import { known, type Stage } from './stage.ts'
import { instantOf, type Step } from './steps.ts'

/** One schedule of the studio: since when, how often, and how far it came. */
type PlannedSchedule = {
  readonly name: string
  readonly client: string
  readonly item: string
  readonly quantity: number
  readonly unit: 'month' | 'quarter'
  readonly action: 'draft' | 'issue'
  readonly prices: 'fixed' | 'item'
  /** How many months before this one it began. */
  readonly monthsAgo: number
  /** After so many periods it was paused, and still is. */
  readonly pausedAfter?: number
}

const schedules: readonly PlannedSchedule[] = [
  {
    name: 'Hosting and care',
    client: 'rosewood',
    item: 'CARE',
    quantity: 1,
    unit: 'month',
    action: 'draft',
    prices: 'item',
    monthsAgo: 3,
  },
  {
    name: 'Quarterly strategy day',
    client: 'cwmcoffi',
    item: 'STRAT',
    quantity: 1,
    unit: 'quarter',
    action: 'issue',
    prices: 'fixed',
    monthsAgo: 5,
  },
  {
    name: 'Copy for the newsletter',
    client: 'oakline',
    item: 'COPY',
    quantity: 6,
    unit: 'month',
    action: 'issue',
    prices: 'fixed',
    monthsAgo: 6,
    pausedAfter: 2,
  },
]

const paysAfter = 10

type Made = { id: string }

const valuesOf = async (
  stage: Stage,
  plan: PlannedSchedule,
  { clients, items }: DemoScript,
  startsOn: string,
): Promise<RecurringInvoiceInput> => {
  const client = clients.find((it): it is DemoClient => it.key === plan.client)
  const item = items.find((it) => it.code === plan.item)
  if (client === undefined || item === undefined) throw new Error(`The demo has no ${plan.client} or ${plan.item}.`)
  const { content } = await stage.call('invoices', 'blank', { clientId: known(stage.ids, client.key) })
  return {
    name: plan.name,
    unit: plan.unit,
    every: 1,
    anchor: 'same-day',
    startsOn,
    endsOn: null,
    count: null,
    action: plan.action,
    prices: plan.prices,
    catchUp: 'ask',
    content: {
      ...content,
      exchangeRateE10: rateOf(content.currency),
      reference: plan.unit === 'month' ? '{MONTH} {YEAR}' : '{QUARTER} {YEAR}',
      lines: [demoLine(stage, { item, quantity: plan.quantity, percentOff: 0 }, client, content.currency)],
    },
  }
}

const versionOf = async (stage: Stage, id: string) => (await stage.call('recurringInvoices', 'get', { id })).version

const setState = async (stage: Stage, id: string, state: 'active' | 'paused') => {
  await stage.call('recurringInvoices', 'setState', { id, version: await versionOf(stage, id), state })
}

// It rests while its past is played: to the job of schedules, on the real clock, all of that would be due at once.
const begin = async (stage: Stage, values: RecurringInvoiceInput, today: string): Promise<Made> => {
  const id = stage.nextId()
  await stage.call('recurringInvoices', 'create', { id, values: { ...values, startsOn: addDays(today, 62) } })
  await setState(stage, id, 'paused')
  await stage.call('recurringInvoices', 'update', { id, version: await versionOf(stage, id), values })
  return { id }
}

const makePeriod = async (stage: Stage, id: string, action: PlannedSchedule['action']): Promise<string> => {
  const { invoiceId } = await stage.call('recurringInvoices', 'makeNow', { id, version: await versionOf(stage, id) })
  if (action === 'draft') await stage.call('invoices', 'issue', { id: invoiceId, version: 1 })
  return invoiceId
}

const pay = async (stage: Stage, client: DemoClient, invoiceId: string, on: string) => {
  const { openE4, content } = await stage.call('invoices', 'get', { id: invoiceId })
  if (openE4 === 0n) return
  await stage.call('payments', 'create', {
    clientId: known(stage.ids, client.key),
    receivedOn: on,
    method: client.method,
    currency: content.currency,
    amountE4: openE4,
    allocations: [{ invoiceId, amountE4: openE4 }],
  })
}

const scheduleSteps = (plan: PlannedSchedule, script: DemoScript, today: string): Step[] => {
  const made: { schedule?: Made } = {}
  const scheduleId = () => {
    if (made.schedule === undefined) throw new Error(`The demo's schedule ${plan.name} is not written yet.`)
    return made.schedule.id
  }
  const client = script.clients.find((it) => it.key === plan.client)
  const startsOn = addMonths(firstDayOfMonth(today), -plan.monthsAgo)
  const every = plan.unit === 'month' ? 1 : 3
  const dates = Array.from({ length: plan.monthsAgo + 1 }, (_, month) => addMonths(startsOn, month))
    .filter((on, month) => month % every === 0 && on <= today)
    .slice(0, plan.pausedAfter)
  const written: Step = {
    at: instantOf(addDays(startsOn, -2), '15:00'),
    play: async (stage) => {
      made.schedule = await begin(stage, await valuesOf(stage, plan, script, startsOn), today)
    },
  }
  const periods = dates.flatMap((on): Step[] => {
    const period: { invoiceId?: string } = {}
    const paidOn = addDays(on, paysAfter)
    const played: Step = {
      at: instantOf(on, '08:30'),
      play: async (stage) => {
        period.invoiceId = await makePeriod(stage, scheduleId(), plan.action)
      },
    }
    const paid: Step = {
      at: instantOf(paidOn, '11:00'),
      play: async (stage) => {
        if (client !== undefined && period.invoiceId !== undefined) await pay(stage, client, period.invoiceId, paidOn)
      },
    }
    return paidOn < today ? [played, paid] : [played]
  })
  const last = dates.at(-1) ?? startsOn
  const goesOn: Step = { at: instantOf(last, '08:45'), play: (stage) => setState(stage, scheduleId(), 'active') }
  return [written, ...periods, ...(plan.pausedAfter === undefined ? [goesOn] : [])]
}

/** The invoices that make themselves: one a month as a draft, one a quarter, and one that rests. */
export const planRecurring = (script: DemoScript, today: string): Step[] =>
  schedules.flatMap((plan) => scheduleSteps(plan, script, today))
