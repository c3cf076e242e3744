import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { lastChange } from '../../electron/backup/last-change.ts'
import { coreProcedures } from '../../shared/contract/index.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { addPerson, enter, prove, takeRole, withPassword } from '../support/people.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())

const events = async () =>
  await workspace.core.read((db) =>
    db.selectFrom('securityEvents').select(['kind', 'data', 'userId']).orderBy('seq').execute(),
  )

test('rows of a list that leave as a file are on record: who, when, what, how many', async () => {
  await workspace.call('audit.noteExport', { what: 'clients-2026-11-21.csv', rows: 12 })
  const { rows } = await workspace.call('audit.list', { action: 'export', limit: 5 })
  expect(rows[0]).toMatchObject({ procedure: 'audit.noteExport', action: 'export', table: 'accesses' })
  expect(rows[0]?.newValues['what']).toBe('Rows of a list, as CSV (clients-2026-11-21.csv: 12)')
  expect((await events()).at(-1)).toMatchObject({ kind: 'exported' })
})

test('all changes of a thing come with those of its parts, told by their command', async () => {
  const clientId = await makeClient(workspace, 'Rosewood Bakery')
  await workspace.call('clientNotes.create', { clientId, content: 'Rings before nine' })
  const { rows } = await workspace.call('audit.list', { subject: { table: 'clients', id: clientId }, limit: 20 })
  expect(rows.map(({ table }) => table)).toContain('client_notes')
  expect(rows.at(-1)).toMatchObject({ table: 'clients', action: 'insert', procedure: 'clients.create' })
  expect(new Set(rows.map(({ commandSeq }) => commandSeq)).size).toBeGreaterThan(1)
  for (const table of ['invoices', 'quotes', 'credit_notes', 'payments', 'items', 'recurring_invoices']) {
    expect((await workspace.call('audit.list', { subject: { table, id: clientId }, limit: 5 })).rows.length).toBe(1)
  }
  const other = await workspace.call('audit.list', { subject: { table: 'no_such', id: clientId }, limit: 20 })
  expect(other.rows.every(({ rowId }) => rowId === clientId)).toBe(true)
})

test('who tries what their role does not include is on record, once an hour for each thing', async () => {
  await takeRole(workspace, 'cashier')
  const { userId } = await workspace.call('setup.state', {})
  const tries = async () => (await events()).filter(({ kind }) => kind === 'refused')
  const tryIt = () =>
    workspace.call('audit.setRetention', { years: 99, legalHold: false }).then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  expect(await tryIt()).toBe('FORBIDDEN')
  expect(await tryIt()).toBe('FORBIDDEN')
  expect(await tries()).toMatchObject([{ userId, data: '{"procedure":"audit.setRetention"}' }])
  workspace.clock.advance(3_600_000)
  expect(await tryIt()).toBe('FORBIDDEN')
  expect(await tries()).toHaveLength(2)
  // Screens read of themselves: what is only not shown to somebody is no try.
  await expect(workspace.call('audit.list', { limit: 5 })).rejects.toThrow('does not include')
  expect(await tries()).toHaveLength(2)
})

// Names of fields that hold what somebody is known by or reached at, what they are taxed or paid under, or where they were.
const telling =
  /^(iban|qrIban|bic|accountNumber|sortCode|upiId|counterparty\w*|mandateReference|purpose|taxIds?|taxNumber|gstin|pan|legalId|nationalId|passport\w*|socialSecurity\w*|dateOfBirth|birth\w*|salary|pay(roll|slip)\w*|diagnos\w*|email|e?mailAddress|phone|mobile|fax|address\w*|line1|postalCode|deliveryAddress|electronicAddress|contacts|sentTo|fromAddress|replyTo|lastLoginAt|lastUsedAt|oldValues|recipients?|to|cc|bcc)$/

type Json = { readonly [key: string]: unknown }
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Every field of an answer that is telling, and `a file` where it has bytes. */
const tellingIn = (schema: unknown, name = ''): string[] => {
  if (!isJson(schema)) return []
  // One recipient is a list of one; a date that something goes up to is none.
  const isNamed = telling.test(name) && (!/^(to|cc|bcc)$/.test(name) || schema['type'] === 'array')
  const here = schema['bytes'] === true ? ['a file'] : isNamed ? [name] : []
  const properties = isJson(schema['properties']) ? Object.entries(schema['properties']) : []
  const rest = Object.entries(schema).filter(([key]) => key !== 'properties')
  return [
    ...here,
    ...properties.flatMap(([field, inner]) => tellingIn(inner, field)),
    ...rest.flatMap(([, inner]) => (Array.isArray(inner) ? inner : [inner]).flatMap((it) => tellingIn(it))),
  ]
}

