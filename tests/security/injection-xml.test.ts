import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { sources } from '../architecture/sources.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

// What the reader itself refuses is in tests/importers/xml.test.ts; here each way in is tried.

const laughs = [
  '<!DOCTYPE a [<!ENTITY l0 "ha">',
  ...Array.from({ length: 12 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`),
  ']>',
].join('')

const documents: Readonly<Record<string, string>> = {
  'a billion laughs': `${laughs}<ROOT><ID>&l12;</ID></ROOT>`,
  'quadratic blow-up': `<!DOCTYPE a [<!ENTITY a "${'a'.repeat(50_000)}">]><ROOT><ID>${'&a;'.repeat(50_000)}</ID></ROOT>`,
  'a file as entity': '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><ROOT><ID>&f;</ID></ROOT>',
  'an address as entity': '<!DOCTYPE a [<!ENTITY f SYSTEM "http://127.0.0.1:1/">]><ROOT><ID>&f;</ID></ROOT>',
  'a DTD from elsewhere': '<!DOCTYPE ROOT SYSTEM "http://127.0.0.1:1/x.dtd"><ROOT/>',
  'parameter entities':
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"><!ENTITY % q "<!ENTITY r \'%p;\'>">%q;]><ROOT>&r;</ROOT>',
  'an empty DTD': '<!DOCTYPE ROOT><ROOT/>',
  'an unknown entity': '<ROOT><ID>&nbsp;&evil;</ID></ROOT>',
  'a style sheet of its own': '<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:1/x.xsl"?><ROOT/>',
  'an inclusion':
    '<ROOT xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></ROOT>',
  'a hundred thousand levels': `<ROOT>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</ROOT>`,
  'a million elements': `<ROOT>${'<a/>'.repeat(1_000_000)}</ROOT>`,
  'eleven megabytes': `<ROOT>${'x'.repeat(11 * 1024 * 1024)}</ROOT>`,
  'a thousand attributes': `<ROOT ${Array.from({ length: 100_000 }, (_, at) => `a${at}="x"`).join(' ')}/>`,
  'an end that never comes': `<ROOT>${'<!--'.repeat(100_000)}`,
  'a name that ends all objects': '<ROOT><__proto__ constructor="x"><polluted>1</polluted></__proto__></ROOT>',
}

const roots: Readonly<Record<string, readonly [string, string]>> = {
  UBL: ['Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"', 'Invoice'],
  CII: [
    'rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"',
    'rsm:CrossIndustryInvoice',
  ],
  CAMT: ['Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"', 'Document'],
}
const asRoot = (text: string, [opening, name]: readonly [string, string]) =>
  new TextEncoder().encode(
    text.replaceAll('</ROOT>', `</${name}>`).replace(/<ROOT/, `<${opening}`).replace('DOCTYPE ROOT', `DOCTYPE ${name}`),
  )

let workspace: Workspace
let accountId: string
beforeAll(async () => {
  workspace = await openWorkspace()
  const made = await workspace.call('bankAccounts.create', { name: 'Main', currency: 'GBP' })
  accountId = made.id
})
afterAll(() => workspace.close())

const outcome = async (work: Promise<unknown>): Promise<string> => {
  const started = cpuTime()
  const said = await work.then(
    (answer) =>
      `answered ${JSON.stringify(answer, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
    (error: unknown) => {
      expect(error).toBeInstanceOf(AppError)
      return `${Reflect.get(Object(error), 'code')} ${Reflect.get(Object(error), 'message')}`
    },
  )
  expect(cpuTime() - started).toBeLessThan(5000)
  return said
}

describe.each(Object.entries(documents))('%s', (_name, text) => {
  test.each(['UBL', 'CII'])('is refused as an e-invoice (%s)', async (kind) => {
    const root = roots[kind]
    if (root === undefined) throw new Error('no root')
    const said = await outcome(
      workspace.callRaw('importers.einvoice', { fileName: 'a.xml', xml: asRoot(text, root), dryRun: true }),
    )
    expect(said).toMatch(/^(IMPORT_FAILED|VALIDATION) /)
    expect(said).not.toContain('root:')
    expect(said.length).toBeLessThan(2000)
  })

  test('is refused as a bank statement', async () => {
    const root = roots['CAMT']
    if (root === undefined) throw new Error('no root')
    const said = await outcome(
      workspace.callRaw('bankStatements.import', { fileName: 'a.xml', content: asRoot(text, root), accountId }),
    )
    expect(said).toMatch(/^(IMPORT_FAILED|VALIDATION) /)
    expect(said.length).toBeLessThan(2000)
  })

  test('is refused as a table', async () => {
    const said = await outcome(
      workspace.callRaw('dataImports.inspect', {
        fileName: 'a.csv',
        file: new TextEncoder().encode(text),
        entity: null,
      }),
    )
    expect(said).not.toContain('root:x')
  })
})

test('nothing of it stays, in the objects of the language or in the books', async () => {
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
  expect((await workspace.call('clients.list', {})).total).toBe(0)
  expect(workspace.errors).toEqual([])
})

test('XML that comes in is read by the strict reader alone, and none is transformed', () => {
  const parsers = sources.filter(
    ({ path, text }) =>
      /^(electron|shared|db)\//.test(path) &&
      /fast-xml-parser|xmldom|libxml|saxon|DOMParser|XSLT|xmlbuilder2/.test(text),
  )
  expect(parsers.map(({ path }) => path)).toEqual([])
})
