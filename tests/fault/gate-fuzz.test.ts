import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { gateProcedures } from '../../electron/gate/gate-calls.ts'
import { newToken } from '../../electron/people/tokens.ts'
import { AppError } from '../../shared/errors.ts'
import { roles } from '../../shared/permissions.ts'
import { inspect } from '../support/database.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import { addPerson, beside, password } from '../support/people.ts'
import { times } from '../support/scale.ts'
import type { Workspace } from '../support/workspace.ts'
import { breakage, broken, nonsense } from './nonsense.ts'

// Beside tests/fault/contract-fuzz.test.ts and role-fuzz.test.ts, which call the core: here each procedure of the front
// door, as nobody, in each role, behind a lock, and with data that does not open.

const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)
const stranger = '00000000-0000-7000-8000-00000000abcd'
const wrong = 'ginger canopy 12 spoon'

/** For each procedure what its schema takes, and what must still lead nowhere: no right secret, no file that is there. */
const inputs: Readonly<Record<string, object>> = {
  'access.state': {},
  'access.picture': { userId: stranger },
  'access.watch': {},
  'access.signIn': { userId: stranger, password: wrong, code: null, trustDevice: false, staySignedIn: true },
  'access.signInWithPin': { userId: stranger, pin: '480617' },
  'access.sendEmailCode': { userId: stranger, password: wrong },
  'access.acceptToken': { token: newToken(), password: wrong },
  'access.recover': { recoveryCode: 'ABCD-EFGH-JKMN-PQRS', userId: stranger, password: wrong },
  'access.reauthenticate': { password: wrong },
  'access.removePassword': { password: wrong },
  'access.switchPerson': {},
  'access.lock': { reason: 'person' },
  'access.signOut': {},
  'access.touch': {},
  'access.openCodes': {},
  'access.turnOnEncryption': { password: wrong },
  'access.turnOffEncryption': { password: wrong },
  'access.newRecoveryCode': { password: wrong },
  'access.windowKey': {},
  'access.retry': {},
  'recovery.diagnose': {},
  'recovery.backups': { path: '/nowhere/at/all' },
  'recovery.preview': { file: '/nowhere/at/all', secret: wrong },
  'recovery.restore': { file: '/nowhere/at/all', secret: wrong, organizationId: null, replay: true },
  'recovery.salvage': {},
  'recovery.acceptSalvage': {},
}

let it: TestGate
const files = () => join(it.directory, 'counterfoil.db')

/** What one call led to: `answered`, or the code of an expected problem; anything else fails the test. */
const outcomeOf = async (name: string, input: unknown): Promise<string> => {
  const result: unknown = await it.call(name, input).then(
    () => 'answered',
    (error: unknown) => error,
  )
  if (result === 'answered') return 'answered'
  expect(result, name).toBeInstanceOf(AppError)
  const { code, message } = result as AppError // as the line above makes sure
  expect(code, `${name}: ${message}`).not.toBe('UNEXPECTED')
  expect(message).toMatch(/\w{3}/)
  return code
}

const valid = async (names: Iterable<string> = Object.keys(inputs)): Promise<Record<string, string>> => {
  const outcomes: Record<string, string> = {}
  for (const name of names) outcomes[name] = await outcomeOf(name, inputs[name])
  return outcomes
}

/** What broken and senseless inputs of one procedure lead to; those that take none are called with nonsense alone. */
const inputsOf = (name: string): readonly unknown[] => [
  ...fc.sample(nonsense, { numRuns: times(2), seed }).filter((value) => typeof value !== 'object' || value === null),
  ...(Object.keys(inputs[name] ?? {}).length === 0
    ? []
    : fc.sample(breakage, { numRuns: times(3), seed }).map((how) => broken(inputs[name] ?? {}, how))),
]

// Wrong tries and sessions are counted and told; all else must be as it was.
const traces = new Set(['commands', 'chain_entries', 'security_events', 'sign_in_attempts', 'sessions', 'accesses'])
const books = () => {
  const store = inspect(it.directory)
  try {
    return {
      counts: Object.entries(store.counts()).filter(([table]) => !traces.has(table)),
      people: store.rows('SELECT id, status, password_hash, pin_hash, must_change_password FROM users ORDER BY id'),
      places: store.rows('SELECT id, user_id, role, deleted_at FROM memberships ORDER BY id'),
    }
  } finally {
    store.close()
  }
}

const fuzz = async (names: readonly string[], after: () => Promise<void>) => {
  for (const name of names) {
    for (const input of inputsOf(name)) {
      await outcomeOf(name, input)
      await after()
    }
  }
}

const all = [...gateProcedures.keys()]
/** They change where the door stands, as they should: called with what their schemas refuse. */
const moves = new Set(['access.lock', 'access.switchPerson', 'access.signOut'])
/** They hash whatever is said, for whoever is not there yet: broken as nobody alone. */
const atDoor = new Set(['access.signIn', 'access.sendEmailCode'])
const withSession = [
  ...['reauthenticate', 'removePassword', 'switchPerson', 'signOut', 'turnOnEncryption', 'newRecoveryCode'],
  'windowKey',
  'openCodes',
].map((name) => `access.${name}`)
const ofBackups = ['recovery.backups', 'recovery.preview', 'recovery.restore']

