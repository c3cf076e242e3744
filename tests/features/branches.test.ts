import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import Papa from 'papaparse'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReader } from '../../db/open.ts'
import { shadowOf } from '../../electron/features/branches/shadow.ts'
import { balancesOfShown, monthsOfShown } from '../../electron/features/branches/sums.ts'
import { balancesFromRows, monthsFromRows } from '../../electron/features/integrity/summaries.ts'
import { rawRows } from '../../electron/features/raw-rows.ts'
import { createLimitedReads } from '../../electron/reading/limited.ts'
import { mostConnections } from '../../electron/reading/limited-connections.ts'
import { runReading } from '../../electron/reading/run-reading.ts'
import { AppError } from '../../shared/errors.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { fakeClock } from '../support/clock.ts'
import { insertRow, inspect } from '../support/database.ts'
import { contentFor, line, makeClient, makeDraft, makeInvoice, makePayment } from '../support/factories.ts'
import { planFor } from '../support/import-files.ts'
import { addPerson, beside, enter, prove, withPassword } from '../support/people.ts'
import { randomFrom } from '../support/random.ts'
import { doSomething } from '../support/random-work.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

let workspace: Workspace
let ownerId: string
let memberId: string
let harbour: string
let market: string
let clientId: string
// An invoice of 120.00 of each branch and of the whole business.
let invoices: Readonly<Record<'whole' | 'harbour' | 'market', string>>

const asPerson = async (id: string) => {
  await enter(workspace, id)
  prove(workspace)
}
const asOwner = () => asPerson(ownerId)
const asMember = () => asPerson(memberId)
const branchOf = async (id: string) => (await workspace.call('invoices.get', { id })).content.branchId

beforeAll(async () => {
  workspace = await openWorkspace()
  ownerId = await withPassword(workspace)
  prove(workspace)
  const zone = { timezone: 'Europe/London' }
  harbour = (
    await workspace.call('branches.create', {
      ...zone,
      code: 'HB',
      name: 'Harbour',
      addressLine1: 'Quay 1',
      city: 'Hull',
      phone: '+44 1482 555',
    })
  ).id
  market = (await workspace.call('branches.create', { ...zone, code: 'MT', name: 'Market' })).id
  clientId = await makeClient(workspace)
  const make = async (branchId: string | null) => (await makeInvoice(workspace, clientId, { branchId })).id
  invoices = { whole: await make(null), harbour: await make(harbour), market: await make(market) }
  memberId = addPerson(workspace, { role: 'manager' })
  await workspace.call('branches.setMember', { id: memberId, version: 1, branchIds: [harbour] })
})
afterAll(() => workspace.close())

