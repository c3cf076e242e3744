import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { toJson } from '../../db/json.ts'
import { openConnection } from '../../db/open.ts'
import { fakeClock } from '../support/clock.ts'
import { makeClient, makeDraft, makeInvoice, makePayment } from '../support/factories.ts'
import { answersOf, askAsOf, differences, lookBack, makeHistory, viewAt } from '../support/looking-back.ts'
import { addPerson, enter, prove, withPassword } from '../support/people.ts'
import { randomFrom } from '../support/random.ts'
import { verifyFile } from '../support/record.ts'
import { purgeNow } from '../support/retention.ts'
import { times } from '../support/scale.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let open: Workspace | null = null
const workspaceOf = async (options: Parameters<typeof openWorkspace>[0] = {}) => {
  open = await openWorkspace(options)
  return open
}
const picturesOf = ({ directory }: Workspace) => {
  const folder = join(directory, 'past')
  return existsSync(folder) ? readdirSync(folder) : []
}

afterEach(async () => {
  expect(open?.errors ?? []).toEqual([])
  await open?.close()
  open = null
})

const hour = 3_600_000
const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)

test(`at each moment of a random history every page says what it said then (COUNTERFOIL_SEED=${seed})`, {
  timeout: 120_000,
}, async () => {
  const workspace = await workspaceOf()
  const random = randomFrom(seed)
  const clients: string[] = []
  const seen: { readonly at: string; readonly answers: ReadonlyMap<string, string> }[] = []
  for (let moment = 0; moment < times(3); moment += 1) {
    await makeHistory(workspace, random, 25, clients)
    const at = workspace.clock.now()
    seen.push({ at, answers: await answersOf(workspace, null, at) })
    workspace.clock.advance(1)
  }
  for (const { at, answers } of seen) {
    const view = await viewAt(workspace, at)
    expect(view).toMatchObject({ at, differences: 0 })
    expect(answers.size).toBeGreaterThan(40)
    expect(differences(answers, await answersOf(workspace, view.id, at))).toEqual([])
    // Another way to the same rows: the record played forward from its beginning gives what was taken back from its end.
    const past = join(workspace.directory, 'past', `${view.id}.db`)
    expect((await verifyFile(past)).problems).toEqual([])
  }
})

/** A client and an invoice of the morning; paid, renamed and credited in the afternoon. */
const aDay = async (workspace: Workspace) => {
  const clientId = await makeClient(workspace, 'Rosewood Bakery')
  const invoice = await makeInvoice(workspace, clientId)
  const morning = workspace.clock.now()
  workspace.clock.advance(hour)
  await makePayment(workspace, clientId, '120', [{ invoiceId: invoice.id, amount: '120' }])
  const { version } = await workspace.call('clients.get', { id: clientId })
  await workspace.call('clients.update', { id: clientId, version, name: 'Rosewood & Daughters' })
  await makeDraft(workspace, clientId)
  await makeInvoice(workspace, await makeClient(workspace, 'Came later'))
  workspace.clock.advance(hour)
  return { clientId, invoice, morning }
}

test('when a draft was saved last is told as it was, whatever of it was changed since', async () => {
  const workspace = await workspaceOf()
  const clientId = await makeClient(workspace, 'Rosewood Bakery')
  const { id } = await makeDraft(workspace, clientId)
  const savedAt = workspace.clock.now()
  const save = async (description: string) => {
    workspace.clock.advance(hour)
    const { version, content } = await workspace.call('invoices.get', { id })
    const lines = content.lines.map((line) => ({ ...line, description }))
    await workspace.call('invoices.saveDraft', { id, version, content: { ...content, lines } })
    return workspace.clock.now()
  }
  const asOf = async (at: string) => {
    const view = await viewAt(workspace, at)
    const draft = await askAsOf(workspace, view.id, 'invoices.get', { id })
    return [
      Reflect.get(draft ?? {}, 'updatedAt'),
      JSON.stringify(Reflect.get(Reflect.get(draft ?? {}, 'content'), 'lines'), ['description']),
    ]
  }
  // Its lines alone, its client's name, and its lines again.
  const second = await save('Second')
  workspace.clock.advance(hour)
  const { version } = await workspace.call('clients.get', { id: clientId })
  await workspace.call('clients.update', { id: clientId, version, name: 'Rosewood & Daughters' })
  const renamed = workspace.clock.now()
  await save('Third')
  expect(await asOf(savedAt)).toEqual([savedAt, '[{"description":null}]'])
  expect(await asOf(second)).toEqual([second, '[{"description":"Second"}]'])
  expect(await asOf(renamed)).toEqual([second, '[{"description":"Second"}]'])
})

