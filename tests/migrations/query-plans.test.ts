import { Kysely } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ExactSqliteDialect } from '../../db/driver.ts'
import { openConnection } from '../../db/open.ts'
import type { Database } from '../../db/tables/index.ts'
import { linesOf } from '../../electron/documents/content.ts'
import type { Engines } from '../../electron/engines.ts'
import { clients } from '../../electron/features/clients.ts'
import { listCreditNotes } from '../../electron/features/credit-notes/lists.ts'
import { invoiceStats, listInvoices } from '../../electron/features/invoices/lists.ts'
import { items } from '../../electron/features/items.ts'
import { listPayments, openInvoicesOf, paymentDetail } from '../../electron/features/payments/lists.ts'
import { listQuotes } from '../../electron/features/quotes/lists.ts'
import type { QueryContext } from '../../electron/rpc/context.ts'
import { creditNoteSorts } from '../../shared/contract/credit-notes.ts'
import { contract } from '../../shared/contract/index.ts'
import { invoiceSorts } from '../../shared/contract/invoices.ts'
import { quoteSorts } from '../../shared/contract/quotes.ts'
import { countedIds, fakeClock } from '../support/clock.ts'
import { asCommand, insertIssuedInvoice, insertRow, migratedDatabase, seedBasics } from '../support/database.ts'

const { database, file, remove } = migratedDatabase()
const read = openConnection(file, { readonly: true })
const ran: { readonly sql: string; readonly parameters: readonly unknown[] }[] = []
const kysely = new Kysely<Database>({
  dialect: new ExactSqliteDialect(read),
  log: ({ query }) => {
    ran.push({ sql: query.sql, parameters: query.parameters })
  },
})
// The same instance seen through Kysely's read-only type, as db/open.ts hands it out.
const db = kysely as unknown as ReadonlyKysely<Database>
const clock = fakeClock()
const context: QueryContext = {
  db,
  clock,
  ids: countedIds(clock),
  // No list query reaches an engine.
  engines: {} as unknown as Engines,
  signal: undefined,
  organizationId: 'org',
  userId: null,
  deviceId: 'd',
  timezone: 'Europe/London',
  branchId: null,
  branchIds: null,
  chosenBranchId: null,
  zones: { business: 'Europe/London', branches: new Map() },
}

beforeAll(() => {
  asCommand(database, () => {
    seedBasics(database)
    for (let index = 1; index <= 5; index += 1) insertIssuedInvoice(database, `i${index}`, index)
    for (const table of ['quotes', 'credit_notes']) {
      for (let index = 1; index <= 5; index += 1) {
        insertRow(database, table, {
          id: `${table}${index}`,
          client_id: 'client',
          client_name: 'Rosewood',
          currency: 'GBP',
          minor_units: 2,
          language: 'en-GB',
          issued_on: '2026-11-21',
          prices_include_tax: 0,
          rounding_mode: 'half-up',
          rounding_scope: 'rate',
        })
      }
    }
    for (let index = 1; index <= 5; index += 1) {
      const payment = {
        client_id: 'client',
        client_name: 'Rosewood',
        method: 'cash',
        status: 'cleared',
        currency: 'GBP',
      }
      const money = { amount_e4: 100n, base_amount_e4: 100n, received_on: '2026-11-21' }
      insertRow(database, 'payments', {
        ...payment,
        ...money,
        id: `p${index}`,
        series_id: 'series',
        number: `P${index}`,
      })
    }
  })
})
afterAll(() => {
  read.close()
  remove()
})

const bindable = (value: unknown) => (typeof value === 'boolean' ? Number(value) : value)

/** The plan of the last statement that `work` ran, which is the one that reads the rows. */
const plansOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  ran.length = 0
  await work()
  const last = ran.at(-1)
  if (last === undefined) throw new Error('No statement ran.')
  return read
    .prepare(`EXPLAIN QUERY PLAN ${last.sql}`)
    .all(last.parameters.map(bindable))
    .map((row) => String(Reflect.get(Object(row), 'detail')))
}

const input = (values: object) => contract.invoices.list.input.parse(values)

