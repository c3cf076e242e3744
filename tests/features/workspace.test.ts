import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { asCommand } from '../support/database.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = await openWorkspace()
})
afterEach(() => workspace.close())

const chunk = (type: string, data: Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  // Readers of the header and the picture do not ask for the checksum.
  return Buffer.concat([head, data, Buffer.alloc(4)])
}

const png = (width: number, height: number) => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc(Math.min((width + 1) * height, 1_000_000))
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [magic, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return new Uint8Array(Buffer.concat(parts))
}

test('a logo is kept by its content and comes back byte for byte', async () => {
  const content = png(40, 30)
  expect(await workspace.call('organizations.logo', {})).toBeNull()
  const { version } = await workspace.call('organizations.setLogo', {
    version: 1,
    logo: { fileName: 'l.png', content },
  })
  expect(await workspace.call('organizations.logo', {})).toEqual({ mediaType: 'image/png', content })
  expect((await workspace.call('home.summary', {})).checklist.find((step) => step.key === 'logo')?.done).toBe(true)
  await workspace.call('organizations.setLogo', { version, logo: null })
  expect(await workspace.call('organizations.logo', {})).toBeNull()
})

test.each([
  ['a page of HTML', new TextEncoder().encode('<svg onload="alert(1)">'), /neither PNG nor JPEG/],
  ['a picture of 100 million pixels', png(10_000, 10_000), /25 million/],
  ['a picture cut off', png(40, 30).subarray(0, 50), /damaged/],
  ['three megabytes', new Uint8Array(3 * 1024 * 1024), /larger than 2 MB/],
])('%s is refused as a logo', async (_what, content, message) => {
  await expect(
    workspace.call('organizations.setLogo', { version: 1, logo: { fileName: 'l.png', content } }),
  ).rejects.toMatchObject({ code: 'FILE_REFUSED', message: expect.stringMatching(message) })
  expect((await workspace.call('organizations.get', {})).version).toBe(1)
})

test('the business changes field by field; two people at once get a conflict', async () => {
  const { version } = await workspace.call('organizations.update', {
    version: 1,
    tradeName: 'Linden',
    address: { line1: '1 Lane', city: 'Bath' },
    bankDetails: { iban: 'GB33BUKB20201555555555' },
  })
  const organization = await workspace.call('organizations.get', {})
  expect(organization).toMatchObject({
    version,
    tradeName: 'Linden',
    legalName: 'Linden Ltd',
    country: 'GB',
    address: { line1: '1 Lane', city: 'Bath', country: 'GB' },
  })
  expect(organization).not.toHaveProperty('bankDetails')
  expect(await workspace.call('organizations.bankDetails', {})).toEqual({
    version,
    bankDetails: expect.objectContaining({ iban: 'GB33BUKB20201555555555', bic: null }),
  })
  await expect(workspace.call('organizations.update', { version: 1, tradeName: 'Other' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await expect(workspace.call('organizations.update', { version, fiscalYearStart: '02-31' })).rejects.toMatchObject({
    code: 'VALIDATION',
  })
})

test('the currency of the books stays once there is a document in them', async () => {
  await workspace.call('organizations.update', { version: 1, currency: 'EUR' })
  await makeInvoice(workspace, await makeClient(workspace))
  await expect(workspace.call('organizations.update', { version: 2, currency: 'GBP' })).rejects.toMatchObject({
    code: 'INVALID_STATE',
    fields: { currency: expect.any(String) },
  })
})

test('a number series follows its new pattern, and never gives a number twice', async () => {
  const series = async () =>
    (await workspace.call('numberSeries.list', {})).find((one) => one.documentKind === 'invoice') ?? {
      id: '',
      version: 0,
    }
  const { id, version } = await series()
  const client = await makeClient(workspace)
  await makeInvoice(workspace, client)
  await expect(
    workspace.call('numberSeries.update', { id, version, pattern: 'INV-2026-{0000}' }),
  ).rejects.toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('INV-2026-0001') })
  await expect(workspace.call('numberSeries.update', { id, version, pattern: 'INV' })).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { pattern: expect.stringContaining('counter') },
  })
  await workspace.call('numberSeries.update', { id, version, pattern: 'R{YY}/{00000}', startValue: 40 })
  expect(await series()).toMatchObject({ nextNumber: 'R26/00040' })
  expect((await makeInvoice(workspace, client)).number).toBe('R26/00040')
})

