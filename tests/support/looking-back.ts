import { toJson } from '../../db/json.ts'
import type { PastNews, PastView } from '../../shared/contract/point-in-time.ts'
import { todayIn } from '../../shared/dates.ts'
import { percentOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeQuote, makeQuoteDraft } from './factories.ts'
import type { Random } from './random.ts'
import { doSomething } from './random-work.ts'
import type { Workspace } from './workspace.ts'

/** Opens a look at a moment and gives all that it told. */
export const lookBack = async (workspace: Workspace, at: string): Promise<readonly PastNews[]> => {
  // The contract says what the stream gives.
  const stream = (await workspace.callRaw('pointInTime.open', { at })) as AsyncIterable<PastNews>
  const news: PastNews[] = []
  for await (const it of stream) news.push(it)
  return news
}

/** The view that a look ended with; throws with its words where it did not. */
export const viewAt = async (workspace: Workspace, at: string): Promise<PastView> => {
  const last = (await lookBack(workspace, at)).at(-1)
  if (last?.kind === 'open') return last.view
  throw new Error(last?.kind === 'problem' ? last.message : 'The look told nothing.')
}

/** One call of a window that looks back through a view, or at the present. */
export const askAsOf = (workspace: Workspace, asOf: string | null, name: string, input: unknown): Promise<unknown> =>
  workspace.core.call(name, { organizationId: workspace.organizationId, idempotencyKey: null, asOf, input })

type Listed = { readonly rows: readonly { readonly id: string }[] }

// How often a row was written is no part of a change, nor when an issued document was touched without one: these are near
// the truth, and no page shows them.
const told = (value: unknown): string =>
  toJson(value)
    .replaceAll(/"version":\d+/g, '"version":0')
    .replaceAll(/"updatedAt":"[^"]*"(?=,"state":"(?!draft))/g, '"updatedAt":""')

const lists: readonly (readonly [string, object])[] = [
  ...['all', 'draft', 'open', 'overdue', 'paid', 'void'].map(
    (filter) => ['invoices.list', { filter, limit: 200 }] as const,
  ),
  ['quotes.list', { limit: 200 }],
  ['creditNotes.list', { limit: 200 }],
  ['clients.list', { status: 'all', limit: 200, sort: 'open' }],
  ['items.list', { status: 'all', limit: 200 }],
  ['payments.list', { limit: 200 }],
  ['refunds.list', { limit: 100 }],
  ['activity.list', { limit: 100 }],
  ['audit.list', { limit: 100 }],
  ['reminders.due', { limit: 100 }],
]

const one: Readonly<Record<string, string>> = {
  'invoices.list': 'invoices.get',
  'quotes.list': 'quotes.get',
  'creditNotes.list': 'creditNotes.get',
  'clients.list': 'clients.get',
  'payments.list': 'payments.get',
}

const figures = (today: string): readonly (readonly [string, object])[] => [
  ['home.summary', {}],
  ['invoices.totals', { filter: 'all' }],
  ['invoices.stats', {}],
  ['quotes.stats', {}],
  ['creditNotes.stats', {}],
  ['payments.totals', {}],
  ['statements.aged', { on: today, currency: 'GBP' }],
  ['statements.openInvoices', { on: today, currency: 'GBP', limit: 100 }],
  ['reports.run', { report: 'revenue', groupBy: 'client', basis: 'received', from: '2026-01-01', to: '2027-12-31' }],
  [
    'reports.run',
    { report: 'revenue', groupBy: 'month', from: '2026-01-01', to: '2027-12-31', compare: 'year-before' },
  ],
  ['taxReports.figures', { from: '2026-01-01', to: '2027-12-31', basis: 'issue' }],
  ['numberSeries.list', {}],
  ['numberSeries.report', { documentKind: 'invoice' }],
  ['organizations.get', {}],
  ['tags.list', {}],
  ['search.find', { text: 'client', limit: 50 }],
  ['search.find', { text: 'consulting', limit: 50 }],
]

