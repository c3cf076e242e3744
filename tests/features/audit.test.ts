import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fakeClock } from '../support/clock.ts'
import { line, makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { addPerson, prove, withPassword } from '../support/people.ts'
import { verifyAlone } from '../support/record.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let clientId = ''
let invoice: { readonly id: string; readonly number: string }
beforeAll(async () => {
  workspace = await openWorkspace({ clock: fakeClock('2026-11-20T09:00:00.000Z') })
  clientId = await makeClient(workspace)
  workspace.clock.set('2026-11-21T09:00:00.000Z')
  invoice = await makeInvoice(workspace, clientId)
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

describe('two moments of a thing', () => {
  test('differ in the fields and parts that are another, however often they were changed in between', async () => {
    const own = await openWorkspace({ clock: fakeClock('2026-11-20T09:00:00.000Z') })
    const name = (it: string) => line({ name: it })
    const before = own.clock.now()
    own.clock.advance(1000)
    const of = await makeClient(own)
    const { id } = await makeDraft(own, of, { reference: 'A', lines: [name('One'), name('Two')] })
    const first = own.clock.now()
    const between = (from: string, to: string) =>
      own.call('audit.between', { subject: { table: 'invoices', id }, from, to })
    const save = async (reference: string, names: readonly string[]) => {
      own.clock.advance(1000)
      const { version, content } = await own.call('invoices.get', { id })
      const lines = names.map((it, index) => ({ ...(content.lines[index] ?? name(it)), name: it }))
      await own.call('invoices.saveDraft', { id, version, content: { ...content, reference, lines } })
      return own.clock.now()
    }
    await save('B', ['One', 'Two', 'Three', 'Four'])
    const second = await save('C', ['One', 'Second', 'Three'])
    const told = ({ rows }: Awaited<ReturnType<typeof between>>) =>
      rows.map(({ table, kind, label }) => [table, kind, label].join(' '))
    const change = await between(first, second)
    expect(change.wasThere).toBe(true)
    expect(told(change)).toEqual(['invoices changed ', 'invoice_lines changed Second', 'invoice_lines added Three'])
    expect(change.rows[0]).toMatchObject({ oldValues: { reference: 'A' }, newValues: { reference: 'C' } })
    expect(change.rows[1]).toMatchObject({ oldValues: { name: 'Two' }, newValues: { name: 'Second' } })
    expect(Object.keys(change.rows[1]?.newValues ?? {})).toEqual(['name'])
    // Back to what it was: nothing differs but what did in the meantime.
    const third = await save('A', ['One', 'Two'])
    expect(told(await between(first, third))).toEqual([])
    expect(told(await between(second, third))).toContain('invoice_lines removed Three')
    expect(await between(before, first)).toMatchObject({
      wasThere: false,
      rows: [{ table: 'invoices', kind: 'added' }, {}, {}],
    })
    await expect(between(second, first)).rejects.toMatchObject({ code: 'VALIDATION' })
    await own.close()
  })
})

describe('the list', () => {
  test('filters by table, row, action, procedure, person, device and day', async () => {
    const list = (asked: object) => workspace.call('audit.list', { limit: 200, ...asked })
    const all = (await list({})).rows
    const { users, devices } = await workspace.call('audit.choices', {})
    expect((await list({ tables: ['invoices'] })).rows.map(({ rowId }) => rowId)).toEqual([invoice.id, invoice.id])
    expect((await list({ rowId: clientId })).rows.every(({ rowId }) => rowId === clientId)).toBe(true)
    expect((await list({ tables: ['invoices'], action: 'update' })).rows).toHaveLength(1)
    expect((await list({ procedure: 'voices.iss' })).rows.every((row) => row.procedure === 'invoices.issue')).toBe(true)
    expect((await list({ procedure: '%' })).rows).toEqual([])
    const [user] = users
    const [device] = devices
    expect(
      (await list({ userId: user?.id, deviceId: device?.id })).rows.every((row) => row.userName === user?.name),
    ).toBe(true)
    const before = (await list({ to: '2026-11-20' })).rows
    const since = (await list({ from: '2026-11-21' })).rows
    expect(before.length).toBeGreaterThan(0)
    expect(before.length + since.length).toBe(all.length)
    expect(before.every(({ at }) => at < '2026-11-21')).toBe(true)
  })

  test('says what each row belongs to, and its place in the record', async () => {
    const { rows } = await workspace.call('audit.list', { tables: ['invoice_lines', 'clients'], limit: 10 })
    expect(rows.find(({ table }) => table === 'invoice_lines')?.subject).toEqual({
      table: 'invoices',
      id: invoice.id,
      label: invoice.number,
    })
    expect(rows.find(({ table }) => table === 'clients')?.subject?.label).toBe('Rosewood Bakery')
    const people = await workspace.call('audit.list', { tables: ['memberships'], limit: 10 })
    expect(people.rows.map(({ subject }) => subject)).toMatchObject([{ table: 'users', label: 'Owner' }])
    expect(rows.every(({ entry }) => entry !== null && entry > 1)).toBe(true)
  })
})

describe('what a value names by id', () => {
  let own: Workspace
  beforeAll(async () => {
    own = await openWorkspace({ clock: fakeClock('2026-11-20T09:00:00.000Z') })
    await withPassword(own)
  })
  afterAll(() => own.close())
  const place = (name: string) =>
    own.call('branches.create', { code: name.slice(0, 2).toUpperCase(), name, timezone: 'Europe/London' })
  const rename = async (id: string, name: string) => {
    const branch = (await own.call('branches.list', {})).find((it) => it.id === id)
    if (branch === undefined) throw new Error('There is no such branch.')
    const { isDefault: _default, isClosed: _closed, ...values } = branch
    await own.call('branches.update', { ...values, name })
  }
  const changesOf = async (tables: readonly string[]) =>
    (await own.call('audit.list', { tables: [...tables], action: 'done', limit: 200 })).rows

  test('is a branch or a role by its name of then, also once it is another or closed', async () => {
    const { id: leeds } = await place('Leeds')
    const { id: york } = await place('York')
    const staff = addPerson(own, { role: 'staff', name: 'Ben Reed' })
    const limit = async (branchIds: string[]) => {
      const { membershipVersion: version = 0 } = (await own.call('users.list', {})).find(({ id }) => id === staff) ?? {}
      await own.call('branches.setMember', { id: staff, version, branchIds })
    }
    await limit([leeds])
    await rename(leeds, 'Leeds North')
    await limit([leeds, york])
    await own.call('branches.close', { id: york, version: 1 })
    await limit([])
    const told = (await changesOf(['memberships'])).filter(({ procedure }) => procedure === 'branches.setMember')
    expect(told.map(({ names }) => names)).toEqual([
      { [leeds]: 'Leeds North', [york]: 'York' },
      { [leeds]: 'Leeds North', [york]: 'York' },
      { [leeds]: 'Leeds' },
    ])
    expect(told.every(({ subject }) => subject?.label === 'Ben Reed')).toBe(true)
    const role = await own.call('roles.create', { name: 'Clerk', permissions: ['invoices.read'] })
    const { membershipVersion: version = 0 } = (await own.call('users.list', {})).find(({ id }) => id === staff) ?? {}
    await own.call('users.setRole', { id: staff, version, role: 'staff', roleId: role.id })
    await own.call('roles.update', { ...role, name: 'Junior clerk', permissions: ['invoices.read'] })
    const [given] = await changesOf(['memberships'])
    expect(given).toMatchObject({ procedure: 'users.setRole', names: { [role.id]: 'Clerk' } })
  })

  test('is named as of the second of two moments that are compared', async () => {
    const { id: hull } = await place('Hull')
    const { id } = await makeDraft(own, await makeClient(own))
    const first = own.clock.now()
    own.clock.advance(1000)
    const { version, content } = await own.call('invoices.get', { id })
    await own.call('invoices.saveDraft', { id, version, content: { ...content, branchId: hull } })
    const second = own.clock.now()
    own.clock.advance(1000)
    await rename(hull, 'Hull Docks')
    const { rows } = await own.call('audit.between', { subject: { table: 'invoices', id }, from: first, to: second })
    expect(rows).toMatchObject([{ table: 'invoices', newValues: { branch_id: hull }, names: { [hull]: 'Hull' } }])
  })

  test('is a person who was erased by the name that stands for them, and a client by their code', async () => {
    const gone = addPerson(own, { role: 'manager', name: 'Cora Birch' })
    await own.call('users.deactivate', { id: gone })
    prove(own)
    const { standIn } = await own.call('users.erase', { id: gone, confirmation: 'Cora Birch' })
    const rows = await changesOf(['person_erasures', 'memberships'])
    const erasing = rows.filter(({ procedure }) => procedure === 'users.erase')
    expect(erasing.map(({ table }) => table).sort()).toEqual(['memberships', 'person_erasures'])
    expect(erasing.map(({ subject }) => subject)).toEqual(
      erasing.map(() => ({ table: 'users', id: gone, label: standIn })),
    )
    const events = await own.call('security.events', {})
    expect(events.rows.find(({ kind }) => kind === 'erased')?.data).toEqual({ person: gone, standIn })
    const client = await makeClient(own, 'Quill Works')
    const { code, version } = await own.call('clients.get', { id: client })
    await own.call('dataRights.erase', {
      clientId: client,
      version,
      askedBy: 'person',
      reason: 'Asked by letter',
      confirmation: code,
    })
    const subject = { table: 'clients', id: client }
    const erased = (await own.call('audit.list', { subject, limit: 20 })).rows.find(({ table }) => table === 'erasures')
    expect(erased?.subject).toEqual({ ...subject, label: `Erased client ${code}` })
  })
})

test('who takes something sensitive out is on record, in the chain, and shown', async () => {
  await workspace.call('dataRights.exportData', { clientId })
  await workspace.call('dataExports.sheet', { sheet: 'clients' })
  await workspace.call('audit.list', {})
  const { rows } = await workspace.call('audit.list', { action: 'export' })
  expect(rows.map(({ procedure, newValues, userName }) => [procedure, newValues['what'], userName])).toEqual([
    ['dataExports.sheet', 'A table of the books, as CSV (clients)', 'Owner'],
    ['dataRights.exportData', 'Everything about a client, as an archive', 'Owner'],
  ])
  expect(rows[1]?.newValues).toMatchObject({ subject_id: clientId })
  expect(await workspace.call('audit.verify', {})).toMatchObject({ ok: true })
  // Also among the security events, which are a chain of their own.
  const events = await workspace.call('security.events', {})
  expect(events.rows.filter(({ kind }) => kind === 'exported').length).toBeGreaterThan(0)
  expect(await workspace.call('security.verify', {})).toMatchObject({ firstBad: null })
})

test('each day has its root: on paper and in a mail, to an address of choice', async () => {
  const roots = await workspace.call('audit.roots', { to: '2026-11-21', days: 5 })
  expect(roots.map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-20'])
  const verified = await workspace.call('audit.verify', { head: roots[1]?.hash ?? null })
  expect(verified).toMatchObject({ ok: true })
  expect(verified.heads[0]).toMatchObject({ hash: roots[0]?.hash, publicKey: roots[0]?.publicKey })
  const { pdf } = await workspace.call('audit.rootPdf', { day: '2026-11-20' })
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  await expect(workspace.call('audit.rootPdf', { day: '2026-11-01' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await workspace.call('mail.saveAccount', {
    fromName: 'Linden',
    fromAddress: 'office@example.com',
    replyTo: null,
    host: 'mail.example.com',
    port: 465,
    security: 'tls',
    userName: 'office',
    version: null,
    password: 'secret',
  })
  await workspace.call('audit.mailRoot', { day: '2026-11-20', to: 'keeper@example.com', subject: 'Root' })
  const { rows } = await workspace.call('mail.outbox', {})
  expect(rows[0]).toMatchObject({ to: ['keeper@example.com'], subject: 'Root' })
  await expect(workspace.call('audit.verify', { head: 'ab'.repeat(32) })).resolves.toMatchObject({
    ok: false,
    first: { kind: 'head' },
  })
})

test('the record leaves as a file that the stand-alone verifier takes', async () => {
  const { content, head, fileName } = await workspace.call('audit.exportRecord', {})
  expect(fileName).toBe('record-2026-11-21.jsonl')
  expect(await verifyAlone(Buffer.from(content).toString('utf8'), '--head', head ?? '')).toMatchObject({ ok: true })
})