test('a pattern is tried before it is saved, by the law of the country', async () => {
  const preview = (pattern: string) =>
    workspace.call('numberSeries.preview', { pattern, startValue: 9, on: '2026-03-31' })
  expect(await preview('A-{FY}-{000}')).toEqual({
    numbers: ['A-2025-26-009', 'A-2025-26-010', 'A-2025-26-011'],
    problem: null,
  })
  expect((await preview('{MM}-{000}')).problem).toContain('same numbers each year')
  workspace.use((await workspace.call('setup.createOrganization', { legalName: 'In', country: 'IN' })).id)
  expect((await preview('INVOICE/{FY}/{0000}')).problem).toContain('at most 16')
})

test('a file stays with its client under its plain name', async () => {
  const entityId = await makeClient(workspace)
  const content = new TextEncoder().encode('%PDF-1.7 contract')
  const { id } = await workspace.call('attachments.add', {
    entity: 'client',
    entityId,
    fileName: '../../a.html',
    content,
  })
  const files = await workspace.call('attachments.list', { entityId })
  expect(files).toMatchObject([{ fileName: 'a.html', mediaType: 'application/pdf', size: content.length }])
  expect(await workspace.call('attachments.content', { id })).toMatchObject({ content, fileName: 'a.html' })
  const timeline = await workspace.call('activity.list', { clientId: entityId })
  expect(timeline.rows[0]).toMatchObject({ kind: 'attachment.added', userName: 'Owner', data: { fileName: 'a.html' } })
  await workspace.call('attachments.delete', { id, version: 1 })
  expect(await workspace.call('attachments.list', { entityId })).toEqual([])
  await expect(
    workspace.call('attachments.add', { entity: 'invoice', entityId, fileName: 'x', content }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('the audit shows old and new values, page by page without a gap', async () => {
  const id = await makeClient(workspace, 'Before')
  await workspace.call('clients.update', { id, version: 1, name: 'After' })
  const first = await workspace.call('audit.list', { rowId: id, limit: 1 })
  expect(first.rows).toMatchObject([
    { procedure: 'clients.update', table: 'clients', oldValues: { name: 'Before' }, newValues: { name: 'After' } },
  ])
  const second = await workspace.call('audit.list', { rowId: id, limit: 1, cursor: first.nextCursor })
  expect(second).toMatchObject({ nextCursor: null, rows: [{ action: 'insert', oldValues: null }] })
})

test('the timeline of a document is its own', async () => {
  const client = await makeClient(workspace)
  const one = await makeInvoice(workspace, client)
  await makeInvoice(workspace, client)
  const own = await workspace.call('activity.list', { entityId: one.id })
  expect(own.rows.map((row) => row.kind)).toEqual(['invoice.issued', 'invoice.created'])
  expect(own.rows[0]?.data).toMatchObject({ number: one.number, payableE4: 1_200_000n })
  const pages = []
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<typeof workspace.call<'activity.list'>>> = await workspace.call('activity.list', {
      clientId: client,
      cursor,
      limit: 2,
    })
    pages.push(...page.rows)
    cursor = page.nextCursor
  }
  expect(pages.map((row) => row.seq)).toEqual([...new Set(pages.map((row) => row.seq))].sort((a, b) => b - a))
  expect(pages).toHaveLength(5)
})

test('settings hold in every organization; those made before there was a user hold until the user sets them', async () => {
  const empty = await openWorkspace({ empty: true })
  await empty.call('settings.set', { key: 'theme', value: 'dark' })
  await empty.call('settings.set', { key: 'columns.invoices', value: { widths: [1, 2.5], hidden: null } })
  await empty.call('setup.createOrganization', { legalName: 'A', country: 'GB' })
  expect(await empty.call('settings.get', {})).toMatchObject({ theme: 'dark' })
  await empty.call('settings.set', { key: 'theme', value: 'light' })
  await empty.call('settings.set', { key: 'theme', value: 'system' })
  expect(await empty.call('settings.get', {})).toEqual({
    theme: 'system',
    'columns.invoices': { widths: [1, 2.5], hidden: null },
  })
  await empty.close()
})

test('a view is saved under its name, replaced by the same name, and deleted', async () => {
  const save = (definition: Record<string, string>) =>
    workspace.call('savedViews.save', { list: 'invoices', name: 'Late', definition })
  const { id } = await save({ filter: 'overdue' })
  expect(await save({ filter: 'open' })).toEqual({ id, version: 2 })
  await workspace.call('savedViews.save', { list: 'clients', name: 'Late', definition: {} })
  expect(await workspace.call('savedViews.list', { list: 'invoices' })).toEqual([
    { id, version: 2, name: 'Late', isShared: false, definition: { filter: 'open' } },
  ])
  await workspace.call('savedViews.delete', { id, version: 2 })
  expect(await workspace.call('savedViews.list', { list: 'invoices' })).toEqual([])
})

test('a shared view stands beside an own one of the same name, and changes hands', async () => {
  const save = (isShared: boolean, filter: string) =>
    workspace.call('savedViews.save', { list: 'quotes', name: 'Hot', isShared, definition: { filter } })
  const own = await save(false, 'open')
  const shared = await save(true, 'draft')
  expect(await save(true, 'accepted')).toEqual({ id: shared.id, version: 2 })
  expect(await workspace.call('savedViews.list', { list: 'quotes' })).toEqual([
    { id: own.id, version: 1, name: 'Hot', isShared: false, definition: { filter: 'open' } },
    { id: shared.id, version: 2, name: 'Hot', isShared: true, definition: { filter: 'accepted' } },
  ])
  await expect(workspace.call('savedViews.share', { ...own, isShared: true })).rejects.toMatchObject({
    code: 'DUPLICATE',
    message: 'There is a shared view Hot already.',
  })
  await workspace.call('savedViews.delete', { id: shared.id, version: 2 })
  const given = await workspace.call('savedViews.share', { ...own, isShared: true })
  expect(await workspace.call('savedViews.list', { list: 'quotes' })).toMatchObject([{ ...given, isShared: true }])
  const taken = await workspace.call('savedViews.share', { ...given, isShared: false })
  expect(await workspace.call('savedViews.list', { list: 'quotes' })).toMatchObject([{ ...taken, isShared: false }])
})

test('a view of another person is neither listed nor changed; a shared one is', async () => {
  const save = (name: string, isShared: boolean) =>
    workspace.call('savedViews.save', { list: 'items', name, isShared, definition: {} })
  const own = await save('Mine', false)
  const shared = await save('Ours', true)
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  raw.pragma('foreign_keys = OFF')
  asCommand(raw, () => raw.prepare("UPDATE saved_views SET user_id = 'somebody' WHERE id = ?").run(own.id))
  raw.close()
  expect(await workspace.call('savedViews.list', { list: 'items' })).toMatchObject([{ id: shared.id }])
  const notFound = { code: 'NOT_FOUND' }
  await expect(workspace.call('savedViews.delete', own)).rejects.toMatchObject(notFound)
  await expect(workspace.call('savedViews.share', { ...own, isShared: true })).rejects.toMatchObject(notFound)
})

test('whoever watches hears of a commit, and not of a call that failed', async () => {
  const ended = new AbortController()
  const events = (await workspace.core.call(
    'changes.watch',
    { organizationId: null, idempotencyKey: null, input: {} },
    { signal: ended.signal },
  )) as AsyncIterable<{ procedure: string; entities: string[] }>
  const heard = events[Symbol.asyncIterator]()
  const first = heard.next()
  await expect(workspace.callRaw('clients.create', { name: '' })).rejects.toMatchObject({ code: 'VALIDATION' })
  await makeClient(workspace)
  expect((await first).value).toEqual({ procedure: 'clients.create', entities: ['clients'] })
  ended.abort()
  expect((await heard.next()).done).toBe(true)
})

test('the main branch goes where the business goes, unless it has a clock of its own', async () => {
  const zones = async () => {
    const branches = await workspace.call('branches.list', { withClosed: false })
    return Object.fromEntries(branches.map(({ code, timezone }) => [code, timezone]))
  }
  const other = await workspace.call('branches.create', { code: 'LD', name: 'London', timezone: 'Europe/London' })
  const { version } = await workspace.call('organizations.update', { version: 1, timezone: 'Asia/Tokyo' })
  expect(await zones()).toEqual({ MAIN: 'Asia/Tokyo', LD: 'Europe/London' })
  // 23:00 in London is the next day where the business is now, at its main branch as well.
  workspace.clock.set('2026-11-21T23:00:00.000Z')
  const [business] = (await workspace.call('setup.state', {})).organizations
  expect(business).toMatchObject({ today: '2026-11-22', days: { [other.id]: '2026-11-21' } })
  const main = (await workspace.call('branches.list', { withClosed: false })).find(({ isDefault }) => isDefault)
  const seen = { id: main?.id ?? '', version: main?.version ?? 0 }
  await workspace.call('branches.update', { ...seen, name: 'Main', timezone: 'Asia/Kolkata' })
  await workspace.call('organizations.update', { version, timezone: 'Europe/London' })
  expect(await zones()).toEqual({ MAIN: 'Asia/Kolkata', LD: 'Europe/London' })
})
