import { afterAll, beforeAll, expect, test } from 'vitest'
import { shadowOf } from '../../electron/features/branches/shadow.ts'
import { coreProcedures } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { sources } from '../architecture/sources.ts'
import { inspect } from '../support/database.ts'
import { makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { addPerson, enter, prove, withPassword } from '../support/people.ts'
import { validInputs } from '../support/valid-inputs.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

// Every procedure of the contract as somebody who is limited to one branch, with inputs that name documents of others and
// with their own: nothing that the answer holds may name a document that they do not see.

// What ends the session or never answers, goes out, makes businesses, or takes minutes.
const leftOut =
  /^(changes\.watch|setup\.|sessions\.|mfa\.|updates\.|users\.set|mail\.testAccount|exchangeRates\.fetch|dataExports\.importEverything)/

// They draw or pack what the same readings give, which takes its time.
const drawn = /\.(preview|pdf|workbook|bundle|compose)$/

let workspace: Workspace
let ownerId: string
let memberId: string
let branchId: string
let clientId: string
let ownInvoiceId: string

const pay = (amount: string, allocations: { invoiceId: string; amount: string }[]) =>
  makePayment(workspace, clientId, amount, allocations)

// Of each place and of the whole business: an invoice of 120.00, of which 20.00 is paid by a payment of 50.00 there, and
// 30.00 by one payment of the whole business.
beforeAll(async () => {
  workspace = await openWorkspace()
  ownerId = await withPassword(workspace)
  prove(workspace)
  const branch = { timezone: 'Europe/London' }
  branchId = (await workspace.call('branches.create', { code: 'HB', name: 'Harbour', ...branch })).id
  const other = (await workspace.call('branches.create', { code: 'MT', name: 'Market', ...branch })).id
  clientId = await makeClient(workspace)
  const invoices: string[] = []
  for (const at of [null, branchId, other]) {
    const { id } = await makeInvoice(workspace, clientId, { branchId: at })
    await pay('50', [{ invoiceId: id, amount: '20' }])
    invoices.push(id)
  }
  ownInvoiceId = invoices[1] ?? ''
  await pay(
    '90',
    invoices.map((invoiceId) => ({ invoiceId, amount: '30' })),
  )
  memberId = addPerson(workspace, { role: 'admin' })
  await workspace.call('branches.setMember', { id: memberId, version: 1, branchIds: [branchId] })
})
afterAll(() => workspace.close())

const asOwner = async () => {
  await enter(workspace, ownerId)
  prove(workspace)
}
const asMember = async () => {
  await enter(workspace, memberId)
  prove(workspace)
}

/** Ids and numbers of every document that the member does not see. */
const hiddenNames = (): ReadonlySet<string> => {
  const store = inspect(workspace.directory)
  try {
    const own = ['invoices', 'quotes', 'credit_notes', 'payments'].map(
      (table) => `SELECT id, number FROM ${table} WHERE branch_id IS NOT '${branchId}'`,
    )
    const rows = store.rows(`${own.join(' UNION ALL ')}
      UNION ALL SELECT id, NULL FROM recurring_invoices WHERE branch_id IS NOT '${branchId}'
      UNION ALL SELECT r.id, r.number FROM refunds r LEFT JOIN payments p ON p.id = r.payment_id
        LEFT JOIN credit_notes c ON c.id = r.credit_note_id
        WHERE coalesce(p.branch_id, c.branch_id) IS NOT '${branchId}'`)
    return new Set(rows.flatMap(({ id, number }) => [id, number]).filter((it) => typeof it === 'string'))
  } finally {
    store.close()
  }
}

/** What the rows of hidden documents are, to be found as they were. */
const hiddenRows = () => {
  const store = inspect(workspace.directory)
  try {
    return ['invoices', 'quotes', 'credit_notes', 'payments', 'recurring_invoices'].map((table) =>
      store.rows(
        `SELECT id, version, updated_at, deleted_at FROM ${table} WHERE branch_id IS NOT '${branchId}' ORDER BY id`,
      ),
    )
  } finally {
    store.close()
  }
}

// A sample on paper, and what a pattern gives next: the numbers are nobody’s.
const made = /^(documentTemplates\.preview|numberSeries\.(list|preview))$/

const asText = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) => {
    if (typeof held === 'bigint') return String(held)
    // Sheets are text; what is drawn or packed holds what the same readings give.
    return held instanceof Uint8Array ? new TextDecoder().decode(held).slice(0, 200_000) : held
  }) ?? ''

