import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportFile, recordSomeWork, verifyAlone } from '../support/record.ts'
import { openWorkspace } from '../support/workspace.ts'

let lines: readonly string[] = []
let head = ''
let other = ''
let shorter = ''

beforeAll(async () => {
  const workspace = await openWorkspace()
  await recordSomeWork(workspace)
  // What is saved now is a record that ends earlier than the one that is checked.
  const { content } = await workspace.call('audit.exportRecord', {})
  shorter = Buffer.from(content).toString('utf8')
  const elsewhere = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
  other = elsewhere.id
  await workspace.core.close()
  const file = join(workspace.directory, 'counterfoil.db')
  const record = await exportFile(file, workspace.organizationId)
  rmSync(workspace.directory, { recursive: true, force: true })
  head = record.head ?? ''
  lines = Buffer.from(record.bytes).toString('utf8').trimEnd().split('\n')
})

const text = (of: readonly string[]) => `${of.join('\n')}\n`
const at = (part: string, from = 0) => lines.findIndex((line, index) => index >= from && line.includes(part))
const issue = () => at('"procedure":"invoices.issue"') - 1
const seqOf = (index: number) => (JSON.parse(lines[index] ?? '') as { entry: { seq: number } }).entry.seq
const replaced = (index: number, change: (line: string) => string) =>
  lines.map((line, place) => (place === index ? change(line) : line))
// The first digit or letter of a value, exchanged for another of its kind.
const flipped = (name: string) => (line: string) =>
  line.replace(new RegExp(`"${name}":"(.)`), (_, first: string) => `"${name}":"${first === 'a' ? 'b' : 'a'}`)

type Case = {
  readonly what: string
  readonly change: () => readonly string[]
  readonly kind: string
  readonly first?: boolean
}

const cases: readonly Case[] = [
  { what: 'a bit of an entry hash', change: () => replaced(issue(), flipped('hash')), kind: 'changed', first: true },
  { what: 'a bit of an effect hash', change: () => replaced(issue(), flipped('effect')), kind: 'changed', first: true },
  { what: 'a bit of a link', change: () => replaced(issue(), flipped('previous')), kind: 'order', first: true },
  {
    what: 'a bit of a signature',
    change: () => replaced(issue(), flipped('signature')),
    kind: 'signature',
    first: true,
  },
  {
    what: 'the instant of an entry',
    change: () => replaced(issue(), (line) => line.replace(/"at":"20../, '"at":"2019')),
    kind: 'changed',
    first: true,
  },
  { what: 'who gave a command', change: () => replaced(issue() + 1, flipped('user')), kind: 'effect', first: true },
  { what: 'the command of an entry', change: () => replaced(issue() + 1, flipped('id')), kind: 'effect', first: true },
  {
    what: 'a new value',
    change: () => replaced(at('"issued_at":"'), (line) => line.replace('"number":"', '"number":"X')),
    kind: 'effect',
    first: true,
  },
  {
    what: 'a personal value',
    change: () => replaced(at('"issued_at":"'), (line) => line.replace('Rosewood', 'Roseweed')),
    kind: 'effect',
    first: true,
  },
  { what: 'a salt', change: () => replaced(at('"issued_at":"'), flipped('salt')), kind: 'effect', first: true },
  {
    what: 'an amount of an issued document',
    change: () => replaced(at('"document":'), (line) => line.replace(/"total_e4":"(.)/, '"total_e4":"9$1')),
    kind: 'document',
    first: true,
  },
  {
    what: 'the buyer of an issued document',
    change: () => replaced(at('"document":'), (line) => line.replace('Rosewood', 'Roseweed')),
    kind: 'document',
    first: true,
  },
  {
    what: 'a document removed',
    change: () => lines.filter((_, place) => place !== at('"document":')),
    kind: 'effect',
    first: true,
  },
  {
    what: 'a change removed',
    change: () => lines.filter((_, place) => place !== issue() + 2),
    kind: 'effect',
    first: true,
  },
  {
    what: 'two changes exchanged',
    change: () =>
      lines.map(
        (line, place) => lines[place === issue() + 2 ? place + 1 : place === issue() + 3 ? place - 1 : place] ?? line,
      ),
    kind: 'effect',
    first: true,
  },
  {
    what: 'what an entry did taken away',
    change: () => lines.filter((_, place) => place < issue() + 1 || place > issue() + 3),
    kind: 'effect',
  },
  { what: 'an entry removed', change: () => lines.filter((_, place) => place !== issue()), kind: 'order' },
  { what: 'an entry twice', change: () => [...lines.slice(0, issue() + 1), ...lines.slice(issue())], kind: 'order' },
  { what: 'the end cut off', change: () => lines.slice(0, -3), kind: 'head' },
  { what: 'a text that is no JSON', change: () => replaced(issue(), (line) => line.slice(0, 40)), kind: 'changed' },
  { what: 'something after the end', change: () => [...lines, lines[1] ?? ''], kind: 'order' },
  {
    what: 'a line that is not known',
    change: () => [...lines.slice(0, -1), '{"more":1}', ...lines.slice(-1)],
    kind: 'order',
  },
]

describe('the stand-alone verifier', () => {
  test('takes a record that nobody touched, and knows its head', async () => {
    expect(await verifyAlone(text(lines), '--head', head)).toMatchObject({ code: 0, ok: true, first: null })
  })

  test.each(cases)('finds $what', async ({ change, kind, first }) => {
    const changed = text(change())
    expect(changed).not.toBe(text(lines))
    const result = await verifyAlone(changed)
    expect(result).toMatchObject({ code: 1, ok: false })
    expect(result.problems.map((problem) => problem.kind)).toContain(kind)
    if (first === true) expect(result.first?.entry).toBe(seqOf(issue()))
  })

  test('finds an end that was cut off and closed again, which nobody signed', async () => {
    const last = lines.findLastIndex((line) => line.startsWith('{"entry"'))
    const before = lines.slice(0, last)
    const hash = (
      JSON.parse(before.findLast((line) => line.startsWith('{"entry"')) ?? '') as {
        entry: { hash: string; seq: number }
      }
    ).entry
    const cut = text([...before, JSON.stringify({ end: { entries: hash.seq, head: hash.hash } })])
    expect(await verifyAlone(cut)).toMatchObject({ ok: false, code: 1, first: { kind: 'file' } })
  })

  test('takes a shorter record that was saved so, but not against a head that it does not hold', async () => {
    expect(await verifyAlone(shorter)).toMatchObject({ ok: true })
    expect(await verifyAlone(shorter, '--head', head)).toMatchObject({ ok: false, first: { kind: 'head' } })
  })

  test('counts only what the keys signed that are named', async () => {
    const { keys } = await verifyAlone(text(lines))
    expect(await verifyAlone(text(lines), '--key', keys[0] ?? '')).toMatchObject({ ok: true, code: 0 })
    const result = await verifyAlone(text(lines), '--key', 'AAAA')
    expect(result).toMatchObject({ ok: false, code: 1, first: { kind: 'key', entry: 1 } })
  })

  test('what other organizations did stands there as a hash only', () => {
    expect(other).not.toBe('')
    expect(lines.join('\n')).not.toContain('Other Ltd')
    expect(lines.join('\n')).not.toContain(other)
  })
})
