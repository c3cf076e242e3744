import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type OpenDatabase, openConnection, openDatabase } from '../../db/open.ts'
import { createFileSecretStore } from '../../electron/mail/file-secrets.ts'
import {
  assertMayTry,
  countFailure,
  type Factor,
  forgetFailures,
  standingOf,
  waitAfter,
} from '../../electron/people/attempts.ts'
import type * as HashCost from '../../electron/people/hash-cost.ts'
import {
  checkTotp,
  newMailCode,
  newRecoveryCodes,
  newTotpSecret,
  stepOf,
  totpAddress,
} from '../../electron/people/one-time.ts'
import { costNow, hashSecret, isWeaker, matchesNobody, matchesSecret } from '../../electron/people/passwords.ts'
import { createSeal } from '../../electron/people/seal.ts'
import {
  isTrusted,
  makeMailCode,
  replaceRecoveryCodes,
  secondFactorsOf,
  takeMailCode,
  takeRecoveryCode,
  takeTotp,
  totpSecretOf,
  trustDevice,
} from '../../electron/people/second-factor.ts'
import { recordSecurityEvent } from '../../electron/people/security-events.ts'
import {
  beginSession,
  endSessions,
  findSession,
  isFresh,
  mayUsePin,
  revokeSession,
  revokeSessions,
  touchSession,
} from '../../electron/people/sessions-store.ts'
import { cancelTokens, makeToken, readToken, takeToken } from '../../electron/people/tokens.ts'
import { verifyEvents } from '../../electron/record/verify-events.ts'
import type { Trx } from '../../electron/rpc/handles.ts'
import { countedIds, fakeClock } from '../support/clock.ts'
import { asCommand, insertRow } from '../support/database.ts'

const directory = mkdtempSync(join(tmpdir(), 'counterfoil-'))
const clock = fakeClock()
const ids = countedIds(clock)
let store: OpenDatabase
let people = 0
let user = ''

const raw = <T>(work: (database: ReturnType<typeof openConnection>) => T): T => {
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: false })
  try {
    return work(database)
  } finally {
    database.close()
  }
}
const write = <T>(work: (trx: Trx) => Promise<T>) => store.writer.transaction().execute(work)
const made = () => ({ ids, now: clock.now() })
const newUser = (): string => {
  people += 1
  const id = `user-${people}`
  raw((database) =>
    asCommand(database, () => insertRow(database, 'users', { organization_id: null, id, name: `Person ${people}` })),
  )
  return id
}

