import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { listBackups } from '../../electron/backup/place.ts'
import type { BackupPreview } from '../../shared/contract/backups.ts'
import type { PastNews } from '../../shared/contract/point-in-time.ts'
import { asCommand } from '../support/database.ts'
import { makeDraft, makeInvoice, makePayment } from '../support/factories.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import type { Workspace } from '../support/workspace.ts'

let it: TestGate
let linden = ''
let maple = ''

/** The factories only call. */
const asWorkspace = (gate: TestGate) => gate as unknown as Workspace

const read = <T>(work: (database: ReturnType<typeof openConnection>) => T, directory = it.directory): T => {
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: true })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

const organizationNamed = (name: string, directory = it.directory) =>
  read((db) => String(db.prepare('SELECT id FROM organizations WHERE legal_name = ?').pluck().get(name)), directory)

const client = async (name: string) => (await it.call<{ id: string }>('clients.create', { kind: 'company', name })).id
const clientNames = async () =>
  (await it.call<{ rows: { name: string }[] }>('clients.list')).rows.map(({ name }) => name).sort()

/** A hash of each table's rows that are not of one organization; what only grows is left out. */
const rowsOfOthers = (organization: string): Record<string, string> =>
  read((db) => {
    const tables = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name`)
      .pluck()
      .all()
      .map(String)
    const growing = new Set(['audit_log', 'commands', 'sync_log', 'chain_entries', 'security_events', 'change_context'])
    return Object.fromEntries(
      tables
        .filter((table) => !growing.has(table))
        .map((table) => {
          const columns = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String)
          const own = table === 'organizations' ? 'id' : columns.includes('organization_id') ? 'organization_id' : null
          const where = own === null ? '' : `WHERE ${own} IS NOT '${organization}'`
          const rows = db.prepare(`SELECT * FROM ${table} ${where} ORDER BY 1, 2`).raw(true).safeIntegers(true).all()
          const text = JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value))
          return [table, createHash('sha256').update(text).digest('hex')]
        }),
    )
  })

/** What only says when something was last looked at, and the record of documents, which has no organization. */
const withoutMarks = ({ sessions: _one, chain_documents: _two, ...rows }: Record<string, string>) => rows

const newestBackup = () => listBackups(join(it.directory, 'backups'))[0]?.file ?? ''
const bringBack = (organizationId = linden) => it.call('recovery.restore', { file: newestBackup(), organizationId })
const isWhole = async () => {
  expect(await it.call('integrity.check')).toMatchObject({ differences: [] })
  expect(await it.call('audit.verify')).toMatchObject({ ok: true, problems: [] })
}

let draft = { id: '', version: 0 }
let attachment = ''

const makeBooks = async () => {
  await it.makeBusiness()
  linden = organizationNamed('Linden Ltd')
  const before = await client('Before Ltd')
  const { id } = await makeInvoice(asWorkspace(it), before)
  draft = await makeDraft(asWorkspace(it), before)
  await makePayment(asWorkspace(it), before, '20', [{ invoiceId: id, amount: '20' }])
  const kept = await it.call<{ id: string }>('attachments.add', {
    entity: 'client',
    entityId: before,
    fileName: 'letter.txt',
    content: new TextEncoder().encode('A letter that has to come back.'),
  })
  attachment = kept.id
  await it.call('setup.createOrganization', { legalName: 'Maple Ltd', country: 'GB', ownerName: 'Ada Linden' })
  maple = organizationNamed('Maple Ltd')
  it.use(maple)
  await makeInvoice(asWorkspace(it), await client('Maple client'))
  it.use(linden)
}

beforeEach(async () => {
  it = await openTestGate()
})
afterEach(() => it.close())

describe('one business of a backup', () => {
  beforeEach(async () => {
    await makeBooks()
    await it.call('backups.create')
    it.clock.advance(60_000)
  })

  const goOn = async () => {
    await it.call('invoices.issue', draft)
    await makeInvoice(asWorkspace(it), await client('After Ltd'))
    it.use(maple)
    await makeInvoice(asWorkspace(it), await client('Later at Maple'))
    it.use(linden)
  }

  test('comes back as it was; every row of the others stays byte for byte, and the record goes on', async () => {
    await goOn()
    const preview = await it.call<BackupPreview>('recovery.preview', { file: newestBackup() })
    expect(preview.lost).toMatchObject({ clients: 2 })
    expect(preview.lostOf[linden]).toMatchObject({ clients: 1 })
    expect(preview.lostOf[linden]?.issued).toHaveLength(2)
    expect(preview.lostOf[maple]).toMatchObject({ clients: 1 })
    await it.gate.settle()
    const others = rowsOfOthers(linden)
    const commands = read((db) => db.prepare('SELECT count(*) FROM commands').pluck().get())
    await bringBack()
    const { sessions: _now, ...after } = rowsOfOthers(linden)
    const { sessions: _then, ...before } = others
    expect(withoutMarks(after)).toEqual(withoutMarks(before))
    expect(await clientNames()).toEqual(['Before Ltd'])
    expect(Number(read((db) => db.prepare('SELECT count(*) FROM commands').pluck().get()))).toBeGreaterThan(
      Number(commands),
    )
    const invoices = await it.call<{ rows: { id: string; number: string | null }[] }>('invoices.list')
    expect(invoices.rows.map(({ number }) => number !== null).sort()).toEqual([false, true])
    await isWhole()
    it.use(maple)
    expect(await clientNames()).toEqual(['Later at Maple', 'Maple client'])
    await isWhole()
    it.use(linden)
    // A draft again: it is issued anew, with a number that nobody has on paper.
    expect(await it.call('invoices.issue', draft)).toMatchObject({ number: expect.stringMatching(/0*4$/) })
    await isWhole()
  })

  test('can be brought back again and again, to any state that was backed up', async () => {
    await goOn()
    it.clock.advance(60_000)
    await it.call('backups.create')
    const [later, earlier] = listBackups(join(it.directory, 'backups')).map(({ file }) => file)
    for (const file of [earlier, later, earlier, later]) {
      it.clock.advance(60_000)
      await it.call('recovery.restore', { file, organizationId: linden })
      expect(await clientNames()).toEqual(file === later ? ['After Ltd', 'Before Ltd'] : ['Before Ltd'])
      await isWhole()
    }
    expect((await it.call<{ rows: unknown[] }>('invoices.list')).rows).toHaveLength(3)
    const found = async (search: string) => (await it.call<{ rows: unknown[] }>('clients.list', { search })).rows.length
    expect([await found('After'), await found('Before')]).toEqual([1, 1])
  })

  test('can be looked at as it was before it was brought back', async () => {
    await goOn()
    it.clock.advance(60_000)
    const at = it.clock.now()
    it.clock.advance(60_000)
    await bringBack()
    const news = await it.call<AsyncIterable<PastNews>>('pointInTime.open', { at })
    let view: PastNews | null = null
    for await (const told of news) view = told
    expect(view).toMatchObject({ kind: 'open', view: { differences: 0 } })
    const asOf = view?.kind === 'open' ? view.view.id : null
    const ask = async (name: string) =>
      (await it.gate.call(name, { organizationId: linden, idempotencyKey: null, asOf, input: {} })) as {
        rows: { name?: string; number?: string | null }[]
      }
    expect((await ask('clients.list')).rows.map(({ name }) => name).sort()).toEqual(['After Ltd', 'Before Ltd'])
    expect((await ask('invoices.list')).rows.filter(({ number }) => number !== null)).toHaveLength(3)
  })

  test('brings its files, and leaves whoever works signed in', async () => {
    await it.call('users.setPassword', { password: goodPassword })
    for (const part of readdirSync(join(it.directory, 'files')))
      rmSync(join(it.directory, 'files', part), { recursive: true })
    await it.call('access.reauthenticate', { password: goodPassword })
    await bringBack()
    expect(await it.state()).toMatchObject({ phase: 'open', person: { name: 'Ada Linden' } })
    const { content } = await it.call<{ content: Uint8Array }>('attachments.content', { id: attachment })
    expect(new TextDecoder().decode(content)).toContain('has to come back')
    const [event] = read((db) => db.prepare(`SELECT data FROM security_events WHERE kind = 'restored'`).pluck().all())
    expect(JSON.parse(String(event))).toMatchObject({ business: 'Linden Ltd' })
  })

  test('does not bring back who was erased since, nor a draft for them', async () => {
    const [clientId, lines] = read((db) => [
      String(db.prepare('SELECT client_id FROM invoices WHERE id = ?').pluck().get(draft.id)),
      db.prepare('SELECT count(*) FROM invoice_lines WHERE invoice_id = ?').pluck().get(draft.id),
    ])
    const { client: known } = await it.call<{ client: { code: string; version: number } }>(
      'dataRights.previewErasure',
      { clientId },
    )
    const { code: confirmation, version } = known
    await it.call('dataRights.erase', { clientId, version, askedBy: 'person', reason: 'Asked by letter', confirmation })
    await bringBack()
    const left = read((db) => [
      db.prepare('SELECT status FROM clients WHERE id = ?').pluck().get(clientId),
      db.prepare('SELECT deleted_at IS NOT NULL FROM invoices WHERE id = ?').pluck().get(draft.id),
      db.prepare(`SELECT count(*) FROM invoice_lines WHERE invoice_id = ? AND name = '[erased]'`).pluck().get(draft.id),
    ])
    expect(left).toEqual(['archived', 1, lines])
    expect(Number(lines)).toBeGreaterThan(0)
    await isWhole()
  })

  test('an invoice whose PDF was not drawn yet gets one, and one that was drawn since keeps that', async () => {
    const pdfs = () => read((db) => db.prepare('SELECT id, pdf_sha256 FROM invoices WHERE number IS NOT NULL').all())
    const jobs = () =>
      read((db) => db.prepare(`SELECT kind, state, subject_id FROM jobs WHERE kind = 'invoice.pdf'`).all())
    const [job] = jobs()
    expect(job).toMatchObject({ state: 'queued' })
    await bringBack()
    expect(jobs().filter((row) => JSON.stringify(row) === JSON.stringify(job))).toHaveLength(1)
    // Drawn since, as its job does.
    const change = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false })
    const hash = 'ab'.repeat(32)
    asCommand(change, () =>
      change.exec(`UPDATE invoices SET pdf_sha256 = '${hash}' WHERE number IS NOT NULL AND organization_id = '${linden}';
        UPDATE jobs SET state = 'done' WHERE kind = 'invoice.pdf' AND organization_id = '${linden}'`),
    )
    change.close()
    const before = pdfs()
    it.clock.advance(60_000)
    await bringBack()
    expect(pdfs()).toEqual(before)
    expect(jobs().map((row) => (row as { state: string }).state)).toContain('done')
  })

  test('that is not in the backup is refused, with everything as it was', async () => {
    const before = readFileSync(join(it.directory, 'counterfoil.db'))
    await it.call('clients.list')
    await expect(bringBack('01890000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      message: expect.stringContaining('not in the backup'),
    })
    expect(await clientNames()).toEqual(['Before Ltd'])
    expect(existsAside()).toBe(false)
    expect(before.length).toBeGreaterThan(0)
  })
})

const existsAside = () => readdirSync(it.directory).some((name) => name === 'replaced' || name === 'incoming')

test('a business that is gone here is added, for whoever asked for it, and the record goes on', async () => {
  await makeBooks()
  await it.call('backups.create')
  const other = await openTestGate()
  try {
    await other.call('setup.createOrganization', { legalName: 'Oak Ltd', country: 'GB', ownerName: 'Olga Oak' })
    const oak = organizationNamed('Oak Ltd', other.directory)
    other.use(oak)
    await other.call('clients.create', { kind: 'company', name: 'Oak client' })
    await other.call('recovery.restore', { file: newestBackup(), organizationId: linden })
    other.use(linden)
    const names = (await other.call<{ rows: { name: string }[] }>('clients.list')).rows.map(({ name }) => name)
    expect(names).toEqual(['Before Ltd'])
    expect(await other.call('integrity.check')).toMatchObject({ differences: [] })
    expect(await other.call('audit.verify')).toMatchObject({ ok: true, problems: [] })
    expect(await other.call('invoices.issue', draft)).toMatchObject({ number: expect.stringMatching(/0*2$/) })
    const { content } = await other.call<{ content: Uint8Array }>('attachments.content', { id: attachment })
    expect(new TextDecoder().decode(content)).toContain('has to come back')
    other.use(oak)
    expect((await other.call<{ rows: unknown[] }>('clients.list')).rows).toHaveLength(1)
  } finally {
    await other.close()
  }
})

test('a business that is gone here stays with its owner who is here, whoever asked for it', async () => {
  await makeBooks()
  await it.call('users.setPassword', { password: goodPassword })
  const { id } = await it.call<{ id: string }>('users.invite', {
    name: 'Ben Birch',
    email: null,
    role: 'admin',
    roleId: null,
  })
  const change = (sql: string) => {
    const database = openConnection(join(it.directory, 'counterfoil.db'), { readonly: false })
    asCommand(database, () => database.exec(sql))
    database.close()
  }
  change(`UPDATE users SET status = 'active' WHERE id = '${id}';
    UPDATE memberships SET role = 'owner' WHERE user_id = '${id}';
    UPDATE memberships SET role = 'admin' WHERE user_id <> '${id}' AND organization_id = '${linden}'`)
  await it.call('backups.create')
  change(`UPDATE organizations SET deleted_at = created_at WHERE id = '${linden}'`)
  it.use(maple)
  await bringBack()
  const roles = `SELECT role FROM memberships WHERE organization_id = ? AND deleted_at IS NULL ORDER BY role`
  expect(read((db) => db.prepare(roles).pluck().all(linden))).toEqual(['admin', 'owner'])
})

test('of encrypted data comes back into encrypted data', async () => {
  await makeBooks()
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await it.gate.settle()
  await it.call('backups.create')
  it.clock.advance(60_000)
  await client('After Ltd')
  await bringBack()
  expect(await it.state()).toMatchObject({ phase: 'open', encrypted: true })
  expect(await clientNames()).toEqual(['Before Ltd'])
  await isWhole()
})

test('of a backup in the clear comes back into encrypted data', async () => {
  await makeBooks()
  await it.call('users.setPassword', { password: goodPassword })
  await it.call('backups.create')
  // Carried away: those that are at hand are sealed with the data.
  const carried = join(it.directory, 'carried')
  cpSync(join(it.directory, 'backups'), carried, { recursive: true })
  const plain = listBackups(carried).at(-1)?.file
  it.clock.advance(60_000)
  await it.call('access.turnOnEncryption', { password: goodPassword })
  await it.gate.settle()
  await client('After Ltd')
  await it.call('recovery.restore', { file: plain, organizationId: linden })
  expect(await it.state()).toMatchObject({ phase: 'open', encrypted: true })
  expect(await clientNames()).toEqual(['Before Ltd'])
  await isWhole()
})
