import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays, todayIn } from '../../shared/dates.ts'
import { clientHealthOf } from '../../shared/documents/client-health.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeDraft, makeInvoice, makePayment } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

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
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => {
  expect(workspace.errors).toEqual([])
})

const today = () => todayIn('Europe/London', workspace.clock.now())

describe('client types', () => {
  test('give their clients the terms that these do not have themselves', async () => {
    const type = await workspace.call('clientTypes.create', { code: 'TRADE', name: 'Trade', paymentTermsDays: 45 })
    const client = await workspace.call('clients.create', { name: 'Trade Client', clientTypeId: type.id })
    const blank = async () => (await workspace.call('invoices.blank', { clientId: client.id })).content.paymentTermsDays
    expect(await blank()).toBe(45)
    await workspace.call('clients.update', { id: client.id, version: 1, paymentTermsDays: 7 })
    expect(await blank()).toBe(7)
    expect(await workspace.call('clientTypes.list', {})).toMatchObject([
      { code: 'TRADE', clientCount: 1, isActive: true },
    ])
    expect((await workspace.call('clients.list', { clientTypeId: type.id })).rows).toHaveLength(1)
  })

  test('have a code of their own, and stay where they are hidden', async () => {
    await expect(workspace.call('clientTypes.create', { code: 'trade', name: 'Other' })).rejects.toMatchObject({
      code: 'DUPLICATE',
      fields: { code: expect.stringContaining('Trade') },
    })
    const [type] = await workspace.call('clientTypes.list', {})
    await workspace.call('clientTypes.update', { id: type?.id ?? '', version: 1, isActive: false })
    expect(await workspace.call('clientTypes.list', {})).toMatchObject([{ isActive: false, clientCount: 1 }])
    await expect(workspace.call('clients.create', { name: 'Nobody', clientTypeId: v7() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

test('account managers are users of the business or stand alone', async () => {
  const manager = await workspace.call('accountManagers.create', { name: 'Ada Okafor', email: 'ada@example.com' })
  await workspace.call('clients.create', { name: 'Managed', accountManagerId: manager.id })
  expect(await workspace.call('accountManagers.list', {})).toMatchObject([{ name: 'Ada Okafor', clientCount: 1 }])
  await expect(workspace.call('accountManagers.create', { name: 'Stranger', userId: v7() })).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { userId: expect.any(String) },
  })
})

describe('the health of a client', () => {
  const history = {
    settledCount: 10,
    lateCount: 0,
    averageDaysLate: 0,
    overdueCount: 0,
    oldestOverdueDays: 0,
    overdueShare: 0,
  }

  test('follows the published rule, with its reasons', () => {
    expect(clientHealthOf(history)).toEqual({ level: 'excellent', score: 100, reasons: [] })
    expect(clientHealthOf({ ...history, settledCount: 2 })).toMatchObject({ level: 'unknown', score: null })
    expect(clientHealthOf({ ...history, lateCount: 5, averageDaysLate: 4 })).toMatchObject({
      level: 'good',
      score: 78,
      reasons: [
        { rule: 'late-share', points: 18, value: 50 },
        { rule: 'days-late', points: 4, value: 4 },
      ],
    })
    const worst = {
      ...history,
      lateCount: 10,
      averageDaysLate: 90,
      overdueCount: 3,
      oldestOverdueDays: 200,
      overdueShare: 1,
    }
    expect(clientHealthOf(worst)).toMatchObject({ level: 'at-risk', score: 0 })
    // Nothing settled yet, but something overdue: that is known.
    expect(
      clientHealthOf({ ...history, settledCount: 0, overdueCount: 1, oldestOverdueDays: 30, overdueShare: 1 }),
    ).toMatchObject({
      level: 'good',
      score: 75,
    })
  })

  test('is read from the invoices', async () => {
    const clientId = await makeClient(workspace, 'Late Payer')
    for (const days of [60, 50, 40]) {
      const invoice = await makeInvoice(workspace, clientId, {
        issuedOn: addDays(today(), -days),
        paymentTermsDays: 14,
      })
      await makePayment(workspace, clientId, '120', [{ invoiceId: invoice.id, amount: '120' }])
    }
    await makeInvoice(workspace, clientId, { issuedOn: addDays(today(), -44), paymentTermsDays: 14 })
    const other = await makeClient(workspace, 'New Client')
    const [late, unknown] = await workspace.call('clients.health', { ids: [clientId, other] })
    expect(late).toMatchObject({ settledCount: 3, lateCount: 3, overdueCount: 1, level: 'at-risk' })
    expect(late?.reasons).toContainEqual({ rule: 'overdue-days', points: 10, value: 30 })
    expect(late?.reasons).toContainEqual({ rule: 'days-late', points: 25, value: 36 })
    expect(unknown).toMatchObject({ level: 'unknown', score: null })
  })
})

describe('duplicates', () => {
  const two = async () => {
    const keepId = await makeClient(workspace, 'Rosewood Bakery Ltd')
    const mergeId = (
      await workspace.call('clients.create', { name: 'rosewood bakery', phone: '0123', email: 'other@example.com' })
    ).id
    return { keepId, mergeId }
  }

  test('are found by name, address and tax id, with the reason', async () => {
    const { keepId, mergeId } = await two()
    const found = await workspace.call('clients.duplicates', { clientId: mergeId })
    expect(found).toMatchObject([{ reason: 'name' }])
    expect(found[0]?.clients.map(({ id }) => id).sort()).toEqual([keepId, mergeId].sort())
  })

  test('are merged: documents, money and people move, sums stay, what was printed stays', async () => {
    const { keepId, mergeId } = await two()
    const invoice = await makeInvoice(workspace, mergeId)
    const other = await makeInvoice(workspace, keepId)
    const draft = await makeDraft(workspace, mergeId)
    const payment = await makePayment(workspace, mergeId, '150', [{ invoiceId: invoice.id, amount: '120' }])
    await workspace.call('clientContacts.create', { clientId: mergeId, name: 'Ann' })
    await workspace.call('clientContacts.create', { clientId: keepId, name: 'Ben' })
    workspace.clock.advance(1000)
    await workspace.call('clients.merge', { keepId, keepVersion: 1, mergeId, mergeVersion: 1 })
    const kept = await workspace.call('clients.get', { id: keepId })
    expect(kept).toMatchObject({ phone: '0123', email: 'accounts@example.com' })
    expect(kept.contacts.map(({ name, isPrimary }) => [name, isPrimary])).toEqual(
      expect.arrayContaining([
        ['Ben', true],
        ['Ann', false],
      ]),
    )
    expect(kept.balances).toMatchObject([
      {
        billedE4: amountOf('240'),
        paidE4: amountOf('120'),
        openE4: amountOf('120'),
        creditE4: amountOf('30'),
        invoiceCount: 2,
      },
    ])
    expect((await workspace.call('invoices.get', { id: invoice.id })).content.clientId).toBe(keepId)
    expect((await workspace.call('invoices.get', { id: invoice.id })).clientName).toBe('rosewood bakery')
    expect((await workspace.call('invoices.get', { id: draft.id })).content.clientId).toBe(keepId)
    // Credit of the one pays invoices of the other: they are one client now.
    const { version } = await workspace.call('payments.get', { id: payment.id })
    await workspace.call('payments.allocate', {
      id: payment.id,
      version,
      allocations: [{ invoiceId: other.id, amountE4: amountOf('30') }],
    })
    await expect(workspace.call('clients.get', { id: mergeId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(workspace.call('clients.restore', { id: mergeId })).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  })

  test('only a merge lets an issued document go to another client', async () => {
    const one = await makeClient(workspace, 'One of a kind')
    const other = await makeClient(workspace, 'Another kind')
    const invoice = await makeInvoice(workspace, one)
    expect(() => store.rows(`SELECT client_id FROM invoices WHERE id = '${invoice.id}'`)).not.toThrow()
    const database = (await import('../../db/open.ts')).openConnection(`${workspace.directory}/counterfoil.db`, {
      readonly: false,
    })
    try {
      expect(() => database.prepare('UPDATE invoices SET client_id = ? WHERE id = ?').run(other, invoice.id)).toThrow(
        /only where they are merged/,
      )
    } finally {
      database.close()
    }
  })
})