describe('the branch of a new document', () => {
  test('is the one that was chosen, else the only one of the person, else none', async () => {
    await asOwner()
    const blank = async (branchId: string | null) =>
      (await workspace.call('invoices.blank', { clientId }, { branchId })).content.branchId
    expect(await blank(null)).toBeNull()
    expect(await blank(market)).toBe(market)
    await asMember()
    expect(await blank(null)).toBe(harbour)
    expect(await codeOf(blank(market))).toBe('FORBIDDEN')
  })

  test('is kept by copies, credits and conversions, wherever they are made', async () => {
    await asOwner()
    const at = { branchId: market }
    const copy = v7()
    await workspace.call('invoices.duplicate', { id: invoices.harbour, newId: copy }, at)
    expect(await branchOf(copy)).toBe(harbour)
    const invoice = await makeInvoice(workspace, clientId, { branchId: harbour })
    const { version } = await workspace.call('invoices.get', { id: invoice.id })
    const credit = v7()
    await workspace.call(
      'creditNotes.creditInvoice',
      {
        id: credit,
        invoiceId: invoice.id,
        invoiceVersion: version,
        scope: { kind: 'whole' },
        issuedOn: '2026-11-21',
        reason: 'Returned',
        apply: true,
      },
      at,
    )
    expect((await workspace.call('creditNotes.get', { id: credit })).content.branchId).toBe(harbour)
  })

  test('can be changed on a draft, and never on what is issued', async () => {
    await asOwner()
    const draft = await makeDraft(workspace, clientId, { branchId: harbour })
    const content = { ...(await workspace.call('invoices.get', { id: draft.id })).content, branchId: market }
    const saved = await workspace.call('invoices.saveDraft', { ...draft, content })
    expect(await branchOf(draft.id)).toBe(market)
    const { branchId: _left, ...silent } = content
    const again = await workspace.call('invoices.saveDraft', { id: draft.id, version: saved.version, content: silent })
    expect(await branchOf(draft.id)).toBe(market)
    const issued = await workspace.call('invoices.issue', { id: draft.id, version: again.version })
    const late = { id: draft.id, version: issued.version, content: { ...content, branchId: harbour } }
    expect(await codeOf(workspace.call('invoices.saveDraft', late))).toBe('IMMUTABLE')
    const stranger = await contentFor(workspace, clientId, { branchId: v7() })
    expect(await codeOf(workspace.call('invoices.saveDraft', { id: v7(), version: null, content: stranger }))).toBe(
      'NOT_FOUND',
    )
  })

  test('of a payment is that of the invoices that it pays, where they agree', async () => {
    await asOwner()
    const branchOfPayment = async (...ids: string[]) => {
      const paid = ids.map((invoiceId) => ({ invoiceId, amount: '1' }))
      const { id } = await makePayment(workspace, clientId, '2', paid)
      return (await workspace.call('payments.get', { id })).branchId
    }
    expect(await branchOfPayment(invoices.harbour)).toBe(harbour)
    expect(await branchOfPayment(invoices.harbour, invoices.market)).toBeNull()
  })

  test('takes its number from the series of the branch, and stands at the top of the paper', async () => {
    await asOwner()
    const series = { documentKind: 'invoice', code: 'MT', pattern: '{BRANCH}-{000}', branchId: market } as const
    await workspace.call('numberSeries.create', series)
    expect((await makeInvoice(workspace, clientId, { branchId: market })).number).toBe('MT-001')
    expect((await makeInvoice(workspace, clientId, { branchId: harbour })).number).toMatch(/^INV/)
    const store = inspect(workspace.directory)
    const seller = JSON.parse(String(store.value('SELECT seller FROM invoices WHERE id = ?', invoices.harbour)))
    store.close()
    expect(seller.branch).toMatchObject({ name: 'Harbour', address: { line1: 'Quay 1', city: 'Hull', country: 'GB' } })
  })
})

