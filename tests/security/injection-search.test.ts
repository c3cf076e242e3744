import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toMatch } from '../../db/queries/full-text.ts'
import { procedures } from '../../shared/contract/index.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { validInputs } from '../support/valid-inputs.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
  for (const name of ['Rosewood Bakery', '100% Cotton', 'A_B Ltd', "O'Brien", 'Near Town']) {
    await makeInvoice(workspace, await makeClient(workspace, name))
  }
})
afterAll(async () => {
  store.close()
  await workspace.close()
})

const sharp = [
  "'",
  '"',
  '""',
  "';--",
  "' OR 1=1 --",
  "') UNION SELECT password FROM users --",
  "'; DROP TABLE invoices; --",
  '/*',
  '*/',
  '\\',
  '\\%',
  '%',
  '_',
  '%%',
  '[a-z]',
  '\u0000',
  'a\u0000b',
  '*',
  'a*',
  '*a',
  '^rose',
  'rose OR bakery',
  'rose AND NOT bakery',
  'NOT rose',
  'NEAR(rose bakery, 2)',
  'NEAR(',
  'NEAR/2',
  'rose + bakery',
  '{name}: rose',
  'name : rose',
  '-name: rose',
  '(rose',
  'rose)',
  '((((',
  '"rose',
  'rose"',
  '"rose" "',
  'rose:',
  ':',
  '- rose',
  '--',
  ',',
  '{',
  '}',
  'rank MATCH',
  'MATCH',
  '\ud800',
  '＂rose＂',
  '؛',
  'x'.repeat(100_000),
  'a '.repeat(10_000),
]

describe('a full-text query', () => {
  test('is words in quotation marks, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...sharp), fc.string({ unit: 'binary' }), fc.string()), (typed) => {
        const match = toMatch(typed)
        if (match === null) return
        expect(match).toMatch(/^("[\p{L}\p{N}\p{M}]+" ?){1,8}\*?$|^("[\p{L}\p{N}\p{M}]+" )*"[\p{L}\p{N}\p{M}]+"\*$/u)
      }),
      { numRuns: 5000 },
    )
  })

  test('is one that SQLite takes', () => {
    const tables = store
      .rows("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%' AND sql NOT LIKE '%detail%'")
      .map((row) => String(Reflect.get(Object(row), 'name')))
    expect(tables.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...sharp), fc.string({ unit: 'binary' })), (typed) => {
        const match = toMatch(typed)
        if (match === null) return
        for (const table of tables) {
          const asked = match.replaceAll("'", "''")
          expect(() =>
            store.rows(`SELECT rowid FROM "${table}" WHERE "${table}" MATCH '${asked}' LIMIT 1`),
          ).not.toThrow()
        }
      }),
      { numRuns: 500 },
    )
  })
})

const searching = [...procedures].filter(
  ([name, { kind, input }]) =>
    kind === 'query' && name in validInputs && 'search' in Object(Reflect.get(input, 'shape')),
)

test('there are lists to search', () => expect(searching.length).toBeGreaterThanOrEqual(8))

test.each(searching.map(([name]) => name))('%s takes everything typed as text', async (name) => {
  const make = validInputs[name]
  if (make === undefined) throw new Error('no input')
  const valid = Object(await make(workspace))
  const before = store.counts()
  for (const search of sharp) {
    const answer = await workspace.callRaw(name, { ...valid, search }).catch((error: unknown) => error)
    if (answer instanceof Error) expect(answer).toMatchObject({ code: 'VALIDATION' })
  }
  expect(workspace.errors).toEqual([])
  expect(store.counts()).toEqual(before)
})

test.each([
  ['%', ['100% Cotton']],
  ['_', ['A_B Ltd']],
  ["'", ["O'Brien"]],
  ['%a%', []],
  ['Rosewood%', []],
  ["' OR 1=1 --", []],
])('%s finds what holds it, no more', async (search, names) => {
  const { rows } = await workspace.call('clients.list', { search })
  expect(rows.map(({ name }) => name)).toEqual(names)
})

test('an id is a value: none of these finds or changes a row', async () => {
  const { rows } = await workspace.call('clients.list', {})
  const id = rows[0]?.id ?? ''
  for (const bad of [`${id}' OR '1'='1`, `${id}"`, `${id}--`, '%', '*', "' OR 1=1 --"]) {
    await expect(workspace.callRaw('clients.get', { id: bad })).rejects.toMatchObject({
      code: expect.stringMatching(/VALIDATION|NOT_FOUND/),
    })
    await expect(workspace.callRaw('clients.delete', { id: bad, version: 1 })).rejects.toMatchObject({
      code: expect.stringMatching(/VALIDATION|NOT_FOUND/),
    })
  }
  expect((await workspace.call('clients.list', {})).rows).toHaveLength(rows.length)
})