const wordsOf = (value: unknown) => new Set(asText(value).match(/[\w-]{4,}/g))

type Answer = { readonly code: string; readonly value: unknown }

const callAs = async (name: string, input: unknown): Promise<Answer> => {
  workspace.clock.advance(100)
  prove(workspace)
  try {
    return { code: 'answered', value: await workspace.callRaw(name, input) }
  } catch (error) {
    expect(error, name).toBeInstanceOf(AppError)
    const problem = error as AppError // as the line above makes sure
    expect(workspace.errors, name).toEqual([])
    return { code: problem.code, value: [problem.message, problem.fields, problem.details] }
  }
}

const told = (name: string, answer: Answer, input: unknown, hidden: ReadonlySet<string>) => {
  const said = wordsOf(input)
  if (made.test(name)) return []
  return [...wordsOf(answer.value)].filter((it) => hidden.has(it) && !said.has(it)).map((it) => `${name} tells ${it}`)
}

const walked = [...coreProcedures].filter(([name]) => !leftOut.test(name))

const inputsOf = async (names: readonly string[]): Promise<ReadonlyMap<string, unknown>> => {
  const inputs = new Map<string, unknown>()
  for (const name of names) {
    prove(workspace)
    // Where making one takes the whole business, there is none of one's own.
    inputs.set(name, await Promise.resolve(validInputs[name]?.(workspace)).catch(() => undefined))
  }
  return inputs
}

test('whatever is about the whole business is refused before its input is read', async () => {
  await asMember()
  for (const [name, { wholeBusiness }] of walked) {
    if (wholeBusiness) expect(`${name} ${(await callAs(name, null)).code}`).toBe(`${name} FORBIDDEN`)
  }
})

test('no answer names a document of another branch', async () => {
  const open = walked.filter(([, { wholeBusiness }]) => !wholeBusiness)
  const names = open.map(([name]) => name)
  await asOwner()
  const foreign = await inputsOf(names)
  await asMember()
  // What a command answers with is of the row that it was given.
  const own = await inputsOf(open.flatMap(([name, { kind }]) => (kind === 'query' && !drawn.test(name) ? [name] : [])))
  const before = hiddenRows()
  const hidden = hiddenNames()
  const answers = { foreign: 0, own: 0 }
  const leaks: string[] = []
  for (const [kind, inputs] of Object.entries({ foreign, own })) {
    for (const [name, input] of inputs) {
      const answer = await callAs(name, input)
      leaks.push(...told(name, answer, input, hidden))
      if (answer.code === 'answered') answers[kind === 'own' ? 'own' : 'foreign'] += 1
    }
  }
  expect(leaks).toEqual([])
  expect(hiddenRows()).toEqual(before)
  // Were everything refused, this would show nothing.
  expect(answers.foreign).toBeGreaterThan(100)
  expect(answers.own).toBeGreaterThan(65)
}, 60_000)

// What is asked of a client whom every branch bills, and of an invoice that money of the whole business settled.
const aboutTheClient = (): readonly (readonly [string, object])[] => {
  const range = { from: '2026-01-01', to: '2026-12-31' }
  return [
    ['clients.get', { id: clientId }],
    ['clients.list', { owing: true }],
    ['clients.health', { ids: [clientId] }],
    ['invoices.get', { id: ownInvoiceId }],
    ['invoices.list', {}],
    ['invoices.totals', {}],
    ['invoices.stats', { clientId }],
    ['payments.list', { clientId }],
    ['payments.totals', {}],
    ['payments.openInvoices', { clientId, currency: 'GBP' }],
    ['activity.list', { clientId }],
    ['activity.list', { entityId: ownInvoiceId }],
    ['activity.list', {}],
    ['home.summary', {}],
    ['search.find', { text: 'Rosewood' }],
    ['search.find', { text: 'INV' }],
    ['statements.aged', { on: '2026-11-21', basis: 'due', currency: 'GBP', clientId: null }],
    ['reports.run', { report: 'revenue', groupBy: 'client', basis: 'issued', ...range, clientId: null }],
    ['reports.run', { report: 'payments', groupBy: 'month', basis: 'received', ...range, clientId: null }],
    ['reports.run', { report: 'days-to-pay', groupBy: 'client', basis: 'issued', ...range, clientId: null }],
    ['eInvoices.check', { invoiceId: ownInvoiceId, id: ownInvoiceId }],
    ['reminders.due', {}],
    ['refunds.list', {}],
    ['mail.outbox', {}],
    ['notifications.list', {}],
  ]
}