describe('somebody who is limited to a branch', () => {
  test('sees its documents alone, and sums of them', async () => {
    const fresh = await openWorkspace()
    const owner = await withPassword(fresh)
    prove(fresh)
    const { id: branchId } = await fresh.call('branches.create', { code: 'A', name: 'A', timezone: 'Europe/London' })
    const client = await makeClient(fresh)
    const made = [await makeInvoice(fresh, client, { branchId }), await makeInvoice(fresh, client)]
    await makePayment(fresh, client, '50', [{ invoiceId: made[0]?.id ?? '', amount: '20' }])
    await makePayment(
      fresh,
      client,
      '60',
      made.map(({ id }) => ({ invoiceId: id, amount: '30' })),
    )
    const person = addPerson(fresh, { role: 'staff' })
    await fresh.call('branches.setMember', { id: person, version: 1, branchIds: [branchId] })
    const look = async (at: { branchId?: string } = {}) => {
      const home = await fresh.call('home.summary', {}, at)
      const { rows } = await fresh.call('invoices.list', {}, at)
      const clients = await fresh.call('clients.list', {}, at)
      const payments = await fresh.call('payments.list', {}, at)
      return {
        ids: rows.map(({ id }) => id),
        open: home.outstanding.map(({ openE4 }) => openE4),
        received: home.months.at(-1)?.receivedE4,
        owed: clients.rows.map(({ openE4 }) => openE4),
        payments: payments.rows.map(({ amountE4 }) => amountE4),
      }
    }
    const part = {
      ids: [made[0]?.id],
      // 120.00 less 20.00 of the branch and 30.00 of a payment that is not shown.
      open: [amountOf('70')],
      received: amountOf('50'),
      owed: [amountOf('70')],
      payments: [amountOf('50')],
    }
    expect(await look({ branchId })).toEqual(part)
    const whole = await look()
    expect(whole.open).toEqual([amountOf('160')])
    await enter(fresh, person)
    expect(await look()).toEqual(part)
    await enter(fresh, owner)
    expect(await look()).toEqual(whole)
    await fresh.close()
  })

  test('reads and writes nothing of another branch', async () => {
    await asMember()
    for (const id of [invoices.market, invoices.whole]) {
      expect(await codeOf(workspace.call('invoices.get', { id }))).toBe('NOT_FOUND')
      expect(await codeOf(workspace.call('invoices.pdf', { id }))).toBe('NOT_FOUND')
      expect(await codeOf(workspace.call('invoices.duplicate', { id, newId: v7() }))).toBe('NOT_FOUND')
      expect(await codeOf(workspace.call('invoices.void', { id, version: 1, reason: 'By chance' }))).not.toBe('none')
    }
    const content = await contentFor(workspace, clientId)
    const save = (branchId: string | null) =>
      workspace.call('invoices.saveDraft', {
        id: v7(),
        version: null,
        content: { ...content, lines: [line()], branchId },
      })
    expect(await codeOf(save(market))).toBe('FORBIDDEN')
    expect(await codeOf(save(null))).toBe('FORBIDDEN')
    expect(await codeOf(save(harbour))).toBe('none')
    // Nothing of the limits is left behind on the connection that writes.
    await asOwner()
    expect(await codeOf(save(market))).toBe('none')
  })

  test('may rename a client whom other branches have drafts for', async () => {
    await asOwner()
    const client = await makeClient(workspace, 'Old name')
    const draft = await makeDraft(workspace, client, { branchId: market })
    await asMember()
    const { contacts: _contacts, ...values } = await workspace.call('clients.get', { id: client })
    await workspace.callRaw('clients.update', { ...values, name: 'New name' })
    await asOwner()
    expect((await workspace.call('invoices.get', { id: draft.id })).clientName).toBe('New name')
  })

  test('is told so where a part would be wrong', async () => {
    await asMember()
    const refused = [
      'taxReports.figures',
      'dataExports.everything',
      'dataExports.bundle',
      'numberSeries.report',
      'bankTransactions.list',
      'statements.get',
      'statements.pdf',
      'statements.compose',
      'statements.send',
      'history.list',
      'history.undo',
      'audit.retention',
      'audit.setRetention',
    ]
    for (const name of refused) expect(await codeOf(workspace.callRaw(name, null))).toBe('FORBIDDEN')
    expect((await workspace.call('branches.choices', {})).branches.map(({ code }) => code)).toEqual(['HB'])
  })

  test('gets no sheet of what no page shows them', async () => {
    const codes = async () => {
      const found: string[] = []
      for (const sheet of ['audit', 'bank-transactions', 'invoices'] as const) {
        found.push(await codeOf(workspace.call('dataExports.sheet', { sheet })))
        found.push(await codeOf(workspace.call('dataExports.workbook', { sheets: [sheet] })))
      }
      return found.join(' ')
    }
    const admin = addPerson(workspace, { role: 'admin' })
    await asOwner()
    expect(await codes()).toBe('none none none none none none')
    await workspace.call('branches.setMember', { id: admin, version: 1, branchIds: [harbour] })
    await enter(workspace, admin)
    expect(await codes()).toBe('FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN none none')
  })

  test('marks nothing as read that others are told', async () => {
    await asOwner()
    const ids = { [harbour]: v7(), [market]: v7() }
    for (const [branchId, id] of Object.entries(ids)) {
      const entityId = branchId === harbour ? invoices.harbour : invoices.market
      const row = { id, organization_id: workspace.organizationId, kind: 'invoice-overdue', entity: 'invoice' }
      const happened = { entity_id: entityId, occurrence: branchId, happened_at: workspace.clock.now() }
      beside(workspace, (raw) => insertRow(raw, 'notifications', { ...row, ...happened }))
    }
    await asMember()
    expect(await workspace.call('notifications.readAll', {})).toEqual({ changed: 1 })
    const foreign = { id: ids[market] ?? '', version: 1, read: true }
    expect(await codeOf(workspace.call('notifications.setRead', foreign))).toBe('NOT_FOUND')
    await asOwner()
    const { rows } = await workspace.call('notifications.list', { unread: true })
    expect(rows.map(({ id }) => id)).toEqual([ids[market]])
  })

  test('takes no number from the series of another branch', async () => {
    await asOwner()
    const seriesOf = async (code: string, branchId: string | null) => {
      const series = { documentKind: 'invoice', code, pattern: `${code}-{000}`, branchId } as const
      return (await workspace.call('numberSeries.create', series)).id
    }
    const others = await seriesOf('OTHER', market)
    const shared = await seriesOf('SHARED', null)
    await asMember()
    const draft = await makeDraft(workspace, clientId, { branchId: harbour })
    expect(await codeOf(workspace.call('invoices.issue', { ...draft, seriesId: others }))).toBe('FORBIDDEN')
    expect((await workspace.call('invoices.issue', { ...draft, seriesId: shared })).number).toBe('SHARED-001')
  })

  test('is never an owner, and is set by somebody who sees everything', async () => {
    await asOwner()
    const other = addPerson(workspace, { role: 'owner' })
    const limit = (id: string, version = 1) =>
      workspace.call('branches.setMember', { id, version, branchIds: [harbour] })
    expect(await codeOf(limit(other))).toBe('INVALID_STATE')
    expect(await codeOf(limit(ownerId))).toBe('FORBIDDEN')
    const staff = addPerson(workspace, { role: 'staff' })
    expect(await codeOf(limit(staff, 7))).toBe('CONFLICT')
    await limit(staff)
    const members = await workspace.call('branches.members', {})
    expect(members).toContainEqual({ userId: staff, branchIds: [harbour] })
  })
})