const key = Uint8Array.from({ length: 32 }, (_, index) => index + 1)

test.each([
  ['in the clear', undefined],
  ['encrypted', key],
])('%s: a document, the ageing and the search of then; the picture is as safe as the books', async (_, dataKey) => {
  const workspace = await workspaceOf(dataKey === undefined ? {} : { key: dataKey })
  const { clientId, invoice, morning } = await aDay(workspace)
  const view = await viewAt(workspace, morning)
  const ask = (name: string, input: object) => askAsOf(workspace, view.id, name, input)
  expect(await ask('invoices.get', { id: invoice.id })).toMatchObject({ paymentState: 'unpaid', paidE4: 0n })
  expect(await ask('clients.get', { id: clientId })).toMatchObject({ name: 'Rosewood Bakery' })
  expect(await ask('payments.list', {})).toMatchObject({ rows: [] })
  expect(await ask('search.find', { text: 'daughters', limit: 5 })).toEqual([])
  expect(await ask('statements.aged', { on: view.today, currency: 'GBP' })).toMatchObject({
    rows: [{ clientId, openE4: 1_200_000n }],
  })
  // The present is as it was, beside it.
  expect(await workspace.call('clients.get', { id: clientId })).toMatchObject({ name: 'Rosewood & Daughters' })
  const [file = ''] = picturesOf(workspace)
  const bytes = readFileSync(join(workspace.directory, 'past', file)).toString('latin1')
  expect(bytes.includes('Rosewood')).toBe(dataKey === undefined)
  expect(bytes.includes('argon2')).toBe(false)
  expect(await ask('pointInTime.close', { id: view.id })).toEqual({ closed: true })
  expect(picturesOf(workspace)).toEqual([])
  await expect(ask('clients.list', {})).rejects.toMatchObject({ code: 'NOT_FOUND', details: { past: 'closed' } })
})

