import type { QuoteConversion, QuoteLine } from '../../shared/contract/quotes.ts'
import { addDays } from '../../shared/dates.ts'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { demoLine, rateOf } from './plan-invoices.ts'
import type { DemoClient, DemoItem, DemoScript } from './script.ts'
import { known, type Stage } from './stage.ts'
import { instantOf, type Step, workday } from './steps.ts'

type Sketch = {
  readonly item: string
  readonly quantity: number
  readonly choice?: QuoteLine['choice']
  readonly isChosen?: boolean
  readonly groupName?: string
}

/** One quote of the year: when it was written, what came of it, and when. */
type PlannedQuote = {
  readonly client: string
  readonly ago: number
  readonly validDays: number
  readonly lines: readonly Sketch[]
  readonly draft?: boolean
  readonly decision?: { readonly kind: 'accept' | 'decline'; readonly ago: number; readonly note: string | null }
  readonly invoice?: { readonly conversion: QuoteConversion; readonly ago: number }
}

const quotes: readonly PlannedQuote[] = [
  {
    client: 'hartley',
    ago: 190,
    validDays: 30,
    lines: [
      { item: 'PACK', quantity: 1 },
      { item: 'PRINT', quantity: 12 },
    ],
    decision: { kind: 'decline', ago: 176, note: 'Went with a printer near by' },
  },
  {
    client: 'nightjar',
    ago: 44,
    validDays: 30,
    lines: [
      { item: 'PHOTO', quantity: 2 },
      { item: 'ILLU', quantity: 4, choice: 'optional', isChosen: false },
    ],
  },
  {
    client: 'rosewood',
    ago: 34,
    validDays: 30,
    lines: [
      { item: 'BRAND', quantity: 2 },
      { item: 'WEB', quantity: 8 },
      { item: 'CAT', quantity: 200 },
      { item: 'CARE', quantity: 12, choice: 'optional', isChosen: true },
    ],
    decision: { kind: 'accept', ago: 27, note: 'By telephone' },
    invoice: { conversion: { kind: 'deposit', percentE6: percentOf('30') }, ago: 26 },
  },
  {
    client: 'thistle',
    ago: 25,
    validDays: 30,
    lines: [
      { item: 'STRAT', quantity: 2 },
      { item: 'LOGO', quantity: 1, choice: 'alternative', isChosen: true, groupName: 'Mark' },
      { item: 'ILLU', quantity: 3, choice: 'alternative', isChosen: false, groupName: 'Mark' },
      { item: 'CARDS', quantity: 5, choice: 'optional', isChosen: false },
    ],
  },
  {
    client: 'fenwick',
    ago: 16,
    validDays: 45,
    lines: [
      { item: 'UX', quantity: 3 },
      { item: 'DEV', quantity: 40 },
    ],
    decision: { kind: 'accept', ago: 4, note: null },
  },
  {
    client: 'moebelwerk',
    ago: 8,
    validDays: 30,
    lines: [
      { item: 'PHOTO', quantity: 3 },
      { item: 'CAT', quantity: 500 },
    ],
  },
  { client: 'marlow', ago: 1, validDays: 30, draft: true, lines: [{ item: 'POSTER', quantity: 150 }] },
]

type Made = { id: string; version: number }

const write = async (stage: Stage, plan: PlannedQuote, { clients, items }: DemoScript, on: string): Promise<Made> => {
  const client = clients.find((it): it is DemoClient => it.key === plan.client)
  if (client === undefined) throw new Error(`The demo has no client ${plan.client}.`)
  const { content } = await stage.call('quotes', 'blank', { clientId: known(stage.ids, client.key) })
  const itemOf = new Map(items.map((item): [string, DemoItem] => [item.code, item]))
  const id = stage.nextId()
  const { version } = await stage.call('quotes', 'saveDraft', {
    id,
    version: null,
    content: {
      ...content,
      issuedOn: on,
      validUntil: addDays(on, plan.validDays),
      exchangeRateE10: rateOf(content.currency),
      lines: plan.lines.map(({ item, quantity, choice = 'included', isChosen = true, groupName = null }) => ({
        ...demoLine(stage, { item: known(itemOf, item), quantity, percentOff: 0 }, client, content.currency),
        choice,
        isChosen,
        groupName,
      })),
    },
  })
  return { id, version }
}

const decide = async (stage: Stage, made: Made, { decision }: PlannedQuote, on: string): Promise<Made> => {
  if (decision === undefined) return made
  const { version } = await stage.call('quotes', decision.kind, {
    ...made,
    on,
    by: 'The client',
    note: decision.note,
  })
  return { id: made.id, version }
}

const bill = async (stage: Stage, made: Made, conversion: QuoteConversion) => {
  const invoiceId = stage.nextId()
  await stage.call('quotes', 'toInvoice', { ...made, invoiceId, conversion })
  await stage.call('invoices', 'issue', { id: invoiceId, version: 1 })
}

/** The offers of the year in every state: declined, expired, invoiced by a deposit, open, accepted, and a draft. */
export const planQuotes = (script: DemoScript, today: string): Step[] =>
  quotes.flatMap((plan, place): Step[] => {
    const made: { row?: Made } = {}
    const rowOf = () => {
      if (made.row === undefined) throw new Error(`The demo's quote ${place} is not written yet.`)
      return made.row
    }
    const day = (ago: number) => workday(addDays(today, -ago))
    const on = plan.draft === true ? addDays(today, -plan.ago) : day(plan.ago)
    const written: Step = {
      at: instantOf(on, '09:30'),
      play: async (stage) => {
        made.row = await write(stage, plan, script, on)
        if (plan.draft !== true) {
          const { id, version } = await stage.call('quotes', 'issue', made.row)
          made.row = { id, version }
        }
      },
    }
    const { decision, invoice } = plan
    const decided: Step[] =
      decision === undefined
        ? []
        : [
            {
              at: instantOf(day(decision.ago), '14:00'),
              play: async (stage) => {
                made.row = await decide(stage, rowOf(), plan, day(decision.ago))
              },
            },
          ]
    const billed: Step[] =
      invoice === undefined
        ? []
        : [{ at: instantOf(day(invoice.ago), '16:30'), play: (stage) => bill(stage, rowOf(), invoice.conversion) }]
    return [written, ...decided, ...billed]
  })