beforeAll(async () => {
  store = await openDatabase(directory)
  raw((database) =>
    asCommand(database, () => {
      for (const id of ['desk', 'laptop']) {
        insertRow(database, 'devices', { organization_id: null, id, name: id, code: id })
      }
    }),
  )
})
beforeEach(() => {
  clock.advance(1000)
  user = newUser()
})
afterAll(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

// As the product has them; everywhere else in the suite hashes are cheap.
const { costFor, isLess, leastCost, measureCost } = await vi.importActual<typeof HashCost>(
  '../../electron/people/hash-cost.ts',
)

describe('a password', () => {
  test('is kept as Argon2id of 64 MiB and three passes at least', async () => {
    const cost = await measureCost(() => hash('otter lampion gravel', { memoryCost: 65_536, timeCost: 3 }))
    expect(cost.memoryKib).toBe(65_536)
    expect(cost.passes).toBeGreaterThanOrEqual(3)
    expect(isLess(cost, leastCost)).toBe(false)
    // What was measured is what is paid.
    const { memoryKib, passes } = await costNow()
    expect(await hashSecret('otter lampion gravel')).toMatch(`$argon2id$v=19$m=${memoryKib},t=${passes},p=1$`)
  })

  test('is found again, and another one is not', async () => {
    const phc = await hashSecret('otter lampion gravel')
    expect(await matchesSecret('otter lampion gravel', phc)).toBe(true)
    expect(await matchesSecret('otter lampion gravels', phc)).toBe(false)
    expect(isWeaker(phc, await costNow())).toBe(false)
    expect(await hashSecret('otter lampion gravel')).not.toBe(phc)
  })

  test('typed with another spelling of the same letters is the same', async () => {
    const phc = await hashSecret('z\u00fcrich lampion \u00e9t\u00e9')
    expect(await matchesSecret('zu\u0308rich lampion e\u0301te\u0301', phc)).toBe(true)
  })

  test('hashed at less than today’s cost is said to be weaker', () => {
    const four = '$argon2id$v=19$m=65536,t=4,p=1$c2FsdHNhbHQ$aGFzaA'
    expect(isWeaker('$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA', leastCost)).toBe(true)
    expect(isWeaker('$argon2i$v=19$m=65536,t=3,p=1$c2FsdHNhbHQ$aGFzaA', leastCost)).toBe(true)
    expect(isWeaker('$2b$10$something', leastCost)).toBe(true)
    expect(isWeaker(four, leastCost)).toBe(false)
    expect(isWeaker(four, { ...leastCost, passes: 4 })).toBe(false)
    expect(isWeaker(four, { ...leastCost, passes: 5 })).toBe(true)
  })

  test('costs about a quarter of a second on any computer, and never less than the floor', () => {
    expect(costFor(80)).toEqual({ ...leastCost, passes: 10 })
    expect(costFor(250)).toEqual(leastCost)
    expect(costFor(2000)).toEqual(leastCost)
    expect(costFor(0)).toEqual({ ...leastCost, passes: 12 })
  })

  test('is measured with the quicker of two hashes', async () => {
    const now = vi.spyOn(performance, 'now')
    for (const at of [0, 900, 1000, 1125]) now.mockReturnValueOnce(at)
    try {
      expect(await measureCost(() => Promise.resolve())).toEqual({ ...leastCost, passes: 6 })
    } finally {
      now.mockRestore()
    }
  })

  test('of nobody is wrong and never a crash, also where the hash is broken', async () => {
    expect(await matchesNobody('whatever')).toBe(false)
    expect(await matchesSecret('whatever', 'not a hash')).toBe(false)
  })
})

describe('wrong tries', () => {
  const fail = (factor: Factor, times: number) =>
    write(async (trx) => {
      for (let count = 0; count < times; count += 1) await countFailure(trx, made(), user, factor)
      return await standingOf(trx, user, factor, clock.now())
    })

  test('are free five times, then cost 30 seconds, 1, 5, 15 and 60 minutes', async () => {
    expect([0, 4, 5, 6, 7, 8, 9, 50].map(waitAfter)).toEqual([0, 0, 30, 60, 300, 900, 3600, 3600])
    expect((await fail('password', 4)).blockedUntil).toBeNull()
    const { blockedUntil } = await fail('password', 1)
    expect(Date.parse(blockedUntil ?? '') - Date.parse(clock.now())).toBe(30_000)
    await expect(assertMayTry(store.reader, user, 'password', clock.now())).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
      message: 'Too many wrong tries. Wait 30 seconds and try again.',
      details: { seconds: 30 },
    })
    clock.advance(30_000)
    await assertMayTry(store.reader, user, 'password', clock.now())
    const next = await fail('password', 1)
    expect(Date.parse(next.blockedUntil ?? '') - Date.parse(clock.now())).toBe(60_000)
  })

  test('are kept over a restart', async () => {
    await fail('password', 6)
    await store.close()
    store = await openDatabase(directory)
    expect(await standingOf(store.reader, user, 'password', clock.now())).toMatchObject({ failures: 6 })
    await expect(assertMayTry(store.reader, user, 'password', clock.now())).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
  })

  test('are not forgotten by setting the clock back, and the wait does not get shorter', async () => {
    const { blockedUntil } = await fail('password', 5)
    const earlier = (milliseconds: number) => new Date(Date.parse(clock.now()) - milliseconds).toISOString()
    await expect(assertMayTry(store.reader, user, 'password', earlier(86_400_000))).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    const failAt = (now: string) => write((trx) => countFailure(trx, { ids, now }, user, 'password'))
    const little = await failAt(earlier(600_000))
    expect(little.failures).toBe(6)
    expect((little.blockedUntil ?? '') > (blockedUntil ?? '')).toBe(true)
    const far = await failAt(earlier(86_400_000))
    expect(Date.parse(far.blockedUntil ?? '') - Date.parse(earlier(86_400_000))).toBe(300_000)
  })

  test('of a PIN ask for the password, which gives the PIN back', async () => {
    expect((await fail('pin', 4)).pinSpent).toBe(false)
    expect((await fail('pin', 1)).pinSpent).toBe(true)
    clock.advance(7_200_000)
    await expect(assertMayTry(store.reader, user, 'pin', clock.now())).rejects.toMatchObject({
      details: { usePassword: true },
    })
    await write((trx) => forgetFailures(trx, user, 'password'))
    await assertMayTry(store.reader, user, 'pin', clock.now())
  })
})

