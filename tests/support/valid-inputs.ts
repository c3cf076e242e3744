import { join } from 'node:path'
import { v7 } from 'uuid'
import { openConnection } from '../../db/open.ts'
import { amountOf, percentOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { ublInvoice } from '../importers/samples.ts'
import { backupInputs } from './backup-inputs.ts'
import { bankInputs } from './bank-inputs.ts'
import { creditInputs } from './credit-inputs.ts'
import { asCommand } from './database.ts'
import { einvoiceInputs } from './einvoice-inputs.ts'
import { contentFor, line, makeClient, makeDraft, makeInvoice, makePayment } from './factories.ts'
import { importInputs } from './import-inputs.ts'
import { ledgerInputs } from './ledger-inputs.ts'
import { peopleInputs } from './people-inputs.ts'
import { personInputs } from './person-inputs.ts'
import { dot } from './pictures.ts'
import { quoteInputs } from './quote-inputs.ts'
import { recordInputs } from './record-inputs.ts'
import { recurringInputs } from './recurring-inputs.ts'
import { settingsInputs } from './settings-inputs.ts'
import { taxInputs } from './tax-inputs.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const bytes = (text: string) => new TextEncoder().encode(text)

const address = { line1: 'Mill Lane 4', line2: null, city: 'Leeds', region: null, postalCode: 'LS1', country: 'GB' }
const client = {
  kind: 'company',
  name: 'Rosewood',
  email: 'a@example.com',
  phone: '1',
  website: 'example.com',
  address,
  deliveryAddress: address,
  taxIds: [{ label: 'VAT', value: 'GB1', keptReason: 'As they write it' }],
  language: 'en-GB',
  currency: 'GBP',
  paymentTermsDays: 14,
  summary: 'Words',
}
const page = { cursor: null, limit: 20 }
const listed = { ...page, search: 'rose', direction: 'asc' }

const newClient: Make = async (workspace) => ({ id: await makeClient(workspace), version: 1 })
const account = (version: number | null) => ({
  fromName: 'Linden',
  fromAddress: 'office@example.com',
  replyTo: 'reply@example.com',
  host: 'mail.example.com',
  port: 465,
  security: 'tls',
  userName: 'office',
  version,
  password: 'secret',
})

const versionOf = async (work: Promise<{ readonly version: number } | null>) => (await work)?.version ?? null
const accountVersion = (workspace: Workspace) =>
  versionOf(workspace.call('mail.account', {}).then((answer) => answer.account))

const contact: Make = async (workspace) =>
  workspace.call('clientContacts.create', { clientId: await makeClient(workspace), name: 'Ann' })
const note: Make = async (workspace) =>
  workspace.call('clientNotes.create', { clientId: await makeClient(workspace), content: 'Call' })
const item: Make = (workspace) => workspace.call('items.create', { name: 'Hour', priceE6: unitPriceOf('80') })
const rate: Make = (workspace) => workspace.call('taxRates.create', { name: 'Extra', rateE6: percentOf('3') })
const draft: Make = async (workspace) => makeDraft(workspace, await makeClient(workspace))
const content = async (workspace: Workspace) =>
  contentFor(workspace, await makeClient(workspace), {
    lines: [line(), { ...line({ rate: '5' }), description: 'Words' }],
    notes: 'Thank you',
    adjustments: [
      {
        id: v7(),
        kind: 'charge',
        reason: 'Postage',
        amountE4: amountOf('5'),
        percentE6: null,
        baseE4: null,
        taxes: null,
      },
    ],
  })
const credit = async (workspace: Workspace) => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const payment = await makePayment(workspace, clientId, '100', [{ invoiceId: invoice.id, amount: '20' }])
  return { clientId, invoice, payment }
}
const message = async (workspace: Workspace, state?: string) => {
  const invoice = await makeInvoice(workspace, await makeClient(workspace))
  if ((await accountVersion(workspace)) === null) await workspace.callRaw('mail.saveAccount', account(null))
  const sent = await workspace.call('mail.send', {
    entityId: invoice.id,
    to: ['a@example.com'],
    subject: 'Invoice',
    body: 'Here it is.',
  })
  if (state !== undefined) {
    const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
    asCommand(raw, () => raw.prepare('UPDATE outbox_messages SET state = ? WHERE id = ?').run(state, sent.id))
    raw.close()
  }
  return sent
}
const idOf = async (row: object | Promise<object>) => ({ id: Reflect.get(await row, 'id') })
const file: Make = async (workspace) => {
  const entityId = await makeClient(workspace)
  return workspace.call('attachments.add', { entity: 'client', entityId, fileName: 'a.txt', content: bytes('a') })
}
const organizationVersion = async (workspace: Workspace) => (await workspace.call('organizations.get', {})).version

