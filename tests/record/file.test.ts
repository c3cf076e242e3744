import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from '../../db/record/canonical-json.ts'
import { exportFile, recordSomeWork, type StandAlone, verifyAlone } from '../support/record.ts'
import { openWorkspace } from '../support/workspace.ts'

type Line = Record<string, Record<string, Json>>

let lines: readonly string[] = []
beforeAll(async () => {
  const workspace = await openWorkspace()
  await recordSomeWork(workspace)
  await workspace.core.close()
  const { bytes } = await exportFile(join(workspace.directory, 'counterfoil.db'), workspace.organizationId)
  rmSync(workspace.directory, { recursive: true, force: true })
  lines = Buffer.from(bytes).toString('utf8').trimEnd().split('\n')
})

const sha256 = (...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
const at = (part: string) => lines.findIndex((line) => line.includes(part))
const parsed = (index: number) => JSON.parse(lines[index] ?? '') as Line
const isOfEffect = (line: string | undefined) => /^\{"(command|change|document|erased)":/.test(line ?? '')
const seqOf = (index: number) => {
  const entry = lines.slice(0, index + 1).findLast((line) => line.startsWith('{"entry"'))
  return (JSON.parse(entry ?? '') as { entry: { seq: number } }).entry.seq
}
const text = (of: readonly string[]) => `${of.join('\n')}\n`
const without = (line: Line, name: string, change: Record<string, Json>) =>
  canonicalJson({ ...line, [name]: { ...line[name], ...change } } as Json)

/** What the payment did taken out, and its entry said not to be shown. */
const emptied = () => {
  const payment = at('"table":"payments"')
  const entry = lines.slice(0, payment).findLastIndex((line) => line.startsWith('{"entry"'))
  let end = entry + 1
  while (isOfEffect(lines[end])) end += 1
  const hidden = (lines[entry] ?? '').replace('"shown":true', '"shown":false')
  return [...lines.slice(0, entry), hidden, ...lines.slice(end)]
}
const setBack = () => {
  const index = at('{"document"')
  const said = without(parsed(index), 'document', { content: null, person: null, withdrawn: true })
  return lines.map((line, place) => (place === index ? said : line))
}
/** A change as it stands once somebody was erased. */
const erased = () => {
  const index = lines.findIndex((line) => line.startsWith('{"change"') && line.includes('"personal":{'))
  const { change = {} } = parsed(index)
  const commitment = sha256(Buffer.from(String(change['salt']), 'hex'), canonicalJson(change['personal'] ?? null))
  const said = without(parsed(index), 'change', { commitment, salt: null, personal: { new: {}, old: null } })
  return lines.map((line, place) => (place === index ? said : line))
}
/** As a version saved it that did not sign its files yet: its entries do not say that it does. */
const unsigned = (of: readonly string[]) => {
  const { end } = JSON.parse(of.at(-1) ?? '') as { end: { entries: number; head: string } }
  return [...of.slice(0, -1), JSON.stringify({ end: { entries: end.entries, head: end.head } })]
}

describe('a file of the record', () => {
  test('says what it shows, and is signed', async () => {
    const result = await verifyAlone(text(lines))
    expect(result).toMatchObject({ ok: true, notes: [] })
    // What the device did itself is of no business.
    expect(Object.values(result.hidden).join()).toMatch(/^\d/)
  })

  test('of which what an entry did was taken out names that entry', async () => {
    const index = at('"table":"payments"')
    const result = await verifyAlone(text(emptied()))
    expect(result).toMatchObject({ ok: false, code: 1, first: { kind: 'file', entry: seqOf(index) } })
  })

  test.each([
    ['a document set back that no restore took back', setBack, 'document', () => seqOf(at('{"document"'))],
    ['a change emptied that nobody erased', erased, 'erasure', () => seqOf(at('"personal":{'))],
  ])('with %s names its entry', async (_what, change, kind, seq) => {
    const changed = change()
    for (const it of [changed, unsigned(changed)]) {
      const result: StandAlone = await verifyAlone(text(it))
      expect(result.ok).toBe(false)
      expect(result.problems).toContainEqual(expect.objectContaining({ kind, entry: seq() }))
    }
  })

  test.each([
    ['without its signature', () => unsigned(lines)],
    [
      'of another business',
      () => lines.map((line, place) => (place === 0 ? line.replace(/"organization":"./, '"organization":"x') : line)),
    ],
    ['said to hide more', () => lines.map((line) => line.replace(/"hidden":\{"([^"]+)":"/, '"hidden":{"$1":"2,'))],
    [
      'with the signature of another',
      () =>
        lines.map((line, place) =>
          place === lines.length - 1 ? line.replace(/"signature":"..../, '"signature":"AAAA') : line,
        ),
    ],
  ])('%s is not what the device saved', async (_what, change) => {
    const changed = change()
    expect(changed).not.toEqual(lines)
    const result = await verifyAlone(text(changed))
    expect(result).toMatchObject({ ok: false, code: 1 })
    expect(result.problems.map(({ kind }) => kind)).toContain('file')
  })
})