describe('a session', () => {
  const begin = (how: 'password' | 'pin' = 'password', deviceId = 'desk') =>
    write((trx) => beginSession(trx, made(), { userId: user, deviceId, how, client: 'Test' }))
  const find = (token: string) => findSession(store.reader, token, clock.now())

  test('is found by its token for seven days, and never by another', async () => {
    const { token, id } = await begin()
    expect(await find(token)).toMatchObject({ id, userId: user, how: 'password' })
    expect(await find(`${token}x`)).toBeUndefined()
    clock.advance(7 * 86_400_000 - 1)
    expect(await find(token)).toBeDefined()
    clock.advance(1)
    expect(await find(token)).toBeUndefined()
  })

  test('keeps no token in the database', async () => {
    const { token } = await begin()
    const rows = raw((database) => JSON.stringify(database.prepare('SELECT * FROM sessions').all()))
    expect(rows).not.toContain(token)
  })

  test('that was ended or revoked never works again, whatever is written', async () => {
    const [one, two, three] = [await begin('password', 'laptop'), await begin(), await begin()]
    await write((trx) => endSessions(trx, user, 'laptop', clock.now()))
    expect(await write((trx) => revokeSession(trx, user, two.id, clock.now()))).toBe(true)
    expect(await write((trx) => revokeSession(trx, user, two.id, clock.now()))).toBe(false)
    expect(await write((trx) => revokeSession(trx, newUserId, three.id, clock.now()))).toBe(false)
    expect([await find(one.token), await find(two.token)]).toEqual([undefined, undefined])
    expect(await find(three.token)).toBeDefined()
    for (const column of ['ended_at', 'revoked_at', 'expires_at']) {
      const id = column === 'revoked_at' ? two.id : one.id
      const value = column === 'expires_at' ? `'2099-01-01'` : 'NULL'
      expect(() =>
        raw((database) => database.exec(`UPDATE sessions SET ${column} = ${value} WHERE id = '${id}'`)),
      ).toThrow('never comes back')
    }
  })
  const newUserId = 'user-1'

  test('is one of several: all others are revoked at once', async () => {
    const [own, other, third] = [await begin(), await begin('password', 'laptop'), await begin('pin')]
    expect(await write((trx) => revokeSessions(trx, user, own.id, clock.now()))).toBe(2)
    expect(await find(own.token)).toBeDefined()
    expect([await find(other.token), await find(third.token)]).toEqual([undefined, undefined])
  })

  test('ends with its person', async () => {
    const { token } = await begin()
    raw((database) =>
      asCommand(database, () => database.exec(`UPDATE users SET status = 'inactive' WHERE id = '${user}'`)),
    )
    expect(await find(token)).toBeUndefined()
  })

  test('that was over does not come to life when the clock is set back', async () => {
    const { token, id } = await begin()
    clock.advance(8 * 86_400_000)
    await write((trx) => touchSession(trx, id, clock.now()))
    const before = new Date(Date.parse(clock.now()) - 3 * 86_400_000).toISOString()
    expect(await findSession(store.reader, token, before)).toBeUndefined()
  })

  test('that a clock years ahead has begun is over once it is set right', async () => {
    const now = '2036-06-01T09:00:00.000Z'
    const begun = { userId: user, deviceId: 'desk', how: 'password', client: 'Test', days: 90 } as const
    const { token } = await write((trx) => beginSession(trx, { ids, now }, begun))
    expect(await findSession(store.reader, token, now)).toBeDefined()
    expect(await find(token)).toBeUndefined()
    expect(await mayUsePin(store.reader, user, 'desk', clock.now())).toBe(false)
  })

  test('lets a PIN follow on the same device only', async () => {
    expect(await mayUsePin(store.reader, user, 'desk', clock.now())).toBe(false)
    await begin('pin')
    expect(await mayUsePin(store.reader, user, 'desk', clock.now())).toBe(false)
    // Two: ending them on a device leaves none to stand on.
    await begin()
    await begin()
    expect(await mayUsePin(store.reader, user, 'desk', clock.now())).toBe(true)
    expect(await mayUsePin(store.reader, user, 'laptop', clock.now())).toBe(false)
    await write((trx) => endSessions(trx, user, 'desk', clock.now()))
    expect(await mayUsePin(store.reader, user, 'desk', clock.now())).toBe(false)
  })

  test('counts a password as said for five minutes', () => {
    const at = '2026-11-21T09:00:00.000Z'
    expect(isFresh(at, '2026-11-21T09:04:59.999Z')).toBe(true)
    expect(isFresh(at, '2026-11-21T09:05:00.000Z')).toBe(false)
    expect(isFresh(at, '2026-11-21T08:59:59.000Z')).toBe(false)
    expect(isFresh(null, at)).toBe(false)
  })
})