describe('the list of invoices', () => {
  test.each(invoiceSorts.flatMap((sort) => [[sort, 'asc'] as const, [sort, 'desc'] as const]))(
    'sorted by %s %s reads an index in its order, on the first page and on the next',
    async (sort, direction) => {
      const first = await listInvoices(context, input({ sort, direction, limit: 2 }))
      expect(first.nextCursor).not.toBeNull()
      for (const cursor of [null, first.nextCursor]) {
        const plan = await plansOf(() => listInvoices(context, input({ sort, direction, limit: 2, cursor })))
        expect(plan.join('\n')).toMatch(/USING INDEX invoices_/)
        expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
      }
    },
  )

  test.each(['draft', 'open', 'paid', 'void'] as const)(
    'of %s ones reads an index in the order of dates',
    async (filter) => {
      const plan = await plansOf(() => listInvoices(context, input({ filter })))
      expect(plan.join('\n')).toMatch(/USING INDEX invoices_state/)
      expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
    },
  )

  test('of overdue ones by due date reads the index of open ones', async () => {
    const plan = await plansOf(() =>
      listInvoices(context, input({ filter: 'overdue', sort: 'dueOn', direction: 'asc' })),
    )
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  test('of one client reads the index of its client', async () => {
    const plan = await plansOf(() => listInvoices(context, { ...input({}), clientId: 'client' }))
    expect(plan.join('\n')).toMatch(/USING INDEX invoices_client /)
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})

const documents = {
  quotes: {
    sorts: quoteSorts,
    states: ['draft', 'declined', 'void', 'accepted', 'invoiced'],
    list: (values: object) => listQuotes(context, contract.quotes.list.input.parse(values)),
  },
  credit_notes: {
    sorts: creditNoteSorts,
    states: ['draft', 'issued', 'applied', 'void'],
    list: (values: object) => listCreditNotes(context, contract.creditNotes.list.input.parse(values)),
  },
} as const

describe.each(Object.entries(documents))('the list of %s', (table, { sorts, states, list }) => {
  test.each(sorts.flatMap((sort) => [[sort, 'asc'] as const, [sort, 'desc'] as const]))(
    'sorted by %s %s reads an index in its order, on the first page and on the next',
    async (sort, direction) => {
      const first = await list({ sort, direction, limit: 2 })
      expect(first.nextCursor).not.toBeNull()
      for (const cursor of [null, first.nextCursor]) {
        const plan = await plansOf(() => list({ sort, direction, limit: 2, cursor }))
        expect(plan.join('\n')).toMatch(new RegExp(`USING INDEX ${table}_`))
        expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
      }
    },
  )

  test.each(states)('of %s ones reads an index in the order of dates', async (filter) => {
    const plan = await plansOf(() => list({ filter }))
    expect(plan.join('\n')).toMatch(new RegExp(`USING INDEX ${table}_state`))
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  test('of one client reads the index of its client', async () => {
    const plan = await plansOf(() => list({ clientId: '01a1fd55-7a80-7000-8000-000000000001' }))
    expect(plan.join('\n')).toMatch(new RegExp(`USING INDEX ${table}_client `))
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})

describe('expired quotes', () => {
  test('by their last day read the index of open ones', async () => {
    const plan = await plansOf(() => documents.quotes.list({ filter: 'expired', sort: 'validUntil', direction: 'asc' }))
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})

describe('other reads', () => {
  const clientInput = (values: object) => contract.clients.list.input.parse(values)

  test.each(['name', 'created'] as const)('clients by %s read an index in its order', async (sort) => {
    const first = await clients.list(context, clientInput({ sort }))
    expect(first.rows).toHaveLength(1)
    const plan = await plansOf(() => clients.list(context, clientInput({ sort, status: 'all' })))
    expect(plan.join('\n')).not.toMatch(/SCAN c|TEMP B-TREE/)
  })

  test('active clients by name read an index in its order', async () => {
    const plan = await plansOf(() => clients.list(context, clientInput({})))
    expect(plan.join('\n')).not.toMatch(/SCAN c|TEMP B-TREE/)
  })

  test('clients found by what stands in the index alone, so that no other row is read', async () => {
    const search = contract.clients.list.input.parse({ search: 'rose', status: 'active' })
    expect((await plansOf(() => clients.list(context, search))).join('\n')).toMatch(/USING INDEX clients_status/)
    const held = read.prepare(`SELECT name FROM pragma_index_info('clients_status')`).pluck().all()
    const asked = (ran.at(-1)?.sql ?? '').matchAll(/c\.(\w+) LIKE/g)
    expect(held).toEqual(expect.arrayContaining([...asked].map(([, column]) => column)))
    expect(ran.at(-2)?.sql).toMatch(/count/)
    expect(ran.at(-2)?.sql).not.toMatch(/client_balances/)
  })

  test('items by name read an index in its order', async () => {
    const plan = await plansOf(() => items.list(context, contract.items.list.input.parse({})))
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  test.each([{}, { status: 'cleared' as const }, { clientId: 'client' }])(
    'payments %j, newest first',
    async (values) => {
      const parsed = { ...contract.payments.list.input.parse({ limit: 2 }), ...values }
      const { nextCursor } = await listPayments(context, parsed)
      expect(nextCursor).not.toBeNull()
      const plan = await plansOf(() => listPayments(context, { ...parsed, cursor: nextCursor }))
      expect(plan.join('\n')).toMatch(/USING INDEX payments_/)
      expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
    },
  )

  test('the parts of one document', async () => {
    for (const work of [
      () => linesOf(db, 'invoice', 'i1'),
      () => openInvoicesOf(context, { clientId: 'client', currency: 'GBP' }),
      () => invoiceStats(context, { clientId: null }),
    ]) {
      expect((await plansOf(work)).join('\n')).not.toMatch(/SCAN/)
    }
    const plan = await plansOf(() => paymentDetail(context, { id: 'p1' }))
    // What is scanned is the handful of settlements that the indexes above it found.
    expect(plan.join('\n')).not.toMatch(/SCAN (?!s$)/m)
  })
})
