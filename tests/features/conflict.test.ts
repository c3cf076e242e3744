import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openConnection } from '../../db/open.ts'
import { contract, procedures } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { amountOf, percentOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import { creditConflicts } from '../support/credit-inputs.ts'
import { asCommand } from '../support/database.ts'
import { contentFor, makeClient, makeDraft, makeInvoice, makePayment } from '../support/factories.ts'
import { quoteConflicts } from '../support/quote-inputs.ts'
import { validInputs } from '../support/valid-inputs.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

type Case = { readonly table: string; readonly id: string; readonly input: object }

const account = {
  fromName: 'Linden',
  fromAddress: 'office@example.com',
  replyTo: null,
  host: 'mail.example.com',
  port: 465,
  security: 'tls' as const,
  userName: null,
}

const figure = { from: '2026-07-01', to: '2026-09-30', taxReturn: 'vat-100', cell: '4.amount', amountE4: amountOf('1') }

// Commands whose version says something else than what the caller saw.
const withVersion = [...procedures].flatMap(([name, procedure]) =>
  procedure.kind === 'command' && procedure.input instanceof z.ZodObject && 'version' in procedure.input.shape
    ? [name]
    : [],
)

// Where the row is not in the table that is called as the feature is.
const tables: Readonly<Record<string, string>> = {
  'taxRates.deleteVersion': 'tax_rate_versions',
  'taxSettings.deleteRegistration': 'tax_registrations',
  'taxSettings.unlockPeriod': 'tax_locks',
  'reminders.savePlan': 'reminder_plans',
  'reminders.deletePlan': 'reminder_plans',
  'dataRights.erase': 'clients',
}
const tableOf = (name: string) =>
  tables[name] ?? (name.split('.')[0] ?? '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A row for every command that names the version it saw, and the input that would change it. */
const makeCases = async (workspace: Workspace): Promise<Readonly<Record<string, Case>>> => {
  const named = await namedCases(workspace)
  const rest: Record<string, Case> = {}
  for (const name of withVersion.filter((it) => named[it] === undefined)) {
    const input = await validInputs[name]?.(workspace)
    if (input === undefined) continue
    const id = Reflect.get(input, 'id') ?? Reflect.get(input, 'clientId')
    rest[name] = { table: tableOf(name), id: String(id), input }
  }
  return { ...named, ...rest }
}

// The version is that of the membership, which has an id of its own.
const roleCase = async (workspace: Workspace, name: string): Promise<Case> => {
  const input = (await validInputs[name]?.(workspace)) ?? {}
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: true })
  const id = raw.prepare('SELECT id FROM memberships WHERE user_id = ?').pluck().get(Reflect.get(input, 'id'))
  raw.close()
  return { table: 'memberships', id: String(id), input }
}

