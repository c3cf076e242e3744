import { afterAll, beforeAll, expect, test } from 'vitest'
import { editDistance } from '../../electron/features/search/words.ts'
import { unitPriceOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
  for (const name of [
    'Müller & Söhne',
    'Rosewood Bakery',
    'Thistle Distillers',
    'लक्ष्मी वस्त्र',
    '上海云杉文化',
    'Zoë O’Brien',
  ]) {
    await makeClient(workspace, name)
  }
  const harbour = await makeClient(workspace, 'Harbour Architects')
  for (let made = 0; made < 12; made += 1) await makeInvoice(workspace, harbour, { reference: `PO-77${made}` })
  await makeInvoice(workspace, harbour, { lines: [line({ name: 'Lighthouse survey' })] })
  await makeDraft(workspace, harbour)
  await workspace.call('items.create', { name: 'Usability review', code: 'UX-1', priceE6: unitPriceOf('690') })
})
afterAll(() => workspace.close())

const find = (text: string, limit = 20) => workspace.call('search.find', { text, limit })
const titles = async (text: string) => (await find(text)).map((hit) => hit.title)

test.each([
  ['rosew', 'Rosewood Bakery'],
  ['bakery', 'Rosewood Bakery'],
  ['muller', 'Müller & Söhne'],
  ['SÖHNE', 'Müller & Söhne'],
  ['zoe', 'Zoë O’Brien'],
  ['लक्ष्मी', 'लक्ष्मी वस्त्र'],
  ['上海', '上海云杉文化'],
  ['harbour', 'Harbour Architects'],
  ['architects', 'Harbour Architects'],
  ['UX-1', 'Usability review'],
  ['h', 'Harbour Architects'],
  ['u', 'Usability review'],
  ['rosewood b', 'Rosewood Bakery'],
  ['bakery r', 'Rosewood Bakery'],
  ['C0002', 'Rosewood Bakery'],
])('%s finds %s first', async (text, title) => {
  expect((await find(text))[0]).toMatchObject({ title, approximate: false })
})

test('an invoice is found by its number, the end of it, its reference and what is on it', async () => {
  expect((await titles('inv-2026-0007'))[0]).toBe('INV-2026-0007 Harbour Architects')
  expect(await titles('7')).toContain('INV-2026-0007 Harbour Architects')
  expect((await find('PO-774'))[0]).toMatchObject({ kind: 'invoice', subtitle: 'Open · 2026-11-21 · £120.00 · PO-774' })
  expect(await titles('lighthouse')).toEqual(['INV-2026-0013 Harbour Architects'])
  expect(await titles('draft harbour')).toContain('Draft for Harbour Architects')
})

test.each([
  ['rosewod', 'Rosewood Bakery'],
  ['rsoewood', 'Rosewood Bakery'],
  ['bakrey', 'Rosewood Bakery'],
  ['thistel', 'Thistle Distillers'],
  ['distilers', 'Thistle Distillers'],
  ['mueller', 'Müller & Söhne'],
  ['harbor architect', 'Harbour Architects'],
  ['harbuor', 'Harbour Architects'],
  ['usibility', 'Usability review'],
  ['htistle', 'Thistle Distillers'],
  ['rveiew', 'Usability review'],
  ['bakxry', 'Rosewood Bakery'],
])('the typo %s finds %s', async (text, title) => {
  const hits = await find(text)
  expect(hits[0]).toMatchObject({ title, approximate: true })
  expect(new Set(hits.map((hit) => hit.id)).size).toBe(hits.length)
})

test('what is not there is not found, and nothing that is typed is syntax', async () => {
  for (const text of [
    '',
    '   ',
    '!?',
    'qqqqzzzz',
    '"',
    'title:x',
    'a" OR "b',
    'NEAR(',
    '*',
    '-',
    "'; DROP TABLE clients",
  ]) {
    expect(await find(text), text).toEqual([])
  }
})

test('it keeps to its limit and its organization', async () => {
  expect(await find('harbour', 3)).toHaveLength(3)
  const own = workspace.organizationId
  workspace.use((await workspace.call('setup.createOrganization', { legalName: 'Other', country: 'GB' })).id)
  for (const text of ['harbour', 'harbuor', 'h', 'inv-2026-0007']) expect(await find(text), text).toEqual([])
  workspace.use(own)
})

test('a renamed client is found by the new name, a deleted one no more', async () => {
  const id = await makeClient(workspace, 'Quillwork')
  await workspace.call('clients.update', { id, version: 1, name: 'Featherworks' })
  expect(await titles('featherw')).toEqual(['Featherworks'])
  expect(await titles('quillwork')).toEqual([])
  await workspace.call('clients.delete', { id, version: 2 })
  expect(await titles('featherw')).toEqual([])
})

test.each([
  ['acme', 'acme', 0],
  ['acem', 'acme', 1],
  ['bakrey', 'bakery', 1],
  ['kitten', 'sitting', 3],
  ['a', 'abcd', 3],
])('%s and %s are %i apart', (one, other, distance) => {
  expect(editDistance(one, other, 3)).toBe(distance)
  expect(editDistance(other, one, 3)).toBe(distance)
})
