import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coreProcedures } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { type Role, rolePermissions, roles } from '../../shared/permissions.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { addPerson, enter, prove, withPassword } from '../support/people.ts'
import { times } from '../support/scale.ts'
import { validInputs } from '../support/valid-inputs.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'
import { breakage, broken, nonsense } from './nonsense.ts'

// Beside tests/fault/contract-fuzz.test.ts, which breaks each input in depth as the owner: here each procedure is called as
// each other built-in role, with what is valid and with what is not. One workspace for all, so that it takes under a minute.

const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)

// They draw, hash or pack, and are fed nonsense in depth as the owner: here their inputs are all broken ones.
const slow =
  /\.(preview|pdf|everything|workbook|bundle|sheet|exportData|verify|rootPdf|mailRoot|exportRecord|compose|backUp|drill)$|^(statements|backups)\./
// What ends the session or the person who calls, waits for ever, or goes out.
const leftOut =
  /^(changes\.watch|setup\.loadDemo|mail\.testAccount|exchangeRates\.fetch|dataExports\.importEverything)$/

let workspace: Workspace
let store: Inspection
let ownerId: string
beforeAll(async () => {
  workspace = await openWorkspace()
  ownerId = await withPassword(workspace)
  store = inspect(workspace.directory)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})

const asOwner = async () => {
  await enter(workspace, ownerId)
  prove(workspace)
}

/** What one call led to: `answered`, or the code of an expected problem; anything else fails the test. */
const outcomeOf = async (name: string, input: unknown): Promise<string> => {
  workspace.clock.advance(100)
  const result: unknown = await workspace.callRaw(name, input).then(
    () => 'answered',
    (error: unknown) => error,
  )
  expect(workspace.errors, name).toEqual([])
  if (result === 'answered') return 'answered'
  expect(result, name).toBeInstanceOf(AppError)
  const { code, message } = result as AppError // as the line above makes sure
  expect(code, name).not.toBe('UNEXPECTED')
  expect(message).toMatch(/\w{3}/)
  return code
}

const inputsFor = async (name: string): Promise<readonly unknown[]> => {
  const random = fc.sample(nonsense, { numRuns: times(2), seed })
  const make = validInputs[name]
  if (make === undefined) return random
  const valid = await make(workspace)
  const hurt = fc.sample(breakage, { numRuns: times(3), seed }).map((how) => broken(valid, how))
  return slow.test(name) ? random : [valid, ...hurt, ...random]
}

const names = [...coreProcedures].filter(([name]) => !leftOut.test(name))

// That somebody tried is on record: by a command of its own, in the chain and among the security events.
const trace = new Set(['commands', 'chain_entries', 'security_events'])
const books = () => Object.entries(store.counts()).filter(([table]) => !trace.has(table))

const run = async (role: Role) => {
  await asOwner()
  const inputs = new Map<string, readonly unknown[]>()
  for (const [name] of names) {
    prove(workspace)
    inputs.set(name, await inputsFor(name))
  }
  let id = addPerson(workspace, { role })
  await enter(workspace, id)
  const seen = { answered: 0, allowed: 0, denied: 0 }
  for (const [name, { permission }] of names) {
    const may = permission === 'workspace' || rolePermissions[role].has(permission)
    for (const [index, input] of (inputs.get(name) ?? []).entries()) {
      if (workspace.core.sessions.current()?.userId !== id) {
        // The call before signed out, changed the password or put somebody else in: another one of this role goes on.
        id = addPerson(workspace, { role })
        await asOwner()
        await enter(workspace, id)
      }
      if (may) prove(workspace)
      const before = may ? null : books()
      const outcome = await outcomeOf(name, input)
      if (may) {
        seen.allowed += index === 0 ? 1 : 0
        seen.answered += index === 0 && outcome === 'answered' ? 1 : 0
        continue
      }
      seen.denied += 1
      // Whatever was sent: no word of what is wrong with it, and nothing is written.
      expect(`${name} ${outcome}`).toBe(`${name} FORBIDDEN`)
      expect(books(), name).toEqual(before)
    }
  }
  return seen
}

describe('every procedure', () => {
  test.each(roles.filter((role) => role !== 'owner'))(
    `as %s (COUNTERFOIL_SEED=${seed})`,
    { timeout: 120_000 },
    async (role) => {
      const { answered, allowed, denied } = await run(role)
      // Inputs made for one another's rows go stale; most of them still are what the procedure wants.
      expect(answered).toBeGreaterThan(allowed / 3)
      if (role !== 'admin') expect(denied).toBeGreaterThan(50)
    },
  )
})

test('the books are as they should be', async () => {
  await asOwner()
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  expect(store.value('PRAGMA integrity_check')).toBe('ok')
  expect(store.rows('PRAGMA foreign_key_check')).toEqual([])
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})