test('every procedure of the door has an input to break', () => {
  expect(Object.keys(inputs).sort()).toEqual([...all].sort())
})

describe('data in the clear', () => {
  let people: Readonly<Record<string, string>> = {}
  beforeAll(async () => {
    it = await openTestGate()
    await it.makeBusiness()
    const { organizations } = await it.call<{ organizations: { id: string }[] }>('setup.state')
    // Only these two are asked of it.
    const workspace = { directory: it.directory, organizationId: organizations[0]?.id ?? '' } as Workspace
    people = Object.fromEntries(roles.map((role) => [role, addPerson(workspace, { role })]))
    await it.restart()
  })
  afterAll(() => it.close())

  const forgive = () =>
    beside({ directory: it.directory } as Workspace, (raw) => raw.exec('DELETE FROM sign_in_attempts'))
  const leave = async () => {
    if ((await it.state()).person !== null) await it.call('access.signOut')
  }

  test('nobody signed in gets the way in, and nothing else', async () => {
    await leave()
    const before = books()
    const outcomes = await valid()
    for (const name of [...withSession, ...ofBackups]) expect(`${name} ${outcomes[name]}`).toBe(`${name} LOCKED`)
    const answered = Object.keys(outcomes).filter((name) => outcomes[name] === 'answered')
    expect(answered.sort()).toEqual(
      ['lock', 'picture', 'retry', 'state', 'touch', 'watch'].map((name) => `access.${name}`),
    )
    await fuzz(all, async () => {
      expect((await it.state()).person).toBeNull()
    })
    expect(books()).toEqual(before)
  })

  test.each(roles)('a %s gets what the role says, and nobody changes anything by what is broken', async (role) => {
    await leave()
    forgive()
    const userId = people[role] ?? ''
    const enter = async () => {
      if ((await it.state()).person?.id === userId) return
      await it.call('access.signIn', { userId, password })
    }
    await enter()
    const before = books()
    const inside = all.filter((name) => !atDoor.has(name))
    const outcomes = await valid(inside.filter((name) => !moves.has(name)))
    const managesBackups = role === 'owner' || role === 'admin'
    const expected = {
      'access.turnOnEncryption': role === 'owner' ? 'SIGN_IN_FAILED' : 'FORBIDDEN',
      'access.newRecoveryCode': role === 'owner' ? 'SIGN_IN_FAILED' : 'FORBIDDEN',
      'access.turnOffEncryption': 'INVALID_STATE',
      'access.removePassword': 'INVALID_STATE',
      'access.reauthenticate': 'SIGN_IN_FAILED',
      'recovery.backups': managesBackups ? 'NOT_FOUND' : 'FORBIDDEN',
      'recovery.preview': managesBackups ? 'STORAGE_UNAVAILABLE' : 'FORBIDDEN',
      'recovery.restore': role === 'owner' ? 'STORAGE_UNAVAILABLE' : 'FORBIDDEN',
      'recovery.diagnose': 'INVALID_STATE',
      'recovery.salvage': 'INVALID_STATE',
      'recovery.acceptSalvage': 'INVALID_STATE',
    }
    expect(outcomes).toMatchObject(expected)
    forgive()
    await fuzz(inside, enter)
    expect(books()).toEqual(before)
  })
})

const bytesOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describe('encrypted data behind its lock', () => {
  beforeAll(async () => {
    it = await openTestGate()
    await it.makeBusiness()
    await it.call('users.setPassword', { password: goodPassword })
    await it.call('access.turnOnEncryption', { password: goodPassword })
    await it.gate.settle()
    await it.call('access.lock')
  })
  afterAll(() => it.close())

  test('opens for nothing that is wrong or broken, and stays byte for byte', async () => {
    const before = [bytesOf(files()), bytesOf(join(it.directory, 'keys.json'))]
    const outcomes = await valid()
    for (const name of [...withSession, ...ofBackups]) {
      const isSaid = name === 'access.turnOnEncryption'
      expect(`${name} ${outcomes[name]}`).toBe(`${name} ${isSaid ? 'INVALID_STATE' : 'LOCKED'}`)
    }
    await fuzz(all, async () => {
      expect((await it.state()).phase).toBe('locked')
    })
    expect([bytesOf(files()), bytesOf(join(it.directory, 'keys.json'))]).toEqual(before)
  })
})

describe('data that does not open', () => {
  beforeEach(async () => {
    it = await openTestGate()
    await it.makeBusiness()
    await it.gate.close()
    writeFileSync(files(), readFileSync(files()).fill(7, 4096, 200_000))
    await it.restart()
  })
  afterAll(() => it.close())

  test('is looked at and left as it is, whatever is asked of it', async () => {
    const before = bytesOf(files())
    expect((await it.state()).phase).toBe('damaged')
    const outcomes = await valid(all.filter((name) => name !== 'recovery.salvage'))
    for (const name of withSession) expect(`${name} ${outcomes[name]}`).toBe(`${name} LOCKED`)
    expect(outcomes).toMatchObject({ 'recovery.diagnose': 'answered', 'recovery.restore': 'STORAGE_UNAVAILABLE' })
    expect(outcomes['recovery.acceptSalvage']).toBe('INVALID_STATE')
    await fuzz(all, async () => {
      expect((await it.state()).phase).toBe('damaged')
    })
    expect(bytesOf(files())).toBe(before)
  })
})