// Says something telling and is not on record when it is read, and why not.
const open: Readonly<Record<string, string>> = {
  'audit.rootPdf': 'a hash on paper',
  'bankStatements.preview': 'what the caller has just brought along, and nothing that is kept',
  'dataImports.dryRun': 'counts',
  'dataImports.list': 'counts',
  'dataRights.previewErasure': 'counts',
  'dataRights.erasures': 'counts',
  'documentTemplates.preview': 'a sample for a client that there is not',
  'organizations.get': 'the business itself, as it stands at the head of every document; its bank details stand apart',
  'organizations.logo': 'the logo',
  'reports.pdf': 'names and sums',
  'branches.list': 'places of the business, as they stand on documents',
  'sessions.list': 'one’s own',
  'users.me': 'one’s own',
  'users.picture': 'a face beside a name',
}

describe('what is not everybody’s to see', () => {
  const found = new Map(
    [...coreProcedures].flatMap(([name, { kind, output }]) => {
      const fields = [...new Set(tellingIn(z.toJSONSchema(output, { unrepresentable: 'any' })))]
      return fields.length === 0 || kind === 'command' ? [] : [[name, fields.join(', ')] as const]
    }),
  )
  const isOnRecord = (name: string) => {
    const procedure = coreProcedures.get(name)
    return procedure?.kind === 'query' && (procedure.sensitive ?? procedure.discloses) !== undefined
  }

  test('is on record when it is read, or stands here with the reason', () => {
    expect(found.size).toBeGreaterThan(25)
    const silent = [...found].filter(([name]) => !isOnRecord(name) && open[name] === undefined)
    expect(silent.map(([name, fields]) => `${name} shows ${fields}`)).toEqual([])
    expect(Object.keys(open).filter((name) => !found.has(name) || isOnRecord(name))).toEqual([])
  })
})