test('a business of one place has nothing to choose', async () => {
  const alone = await openWorkspace()
  expect(await alone.call('branches.choices', {})).toEqual({ isLimited: false, branchId: null, branches: [] })
  await alone.close()
})

test('a closed branch keeps its documents and takes no new ones, until it is open again', async () => {
  await asOwner()
  const { id } = await workspace.call('branches.create', { code: 'CL', name: 'Closing', timezone: 'Europe/London' })
  const invoice = await makeInvoice(workspace, clientId, { branchId: id })
  const staff = addPerson(workspace, { role: 'staff' })
  const limit = (version: number, branchIds: string[]) =>
    codeOf(workspace.call('branches.setMember', { id: staff, version, branchIds }))
  expect(await limit(1, [id])).toBe('none')
  await workspace.call('branches.close', { id, version: 1 })
  // Whoever had it keeps it, until somebody takes it away.
  expect(await limit(2, [id, harbour])).toBe('none')
  expect(await limit(3, [harbour])).toBe('none')
  expect(await limit(4, [id])).toBe('NOT_FOUND')
  expect(await codeOf(workspace.call('invoices.blank', {}, { branchId: id }))).toBe('INVALID_STATE')
  expect(await branchOf(invoice.id)).toBe(id)
  await workspace.call('branches.reopen', { id })
  expect(await codeOf(workspace.call('invoices.blank', {}, { branchId: id }))).toBe('none')
})

// Tables that hold no document of a branch although they name one, each with its reason.
const unshadowed: Readonly<Record<string, string>> = {
  bank_match_rules: 'teaches from bank lines, which are about the whole business',
}

test('every table that names a document stands behind a view', () => {
  const store = inspect(workspace.directory)
  const { views } = shadowOf({ organizationId: 'org', branchIds: ['a'] })
  const naming = store
    .rows(
      `SELECT DISTINCT t.name FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND (c.name IN ('branch_id', 'entity_id', 'subject_id', 'row_id')
         OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.name) f WHERE f."from" = c.name AND f."table" IN
           ('invoices','quotes','credit_notes','payments','recurring_invoices','outbox_messages','bank_transactions','invoice_lines')))`,
    )
    .map(({ name }) => String(name))
  store.close()
  const missing = naming.filter((name) => !(name in views) && !(name in unshadowed) && name !== 'number_series')
  expect(missing).toEqual([])
})

