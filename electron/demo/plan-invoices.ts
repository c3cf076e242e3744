import type { InvoiceContent, LineTax } from '../../shared/contract/invoices.ts'
import { addDays } from '../../shared/dates.ts'
import { amountOf, exchangeRateOf, percentOf, quantityOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { divideRounded } from '../../shared/money/rounding.ts'
import { type ExchangeRate, type UnitPrice, unitPrice, zero } from '../../shared/money/scaled.ts'
import type { Random } from './random.ts'
import type { DemoClient, DemoItem, DemoScript } from './script.ts'
import { known, type Stage } from './stage.ts'
import { instantOf, type Step, workday } from './steps.ts'

/** One invoice of the year, before anything of it exists. */
export type PlannedInvoice = {
  readonly place: number
  readonly client: DemoClient
  readonly issuedOn: string
  readonly dueOn: string
  readonly end: 'issued' | 'draft' | 'void'
  readonly lines: readonly PlannedLine[]
  readonly discount: 'none' | 'percent' | 'amount' | 'charge'
  readonly reference: string | null
}
type PlannedLine = { readonly item: DemoItem; readonly quantity: number; readonly percentOff: number }

const issued = 144
const drafts = 6
/** Issued in this order of the year, then made void. */
const voided = new Map([
  [17, 'Sent to the wrong client'],
  [43, 'The project was called off'],
  [71, 'Wrong purchase order number'],
  [98, 'Issued twice by mistake'],
  [126, 'Replaced by a corrected invoice'],
])

/** Pounds for one unit of a currency, and the step that prices in it are rounded to. */
const currencies: Readonly<Record<string, { readonly rate: ExchangeRate; readonly step: UnitPrice }>> = {
  GBP: { rate: exchangeRateOf('1'), step: unitPriceOf('0.5') },
  EUR: { rate: exchangeRateOf('0.8612'), step: unitPriceOf('5') },
  USD: { rate: exchangeRateOf('0.7534'), step: unitPriceOf('5') },
  INR: { rate: exchangeRateOf('0.0089'), step: unitPriceOf('50') },
}

/** The exchange rate that the demo uses for a currency. */
export const rateOf = (currency: string): ExchangeRate => {
  const known = currencies[currency]
  if (known === undefined) throw new Error(`The demo has no exchange rate for ${currency}.`)
  return known.rate
}

const priceIn = (item: DemoItem, currency: string): UnitPrice => {
  const pounds = unitPriceOf(item.price)
  if (currency === 'GBP') return pounds
  const step = currencies[currency]?.step ?? unitPriceOf('1')
  const exact = divideRounded(pounds * 10_000_000_000n, rateOf(currency), 'half-up')
  return unitPrice(divideRounded(exact, step, 'up') * step)
}

const planLines = (items: readonly DemoItem[], random: Random): PlannedLine[] => {
  const wanted = random.pick([1, 1, 1, 2, 2, 2, 3, 3, 4, 6])
  const chosen = new Map<string, DemoItem>()
  while (chosen.size < wanted) {
    const item = random.pick(items)
    chosen.set(item.code, item)
  }
  return [...chosen.values()].map((item) => ({
    item,
    quantity: random.between(...item.quantities),
    percentOff: random.chance(12) ? random.pick([5, 10, 15]) : 0,
  }))
}

const chooseClient = (clients: readonly DemoClient[], ago: number, random: Random): DemoClient => {
  const there = clients.filter((client) => client.joined >= ago)
  return random.pick(there.flatMap((client) => Array.from({ length: client.weight }, () => client)))
}

/** The 150 invoices of the year: issued ones spread over its working days, some made void, and drafts of the last weeks. */
export const planInvoices = ({ clients, items }: DemoScript, today: string, random: Random): PlannedInvoice[] => {
  const one = (place: number, ago: number, end: PlannedInvoice['end']): PlannedInvoice => {
    // A void invoice must be unpaid: a client who pays by statement might have paid it the next day.
    const offered = end === 'void' ? clients.filter((client) => client.pays !== 'statement') : clients
    const client = chooseClient(offered, ago + 2, random)
    const issuedOn = end === 'draft' ? addDays(today, -ago) : workday(addDays(today, -ago))
    return {
      place,
      client,
      issuedOn,
      dueOn: addDays(issuedOn, client.paymentTermsDays ?? 30),
      end,
      lines: planLines(items, random),
      discount: random.pick(['none', 'none', 'none', 'none', 'none', 'none', 'percent', 'amount', 'charge']),
      reference: random.chance(35) ? `PO-${random.between(1000, 9999)}` : null,
    }
  }
  const planned = Array.from({ length: issued }, (_, place) => {
    // The studio grows: the days between two invoices become fewer over the year.
    const part = (issued - place) / issued
    const ago = Math.max(1, Math.round(356 * (0.6 * part + 0.4 * part * part)) + random.between(-1, 1))
    return one(place, Math.min(356, ago), voided.has(place) ? 'void' : 'issued')
  })
  const open = Array.from({ length: drafts }, (_, index) =>
    one(issued + index, [24, 11, 5, 3, 1, 0][index] ?? 0, 'draft'),
  )
  return [...planned, ...open]
}

const taxOf = (stage: Stage, category: string): LineTax[] => {
  const { id, name, category: kind, rateE6, isCompound, exemptionReason } = known(stage.rates, category)
  return [{ taxRateId: id, name, category: kind, rateE6, isCompound, exemptionReason }]
}

const adjustmentOf = ({ discount }: PlannedInvoice, id: string): InvoiceContent['adjustments'] => {
  const empty = { id, amountE4: null, percentE6: null, baseE4: null, taxes: null }
  switch (discount) {
    case 'percent':
      return [{ ...empty, kind: 'allowance', reason: 'Returning client', percentE6: percentOf('5') }]
    case 'amount':
      return [{ ...empty, kind: 'allowance', reason: 'Agreed discount', amountE4: amountOf('25') }]
    case 'charge':
      return [{ ...empty, kind: 'charge', reason: 'Delivery', amountE4: amountOf('12.5') }]
    default:
      return []
  }
}

/** A line for an item, priced in a currency and taxed as the client is. */
export const demoLine = (
  stage: Stage,
  { item, quantity, percentOff }: PlannedLine,
  client: DemoClient,
  currency: string,
): InvoiceContent['lines'][number] => ({
  id: stage.nextId(),
  itemId: known(stage.ids, item.code),
  code: item.code,
  name: item.name,
  description: item.description,
  classification: null,
  quantityE6: quantityOf(String(quantity)),
  unit: item.unit,
  priceE6: priceIn(item, currency),
  baseQuantityE6: quantityOf('1'),
  adjustments:
    percentOff === 0
      ? []
      : [
          {
            kind: 'allowance',
            reason: 'Quantity discount',
            amountE4: null,
            percentE6: percentOf(String(percentOff)),
            baseE4: null,
          },
        ],
  taxes: taxOf(stage, client.category === 'S' ? item.category : client.category),
})

const contentOf = async (stage: Stage, plan: PlannedInvoice): Promise<InvoiceContent> => {
  const { content } = await stage.call('invoices', 'blank', { clientId: known(stage.ids, plan.client.key) })
  const { currency } = content
  return {
    ...content,
    issuedOn: plan.issuedOn,
    exchangeRateE10: rateOf(currency),
    reference: plan.reference,
    supplyFrom: addDays(plan.issuedOn, -20),
    supplyTo: plan.issuedOn,
    lines: plan.lines.map((line) => demoLine(stage, line, plan.client, currency)),
    adjustments: adjustmentOf(plan, stage.nextId()),
    prepaidE4: zero,
  }
}

/** The calls that write an invoice, issue it, and make it void where the plan says so. */
export const invoiceSteps = (plan: PlannedInvoice): Step[] => {
  const minute = String(plan.place % 60).padStart(2, '0')
  const saved: Step = {
    at: instantOf(plan.issuedOn, `10:${minute}`),
    play: async (stage) => {
      const id = stage.nextId()
      const content = await contentOf(stage, plan)
      const { version } = await stage.call('invoices', 'saveDraft', { id, version: null, content })
      stage.invoices.set(plan.place, { id, version })
    },
  }
  if (plan.end === 'draft') return [saved]
  const issue: Step = {
    at: instantOf(plan.issuedOn, `11:${minute}`),
    play: async (stage) => {
      const { id, version } = await stage.call('invoices', 'issue', known(stage.invoices, plan.place))
      stage.invoices.set(plan.place, { id, version })
    },
  }
  const reason = voided.get(plan.place)
  if (reason === undefined) return [saved, issue]
  const withdrawn: Step = {
    at: instantOf(addDays(plan.issuedOn, 1), '15:00'),
    play: async (stage) => {
      await stage.call('invoices', 'void', { ...known(stage.invoices, plan.place), reason })
    },
  }
  return [saved, issue, withdrawn]
}
