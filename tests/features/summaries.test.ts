import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { randomFrom } from '../support/random.ts'
import { doSomething } from '../support/random-work.ts'
import { times } from '../support/scale.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const operations = Math.max(500, times(500))
const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)

let workspace: Workspace
let store: Inspection
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})

type Figures = Record<string, bigint>
const add = (into: Map<string, Figures>, key: string, figures: Figures) => {
  const sums = into.get(key) ?? {}
  for (const [name, value] of Object.entries(figures)) sums[name] = (sums[name] ?? 0n) + value
  into.set(key, sums)
}
// The store's integers come as bigints; null is nothing to count.
const big = (value: unknown) => (typeof value === 'bigint' ? value : 0n)
const days = (from: unknown, to: unknown) => BigInt((Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000)

type Row = Readonly<Record<string, unknown>>
const sumOf = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + big(row['amount_e4']), 0n)
const lastOf = (days: readonly unknown[]) => days.map(String).sort().at(-1)

/** What stands of an append-only table: neither a reversal nor reversed. */
const standing = (table: string): Row[] => {
  const rows = store.rows(`SELECT * FROM ${table}`)
  const reversed = new Set(rows.map((row) => row['reverses_id']))
  return rows.filter((row) => row['reverses_id'] === null && !reversed.has(row['id']))
}

const noBalance = {
  billed_e4: 0n,
  paid_e4: 0n,
  open_e4: 0n,
  credit_e4: 0n,
  credited_e4: 0n,
  written_off_e4: 0n,
  refunded_e4: 0n,
  invoice_count: 0n,
  settled_count: 0n,
  settled_days: 0n,
}
const noMonth = {
  issued_base_e4: 0n,
  received_base_e4: 0n,
  issued_count: 0n,
  credited_base_e4: 0n,
  refunded_base_e4: 0n,
}

/** The summaries from the documents, worked out row by row without SQL's arithmetic. */
const fromDocuments = () => {
  const balances = new Map<string, Figures>()
  const months = new Map<string, Figures>()
  const paid = standing('payment_allocations')
  const credited = standing('credit_allocations')
  const written = standing('write_offs')
  const refunds = store.rows('SELECT * FROM refunds').filter((row) => row['cancelled_on'] === null)
  const payments = new Map(store.rows('SELECT * FROM payments').map((row) => [row['id'], row]))
  const balance = (row: Row, figures: Figures) =>
    add(balances, `${row['client_id']} ${row['currency']}`, { ...noBalance, ...figures })
  const month = (on: unknown, figures: Figures) => add(months, String(on).slice(0, 7), { ...noMonth, ...figures })
  for (const invoice of store.rows('SELECT * FROM invoices WHERE issued_at IS NOT NULL')) {
    const own = (rows: readonly Row[]) => rows.filter((row) => row['invoice_id'] === invoice['id'])
    const [money, credit, lost] = [own(paid), own(credited), own(written)]
    const all = sumOf([...money, ...credit, ...lost])
    const counts = invoice['voided_at'] === null
    const payable = big(invoice['payable_e4'])
    // A document that gives money back asks for none.
    const settled = counts && all >= payable
    const last = lastOf([
      ...money.map((row) => payments.get(row['payment_id'])?.['received_on']),
      ...credit.map((row) => row['allocated_on']),
      ...lost.map((row) => row['written_off_on']),
    ])
    balance(invoice, {
      billed_e4: counts ? big(invoice['total_e4']) : 0n,
      paid_e4: sumOf(money),
      written_off_e4: sumOf(lost),
      open_e4: counts && payable > all ? payable - all : 0n,
      invoice_count: counts ? 1n : 0n,
      settled_count: settled ? 1n : 0n,
      settled_days: settled && last !== undefined ? days(invoice['issued_on'], last) : 0n,
    })
    month(invoice['issued_on'], {
      issued_base_e4: counts ? big(invoice['base_total_e4']) : 0n,
      issued_count: counts ? 1n : 0n,
    })
  }
  for (const payment of payments.values()) {
    const live = ['pending', 'cleared'].includes(String(payment['status']))
    const of = (rows: readonly Row[]) => sumOf(rows.filter((row) => row['payment_id'] === payment['id']))
    balance(payment, { credit_e4: live ? big(payment['amount_e4']) - of(paid) - of(refunds) : 0n })
    month(payment['received_on'], { received_base_e4: live ? big(payment['base_amount_e4']) : 0n })
  }
  for (const note of store.rows('SELECT * FROM credit_notes WHERE issued_at IS NOT NULL')) {
    const live = note['voided_at'] === null
    const of = (rows: readonly Row[]) => sumOf(rows.filter((row) => row['credit_note_id'] === note['id']))
    balance(note, {
      credit_e4: live ? big(note['payable_e4']) - of(credited) - of(refunds) : 0n,
      credited_e4: live ? big(note['total_e4']) : 0n,
    })
    month(note['issued_on'], { credited_base_e4: live ? big(note['base_total_e4']) : 0n })
  }
  for (const refund of store.rows('SELECT * FROM refunds')) {
    const stands = refund['cancelled_on'] === null
    balance(refund, { refunded_e4: stands ? big(refund['amount_e4']) : 0n })
    month(refund['refunded_on'], { refunded_base_e4: stands ? big(refund['base_amount_e4']) : 0n })
  }
  return { balances: Object.fromEntries(balances), months: Object.fromEntries(months) }
}