describe('a token', () => {
  const make = (purpose: 'invitation' | 'reset' = 'invitation') =>
    write((trx) => makeToken(trx, made(), { userId: user, organizationId: null, purpose, createdById: null }))
  const take = (token: string) => write((trx) => takeToken(trx, token, clock.now()))

  test('is good once, as it is typed', async () => {
    const { token, id } = await make()
    expect(readToken(token)).toHaveLength(52)
    expect(await take(` ${token.toUpperCase().replaceAll('-', ' ')}\n`)).toMatchObject({ id, userId: user })
    expect(await take(token)).toBeNull()
  })

  test('is cancelled by a newer one of its purpose and no other', async () => {
    const [first, reset, second] = [await make(), await make('reset'), await make()]
    expect(await take(first.token)).toBeNull()
    expect(await take(reset.token)).toMatchObject({ purpose: 'reset' })
    expect(await take(second.token)).toMatchObject({ purpose: 'invitation' })
  })

  test('is good for a day, and not before it was made', async () => {
    const { token, expiresAt } = await make()
    const before = new Date(Date.parse(clock.now()) - 1000).toISOString()
    expect(await write((trx) => takeToken(trx, token, before))).toBeNull()
    expect(await write((trx) => takeToken(trx, token, expiresAt))).toBeNull()
    clock.advance(86_400_000 - 1)
    expect(await take(token)).not.toBeNull()
  })

  test('that was cancelled or is somebody inactive’s lets nobody in', async () => {
    const { token } = await make()
    await write((trx) => cancelTokens(trx, user, clock.now()))
    expect(await take(token)).toBeNull()
    const next = await make()
    raw((database) =>
      asCommand(database, () => database.exec(`UPDATE users SET status = 'inactive' WHERE id = '${user}'`)),
    )
    expect(await take(next.token)).toBeNull()
    expect(await take('nothing')).toBeNull()
  })
})

