import { addDays, addMonths, firstDayOfMonth } from '../../shared/dates.ts'
import { add } from '../../shared/money/arithmetic.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { divideRounded } from '../../shared/money/rounding.ts'
import { type Amount, amount } from '../../shared/money/scaled.ts'
import { type PlannedInvoice, rateOf } from './plan-invoices.ts'
import type { Random } from './random.ts'
import type { DemoClient } from './script.ts'
import { known, type Stage } from './stage.ts'
import { instantOf, type Step, workday } from './steps.ts'

/** Days from the due date until each kind of client pays. */
const lags = { prompt: [-8, 0], normal: [-2, 7], late: [4, 26], statement: [0, 0] } as const
/** Days that a cheque takes to clear or to come back. */
const chequeDays = 4
const homeCurrency = 'GBP'

type Part = 'all' | 'half' | 'more'

const openOf = async (stage: Stage, client: DemoClient) =>
  await stage.call('payments', 'openInvoices', {
    clientId: known(stage.ids, client.key),
    currency: client.currency ?? homeCurrency,
  })

const pay = async (
  stage: Stage,
  client: DemoClient,
  receivedOn: string,
  sum: Amount,
  allocations: { invoiceId: string; amountE4: Amount }[],
): Promise<{ id: string; version: number }> => {
  const currency = client.currency ?? homeCurrency
  return await stage.call('payments', 'create', {
    clientId: known(stage.ids, client.key),
    receivedOn,
    method: client.method,
    status: client.method === 'cheque' ? 'pending' : 'cleared',
    currency,
    exchangeRateE10: rateOf(currency),
    amountE4: sum,
    reference: client.method === 'cheque' ? `Cheque ${receivedOn.replaceAll('-', '').slice(2)}` : null,
    allocations,
  })
}

const halfOf = (open: Amount): Amount => {
  const unit = amountOf('1')
  return amount(divideRounded(open, unit * 2n, 'down') * unit)
}

type Made = { payment?: { readonly id: string; readonly version: number } }

const paySteps = (plan: PlannedInvoice, on: string, part: Part, outcome: 'clears' | 'bounces' | 'pending'): Step[] => {
  const made: Made = {}
  const paid: Step = {
    at: instantOf(on, '14:00'),
    play: async (stage) => {
      const { id } = known(stage.invoices, plan.place)
      const open = (await openOf(stage, plan.client)).find((invoice) => invoice.id === id)
      if (open === undefined) return
      const used = part === 'half' ? halfOf(open.openE4) : open.openE4
      const sum = part === 'more' ? add(used, amountOf('150')) : used
      made.payment = await pay(stage, plan.client, on, sum, [{ invoiceId: id, amountE4: used }])
    },
  }
  if (plan.client.method !== 'cheque' || outcome === 'pending') return [paid]
  const settledOn = addDays(on, chequeDays)
  const settled: Step = {
    at: instantOf(settledOn, '09:00'),
    play: async (stage) => {
      if (made.payment === undefined) return
      const { id, version } = made.payment
      await stage.call('payments', 'setStatus', {
        id,
        version,
        on: settledOn,
        ...(outcome === 'bounces'
          ? { status: 'bounced', reason: 'Returned by the bank: refer to drawer' }
          : { status: 'cleared' }),
      })
    },
  }
  return [paid, settled]
}

// Everything open is paid in one transfer in the first week of the month.
const statementSteps = (client: DemoClient, today: string): Step[] => {
  const firsts = Array.from({ length: 13 }, (_, index) => addMonths(firstDayOfMonth(today), -index))
  const days = firsts.map((first) => workday(addDays(first, 4)))
  return days
    .filter((day) => day < today)
    .map((day) => ({
      at: instantOf(day, '13:00'),
      play: async (stage) => {
        const clientId = stage.ids.get(client.key)
        if (clientId === undefined) return
        const open = await openOf(stage, client)
        if (open.length === 0) return
        const sum = open.reduce((total, invoice) => add(total, invoice.openE4), amount(0n))
        await pay(
          stage,
          client,
          day,
          sum,
          open.map((invoice) => ({ invoiceId: invoice.id, amountE4: invoice.openE4 })),
        )
      },
    }))
}

const notBefore = (first: string, date: string): string => {
  if (date < first) return first
  return date
}

const partOf = (index: number): Part => (index % 17 === 11 ? 'half' : index % 53 === 30 ? 'more' : 'all')

/** Who pays what and when: by habit, with part payments, an over-payment, cheques that clear, one that bounced, one that waits. */
export const planPayments = (
  invoices: readonly PlannedInvoice[],
  clients: readonly DemoClient[],
  today: string,
  random: Random,
): Step[] => {
  const steps: Step[] = []
  const issued = invoices.filter((plan) => plan.end === 'issued' && plan.client.pays !== 'statement')
  const cheques = issued.filter((plan) => plan.client.method === 'cheque' && plan.issuedOn < addDays(today, -20))
  const bounced = cheques.at(-2)
  const pending = cheques.at(-1)
  for (const [index, plan] of issued.entries()) {
    const [soonest, latest] = lags[plan.client.pays]
    const wanted = workday(addDays(plan.dueOn, random.between(soonest, latest)))
    const on = notBefore(plan.issuedOn, wanted)
    if (plan === pending) steps.push(...paySteps(plan, addDays(today, -2), 'all', 'pending'))
    else if (plan === bounced) steps.push(...paySteps(plan, addDays(today, -9), 'all', 'bounces'))
    // Forgotten by the client, whatever its habit.
    else if (index % 41 === 37) continue
    else if (addDays(on, chequeDays) < today) steps.push(...paySteps(plan, on, partOf(index), 'clears'))
  }
  for (const client of clients) {
    if (client.pays === 'statement') steps.push(...statementSteps(client, today))
  }
  return steps
}