const namedCases = async (workspace: Workspace): Promise<Readonly<Record<string, Case>>> => {
  const { call } = workspace
  const clientId = await makeClient(workspace)
  const contact = await call('clientContacts.create', { clientId, name: 'Ann' })
  const note = await call('clientNotes.create', {
    clientId,
    kind: 'follow-up',
    content: 'Call',
    followUpOn: '2026-12-01',
  })
  const item = await call('items.create', { name: 'Hour', priceE6: unitPriceOf('80') })
  const rate = await call('taxRates.create', { name: 'Extra', rateE6: percentOf('1') })
  const series = (await call('numberSeries.list', {}))[0]
  const draft = await makeDraft(workspace, clientId)
  const issued = await makeInvoice(workspace, clientId)
  const paid = await makeInvoice(workspace, clientId)
  const handed = await makeInvoice(workspace, clientId)
  const payment = await makePayment(workspace, clientId, '200', [{ invoiceId: paid.id, amount: '20' }])
  const { allocations } = await call('payments.get', { id: payment.id })
  const file = await call('attachments.add', {
    entity: 'client',
    entityId: clientId,
    fileName: 'a.txt',
    content: new TextEncoder().encode('a'),
  })
  const view = await call('savedViews.save', { list: 'invoices', name: 'Mine', definition: {} })
  const mailAccount = await call('mail.saveAccount', { ...account, version: null })
  const template = await call('mail.saveTemplate', {
    kind: 'invoice',
    language: 'en-GB',
    version: null,
    subject: 'S',
    body: 'B',
  })
  const send = (invoiceId: string) =>
    call('mail.send', { entityId: invoiceId, to: ['a@example.com'], subject: 'Invoice', body: 'Here it is.' })
  const message = await send(issued.id)
  const delivered = await send(paid.id)
  const registration = contract.taxSettings.saveRegistration.input
    .omit({ id: true, version: true })
    .parse(await validInputs['taxSettings.saveRegistration']?.(workspace))
  const me = await call('users.me', {})
  const profile = { name: 'Ann Quill', email: 'ann@example.com', color: null }
  const organization = { table: 'organizations', id: workspace.organizationId }
  const of = (table: string, { id }: { id: string }, more: object = {}): Case => ({ table, id, input: { id, ...more } })
  return {
    'clients.update': of('clients', { id: clientId }, { name: 'Changed' }),
    'clients.setStatus': of('clients', { id: clientId }, { status: 'archived' }),
    'clients.delete': of('clients', { id: await makeClient(workspace, 'Unused') }),
    'clientContacts.update': of('client_contacts', contact, { name: 'Beth' }),
    'clientContacts.delete': of('client_contacts', contact),
    'clientNotes.setDone': of('client_notes', note, { done: true }),
    'clientNotes.delete': of('client_notes', note),
    'items.update': of('items', item, { name: 'Day' }),
    'items.setStatus': of('items', item, { status: 'archived' }),
    'taxRates.update': of('tax_rates', rate, { name: 'Other' }),
    'taxRates.setStatus': of('tax_rates', rate, { status: 'archived' }),
    'numberSeries.update': of('number_series', { id: series?.id ?? '' }, { startValue: 500 }),
    'organizations.update': { ...organization, input: { legalName: 'Changed' } },
    'organizations.setLogo': { ...organization, input: { logo: null } },
    'invoices.saveDraft': of('invoices', draft, { content: await contentFor(workspace, clientId) }),
    'invoices.deleteDraft': of('invoices', draft),
    'invoices.issue': of('invoices', draft),
    'invoices.void': of('invoices', issued, { reason: 'A mistake' }),
    'invoices.markSent': of('invoices', issued, { on: '2026-11-21', how: 'post' }),
    'invoices.takeBackSent': of(
      'invoices',
      await call('invoices.markSent', { id: handed.id, version: handed.version, on: '2026-11-21', how: 'post' }),
    ),
    'payments.allocate': of('payments', payment, { allocations: [{ invoiceId: paid.id, amountE4: amountOf('1') }] }),
    'payments.unallocate': of('payments', payment, { allocationId: allocations[0]?.id }),
    'payments.setStatus': of('payments', payment, { status: 'bounced', on: '2026-11-22', reason: 'No cover' }),
    ...(await creditConflicts(workspace)),
    ...(await quoteConflicts(workspace)),
    'users.updateMe': { table: 'users', id: me.id ?? '', input: profile },
    'users.setPicture': { table: 'users', id: me.id ?? '', input: { picture: null } },
    'users.setRole': await roleCase(workspace, 'users.setRole'),
    'branches.setMember': await roleCase(workspace, 'branches.setMember'),
    'taxSettings.saveRegistration': of(
      'tax_registrations',
      await call('taxSettings.saveRegistration', { ...registration, id: null, version: null }),
      registration,
    ),
    'taxReports.setFigure': {
      table: 'tax_return_figures',
      id: (await call('taxReports.setFigure', { ...figure, version: null })).id ?? '',
      input: { ...figure, amountE4: amountOf('2') },
    },
    'attachments.delete': of('attachments', file),
    'savedViews.delete': of('saved_views', view),
    'savedViews.share': of('saved_views', view, { isShared: true }),
    'mail.saveAccount': { table: 'mail_accounts', id: mailAccount.id, input: account },
    'mail.removeAccount': { table: 'mail_accounts', id: mailAccount.id, input: {} },
    'mail.saveTemplate': {
      table: 'message_templates',
      id: template.id,
      input: { kind: 'invoice', language: 'en-GB', subject: 'S2', body: 'B2' },
    },
    'mail.retry': of('outbox_messages', message),
    'mail.cancel': of('outbox_messages', message),
    'mail.markBounced': of('outbox_messages', delivered, { reason: 'Unknown here' }),
    'mail.markSeen': of('outbox_messages', delivered, { how: 'reply' }),
    'mail.resetTemplate': {
      table: 'message_templates',
      id: template.id,
      input: { kind: 'invoice', language: 'en-GB' },
    },
    'reminders.stop': { table: 'invoices', id: issued.id, input: { invoiceId: issued.id, reason: 'In dispute' } },
  }
}

describe('a stale version', () => {
  let workspace: Workspace
  let cases: Readonly<Record<string, Case>>
  let raw: Sqlite.Database

  beforeAll(async () => {
    workspace = await openWorkspace()
    cases = await makeCases(workspace)
    raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
    // Only a server takes a message: here the store says that one did.
    asCommand(raw, () =>
      raw.prepare(`UPDATE outbox_messages SET state = 'accepted' WHERE id = ?`).run(cases['mail.markBounced']?.id),
    )
  })
  afterAll(async () => {
    raw.close()
    await workspace.close()
  })

  test('is thought of for every command that takes one', () => {
    expect(Object.keys(cases).sort()).toEqual([...withVersion].sort())
  })

  test.each(withVersion)('is a CONFLICT with both states: %s', async (name) => {
    const { table, id, input } = cases[name] ?? { table: '', id: '', input: {} }
    const seen = Number(raw.prepare(`SELECT version FROM ${table} WHERE id = ?`).pluck().get(id))
    // Somebody else saves in between; the version is no content, so that this needs no command.
    raw.prepare(`UPDATE ${table} SET version = version + 1 WHERE id = ?`).run(id)
    const before = raw.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id)
    const commands = raw.prepare('SELECT count(*) FROM commands').pluck()
    const count = commands.get()
    const error = await workspace.callRaw(name, { ...input, version: seen }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'CONFLICT',
      details: { yours: { version: seen }, current: { id, version: seen + 1 } },
    })
    expect(raw.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id)).toEqual(before)
    expect(commands.get()).toBe(count)
  })

  test('that was right goes through and counts on', async () => {
    const version = Number(raw.prepare('SELECT version FROM organizations').pluck().get())
    const saved = await workspace.call('organizations.update', { legalName: 'Linden & Co', version })
    expect(saved.version).toBe(version + 1)
    expect(workspace.errors).toEqual([])
  })
})