const kept = () => {
  const keyed = (
    rows: Readonly<Record<string, unknown>>[],
    keyOf: (row: Readonly<Record<string, unknown>>) => string,
  ) =>
    Object.fromEntries(
      rows.map((row) => {
        const {
          client_id: _client,
          currency: _currency,
          organization_id: _organization,
          month: _month,
          ...figures
        } = row
        return [keyOf(row), figures]
      }),
    )
  return {
    balances: keyed(store.rows('SELECT * FROM client_balances'), (row) => `${row['client_id']} ${row['currency']}`),
    months: keyed(store.rows('SELECT * FROM monthly_totals'), (row) => String(row['month'])),
  }
}

describe(`after ${operations} things done by chance (COUNTERFOIL_SEED=${seed})`, () => {
  test('every summary equals the documents, all along', async () => {
    const random = randomFrom(seed)
    const clients: string[] = []
    const done = new Map<string, number>()
    for (let index = 1; index <= operations; index += 1) {
      const what = await doSomething(workspace, random, clients)
      if (what !== null) done.set(what.what, (done.get(what.what) ?? 0) + 1)
      if (index % 50 === 0) expect(kept()).toEqual(fromDocuments())
    }
    expect(kept()).toEqual(fromDocuments())
    // The chances must have led somewhere for this to say anything.
    for (const what of ['refunds', 'write_offs']) expect(done.get(what) ?? 0).toBeGreaterThan(0)
    for (const what of ['clients', 'invoices', 'payments', 'credit_notes'])
      expect(done.get(what) ?? 0).toBeGreaterThan(operations / 100)
    for (const state of ['draft', 'open', 'paid', 'void']) {
      expect(Number(store.value('SELECT count(*) FROM invoices WHERE state = ?', state))).toBeGreaterThan(0)
    }
    for (const table of ['payment_allocations', 'credit_allocations', 'write_offs'])
      expect(store.value(`SELECT count(*) FROM ${table} WHERE reverses_id IS NOT NULL`)).toBeGreaterThan(0n)
    expect(workspace.errors).toEqual([])
  })

  test('the product itself finds no difference, and numbers have no gap', async () => {
    const { checked, differences } = await workspace.call('integrity.check', {})
    expect(differences).toEqual([])
    expect(checked).toBeGreaterThan(operations / 20)
    const gaps = store.rows(
      `SELECT series_id, period FROM invoices WHERE counter IS NOT NULL GROUP BY series_id, period
       HAVING count(*) <> max(counter) - min(counter) + 1 OR min(counter) <> 1`,
    )
    expect(gaps).toEqual([])
  })

  test('each list of invoices by state holds what its count says', async () => {
    const { counts, open } = await workspace.call('invoices.stats', {})
    for (const filter of ['all', 'draft', 'open', 'overdue', 'partly-paid', 'paid', 'void'] as const) {
      const { rows } = await workspace.call('invoices.list', { filter, limit: 200 })
      expect(`${filter} ${Math.min(counts[filter], 200)}`).toBe(`${filter} ${rows.length}`)
    }
    const sums = store.rows(
      `SELECT currency, sum(open_e4) AS open_e4 FROM client_balances GROUP BY currency HAVING sum(open_e4) <> 0 ORDER BY currency`,
    )
    expect(open.map(({ currency, openE4 }) => ({ currency, open_e4: openE4 }))).toEqual(sums)
  })

  test('a damaged summary is found in words, and a rebuild brings the very rows back', async () => {
    // A month that came to nothing, as one whose only invoice is void, says as much as one that is not there.
    const said = () => {
      const { balances, months } = kept()
      const isSaid = ([, figures]: [string, object]) => Object.values(figures).some((value) => value !== 0n)
      return { balances, months: Object.fromEntries(Object.entries(months).filter(isSaid)) }
    }
    const before = said()
    const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
    raw.exec('UPDATE client_balances SET open_e4 = open_e4 + 1')
    raw.exec(`DELETE FROM monthly_totals WHERE month = (SELECT max(month) FROM monthly_totals)`)
    raw.close()
    const { differences } = await workspace.call('integrity.check', {})
    expect(differences.length).toBeGreaterThan(1)
    expect(differences.join('\n')).toMatch(/Open of Client .* is kept as .*, the rows give/)
    await workspace.call('integrity.rebuild', {})
    expect(said()).toEqual(before)
    expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  })
})