test('what every branch has a part in is told of one’s own part', async () => {
  await asMember()
  const hidden = hiddenNames()
  const leaks: string[] = []
  for (const [name, input] of aboutTheClient()) {
    const answer = await callAs(name, input)
    expect(`${name} ${answer.code}`).toBe(`${name} answered`)
    leaks.push(...told(name, answer, input, hidden))
  }
  expect(leaks).toEqual([])
})

// Names of what rows are about, and the table by which somebody with a part of the business is shown them.
const tableOfName: Readonly<Record<string, string>> = {
  invoice: 'invoices',
  quote: 'quotes',
  'credit-note': 'credit_notes',
  payment: 'payments',
  'recurring-invoice': 'recurring_invoices',
  refund: 'refunds',
  mail: 'outbox_messages',
}
const ofEverybody = ['client', 'item', 'organization', 'user', 'number-series', 'backup']
const ofWhoeverSeesAll = ['import', 'bank-account']

/** Table and name of each kind of row that is told by one: as written by now, and as the text of the product has it. */
const namesWritten = (): readonly string[] => {
  const told = ['activity', 'notifications', 'attachments', 'taggings', 'outbox_messages'].map(
    (table) => `SELECT DISTINCT '${table}' AS held, entity AS name FROM ${table}`,
  )
  const store = inspect(workspace.directory)
  const rows = store.rows(`${told.join(' UNION ')} UNION SELECT DISTINCT 'search_entries', kind FROM search_entries`)
  store.close()
  const ours = sources.filter(({ path }) => /^electron\/(?!importers\/)/.test(path))
  const recorded = ours.flatMap(({ text }) =>
    [...text.matchAll(/\.record\(\{[^}]*?\bentity: '([\w-]+)'/g)].map(([, name]) => `activity ${name}`),
  )
  const found = ours.flatMap(({ text }) =>
    [...text.matchAll(/sql`SELECT (?:CASE .+? END|'[\w-]+')(?: AS kind)?, '([\w-]+)'/g)].map(
      ([, name]) => `notifications ${name}`,
    ),
  )
  const failures = ours.flatMap(({ text }) =>
    [...text.matchAll(/^const entity = '([\w-]+)'/gm)].map(([, name]) => `notifications ${name}`),
  )
  expect(recorded.length).toBeGreaterThan(30)
  expect(found).toHaveLength(7)
  return [...new Set([...rows.map(({ held, name }) => `${held} ${name}`), ...recorded, ...found, ...failures])].sort()
}

test('whatever a row says that it is about is looked for where that is kept', () => {
  const { views } = shadowOf({ organizationId: workspace.organizationId, branchIds: [branchId] })
  const written = namesWritten()
  // As much as there is to walk.
  for (const it of ['activity refund', 'notifications mail', 'notifications backup', 'search_entries invoice'])
    expect(written).toContain(it)
  const open = written.filter((it) => {
    const [held = '', name = ''] = it.split(' ')
    const table = tableOfName[name]
    const view = views[held] ?? ''
    if (ofWhoeverSeesAll.includes(name)) return !view.includes(`WHEN '${name}' THEN 0 `)
    if (table === undefined) return !ofEverybody.includes(name)
    return !view.includes(`WHEN '${name}' THEN EXISTS (SELECT 1 FROM ${table} shown WHERE shown.id = held.`)
  })
  expect(open).toEqual([])
})
