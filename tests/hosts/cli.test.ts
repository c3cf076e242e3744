import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, root } from '../../scripts/parts.ts'
import { procedures } from '../../shared/contract/index.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace } from '../support/workspace.ts'

type Answer = { readonly code: number | null; readonly out: string; readonly error: string; readonly json: unknown }

let directory: string

const parse = (text: string): unknown => (text.trim() === '' ? undefined : JSON.parse(text))

const cli = (parameters: readonly string[], input = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), '--data', directory, ...parameters])
    const [out, error]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk) => out.push(chunk))
    child.stderr.on('data', (chunk) => error.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      const [said, complained] = [Buffer.concat(out).toString(), Buffer.concat(error).toString()]
      resolve({ code, out: said, error: complained, json: parse(code === 0 ? said : complained) })
    })
    child.stdin.end(input)
  })

const call = (name: string, input: unknown, ...more: readonly string[]) =>
  cli(['call', name, JSON.stringify(input), ...more])

const item = { name: 'Hour', priceE6: '95.50' }

beforeAll(async () => {
  await ensureBuilt(['main'])
  directory = mkdtempSync(join(tmpdir(), 'counterfoil-cli-'))
  const made = await call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })
  expect(made.error).toBe('')
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('the command line', () => {
  it('lists every procedure with its kind, permission and schemas', async () => {
    const { json } = await cli(['procedures'])
    const rows = json as { name: string; kind: string; permission: string; input: { type: string } }[] // the CLI's own JSON
    expect(rows.map((row) => row.name).sort()).toEqual([...procedures.keys()].sort())
    const issue = rows.find((row) => row.name === 'invoices.issue')
    expect(issue).toMatchObject({ kind: 'command', permission: 'invoices.issue', input: { type: 'object' } })
    const create = rows.find((row) => row.name === 'items.create')
    expect(create).toMatchObject({ input: { properties: { priceE6: { type: 'string', format: 'decimal' } } } })
  })

  it('takes and gives amounts as decimal strings, digit for digit', async () => {
    const price = '12345678901.234567'
    const { json, error } = await call('items.create', { ...item, name: 'Exact', priceE6: price })
    expect(error).toBe('')
    const { id } = json as { id: string } // what items.create answers
    const listed = await call('items.list', {})
    const { rows } = listed.json as { rows: { id: string; priceE6: string }[] } // what items.list answers
    expect(rows.find((row) => row.id === id)?.priceE6).toBe(price)
  })

  it('reads its input from standard input with -', async () => {
    const { code, json } = await cli(['call', 'items.create', '-'], JSON.stringify({ ...item, name: 'From a pipe' }))
    expect(code).toBe(0)
    expect(json).toMatchObject({ version: 1 })
  })

  it('does a call with the same key once', async () => {
    const once = { ...item, name: 'Once' }
    const first = await call('items.create', once, '--key', 'the-same-key')
    const second = await call('items.create', once, '--key', 'the-same-key')
    expect(second.json).toEqual(first.json)
    const other = await call('items.create', { ...item, name: 'Other' }, '--key', 'the-same-key')
    expect(other).toMatchObject({ code: 1, json: { code: 'DUPLICATE' } })
  })

  it('writes and reads files where a procedure has bytes', async () => {
    const xml = join(directory, 'broken.xml')
    writeFileSync(xml, '<Invoice')
    const refused = await call('importers.einvoice', {}, '--in', xml)
    expect(refused).toMatchObject({ code: 1, json: { code: 'IMPORT_FAILED' } })
    const without = await call('setup.state', {}, '--in', xml)
    expect(without).toMatchObject({ code: 1, json: { code: 'VALIDATION' } })
  })

  it('writes the PDF of an invoice to a file', async () => {
    const workspace = await openWorkspace({ directory, realClock: true })
    const { id } = await makeInvoice(workspace, await makeClient(workspace))
    await workspace.close()
    const file = join(directory, 'invoice.pdf')
    const { json, code } = await call('invoices.pdf', { id }, '--out', file)
    expect({ code, json }).toMatchObject({
      code: 0,
      json: { pdf: { file }, fileName: expect.stringContaining('.pdf') },
    })
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it.each([
    ['a procedure that does not exist', ['call', 'invoices.paint', '{}'], 'NOT_FOUND'],
    ['text that is not JSON', ['call', 'items.create', '{name}'], 'VALIDATION'],
    ['an unknown command', ['dance'], 'VALIDATION'],
    ['an unknown option', ['call', 'setup.state', '--verbose'], 'VALIDATION'],
    ['an amount that is no number', ['call', 'items.create', '{"name":"X","priceE6":"12,50"}'], 'VALIDATION'],
    ['an amount with too many decimals', ['call', 'items.create', '{"name":"X","priceE6":"0.0000001"}'], 'VALIDATION'],
    [
      'an amount beyond any number',
      ['call', 'items.create', `{"name":"X","priceE6":"${'9'.repeat(60)}"}`],
      'VALIDATION',
    ],
    ['an organization that is not there', ['call', 'items.list', '--organization', 'nobody'], 'FORBIDDEN'],
  ])('says in JSON what is wrong with %s', async (_name, parameters, expected) => {
    const { code, json, out } = await cli(parameters)
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(json).toMatchObject({ code: expected, message: expect.stringMatching(/\w{3}/) })
  })

  it('names the field that is wrong', async () => {
    const { json } = await call('items.create', { name: 'X', priceE6: 'ten' })
    expect(json).toMatchObject({ fields: { priceE6: expect.stringContaining('decimal') } })
  })

  it('says who holds the data while the app is open', async () => {
    const workspace = await openWorkspace({ directory, realClock: true })
    const { code, json } = await call('setup.state', {})
    await workspace.close()
    expect(code).toBe(1)
    expect(json).toMatchObject({ code: 'STORAGE_UNAVAILABLE', message: expect.stringContaining(directory) })
  })
})