/** What the pages of the business answer at a moment, each under what was asked, as it would go over the wire. */
export const answersOf = async (
  workspace: Workspace,
  asOf: string | null,
  at: string,
): Promise<ReadonlyMap<string, string>> => {
  const answers = new Map<string, string>()
  const ask = async (name: string, input: object) => {
    const answer = await askAsOf(workspace, asOf, name, input)
    // Found in the order in which they came into the index: what was deleted since, and came back, is there anew.
    const unordered = name === 'search.find' && Array.isArray(answer) ? answer.map((it) => told(it)).sort() : answer
    answers.set(`${name} ${toJson(input)}`, told(unordered))
    return answer
  }
  for (const [name, input] of lists) {
    // The lists of the contract have rows with ids.
    const { rows } = (await ask(name, input)) as Listed
    const get = one[name]
    if (get === undefined || ('filter' in input && input.filter !== 'all')) continue
    for (const { id } of rows) await ask(get, { id })
  }
  for (const [name, input] of figures(todayIn('Europe/London', at))) await ask(name, input)
  return answers
}

/** What differs between two sets of answers, shortened to where it does. */
export const differences = (then: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] =>
  [...new Set([...then.keys(), ...now.keys()])].flatMap((key) => {
    const [before, after] = [then.get(key) ?? 'not asked', now.get(key) ?? 'not asked']
    if (before === after) return []
    const at = [...before].findIndex((letter, index) => after[index] !== letter)
    const from = Math.max(0, at - 60)
    return [`${key}: ${before.slice(from, at + 80)} | ${after.slice(from, at + 80)}`]
  })

const edit = async (workspace: Workspace, random: Random, clients: readonly string[]) => {
  const id = random.pick(clients) ?? ''
  const roll = random.between(1, 9)
  if (roll <= 2) {
    const { version, name } = await workspace.call('clients.get', { id })
    return await workspace.call('clients.update', { id, version, name: `${name} & Co`, email: 'new@example.com' })
  }
  if (roll === 3) {
    return await workspace.call('items.create', { name: `Item ${clients.length}`, priceE6: unitPriceOf('80') })
  }
  if (roll === 4) {
    const item = random.pick((await workspace.call('items.list', { status: 'all' })).rows)
    return item && (await workspace.call('items.setStatus', { id: item.id, version: item.version, status: 'archived' }))
  }
  if (roll === 5) return await makeQuoteDraft(workspace, id)
  if (roll === 6) {
    const quote = await makeQuote(workspace, id)
    const on = todayIn('Europe/London', workspace.clock.now())
    const won = await workspace.call('quotes.accept', { id: quote.id, version: quote.version, on, by: 'Ann' })
    if (random.chance(0.5)) return won
    const conversion = { kind: 'deposit' as const, percentE6: percentOf('30') }
    return await workspace.call('quotes.toInvoice', { ...won, invoiceId: workspaceId(workspace, random), conversion })
  }
  if (roll === 7) {
    const draft = random.pick((await workspace.call('invoices.list', { filter: 'draft' })).rows)
    return draft && (await workspace.call('invoices.deleteDraft', { id: draft.id, version: draft.version }))
  }
  if (roll === 8) {
    const [last] = await workspace.call('history.list', {})
    return last && last.obstacle === null ? await workspace.call('history.undo', { commandId: last.commandId }) : null
  }
  const sent = random.pick((await workspace.call('invoices.list', { filter: 'open' })).rows)
  const on = todayIn('Europe/London', workspace.clock.now())
  return sent && (await workspace.call('invoices.markSent', { id: sent.id, version: sent.version, on, how: 'post' }))
}

const workspaceId = (workspace: Workspace, random: Random): string => {
  const tail = String(random.between(100_000_000, 999_999_999)).padStart(12, '0')
  const time = Date.parse(workspace.clock.now()).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`
}

/** So many things that people do, by chance: documents, money, credit, edits, deletions, undo. */
export const makeHistory = async (workspace: Workspace, random: Random, deeds: number, clients: string[]) => {
  if (clients.length === 0) clients.push(await makeClient(workspace, 'Client zero'))
  for (let done = 0; done < deeds; done += 1) {
    workspace.clock.advance(1000)
    if (random.chance(0.3)) await edit(workspace, random, clients).catch(() => null)
    else await doSomething(workspace, random, clients)
  }
}