describe('what is read of a branch', () => {
  const workerUrl = new URL('../../out/main/reading-worker.js', import.meta.url).href

  test('comes to the same sums by the rows of documents as by all that settles them', async () => {
    const busy = await openWorkspace()
    const branchIds = [v7(), v7()]
    for (const [index, id] of branchIds.entries()) {
      beside(busy, (raw) => {
        const named = { code: `B${index}`, name: `Branch ${index}`, timezone: 'Europe/London', country: 'GB' }
        insertRow(raw, 'branches', { id, organization_id: busy.organizationId, ...named, is_default: 0 })
      })
    }
    busy.clock.advance(1000)
    await busy.reopen()
    const random = randomFrom(29)
    const clients = [await makeClient(busy, 'One'), await makeClient(busy, 'Two')]
    let at: string | null = null
    const call: Workspace['call'] = (name, input, more) => busy.call(name, input, { branchId: at, ...more })
    for (let index = 0; index < 150; index += 1) {
      at = random.pick([null, ...branchIds, branchIds[0] ?? null]) ?? null
      await doSomething({ ...busy, call }, random, clients)
    }
    const { organizationId } = busy
    const shadow = shadowOf({ organizationId, branchIds: branchIds.slice(0, 1) })
    const { db, close } = openReader(join(busy.directory, 'counterfoil.db'), null, shadow)
    const ordered = (query: ReturnType<typeof balancesOfShown>) =>
      rawRows(db, sql<object>`SELECT * FROM (${query}) ORDER BY 1, 2`)
    const balances = await ordered(balancesOfShown(organizationId))
    expect(balances).toEqual(await ordered(balancesFromRows(organizationId)))
    expect(await ordered(monthsOfShown(organizationId))).toEqual(await ordered(monthsFromRows(organizationId)))
    // Each figure is there to be compared.
    for (const name of ['billedE4', 'paidE4', 'openE4', 'creditE4', 'creditedE4', 'writtenOffE4', 'refundedE4']) {
      expect(`${name} ${balances.some((row) => Reflect.get(row, name) !== 0n)}`).toBe(`${name} true`)
    }
    await close()
    await busy.close()
  })

  test('goes through few connections, and through none once nobody reads', async () => {
    const file = join(workspace.directory, 'counterfoil.db')
    // SQLite keeps that of the file itself for the next connection, as long as another one has a lock on it.
    const isOpen = (it: string) => existsSync(it) && readlinkSync(it) === `${file}-wal`
    const connections = () => readdirSync('/proc/self/fd').filter((it) => isOpen(`/proc/self/fd/${it}`)).length
    const before = connections()
    const reads = createLimitedReads({ workerUrl, file, key: null, idleMilliseconds: 300 })
    const { organizationId } = workspace
    const numbersOf = async (branchId: string) => {
      const db = reads.through(shadowOf({ organizationId, branchIds: [branchId] }))
      return (await db.selectFrom('invoices').select('branchId').distinct().execute()).map((row) => row.branchId)
    }
    const asked = [harbour, ...Array.from({ length: 12 }, () => v7()), market]
    const answers = await Promise.all([...asked, ...asked].map(numbersOf))
    expect(answers).toEqual([...asked, ...asked].map((id) => ([harbour, market].includes(id) ? [id] : [])))
    expect(connections() - before).toBeGreaterThan(0)
    expect(connections() - before).toBeLessThanOrEqual(mostConnections)
    await expect.poll(() => connections() - before, { timeout: 5000 }).toBe(0)
    expect(await numbersOf(harbour)).toEqual([harbour])
    await reads.close()
    expect(connections()).toBe(before)
  })

  test('is what stands there, also right after somebody changed it', async () => {
    await asOwner()
    const at = { branchId: market }
    const owed = async () => {
      const { rows } = await workspace.call('clients.list', {}, at)
      return Number(rows.find(({ id }) => id === clientId)?.openE4)
    }
    const seen = await owed()
    expect(await owed()).toBe(seen)
    await makeInvoice(workspace, clientId, { branchId: market })
    expect(await owed()).toBe(seen + Number(amountOf('120')))
  })

  test('is worked out once for as long as nothing changes: totals, ageing, reports', async () => {
    await asOwner()
    const file = join(workspace.directory, 'counterfoil.db')
    const { organizationId } = workspace
    const range = {
      from: '2026-01-01',
      to: '2026-12-31',
      fiscalYearStart: '01-01',
      clientId: null,
      compare: 'none',
    } as const
    const asked = { organizationId, ...range, report: 'revenue', groupBy: 'month', basis: 'issued' } as const
    const report = async (branchId = harbour, input = {}) => {
      const shadow = shadowOf({ organizationId, branchIds: [branchId] })
      const answer = await runReading({ kind: 'report', file, key: null, shadow, input: { ...asked, ...input } })
      return 'value' in answer ? answer.value : answer.problem
    }
    const first = await report()
    expect(first).toHaveProperty('rows')
    // The very same, and not another one that is alike.
    expect(await report()).toBe(first)
    expect(await report(market)).not.toBe(first)
    expect(await report(harbour, { to: '2026-01-02' })).not.toEqual(first)
    expect(await report()).toBe(first)
    await makeInvoice(workspace, clientId, { branchId: harbour })
    expect(await report()).not.toEqual(first)
  })

  test('fails with the words of the database, and not of a thread', async () => {
    const file = join(workspace.directory, 'nowhere.db')
    const reads = createLimitedReads({ workerUrl, file, key: null })
    const shadow = shadowOf({ organizationId: workspace.organizationId, branchIds: [harbour] })
    await expect(reads.through(shadow).selectFrom('invoices').select('id').execute()).rejects.toMatchObject({
      code: 'SQLITE_CANTOPEN',
    })
    await reads.close()
  })
})

