import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readArchive } from '../../electron/exports/workspace-file.ts'
import { openFileStore, sha256Of } from '../../electron/files.ts'
import { confinedFile } from '../../electron/renderer-files.ts'
import { plainFileName, safeFileName } from '../../shared/file-name.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const hostileNames = [
  '../../etc/passwd',
  '..\\..\\windows\\system32\\x.dll',
  '/etc/passwd',
  'C:\\x',
  'C:x',
  '\\\\server\\share\\x',
  'a/../../b',
  '..',
  '.',
  '...',
  '. . .',
  '.htaccess',
  'a.',
  'a ',
  'a. . ',
  'a\u0000.pdf',
  'a\nb.pdf',
  'CON',
  'con.pdf',
  'nul.txt',
  'COM1',
  'com\u00b9.x',
  'LPT9.tar.gz',
  'aux',
  'prn.',
  'CONIN$',
  'invoice\u202efdp.exe',
  'a\u200b.pdf',
  'a:stream',
  'a|b<c>d"e?f*g',
  '~',
  '-rf',
  '%2e%2e%2f',
  `${'x'.repeat(300)}.pdf`,
  '😀'.repeat(100),
  '',
  ' ',
  '\u0000',
  'ﬁ.pdf',
]

describe('a file name', () => {
  test.each([safeFileName, plainFileName])('%o is one that every system takes', (safe) => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom(...hostileNames),
          fc.string({ unit: 'binary' }),
          fc.string(),
          fc.tuple(fc.constantFrom(...hostileNames), fc.string()).map(([a, b]) => a + b),
        ),
        (given) => {
          const name = safe(given)
          expect(name).not.toBe('')
          expect(name.length).toBeLessThanOrEqual(121)
          expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u)
          expect(name).not.toMatch(/^[. ]|[. ]$/)
          expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
          expect(resolve('/root/folder', name).startsWith(`/root/folder${sep}`)).toBe(true)
          expect(safe(name)).toBe(name)
        },
      ),
      { numRuns: 4000 },
    )
  })

  test('that is good stays as it is', () => {
    for (const name of [
      'INV-2026-0001.pdf',
      'Angebot 12 (final).pdf',
      'Müller & Söhne.xlsx',
      '請求書.pdf',
      'a.tar.gz',
      'می‌خواهم.pdf',
    ])
      expect(safeFileName(name)).toBe(name)
    expect(safeFileName(`${'x'.repeat(300)}.pdf`)).toMatch(/^x{116}\.pdf$/)
  })
})

describe('in the books', () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace({ jobs: true })
  })
  afterAll(() => workspace.close())

  test('an attachment is kept by its content; its name is a word beside it', async () => {
    const entityId = await makeClient(workspace)
    for (const [index, fileName] of hostileNames.entries()) {
      const content = strToU8(`content ${index}`)
      const made = await workspace
        .callRaw('attachments.add', { entity: 'client', entityId, fileName, content })
        .catch((error: unknown) => error)
      if (made instanceof Error) expect(made).toMatchObject({ code: 'VALIDATION' })
    }
    const rows = await workspace.call('attachments.list', { entityId })
    expect(rows.length).toBeGreaterThan(20)
    for (const { fileName } of rows) expect(safeFileName(fileName)).toBe(fileName)
    const kept = readdirSync(join(workspace.directory, 'files'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    )
    expect(kept.length).toBe(rows.length)
    for (const { name } of kept) expect(name).toMatch(/^[0-9a-f]{64}/)
  })

  test('numbers that differ in a sign alone both keep their place in the bundle', async () => {
    const clientId = await makeClient(workspace)
    for (const [index, pattern] of ['A/{0000}', 'A#{0000}'].entries()) {
      const made = await workspace.call('numberSeries.create', {
        documentKind: 'invoice',
        code: `S${index}`,
        pattern,
        startValue: 7,
      })
      await workspace.call('numberSeries.setDefault', { id: made.id, version: made.version })
      await makeInvoice(workspace, clientId)
    }
    await workspace.core.settle()
    const { content, missing } = await workspace.call('dataExports.bundle', {})
    const names = Object.keys(unzipSync(content))
    expect(missing).toEqual([])
    expect(names.filter((name) => name.startsWith('pdf/')).sort()).toEqual([
      'pdf/invoice/A-0007-2.pdf',
      'pdf/invoice/A-0007.pdf',
    ])
    for (const name of names) {
      expect(name).not.toMatch(/\.\.|^\/|\\|:/)
      expect(name).toMatch(/^(csv|pdf|xml)\/|^[\w.-]+$/)
    }
  })
})