describe('who looks at it', () => {
  let shared: Workspace
  let owner = ''
  let ben = ''
  let clientId = ''
  beforeAll(async () => {
    shared = await openWorkspace()
    clientId = await makeClient(shared, 'Rosewood Bakery')
    // Alone and without a password nothing of it happens.
    await shared.call('clients.get', { id: clientId })
    await shared.call('clients.list', {})
    expect(await looks()).toEqual([])
    owner = await withPassword(shared)
    ben = addPerson(shared, { role: 'manager', name: 'Ben Reed', email: 'ben@example.com' })
  })
  afterAll(async () => {
    const { problems } = await shared.call('audit.verify', {})
    // The people of this test came past the app, and nothing else did.
    expect(problems.filter(({ text }) => !text.includes('(test)'))).toEqual([])
    expect(shared.errors).toEqual([])
    await shared.close()
  })

  const looks = async () =>
    await shared.core.read((db) =>
      db
        .selectFrom('accesses as a')
        .innerJoin('auditLog as l', 'l.rowId', 'a.id')
        .innerJoin('commands as c', 'c.seq', 'l.commandSeq')
        .select(['a.procedure', 'a.what', 'a.subjectId', 'c.userId', 'c.procedure as command'])
        .orderBy('c.seq')
        .execute(),
    )
  /** What a piece of work put on record. */
  const during = async (work: () => Promise<unknown>) => {
    const before = (await looks()).length
    await work()
    return (await looks()).slice(before).map(({ procedure, what, subjectId }) => [procedure, what, subjectId])
  }
  const details = 'Contact details and tax numbers of a client'

  test('is on record before the answer, once an hour for each session, client and thing', async () => {
    await enter(shared, ben)
    const look = () => shared.call('clients.get', { id: clientId })
    const changed = await shared.core.read(lastChange)
    expect(await during(look)).toEqual([['clients.get', details, clientId]])
    expect(await during(look)).toEqual([])
    // Nothing to make another backup for.
    expect(await shared.core.read(lastChange)).toBe(changed)
    shared.clock.advance(3_599_000)
    expect(await during(look)).toEqual([])
    shared.clock.advance(2000)
    expect(await during(look)).toEqual([['clients.get', details, clientId]])
    // A clock that is set back is no way around it.
    shared.clock.advance(-7_200_000)
    expect(await during(look)).toHaveLength(1)
    shared.clock.advance(7_200_000)
    expect((await looks()).every((it) => it.userId === ben && it.command === 'access.looked')).toBe(true)
    await enter(shared, owner)
    expect(await during(look)).toHaveLength(1)
    const other = await makeClient(shared, 'Other Ltd')
    expect(await during(() => shared.call('clients.get', { id: other }))).toEqual([['clients.get', details, other]])
  })

  test('a document or a message counts as a look at its client, a list as one look', async () => {
    await enter(shared, ben)
    const { id } = await makeInvoice(shared, clientId)
    const mailed = () => shared.call('mail.compose', { entityId: id })
    expect(await during(mailed)).toEqual([['mail.compose', details, clientId]])
    expect(await during(() => shared.call('clients.get', { id: clientId }))).toEqual([])
    const lists = async () => {
      for (let time = 0; time < 2; time += 1) {
        await shared.call('clients.list', {})
        await shared.call('users.list', {})
        await shared.call('paymentAccounts.list', {})
        await shared.call('organizations.bankDetails', {})
      }
    }
    expect(await during(lists)).toEqual([
      ['clients.list', 'E-mail addresses of clients, as a list', null],
      ['users.list', 'E-mail addresses and sign-ins of people, as a list', null],
      ['paymentAccounts.list', 'Bank details of the business', null],
    ])
    // What shows names and sums alone is no such look.
    const plain = async () => {
      await shared.call('invoices.get', { id })
      await shared.call('invoices.list', {})
      await shared.call('organizations.get', {})
      await shared.call('mail.standing', {})
      await shared.call('users.me', {})
    }
    expect(await during(plain)).toEqual([])
    await enter(shared, owner)
    expect(await during(() => shared.call('sessions.ofPerson', { id: ben }))).toEqual([
      ['sessions.ofPerson', 'Where a person is signed in', ben],
    ])
    expect(await during(() => shared.call('sessions.ofPerson', { id: owner }))).toEqual([])
  })

  test('is told apart from what was done, and in the timeline of the client', async () => {
    const list = async (asked: object) => (await shared.call('audit.list', { limit: 200, ...asked })).rows
    const done = await list({ action: 'done' })
    const read = await list({ action: 'read' })
    expect(done.every(({ action }) => action !== 'read')).toBe(true)
    expect(read.every(({ action, table }) => action === 'read' && table === 'accesses')).toBe(true)
    expect((await list({})).length).toBe(done.length + read.length)
    expect(read.find(({ newValues }) => newValues['what'] === 'Where a person is signed in')?.subject).toEqual({
      table: 'users',
      id: ben,
      label: 'Ben Reed',
    })
    const subject = { table: 'clients', id: clientId }
    const ofClient = await list({ subject, action: 'read' })
    expect(ofClient.length).toBeGreaterThan(3)
    expect(ofClient.every((row) => row.subject?.label === 'Rosewood Bakery')).toBe(true)
    expect((await list({ subject, action: 'done' })).every(({ table }) => table === 'clients')).toBe(true)
    // Looking at the record is a look as well.
    expect(ofClient.map(({ newValues }) => newValues['what'])).not.toContain('Old and new values in the record')
    expect((await list({ subject, action: 'read' }))[0]?.newValues['what']).toBe('Old and new values in the record')
  })

  test('leaves the last commands to undo as they are', async () => {
    await enter(shared, ben)
    await shared.call('clientNotes.create', { clientId, content: 'Rings before nine' })
    shared.clock.advance(3_600_000)
    await shared.call('clients.get', { id: clientId })
    const [last] = await shared.call('history.list', {})
    expect(last).toMatchObject({ procedure: 'clientNotes.create', obstacle: null })
  })

  test('stays when the client is erased, and says nothing of them', async () => {
    await enter(shared, owner)
    const id = await makeClient(shared, 'Canary Quill')
    await shared.call('clients.get', { id })
    const { client } = await shared.call('dataRights.previewErasure', { clientId: id })
    prove(shared)
    await shared.call('dataRights.erase', {
      clientId: id,
      version: client.version,
      askedBy: 'person',
      reason: 'Asked by letter',
      confirmation: client.code,
    })
    const { rows } = await shared.call('audit.list', { subject: { table: 'clients', id }, action: 'read' })
    expect(rows.map(({ newValues }) => newValues['what'])).toContain(details)
    expect(JSON.stringify(rows)).not.toContain('Canary')
  })

  test('costs one write for a burst of the same, and none for what is known', async () => {
    await enter(shared, ben)
    expect(
      await during(() => Promise.all(Array.from({ length: 20 }, () => shared.call('clients.get', { id: clientId })))),
    ).toHaveLength(1)
  })
})