describe('the branch in lists and files', () => {
  test('is what a list can be filtered by', async () => {
    await asOwner()
    const found = async (operator: 'is' | 'is-not' | 'is-empty' | 'is-not-empty', value = '') => {
      const condition = { field: 'branch', operator, value }
      const where = { match: 'all' as const, groups: [{ match: 'all' as const, conditions: [condition] }] }
      const { rows } = await workspace.call('invoices.list', { where, limit: 200 })
      return new Set(rows.map(({ branchId }) => branchId))
    }
    expect(await found('is', harbour)).toEqual(new Set([harbour]))
    expect((await found('is-not', harbour)).has(harbour)).toBe(false)
    expect((await found('is-not', harbour)).has(null)).toBe(true)
    expect(await found('is-empty')).toEqual(new Set([null]))
    expect((await found('is-not-empty')).has(null)).toBe(false)
  })

  test('goes out with documents and payments, and comes in again', async () => {
    await asOwner()
    await makePayment(workspace, clientId, '3', [{ invoiceId: invoices.harbour, amount: '3' }])
    const sheet = async (name: 'invoices' | 'payments') => {
      const { content } = await workspace.call('dataExports.sheet', { sheet: name })
      return Papa.parse<Record<string, string>>(new TextDecoder().decode(content), { header: true }).data
    }
    expect(new Set((await sheet('invoices')).map((row) => row['Branch']))).toEqual(
      new Set(['', 'HB', 'MT', 'CL', undefined]),
    )
    expect((await sheet('payments')).map((row) => row['Branch'])).toContain('HB')
    const head = 'Invoice number,Client,Date,Total,Paid,Branch'
    const file = (branch: string) =>
      `${head}\nIN-1,Rosewood Bakery,2026-10-01,50.00,50.00,hb\nIN-2,Rosewood Bakery,2026-10-02,50.00,,${branch}\n`
    const wrong = await workspace.call('dataImports.dryRun', await planFor(workspace, file('Quay')))
    expect(wrong.problems.map(({ message }) => message)).toEqual([
      'There is no open branch "Quay". Write one of: CL, HB, MAIN, MT.',
    ])
    await workspace.call('dataImports.run', await planFor(workspace, file('Market')))
    const { rows } = await workspace.call('invoices.list', { search: 'IN-' })
    const branchOfNumber = new Map(rows.map(({ number, branchId }) => [number, branchId]))
    expect([branchOfNumber.get('IN-1'), branchOfNumber.get('IN-2')]).toEqual([harbour, market])
    const money = `Client,Amount,Date,Branch\nRosewood Bakery,7.77,2026-10-03,MT\n`
    await workspace.call('dataImports.run', await planFor(workspace, money, { entity: 'payments' }))
    const { rows: paid } = await workspace.call('payments.list', { limit: 200 })
    expect(paid.find(({ amountE4 }) => amountE4 === amountOf('7.77'))?.branchId).toBe(market)
    expect(paid.find(({ amountE4 }) => amountE4 === amountOf('50'))?.branchId).toBe(harbour)
  })

  test('of a payment is the one that was said', async () => {
    await asOwner()
    const pay = async (branchId: string | null, invoiceId: string) => {
      const allocations = [{ invoiceId, amountE4: amountOf('1') }]
      const money = { clientId, receivedOn: '2026-11-21', currency: 'GBP', amountE4: amountOf('1'), allocations }
      const { id } = await workspace.call('payments.create', { ...money, branchId })
      return (await workspace.call('payments.get', { id })).branchId
    }
    expect(await pay(market, invoices.harbour)).toBe(market)
    expect(await pay(null, invoices.harbour)).toBeNull()
    const open = await workspace.call('payments.openInvoices', { clientId, currency: 'GBP' })
    expect(open.find(({ id }) => id === invoices.harbour)?.branchId).toBe(harbour)
  })
})