describe('an archive that comes in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-slip-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('names no place on the disk: its files are taken by their hash or not at all', () => {
    const content = strToU8('x')
    const books = strToU8('{}')
    const evil = Object.fromEntries(
      [
        '../evil',
        '/etc/evil',
        'files/../../evil',
        'files/..%2f..%2fevil',
        `files/${'A'.repeat(64)}`,
        'files\\evil',
        'C:/evil',
        `files/${sha256Of(content)}/../../evil`,
      ].map((name) => [name, content]),
    )
    const before = readdirSync(folder)
    expect(() => readArchive(zipSync({ 'books.json': books, ...evil }))).toThrow(/no export of Counterfoil/)
    expect(readdirSync(folder)).toEqual(before)
    expect(existsSync('/etc/evil')).toBe(false)
  })

  test('whose file is not what its name says is refused', () => {
    const valid = {
      format: 'counterfoil-books',
      formatVersion: 1,
      schemaVersion: 1,
      exportedAt: 'x',
      organizationId: '01a1fd55-7a80-7000-8000-000000000001',
      stateHash: '0'.repeat(64),
      tables: {},
    }
    const archive = zipSync({
      'books.json': strToU8(JSON.stringify(valid)),
      [`files/${'0'.repeat(64)}`]: strToU8('other'),
    })
    expect(() => readArchive(archive)).toThrow(/was changed/)
  })

  test('that would fill the memory is refused by its own list', () => {
    const archive = zipSync({ 'books.json': strToU8('{}') })
    const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
    for (let at = 0; at + 46 < archive.length; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xf0000000, true)
    expect(() => readArchive(archive)).toThrow(/4 GB|whole ZIP/)
  })
})

describe('the store of files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-store-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each([
    '../../etc/passwd',
    '..',
    '/etc/passwd',
    '',
    'x',
    `${'0'.repeat(63)}`,
    `${'0'.repeat(64)}/..`,
    `${'0'.repeat(64)}\u0000`,
  ])('gives nothing for %j', async (hash) => {
    await expect(openFileStore(folder, null).get(hash)).rejects.toMatchObject({ code: 'FILE_REFUSED' })
  })

  test('gives nothing that a link put in the place of a file leads to', async () => {
    const secret = join(folder, 'secret.txt')
    writeFileSync(secret, 'SECRET')
    const hash = '0'.repeat(64)
    mkdirSync(join(folder, 'files', '00'), { recursive: true })
    symlinkSync(secret, join(folder, 'files', '00', hash))
    await expect(openFileStore(folder, null).get(hash)).rejects.toMatchObject({ code: 'FILE_REFUSED' })
  })
})

describe('the files of the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-page-'))
  const root = join(folder, 'page')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'assets', 'a.js'), '1')
  writeFileSync(join(folder, 'secret.txt'), 'SECRET')
  mkdirSync(`${root}-other`)
  writeFileSync(join(`${root}-other`, 'b.js'), 'SECRET')
  symlinkSync(folder, join(root, 'link'))
  symlinkSync(join(folder, 'secret.txt'), join(root, 'assets', 'secret.js'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('are those under its folder', async () => {
    expect(await confinedFile(root, '/assets/a.js')).toMatch(/assets\/a\.js$/)
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/%252e%252e/secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%00',
    '/assets/a.js%00.png',
    '//etc/passwd',
    '/../page-other/b.js',
    '/link/secret.txt',
    '/assets/secret.js',
    '/assets',
    '/',
    '/%c0%ae%c0%ae/secret.txt',
    '/%',
    '/file:///etc/passwd',
    '/C:/x',
  ])('and not %s', async (path) => {
    expect(await confinedFile(root, path)).toBeNull()
  })
})