describe('a code of an app', () => {
  const codeAt = (secret: string, now: string) =>
    new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({ timestamp: Date.parse(now) })
  const shifted = (seconds: number) => new Date(Date.parse(clock.now()) + seconds * 1000).toISOString()

  test('is the one of RFC 6238, one step early or late', () => {
    const secret = newTotpSecret()
    const now = clock.now()
    expect(checkTotp(secret, codeAt(secret, now), now, null)).toBe(stepOf(now))
    expect(checkTotp(secret, codeAt(secret, shifted(-30)), now, null)).toBe(stepOf(now) - 1)
    expect(checkTotp(secret, codeAt(secret, shifted(30)), now, null)).toBe(stepOf(now) + 1)
    expect(checkTotp(secret, codeAt(secret, shifted(90)), now, null)).toBeNull()
    expect(checkTotp(secret, codeAt(secret, shifted(-90)), now, null)).toBeNull()
    for (const wrong of ['', '12345', 'abcdef', '1234567']) expect(checkTotp(secret, wrong, now, null)).toBeNull()
    const rfc = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer }).base32
    expect(checkTotp(rfc, '287082', '1970-01-01T00:00:59.000Z', null)).toBe(1)
    expect(totpAddress(secret, 'Ann Quill')).toBe(
      `otpauth://totp/Counterfoil:Ann%20Quill?issuer=Counterfoil&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    )
  })

  test('is taken once, and no earlier one after it', async () => {
    const seal = createSeal(createFileSecretStore(join(directory, 'secrets')))
    const secret = newTotpSecret()
    const id = ids.next()
    const sealedSecret = await seal.seal(`totp ${id}`, secret)
    const now = clock.now()
    await write((trx) =>
      trx
        .insertInto('mfaMethods')
        .values({ id, userId: user, kind: 'totp', sealedSecret, createdAt: now, confirmedAt: now })
        .execute(),
    )
    expect(sealedSecret).not.toContain(secret)
    const known = await totpSecretOf(store.reader, seal, user)
    expect(known).toEqual({ methodId: id, secret, isConfirmed: true })
    if (known === null) return
    const take = (code: string) => write((trx) => takeTotp(trx, known, code, now))
    expect(await take(codeAt(secret, now))).toBe(true)
    expect(await take(codeAt(secret, now))).toBe(false)
    expect(await take(codeAt(secret, shifted(-30)))).toBe(false)
    expect(await take(codeAt(secret, shifted(30)))).toBe(true)
    await expect(seal.open('totp other', sealedSecret)).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })
})

describe('recovery codes, mailed codes, trusted devices', () => {
  test('ten codes, each good once and for its person, until there are new ones', async () => {
    const codes = await write((trx) => replaceRecoveryCodes(trx, made(), user))
    expect(new Set(codes).size).toBe(10)
    expect(new Set(newRecoveryCodes()).size).toBe(10)
    const take = (code: string, who = user) => write((trx) => takeRecoveryCode(trx, who, code, clock.now()))
    const [first = '', second = '', third = ''] = codes
    expect(await take(first, 'user-1')).toBe(false)
    expect(await take(first.toUpperCase().replaceAll('-', ' '))).toBe(true)
    expect(await take(first)).toBe(false)
    expect(await secondFactorsOf(store.reader, user)).toEqual({ totp: false, email: false, recoveryCodesLeft: 9 })
    const next = await write((trx) => replaceRecoveryCodes(trx, made(), user))
    expect(await take(second)).toBe(false)
    expect(next).not.toContain(third)
    const rows = raw((database) => JSON.stringify(database.prepare('SELECT * FROM recovery_codes').all()))
    for (const code of next) expect(rows).not.toContain(code)
  })

  test('a mailed code is good once for ten minutes, and the same figures can come again', async () => {
    const code = await write((trx) => makeMailCode(trx, made(), user))
    expect(newMailCode()).toMatch(/^\d{6}$/)
    const take = (typed: string) => write((trx) => takeMailCode(trx, user, typed, clock.now()))
    expect(await take(code === '000000' ? '000001' : '000000')).toBe(false)
    expect(await take(code)).toBe(true)
    expect(await take(code)).toBe(false)
    const late = await write((trx) => makeMailCode(trx, made(), user))
    clock.advance(600_000)
    expect(await take(late)).toBe(false)
  })

  test('a trusted device is one for 30 days', async () => {
    await write((trx) => trustDevice(trx, made(), { userId: user, deviceId: 'desk' }))
    expect(await isTrusted(store.reader, user, 'desk', clock.now())).toBe(true)
    expect(await isTrusted(store.reader, user, 'laptop', clock.now())).toBe(false)
    clock.advance(30 * 86_400_000)
    expect(await isTrusted(store.reader, user, 'desk', clock.now())).toBe(false)
  })
})

describe('the chain of security events', () => {
  const add = (count: number) =>
    write(async (trx) => {
      for (let index = 0; index < count; index += 1) {
        await recordSecurityEvent(trx, {
          at: clock.now(),
          organizationId: null,
          userId: user,
          deviceId: 'desk',
          kind: 'signed-in',
          data: { how: 'password', attempt: index },
        })
      }
    })
  const verify = () => verifyEvents(store.reader, { known: [] })

  test('is whole as it was written, and cannot be written over', async () => {
    await add(12)
    expect(await verify()).toMatchObject({ count: 12, firstBad: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
    for (const sql of [`UPDATE security_events SET kind = 'x'`, 'DELETE FROM security_events']) {
      expect(() => raw((database) => database.exec(sql))).toThrow('immutable')
    }
  })

  test.each([
    ['a changed value', `UPDATE security_events SET data = '{"how":"pin"}' WHERE seq = 5`, 5],
    ['another person', `UPDATE security_events SET user_id = NULL WHERE seq = 3`, 3],
    ['a removed link', 'DELETE FROM security_events WHERE seq = 7', 7],
    ['the newest ones cut off', 'DELETE FROM security_events WHERE seq > 10', 11],
    [
      'two in each other’s place',
      'UPDATE security_events SET seq = CASE seq WHEN 4 THEN -1 ELSE seq END; UPDATE security_events SET seq = 4 WHERE seq = 6; UPDATE security_events SET seq = 6 WHERE seq = -1',
      4,
    ],
  ])('%s is named', async (_what, sql, first) => {
    raw((database) => {
      database.exec('SAVEPOINT tried')
      const triggers = database
        .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'security_events'`)
        .pluck()
        .all()
      for (const name of triggers) database.exec(`DROP TRIGGER ${String(name)}`)
      database.exec(sql)
      database.exec('RELEASE tried')
    })
    const verdict = await verify()
    // Put back what was there for the next case.
    raw((database) => restore(database))
    expect(verdict.firstBad).toBe(first)
    expect((await verify()).firstBad).toBeNull()
  })

  let kept: unknown[] = []
  const restore = (database: ReturnType<typeof openConnection>) => {
    database.exec('DELETE FROM security_events')
    for (const row of kept) {
      const columns = Object.keys(Object(row))
      database
        .prepare(`INSERT INTO security_events (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
        .run(Object.values(Object(row)))
    }
  }
  beforeEach(() => {
    if (kept.length === 0)
      kept = raw((database) => database.prepare('SELECT * FROM security_events ORDER BY seq').all())
  })
})