test('the day of a branch is that of its own clock, around midnight', async () => {
  // 23:30 in London, 08:30 of the next day in Tokyo, 15:30 in Los Angeles.
  const clock = fakeClock('2026-11-21T23:30:00.000Z')
  const far = await openWorkspace({ clock })
  const branchIn = async (code: string, timezone: string) =>
    (await far.call('branches.create', { code, name: code, timezone })).id
  const tokyo = await branchIn('TK', 'Asia/Tokyo')
  const angeles = await branchIn('LA', 'America/Los_Angeles')
  const client = await makeClient(far)
  const dates = async () => {
    const of = async (branchId: string | null) =>
      (await far.call('invoices.blank', { clientId: client }, { branchId })).content.issuedOn
    return [await of(null), await of(tokyo), await of(angeles)]
  }
  expect(await dates()).toEqual(['2026-11-21', '2026-11-22', '2026-11-21'])
  // Due on the 21st: only in Tokyo that day is over.
  const due = { issuedOn: '2026-11-01', dueOn: '2026-11-21', paymentTermsDays: null }
  const made: string[] = []
  for (const branchId of [null, tokyo, angeles]) made.push((await makeInvoice(far, client, { ...due, branchId })).id)
  const overdue = async (at: { branchId?: string } = {}) => {
    const { rows } = await far.call('invoices.list', { filter: 'overdue' }, at)
    const { counts } = await far.call('invoices.stats', {}, at)
    const { count } = await far.call('invoices.totals', { filter: 'overdue' }, at)
    const home = await far.call('home.summary', {}, at)
    const told = home.outstanding.reduce((sum, it) => sum + it.overdueCount, 0)
    const health = await far.call('clients.health', { ids: [client] }, at)
    expect([counts.overdue, count, told, health[0]?.overdueCount ?? 0]).toEqual([
      rows.length,
      rows.length,
      rows.length,
      rows.length,
    ])
    return rows.map(({ id, overdueDays }) => [made.indexOf(id), overdueDays])
  }
  const all = async () =>
    (await far.call('invoices.list', {})).rows.map(({ id, paymentState }) => [made.indexOf(id), paymentState])
  expect(await overdue()).toEqual([[1, 1]])
  expect(await overdue({ branchId: tokyo })).toEqual([[1, 1]])
  expect(await overdue({ branchId: angeles })).toEqual([])
  expect(await all()).toContainEqual([1, 'overdue'])
  expect((await all()).filter(([, state]) => state === 'overdue')).toHaveLength(1)
  const stateOf = async (index: number) => (await far.call('invoices.get', { id: made[index] ?? '' })).paymentState
  expect([await stateOf(0), await stateOf(1), await stateOf(2)]).toEqual(['unpaid', 'overdue', 'unpaid'])
  // A copy of what belongs to Tokyo is of the day there, wherever it is made.
  const copy = v7()
  await far.call('invoices.duplicate', { id: made[1] ?? '', newId: copy })
  expect((await far.call('invoices.get', { id: copy })).content.issuedOn).toBe('2026-11-22')
  const business = (await far.call('setup.state', {})).organizations[0]
  expect(business).toMatchObject({ today: '2026-11-21', days: { [tokyo]: '2026-11-22' } })
  // Half an hour past midnight in London it is over there as well, and not in Los Angeles.
  clock.set('2026-11-22T00:30:00.000Z')
  expect((await overdue()).map(([index]) => index).sort()).toEqual([0, 1])
  expect(await dates()).toEqual(['2026-11-22', '2026-11-22', '2026-11-21'])
  clock.set('2026-11-22T08:00:00.000Z')
  expect((await overdue()).map(([index]) => index).sort()).toEqual([0, 1, 2])
  await far.close()
})