/** An input that works for each procedure, with the rows that it needs made first. */
export const validInputs: Readonly<Record<string, Make>> = {
  'activity.list': async (workspace) => ({ ...page, entityId: null, clientId: await makeClient(workspace) }),
  'attachments.list': async (workspace) => ({ entityId: await makeClient(workspace) }),
  'attachments.add': async (workspace) => ({
    entity: 'client',
    entityId: await makeClient(workspace),
    fileName: 'a.txt',
    content: bytes('a'),
  }),
  'attachments.content': (workspace) => idOf(file(workspace)),
  'attachments.delete': file,
  ...recordInputs,
  'audit.mailRoot': async (workspace) => {
    if ((await accountVersion(workspace)) === null) await workspace.callRaw('mail.saveAccount', account(null))
    const day = workspace.clock.now().slice(0, 10)
    return { day, to: 'books@example.com', subject: 'Root of the record' }
  },
  ...bankInputs,
  ...einvoiceInputs,
  ...importInputs,
  ...creditInputs,
  ...quoteInputs,
  ...recurringInputs,
  ...settingsInputs,
  'clientContacts.create': async (workspace) => ({
    clientId: await makeClient(workspace),
    name: 'Ann',
    email: 'a@example.com',
    phone: '1',
    role: 'Buyer',
    isPrimary: true,
  }),
  'clientContacts.update': async (workspace) => ({ ...(await contact(workspace)), name: 'Beth', isPrimary: true }),
  'clientContacts.delete': contact,
  'clientNotes.create': async (workspace) => ({
    clientId: await makeClient(workspace),
    kind: 'follow-up',
    content: 'Call',
    followUpOn: '2026-12-01',
  }),
  'clientNotes.setDone': async (workspace) => ({ ...(await note(workspace)), done: true }),
  'clientNotes.delete': note,
  'clients.list': () => ({ ...listed, status: 'all', owing: true, sort: 'open' }),
  'clients.get': (workspace) => idOf(newClient(workspace)),
  'clients.create': () => client,
  'clients.update': async (workspace) => ({ ...(await newClient(workspace)), ...client }),
  'clients.setStatus': async (workspace) => ({ ...(await newClient(workspace)), status: 'archived' }),
  'clients.delete': newClient,
  'clients.restore': (workspace) => idOf(newClient(workspace)),
  'home.summary': () => ({}),
  'importers.einvoice': () => ({ fileName: 'a.xml', xml: bytes(ublInvoice), dryRun: false }),
  'integrity.check': () => ({}),
  'integrity.rebuild': () => ({}),
  'invoices.list': async (workspace) => ({
    ...listed,
    filter: 'all',
    clientId: await makeClient(workspace),
    from: '2026-01-01',
    to: '2026-12-31',
    sort: 'dueOn',
  }),
  'invoices.totals': async (workspace) => ({
    search: 'rose',
    filter: 'open',
    clientId: await makeClient(workspace),
    from: '2026-01-01',
    to: '2026-12-31',
  }),
  'invoices.markSent': async (workspace) => {
    const { id, version } = await makeInvoice(workspace, await makeClient(workspace))
    return { id, version, on: '2026-11-21', how: 'portal' }
  },
  'invoices.takeBackSent': async (workspace) => {
    const { id, version } = await makeInvoice(workspace, await makeClient(workspace))
    return workspace.call('invoices.markSent', { id, version, on: '2026-11-21', how: 'other' })
  },
  'invoices.stats': async (workspace) => ({ clientId: await makeClient(workspace) }),
  'invoices.get': (workspace) => idOf(draft(workspace)),
  'invoices.blank': async (workspace) => ({ clientId: await makeClient(workspace) }),
  'invoices.saveDraft': async (workspace) => ({ id: v7(), version: null, content: await content(workspace) }),
  'invoices.deleteDraft': draft,
  'invoices.restoreDraft': (workspace) => idOf(draft(workspace)),
  'invoices.issue': draft,
  'invoices.void': async (workspace) => {
    const { id, version } = await makeInvoice(workspace, await makeClient(workspace))
    return { id, version, reason: 'Wrong client' }
  },
  'invoices.duplicate': async (workspace) => ({ ...(await idOf(draft(workspace))), newId: v7() }),
  'invoices.preview': async (workspace) => ({ content: await content(workspace) }),
  'invoices.pdf': (workspace) => idOf(draft(workspace)),
  'items.list': () => ({ ...page, search: 'h', status: 'all', kind: 'service' }),
  'items.get': (workspace) => idOf(item(workspace)),
  'items.create': async (workspace) => ({
    kind: 'product',
    name: 'Hour',
    code: null,
    description: 'Words',
    unit: 'HUR',
    priceE6: unitPriceOf('80'),
    taxRateId: Reflect.get(await rate(workspace), 'id'),
  }),
  'items.update': async (workspace) => ({ ...(await item(workspace)), name: 'Day', priceE6: unitPriceOf('640') }),
  'items.setStatus': async (workspace) => ({ ...(await item(workspace)), status: 'archived' }),
  'mail.account': () => ({}),
  'mail.saveAccount': async (workspace) => account(await accountVersion(workspace)),
  'mail.removeAccount': async (workspace) => {
    if ((await accountVersion(workspace)) === null) await workspace.callRaw('mail.saveAccount', account(null))
    return { version: await accountVersion(workspace) }
  },
  'mail.template': () => ({ kind: 'invoice', language: 'en-GB' }),
  'mail.saveTemplate': async (workspace) => ({
    kind: 'invoice',
    language: 'en-GB',
    version: await versionOf(
      workspace
        .call('mail.template', { kind: 'invoice', language: 'en-GB' })
        .then(({ version }) => (version === null ? null : { version })),
    ),
    subject: 'Your invoice',
    body: 'Here it is.',
  }),
  'mail.compose': async (workspace) => ({
    entity: 'invoice',
    entityId: (await makeInvoice(workspace, await makeClient(workspace))).id,
  }),
  'mail.send': async (workspace) => {
    if ((await accountVersion(workspace)) === null) await workspace.callRaw('mail.saveAccount', account(null))
    const invoice = await makeInvoice(workspace, await makeClient(workspace))
    return {
      entity: 'invoice',
      entityId: invoice.id,
      to: ['a@example.com'],
      cc: ['b@example.com'],
      subject: 'Invoice',
      body: 'Here it is.',
    }
  },
  'mail.standing': () => ({}),
  'mail.outbox': () => ({
    ...page,
    search: 'rose',
    where: {
      match: 'all',
      groups: [{ match: 'all', conditions: [{ field: 'created', operator: 'at-least', value: 'today-30' }] }],
    },
    state: 'all',
    entityId: null,
  }),
  'mail.message': async (workspace) => idOf(message(workspace)),
  'mail.retry': (workspace) => message(workspace, 'failed'),
  'mail.cancel': (workspace) => message(workspace),
  'mail.markSeen': async (workspace) => ({ ...(await message(workspace, 'accepted')), how: 'reply' }),
  'mail.resetTemplate': async (workspace) => {
    const asked = { kind: 'quote' as const, language: 'de-DE' }
    const { version } = await workspace.call('mail.template', asked)
    if (version !== null) return { ...asked, version }
    await workspace.call('mail.saveTemplate', { ...asked, version: null, subject: 'Angebot', body: 'Anbei.' })
    return { ...asked, version: 1 }
  },
  'mail.markBounced': async (workspace) => ({ ...(await message(workspace, 'accepted')), reason: 'Unknown' }),
  'numberSeries.list': () => ({}),
  'numberSeries.update': async (workspace) => {
    const series = (await workspace.call('numberSeries.list', {}))[0]
    return { id: series?.id, version: series?.version, pattern: 'INV-{YYYY}-{0000}', startValue: 7 }
  },
  'numberSeries.preview': () => ({ pattern: 'INV-{YYYY}-{0000}', startValue: 1, on: '2026-11-21' }),
  'organizations.get': () => ({}),
  'organizations.bankDetails': () => ({}),
  'organizations.update': async (workspace) => ({
    version: await organizationVersion(workspace),
    legalName: 'Linden Ltd',
    address,
    taxIds: [{ label: 'VAT', value: 'GB1', keptReason: 'As we write it' }],
    bankDetails: {
      iban: 'GB00',
      bic: null,
      accountName: 'Linden',
      bankName: null,
      accountNumber: null,
      sortCode: null,
    },
    timezone: 'Europe/London',
    fiscalYearStart: '04-06',
    accentColor: '#123456',
    paymentTermsDays: 30,
  }),
  'organizations.setLogo': async (workspace) => ({
    version: await organizationVersion(workspace),
    logo: { fileName: 'logo.png', content: dot },
  }),
  'organizations.logo': () => ({}),
  'payments.list': async (workspace) => ({
    ...page,
    search: 'r',
    status: 'all',
    clientId: await makeClient(workspace),
    withCredit: true,
  }),
  'payments.totals': async (workspace) => ({
    search: 'rose',
    status: 'cleared',
    clientId: await makeClient(workspace),
    withCredit: true,
  }),
  'payments.get': async (workspace) => idOf((await credit(workspace)).payment),
  'payments.rounding': () => ({ currency: 'CHF', method: 'cash' }),
  'payments.openInvoices': async (workspace) => ({ clientId: await makeClient(workspace), currency: 'GBP' }),
  'payments.create': async (workspace) => {
    const { clientId, invoice } = await credit(workspace)
    return {
      clientId,
      receivedOn: '2026-11-21',
      method: 'cheque',
      status: 'pending',
      currency: 'GBP',
      exchangeRateE10: null,
      amountE4: amountOf('10'),
      reference: 'R',
      notes: 'N',
      allocations: [{ invoiceId: invoice.id, amountE4: amountOf('5') }],
    }
  },
  'payments.allocate': async (workspace) => {
    const { payment, invoice } = await credit(workspace)
    return { id: payment.id, version: 1, allocations: [{ invoiceId: invoice.id, amountE4: amountOf('5') }] }
  },
  'payments.unallocate': async (workspace) => {
    const { payment } = await credit(workspace)
    const { allocations } = await workspace.call('payments.get', { id: payment.id })
    return { id: payment.id, version: 1, allocationId: allocations[0]?.id }
  },
  'payments.setStatus': async (workspace) => {
    const { payment } = await credit(workspace)
    return { id: payment.id, version: 1, status: 'bounced', on: '2026-11-22', reason: 'No cover' }
  },
  'savedViews.list': () => ({ list: 'invoices' }),
  'savedViews.save': () => ({ list: 'invoices', name: 'Mine', definition: { filter: ['a', 1, null] } }),
  'savedViews.delete': (workspace) =>
    workspace.call('savedViews.save', { list: 'invoices', name: 'Gone', definition: {} }),
  'savedViews.share': async (workspace) => ({
    ...(await workspace.call('savedViews.save', { list: 'invoices', name: 'Ours', definition: {} })),
    isShared: true,
  }),
  'search.find': () => ({ text: 'rosewod', limit: 10 }),
  'settings.get': () => ({}),
  'settings.set': () => ({ key: 'theme', value: { mode: ['dark', 1, null, true] } }),
  'setup.state': () => ({}),
  'setup.countries': () => ({}),
  'setup.createOrganization': () => ({
    legalName: 'Other Ltd',
    country: 'DE',
    kind: 'retail',
    ownerName: 'Ann',
    email: 'a@example.com',
    currency: 'EUR',
    language: 'de-DE',
    timezone: 'Europe/Berlin',
    fiscalYearStart: '01-01',
    address: { line1: 'Weg 1', city: 'Bonn', postalCode: '53111' },
    taxId: 'DE1',
    taxIdKeptReason: 'Applied for',
    chargesTax: false,
  }),
  'setup.removeDemo': () => ({}),
  'updates.state': () => ({}),
  'updates.check': () => ({}),
  'updates.cancel': () => ({}),
  ...peopleInputs,
  ...personInputs,
  ...taxInputs,
  ...backupInputs,
  ...ledgerInputs,
  'taxRates.list': () => ({ on: '2026-11-21', status: 'all' }),
  'taxRates.create': () => ({
    name: 'Extra',
    category: 'S',
    rateE6: percentOf('3'),
    isCompound: true,
    isDefault: true,
    effectiveFrom: '2026-01-01',
    effectiveTo: '2026-12-31',
    exemptionReason: 'Words',
    place: 'US-NY',
  }),
  'taxRates.update': async (workspace) => ({
    ...(await rate(workspace)),
    name: 'Other',
    rateE6: percentOf('4'),
    isDefault: true,
  }),
  'taxRates.setStatus': async (workspace) => ({ ...(await rate(workspace)), status: 'archived' }),
}
