import { join } from 'node:path'
import { v7 } from 'uuid'
import { openConnection } from '../../db/open.ts'
import { amountOf, percentOf } from '../../shared/money/decimal-string.ts'
import { asCommand, insertRow } from './database.ts'
import { makeClient, makeInvoice } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const range = { from: '2026-01-01', to: '2026-12-31' }

const statement = async (workspace: Workspace) => {
  const clientId = await makeClient(workspace)
  await makeInvoice(workspace, clientId)
  return { clientId, ...range, currency: 'GBP', language: 'en-GB' }
}

const plan = () => ({
  name: 'Standard',
  isAutomatic: false,
  isDefault: true,
  leastOpenE4: amountOf('1'),
  steps: [
    { id: v7(), days: -3, tone: 'friendly', feePercentE6: null, feeAmountE4: null },
    { id: v7(), days: 7, tone: 'firm', feePercentE6: percentOf('2'), feeAmountE4: amountOf('5') },
  ],
})

const savedPlan = async (workspace: Workspace) => {
  const values = plan()
  const id = v7()
  // The schema is the boundary: these plain values get their brands there.
  await workspace.callRaw('reminders.savePlan', { id, version: null, values })
  return { id, version: 1, values }
}

const reminded = async (workspace: Workspace) => {
  await savedPlan(workspace)
  const invoice = await makeInvoice(workspace, await makeClient(workspace), {
    issuedOn: '2026-01-10',
    dueOn: '2026-02-01',
  })
  const { next } = await workspace.call('reminders.ofInvoice', { invoiceId: invoice.id })
  const due = await workspace.call('reminders.due', { limit: 200 })
  const row = due.rows.find(({ invoiceId }) => invoiceId === invoice.id)
  return { invoiceId: invoice.id, stepId: row?.stepId ?? next.stepId, version: invoice.version }
}

const tag = (workspace: Workspace) => workspace.call('tags.create', { name: `Tag ${v7().slice(-8)}`, color: 'red' })

const notification = (workspace: Workspace) => {
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  try {
    const id = v7()
    asCommand(raw, () =>
      insertRow(raw, 'notifications', {
        id,
        organization_id: workspace.organizationId,
        kind: 'invoice-overdue',
        entity: 'invoice',
        entity_id: v7(),
        occurrence: '2026-02-01',
        happened_at: '2026-02-01T00:00:00.000Z',
      }),
    )
    return { id, version: 1 }
  } finally {
    raw.close()
  }
}

/** An input that works for each procedure that looks over the books, tells of them, or gives them out. */
export const ledgerInputs: Readonly<Record<string, Make>> = {
  'dataExports.everything': () => ({}),
  'dataExports.sheet': () => ({ sheet: 'invoices', separator: ';', ...range }),
  'dataExports.workbook': () => ({ sheets: ['clients', 'payments'], ...range }),
  'dataExports.bundle': () => range,
  'dataExports.stateHash': () => ({}),
  'notifications.list': () => ({ cursor: null, limit: 20, unread: true }),
  'notifications.muted': () => ({}),
  'notifications.setRead': (workspace) => ({ ...notification(workspace), read: true }),
  'notifications.readAll': () => ({}),
  'notifications.mute': () => ({ kinds: ['mail-failed', 'quote-expired'] }),
  'reminders.plans': () => ({}),
  'reminders.savePlan': async (workspace) => ({ ...(await savedPlan(workspace)), values: plan() }),
  'reminders.deletePlan': async (workspace) => {
    const { id, version } = await savedPlan(workspace)
    return { id, version }
  },
  'reminders.restorePlan': async (workspace) => {
    const { id, version } = await savedPlan(workspace)
    await workspace.call('reminders.deletePlan', { id, version })
    return { id }
  },
  'reminders.ofInvoice': async (workspace) => ({ invoiceId: (await reminded(workspace)).invoiceId }),
  'reminders.due': () => ({ cursor: null, limit: 20 }),
  'reminders.preview': async (workspace) => ({ invoiceId: (await reminded(workspace)).invoiceId }),
  'reminders.send': async (workspace) => {
    const { invoiceId, stepId } = await reminded(workspace)
    return { invoiceId, stepId, byHand: true }
  },
  'reminders.skip': async (workspace) => {
    const { invoiceId, stepId } = await reminded(workspace)
    return { invoiceId, stepId }
  },
  'reminders.stop': async (workspace) => {
    const { invoiceId, version } = await reminded(workspace)
    return { invoiceId, version, reason: 'In dispute' }
  },
  'reports.run': () => ({
    report: 'revenue',
    groupBy: 'month',
    basis: 'received',
    ...range,
    clientId: null,
    compare: 'year-before',
  }),
  'reports.documents': () => ({
    report: 'revenue',
    groupBy: 'month',
    basis: 'issued',
    ...range,
    clientId: null,
    key: '2026-11',
    limit: 50,
  }),
  'reports.pdf': () => ({
    title: 'Revenue by month',
    about: 'January 2026 to December 2026. Amounts in GBP.',
    tables: [
      {
        title: '',
        columns: [
          { label: 'Month', align: 'start' },
          { label: 'Total', align: 'end' },
        ],
        rows: [
          { kind: 'row', cells: ['November 2026', '120.00'] },
          { kind: 'total', cells: ['Total', '120.00'] },
        ],
        notes: [],
      },
    ],
  }),
  'reports.fiscalYears': () => ({}),
  'statements.get': async (workspace) => {
    const { language: _language, ...rest } = await statement(workspace)
    return rest
  },
  'statements.pdf': statement,
  'statements.compose': statement,
  'statements.send': async (workspace) => {
    const { account } = await workspace.call('mail.account', {})
    if (account === null)
      await workspace.call('mail.saveAccount', {
        fromName: 'Linden',
        fromAddress: 'office@example.com',
        replyTo: null,
        host: 'mail.example.com',
        port: 465,
        security: 'tls',
        userName: null,
        version: null,
      })
    return {
      statement: await statement(workspace),
      to: ['a@example.com'],
      cc: [],
      subject: 'Your statement',
      body: 'Here it is.',
      sendAt: '2027-01-01T00:00:00.000Z',
    }
  },
  'statements.aged': async (workspace) => ({
    on: '2026-11-21',
    basis: 'issued',
    currency: 'GBP',
    clientId: await makeClient(workspace),
  }),
  'statements.openInvoices': async (workspace) => ({
    on: '2026-11-21',
    clientId: await makeClient(workspace),
    currency: 'GBP',
    limit: 20,
  }),
  'tags.list': () => ({}),
  'tags.of': async (workspace) => ({ entityIds: [await makeClient(workspace)] }),
  'tags.create': () => ({ name: `Tag ${v7().slice(-8)}`, color: 'blue' }),
  'tags.update': async (workspace) => ({ ...(await tag(workspace)), name: `Tag ${v7().slice(-8)}`, color: 'teal' }),
  'tags.delete': tag,
  'tags.restore': async (workspace) => {
    const created = await tag(workspace)
    await workspace.call('tags.delete', created)
    return { id: created.id }
  },
  'tags.assign': async (workspace) => ({
    tagId: (await tag(workspace)).id,
    entity: 'client',
    entityIds: [await makeClient(workspace)],
    on: true,
  }),
}
