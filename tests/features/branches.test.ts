import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shadowOf } from '../../electron/features/branches/shadow.ts'
import { AppError } from '../../shared/errors.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { insertRow, inspect } from '../support/database.ts'
import { contentFor, line, makeClient, makeDraft, makeInvoice, makePayment } from '../support/factories.ts'
import { addPerson, beside, enter, prove, withPassword } from '../support/people.ts'
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

const asOwner = async () => {
  await enter(workspace, ownerId)
  prove(workspace)
}
const asMember = async () => {
  await enter(workspace, memberId)
  prove(workspace)
}
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
    const seriesOf = async (code: string, branchId: string | null) =>
      (
        await workspace.call('numberSeries.create', {
          documentKind: 'invoice',
          code,
          pattern: `${code}-{000}`,
          branchId,
        })
      ).id
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
  await workspace.call('branches.close', { id, version: 1 })
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