describe('a look', () => {
  let workspace: Workspace
  let day: Awaited<ReturnType<typeof aDay>>
  beforeAll(async () => {
    workspace = await openWorkspace()
    day = await aDay(workspace)
  })
  afterAll(() => workspace.close())

  test('nothing is changed from the past: commands are refused in words, also those that read first', async () => {
    const { morning, clientId } = day
    const { id } = await viewAt(workspace, morning)
    const refused = { code: 'INVALID_STATE', message: expect.stringContaining('Go back to now') }
    for (const [name, input] of [
      ['clients.create', { name: 'Elm' }],
      ['clients.setStatus', { id: clientId, version: 1, status: 'archived' }],
      ['integrity.rebuild', {}],
      ['mail.testAccount', {}],
      ['history.undo', { commandId: v7() }],
    ] as const) {
      await expect(askAsOf(workspace, id, name, input)).rejects.toMatchObject(refused)
    }
    // What arranges the screen goes on, in the present.
    await askAsOf(workspace, id, 'settings.set', { key: 'density', value: 'compact', scope: 'user' }).catch(
      (error: unknown) => expect(error).not.toMatchObject(refused),
    )
  })

  test('more than two looks: the oldest makes room', async () => {
    const { morning } = day
    const [first, second, third] = [
      await viewAt(workspace, morning),
      await viewAt(workspace, morning),
      await viewAt(workspace, morning),
    ]
    expect(picturesOf(workspace)).toHaveLength(2)
    await expect(askAsOf(workspace, first.id, 'clients.list', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const { id } of [second, third]) await askAsOf(workspace, id, 'clients.list', {})
  })

  test('a look that is left half way leaves nothing behind', async () => {
    const { morning } = day
    const before = picturesOf(workspace)
    const controller = new AbortController()
    // The contract says what the stream gives.
    const stream = (await workspace.callRaw(
      'pointInTime.open',
      { at: morning },
      { signal: controller.signal },
    )) as AsyncIterable<unknown>
    const news: unknown[] = []
    for await (const it of stream) {
      news.push(it)
      controller.abort()
    }
    expect(news.at(-1)).not.toMatchObject({ kind: 'open' })
    await expect.poll(() => picturesOf(workspace)).toEqual(before)
  })

  test('who looked back, and at which moment, is on record; the look ends with the person', async () => {
    const { morning } = day
    const view = await viewAt(workspace, morning)
    const { rows } = await workspace.call('audit.list', { action: 'read' })
    expect(rows[0]).toMatchObject({
      procedure: 'pointInTime.open',
      newValues: { what: expect.stringContaining(morning) },
    })
    const ownerId = await withPassword(workspace)
    const other = addPerson(workspace, { role: 'owner' })
    await enter(workspace, other)
    await expect(askAsOf(workspace, view.id, 'clients.list', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const unknown = await workspace.call('pointInTime.close', { id: v7() })
    expect(await workspace.call('pointInTime.close', { id: view.id })).toEqual(unknown)
    expect(picturesOf(workspace)).toContain(`${view.id}.db`)
    await workspace.core.identity.leave('locked')
    expect(picturesOf(workspace)).toEqual([])
    await enter(workspace, addPerson(workspace, { role: 'staff' }))
    await expect(workspace.callRaw('pointInTime.open', { at: morning })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await enter(workspace, ownerId)
  })
})

test('a picture that cannot be removed keeps nobody from locking', async () => {
  const workspace = await workspaceOf()
  const { morning } = await aDay(workspace)
  await withPassword(workspace)
  const view = await viewAt(workspace, morning)
  // What removes one file stops at a folder.
  const file = join(workspace.directory, 'past', `${view.id}.db`)
  rmSync(file)
  mkdirSync(file)
  await workspace.core.identity.leave('locked')
  expect(workspace.core.sessions.current()).toBeNull()
  expect(workspace.errors.splice(0)).toHaveLength(1)
  expect(picturesOf(workspace)).toEqual([])
})

test('what a killed process left is removed at the next start, and nothing is left at the end', async () => {
  const workspace = await workspaceOf()
  const { morning } = await aDay(workspace)
  const folder = join(workspace.directory, 'past')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'left.db'), 'half of a picture')
  await workspace.reopen()
  expect(picturesOf(workspace)).toEqual([])
  await viewAt(workspace, morning)
  expect(picturesOf(workspace)).toHaveLength(1)
  await workspace.core.close()
  expect(picturesOf(workspace)).toEqual([])
  await workspace.reopen().catch(() => undefined)
})

test('a clock that was set back once brings nothing along that came after the moment', async () => {
  const workspace = await workspaceOf()
  await makeClient(workspace, 'Then')
  const then = workspace.clock.now()
  workspace.clock.advance(hour)
  await makeClient(workspace, 'After')
  workspace.clock.advance(-2 * hour)
  await makeClient(workspace, 'By an early clock')
  workspace.clock.advance(2 * hour)
  const view = await viewAt(workspace, then)
  expect(await askAsOf(workspace, view.id, 'clients.list', {})).toMatchObject({ total: 1, rows: [{ name: 'Then' }] })
})

test('somebody who was erased since stays erased, and what is left of them is there', async () => {
  const workspace = await workspaceOf()
  const { clientId, morning } = await aDay(workspace)
  const { client } = await workspace.call('dataRights.previewErasure', { clientId })
  await workspace.call('dataRights.erase', {
    clientId,
    version: client.version,
    askedBy: 'person',
    reason: 'Asked by letter',
    confirmation: client.code,
  })
  workspace.clock.advance(hour)
  const view = await viewAt(workspace, morning)
  const told = toJson(await askAsOf(workspace, view.id, 'clients.list', { status: 'all' }))
  expect(told).toContain('Erased client')
  expect(told).not.toContain('Rosewood')
})

test('before the business, and before the record of it, there is nothing to see, and it says from when there is', async () => {
  const workspace = await workspaceOf()
  const begun = workspace.clock.now()
  workspace.clock.advance(hour)
  const { morning } = await aDay(workspace)
  expect(await workspace.call('pointInTime.reach', {})).toMatchObject({ earliest: begun, because: 'begun' })
  expect(await lookBack(workspace, '2020-01-01T00:00:00.000Z')).toEqual([
    { kind: 'problem', message: expect.stringContaining('set up'), earliest: begun },
  ])
  expect(await lookBack(workspace, '2099-01-01T00:00:00.000Z')).toMatchObject([{ kind: 'problem', earliest: null }])
  // A piece of the log is missing, as after a salvage.
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  raw.pragma('foreign_keys = OFF')
  raw.exec('DROP TRIGGER audit_log_no_delete; DELETE FROM audit_log WHERE seq = (SELECT max(seq) - 3 FROM audit_log)')
  raw.close()
  const { earliest, because } = await workspace.call('pointInTime.reach', {})
  expect(because).toBe('record')
  expect(earliest > morning).toBe(true)
  expect(await lookBack(workspace, morning)).toMatchObject([
    { kind: 'problem', message: expect.stringContaining('not on record'), earliest },
  ])
})

test('what is past its time is not shown, what came after it is', async () => {
  const workspace = await workspaceOf({ clock: fakeClock('2010-03-01T09:00:00.000Z') })
  const clientId = await makeClient(workspace, 'Rosewood Bakery')
  const old = workspace.clock.now()
  workspace.clock.set('2026-11-21T09:00:00.000Z')
  await makeInvoice(workspace, clientId)
  const then = workspace.clock.now()
  // After such a leap the clock is believed when it has gone on for a week.
  workspace.clock.advance(8 * 24 * hour)
  await makeInvoice(workspace, clientId)
  expect(await purgeNow(workspace)).toMatchObject({ done: expect.objectContaining({}) })
  expect(await lookBack(workspace, old)).toMatchObject([{ kind: 'problem', earliest: then }])
  const view = await viewAt(workspace, then)
  expect(view.differences).toBe(0)
  expect(await askAsOf(workspace, view.id, 'invoices.list', {})).toMatchObject({ rows: [{ clientId }] })
})

test('whoever is limited to a branch sees no more of the past than of the present', async () => {
  const workspace = await workspaceOf()
  await withPassword(workspace)
  prove(workspace)
  const { id: branchId } = await workspace.call('branches.create', {
    code: 'HB',
    name: 'Harbour',
    timezone: 'Europe/London',
  })
  const clientId = await makeClient(workspace)
  const { id } = await makeInvoice(workspace, clientId, { branchId })
  const other = await makeInvoice(workspace, clientId)
  const memberId = addPerson(workspace, { role: 'admin' })
  await workspace.call('branches.setMember', { id: memberId, version: 1, branchIds: [branchId] })
  const then = workspace.clock.now()
  workspace.clock.advance(hour)
  await makeInvoice(workspace, clientId, { branchId })
  await enter(workspace, memberId)
  const view = await viewAt(workspace, then)
  const ask = (name: string, input: object) => askAsOf(workspace, view.id, name, input)
  const { rows } = (await ask('invoices.list', {})) as { rows: unknown[] } // as the contract says
  expect(rows).toMatchObject([{ id }])
  expect(rows).toHaveLength(1)
  expect(await ask('statements.aged', { on: view.today, currency: 'GBP' })).toMatchObject({
    rows: [{ invoiceCount: 1 }],
  })
  await expect(ask('invoices.get', { id: other.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
