import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import Papa from 'papaparse'
import readXlsxFile from 'read-excel-file/node'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReader } from '../../db/open.ts'
import { writeBundle } from '../../electron/exports/bundle.ts'
import { sheetColumns, sheetRows, sheets } from '../../electron/exports/sheets.ts'
import { writeCsv, writeXlsx } from '../../electron/exports/write-sheets.ts'
import { sheetNames } from '../../shared/contract/data-exports.ts'
import { line, makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { takeRole } from '../support/people.ts'
import { randomFrom } from '../support/random.ts'
import { doSomething } from '../support/random-work.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let reader: ReturnType<typeof openReader>
const evil = '=HYPERLINK("https://example.com","Click")'
beforeAll(async () => {
  workspace = await openWorkspace()
  const clientId = await makeClient(workspace, evil)
  await makeInvoice(workspace, clientId, {
    issuedOn: '2026-03-31',
    lines: [line({ name: '+49 "quoted", with; separators\nand a break', price: '1234567890.123456' })],
  })
  await makeInvoice(workspace, clientId, { issuedOn: '2026-04-01' })
  await makeDraft(workspace, clientId)
  const random = randomFrom(3)
  const clients = [await makeClient(workspace, 'One'), await makeClient(workspace, 'Two')]
  for (let index = 0; index < 80; index += 1) await doSomething(workspace, random, clients)
  reader = openReader(join(workspace.directory, 'counterfoil.db'))
})
afterAll(async () => {
  await reader.close()
  await workspace.close()
})

const scope = () => ({ organizationId: workspace.organizationId, from: null, to: null })
const parsed = async (sheet: (typeof sheetNames)[number], more: { from?: string; to?: string } = {}) => {
  const bytes = await writeCsv(reader.db, { ...scope(), ...more, sheet, separator: ',' })
  const text = new TextDecoder().decode(bytes)
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
}

describe('a table as CSV', () => {
  test.each(sheetNames)('%s has a value for each column, and every row', async (sheet) => {
    const { data, errors, meta } = await parsed(sheet)
    expect(errors).toEqual([])
    const columns = await sheetColumns(reader.db, sheet, workspace.organizationId)
    // One place has no branches to tell apart.
    expect(columns.map(({ header }) => header)).not.toContain('Branch')
    expect(meta.fields).toEqual(columns.map(({ header }) => header))
    expect(data).toHaveLength((await sheetRows(reader.db, sheet, scope())).length)
    // A column that no row of a full business fills was named wrongly.
    for (const row of await sheetRows(reader.db, sheet, scope())) {
      for (const { key } of sheets[sheet].columns) expect(row[key], `${sheet}.${key}`).not.toBeUndefined()
    }
  })

  test('disarms formulas, keeps numbers exact, and takes a range with its last day', async () => {
    const { data } = await parsed('invoices', { from: '2026-03-01', to: '2026-03-31' })
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({
      Client: `'${evil}`,
      Date: '2026-03-31',
      Net: '1234567890.12',
      'Exchange rate': '1',
    })
    const lines = await parsed('invoice-lines', { from: '2026-03-31', to: '2026-03-31' })
    expect(lines.data[0]).toMatchObject({ Price: '1234567890.123456', Line: '1', Taxes: 'VAT 20%' })
    expect(lines.data[0]?.['Name']).toMatch(/^'\+49/)
  })

  test('begins with the mark that tells Excel that it is UTF-8', async () => {
    const bytes = await writeCsv(reader.db, { ...scope(), sheet: 'clients', separator: ';' })
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(new TextDecoder().decode(bytes)).toContain('Code;Name;')
  })
})

test('the workbook has a sheet each, with numbers and dates as such', async () => {
  const bytes = await writeXlsx(reader.db, { ...scope(), names: ['clients', 'invoices'] })
  const pages = await readXlsxFile(Buffer.from(bytes))
  expect(pages.map(({ sheet }) => sheet)).toEqual(['Clients', 'Invoices'])
  const [, first] = pages[1]?.data ?? []
  expect(first).toBeDefined()
  expect(first?.some((cell) => cell instanceof Date)).toBe(true)
  expect(first?.some((cell) => typeof cell === 'number')).toBe(true)
  expect(JSON.stringify(pages[0]?.data)).toContain(`'=HYPERLINK`)
})

test('the bundle for an accountant leads to everything, and runs nothing', async () => {
  const { version } = await workspace.call('organizations.get', {})
  const address = { line1: 'Mill Lane 4', city: 'Leeds', postalCode: 'LS1 4AP', country: 'GB' }
  await workspace.call('organizations.update', {
    version,
    address,
    taxIds: [{ label: 'VAT', value: 'GB980780684' }],
  })
  const client = await workspace.call('clients.create', { name: 'Whole Ltd', address })
  const whole = await makeInvoice(workspace, client.id)
  const { bytes, documentCount, missing } = await writeBundle(
    reader.db,
    {
      ...scope(),
      sheets: sheetNames,
      directory: workspace.directory,
      businessName: 'Linden & <Sons>',
      madeAt: '2026-11-21T09:00:00.000Z',
    },
    null,
  )
  const entries = unzipSync(bytes)
  for (const name of sheetNames) expect(Object.keys(entries)).toContain(`csv/${name}.csv`)
  const page = strFromU8(entries['index.html'] ?? new Uint8Array())
  expect(page).toContain('Linden &amp; &lt;Sons&gt;')
  expect(page).not.toMatch(/<script|(href|src)=.?(https?:|javascript:)/)
  expect(page).toContain('href="csv/invoices.csv"')
  // What would be a sound e-invoice is there as one; what lacks an address is not.
  expect(strFromU8(entries[`xml/invoice/${whole.number}.xml`] ?? new Uint8Array())).toContain(whole.number)
  expect(page).toContain(`href="xml/invoice/${whole.number}.xml"`)
  // Nothing was rendered in this workspace: each document is listed, and named as missing its PDF.
  expect(missing).toHaveLength(documentCount)
  for (const number of missing) expect(page).toContain(number)
})

test('leaves out what whoever takes it along may not see, and says so', async () => {
  const { id } = await workspace.call('roles.create', {
    name: 'Files',
    permissions: ['exports.run', 'invoices.read', 'clients.read'],
  })
  await takeRole(workspace, 'staff', id)
  const { content } = await workspace.call('dataExports.bundle', {})
  const entries = unzipSync(content)
  expect(Object.keys(entries).filter((name) => name.startsWith('csv/'))).toEqual(
    ['clients', 'contacts', 'invoices', 'invoice-lines', 'invoice-taxes'].map((name) => `csv/${name}.csv`),
  )
  expect(Object.keys(entries).filter((name) => /^(pdf|xml)\/(credit-note|quote)/.test(name))).toEqual([])
  const page = strFromU8(entries['index.html'] ?? new Uint8Array())
  expect(page).toMatch(/Left out[^<]*Quotes[^<]*Bank transactions, Record of changes/)
  expect(page).not.toMatch(/<h2>(Quotes|Credit notes)/)
  const refused = async (name: string, input: object) =>
    await workspace.callRaw(name, input).then(
      () => 'answered',
      (error: { code: string }) => error.code,
    )
  const clientId = v7()
  // Whole archives cannot leave a part out.
  expect(await refused('dataExports.everything', {})).toBe('FORBIDDEN')
  expect(await refused('dataRights.exportData', { clientId })).toBe('FORBIDDEN')
  expect(await refused('audit.exportRecord', {})).toBe('FORBIDDEN')
  expect(await refused('dataExports.sheet', { sheet: 'payments' })).toBe('FORBIDDEN')
  expect(await refused('dataExports.sheet', { sheet: 'invoices' })).toBe('answered')
  const { mayCall } = await workspace.call('users.me', {})
  expect(mayCall).toContain('dataExports.bundle')
  expect(mayCall).not.toContain('dataExports.everything')
})
