import { EventEmitter } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { createIdleWatch } from '../../electron/gate/idle.ts'
import { readKeyFile } from '../../electron/keys/key-file.ts'
import { openSlot } from '../../electron/keys/slots.ts'
import type { SecretStore } from '../../electron/mail/secrets.ts'
import { lockWithSystem } from '../../electron/shell/lock-with-system.ts'
import { readChannel } from '../../electron/updater/channel.ts'
import type { UpdateState } from '../../electron/updater/state.ts'
import type { AccessState } from '../../shared/contract/access.ts'
import { fakeClock } from '../support/clock.ts'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import { fileName, manifestFor, openFeed, ours, releaseContent, servingRanges } from '../updater/release-feed.ts'

const minute = 60_000

describe('the watch for a screen that was left', () => {
  const clock = fakeClock()
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  /** Time in which the computer is awake. */
  const pass = (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += 5000) {
      clock.advance(5000)
      vi.advanceTimersByTime(5000)
    }
  }

  test('locks once the minutes are over, not before, and anew after each touch', () => {
    const onIdle = vi.fn()
    const watch = createIdleWatch({ clock, onIdle })
    watch.touch(5)
    pass(4 * minute)
    watch.touch(5)
    pass(4.9 * minute)
    expect(onIdle).not.toHaveBeenCalled()
    pass(0.2 * minute)
    expect(onIdle).toHaveBeenCalledTimes(1)
    pass(60 * minute)
    expect(onIdle).toHaveBeenCalledTimes(1)
  })

  test('locks after a sleep in which its own time stood still', () => {
    const onIdle = vi.fn()
    const watch = createIdleWatch({ clock, onIdle })
    watch.touch(5)
    clock.advance(8 * 60 * minute)
    vi.advanceTimersByTime(5000)
    expect(onIdle).toHaveBeenCalledTimes(1)
  })

  test('a wall clock that is set back, or a little forward, locks nobody out and puts nothing off', () => {
    const onIdle = vi.fn()
    const watch = createIdleWatch({ clock, onIdle })
    watch.touch(5)
    clock.advance(-60 * minute)
    vi.advanceTimersByTime(5000)
    clock.advance(4 * minute)
    vi.advanceTimersByTime(5000)
    expect(onIdle).not.toHaveBeenCalled()
    pass(5 * minute)
    expect(onIdle).toHaveBeenCalledTimes(1)
  })

  test('nobody is locked out where nobody has to sign in', () => {
    const onIdle = vi.fn()
    const watch = createIdleWatch({ clock, onIdle })
    watch.touch(5)
    watch.touch(null)
    pass(60 * minute)
    expect(onIdle).not.toHaveBeenCalled()
  })
})

describe('a gate', () => {
  let it: TestGate
  beforeEach(async () => {
    it = await openTestGate()
    await it.makeBusiness()
    await it.call('users.setPassword', { password: goodPassword })
  })
  afterEach(() => it.close())

  const power = () => {
    const system = new EventEmitter()
    // Electron gives `on` a list of its own events; what is listened to here are two of them.
    lockWithSystem(system as unknown as Parameters<typeof lockWithSystem>[0], () => void it.gate.lock('system'))
    return system
  }
  const locked = async () => {
    await vi.waitFor(async () => expect((await it.state()).person).toBeNull())
    return await it.state()
  }

  test.each(['in the clear', 'encrypted'])('whose screen was left locks with data %s, and says why', async (how) => {
    if (how === 'encrypted') await it.call('access.turnOnEncryption', { password: goodPassword })
    it.clock.advance(4 * minute)
    await it.call('access.touch')
    it.clock.advance(4 * minute)
    it.look()
    expect((await it.state()).person).toMatchObject({ name: 'Ada Linden' })
    it.clock.advance(6 * minute)
    it.look()
    expect(await locked()).toMatchObject({ reason: 'idle', phase: how === 'encrypted' ? 'locked' : 'open' })
    await expect(it.call('clients.list')).rejects.toMatchObject({ code: 'LOCKED' })
  })

  test('whoever comes back from a sleep that was too long is asked, however quick they are', async () => {
    it.clock.advance(6 * minute)
    await it.call('access.touch')
    expect(await locked()).toMatchObject({ reason: 'idle' })
  })

  test.each(['suspend', 'lock-screen'])('locks with the system: %s', async (event) => {
    await it.call('access.turnOnEncryption', { password: goodPassword })
    power().emit(event)
    expect(await locked()).toMatchObject({ phase: 'locked', reason: 'system' })
    await expect(it.call('clients.list')).rejects.toMatchObject({ code: 'LOCKED' })
  })

  test('that was closed for longer than the idle time asks again; the session stays, for the PIN', async () => {
    const pin = '480617'
    await it.call('users.setPin', { pin })
    it.clock.advance(4 * minute)
    await it.restart()
    expect((await it.state()).person).toMatchObject({ name: 'Ada Linden' })
    await it.gate.settle()
    it.clock.advance(8 * 60 * minute)
    await it.restart()
    const { person, people } = await it.state()
    expect(person).toBeNull()
    expect(people).toMatchObject([{ name: 'Ada Linden', mayUsePin: true }])
    // Locked is locked: the clock set back opens nothing.
    it.clock.advance(-8 * 60 * minute)
    await it.restart()
    expect((await it.state()).person).toBeNull()
    it.clock.advance(8 * 60 * minute)
    const userId = people[0]?.id
    expect(await it.call('access.signInWithPin', { userId, pin })).toMatchObject({ next: 'open' })
  })

  test('lets in whoever asked to stay signed in, however long it was closed', async () => {
    await it.call('access.lock', { reason: 'person' })
    const userId = (await it.state()).people[0]?.id
    await it.call('access.signIn', { userId, password: goodPassword, staySignedIn: true })
    it.clock.advance(8 * 60 * minute)
    await it.restart()
    expect((await it.state()).person).toMatchObject({ name: 'Ada Linden' })
  })
})

test('a lock is told at the door before it waits for what is under way', async () => {
  let answer = (): void => undefined
  const waits = new Promise<null>((resolve) => {
    answer = () => resolve(null)
  })
  let isAsked = false
  const secrets: SecretStore = {
    kind: 'file',
    warning: null,
    get: () => {
      isAsked = true
      return waits
    },
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  }
  const it = await openTestGate({ gate: { secrets } })
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  const states = (await it.call('access.watch')) as AsyncIterator<AccessState>
  expect((await states.next()).value).toMatchObject({ person: { name: 'Ada Linden' } })
  const running = it.call('mfa.beginTotp').catch(() => undefined)
  await expect.poll(() => isAsked).toBe(true)
  let isOver = false
  const lock = it.gate.lock('person').then(() => {
    isOver = true
  })
  expect((await states.next()).value).toMatchObject({ person: null, reason: 'person' })
  expect(isOver).toBe(false)
  answer()
  await Promise.all([lock, running])
  await states.return?.()
  await it.close()
})

describe('a new version that waits for the end of the app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-release-'))
  let handed: number
  let feed: Awaited<ReturnType<typeof openFeed>>
  let it: TestGate
  let ended: boolean
  beforeEach(async () => {
    feed = await openFeed()
    feed.announce(manifestFor(folder, releaseContent(2000), { version: '9.0.0' }))
    feed.routes.set(fileName, servingRanges(releaseContent(2000)))
    handed = 0
    ended = false
    const handOver = () => {
      handed += 1
      return Promise.resolve()
    }
    const port = { platform: 'linux', arch: 'x64', handOver, quit: () => undefined } as const
    const channel = readChannel({ feed: feed.address, publicKeys: [ours.publicKey] }, true)
    it = await openTestGate({ gate: { updater: { port, channel } } })
    await it.makeBusiness()
    await it.call('users.setPassword', { password: goodPassword })
    await it.call('access.turnOnEncryption', { password: goodPassword })
    await it.call('updates.check')
    await it.call('updates.download')
    await expect.poll(async () => (await it.call<UpdateState>('updates.state')).status, { interval: 10 }).toBe('ready')
    await it.call('updates.install', { when: 'quit' })
  })
  afterEach(async () => {
    if (ended) rmSync(it.directory, { recursive: true, force: true })
    else await it.close()
    await feed.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const end = async () => {
    await it.gate.close()
    ended = true
  }
  const signIn = async () => {
    const [person] = (await it.state()).people
    await it.call('access.signIn', { userId: person?.id, password: goodPassword })
  }

  test('a lock and a change of the encryption leave it; it can be taken back, and is installed at the end', async () => {
    await it.call('access.lock', { reason: 'person' })
    expect(handed).toBe(0)
    await signIn()
    const waiting = { status: 'ready', version: '9.0.0', installAtQuit: true }
    expect(await it.call('updates.state')).toMatchObject(waiting)
    await it.call('access.turnOffEncryption', { password: goodPassword })
    expect(handed).toBe(0)
    expect(await it.call('updates.state')).toMatchObject(waiting)
    expect(await it.call('updates.cancel')).toMatchObject({ status: 'ready', installAtQuit: false })
    await it.call('updates.install', { when: 'quit' })
    await end()
    expect(handed).toBe(1)
    const made = readdirSync(join(it.directory, 'backups'))
    expect(made.filter((name) => name.endsWith('before-update.cfbackup.db'))).toHaveLength(1)
  })

  test('is not installed where the data is locked at the end, and that is said at the next start', async () => {
    await it.call('access.lock', { reason: 'person' })
    await it.restart()
    expect(handed).toBe(0)
    await signIn()
    expect(await it.call('updates.state')).toMatchObject({
      status: 'idle',
      problem: expect.stringContaining('Nothing was installed'),
    })
  })
})

describe('data that is found damaged while it is open', () => {
  const file = () => join(it.directory, 'counterfoil.db')
  const setTimer = globalThis.setTimeout
  let it: TestGate
  /** What waits for a minute to pass. */
  let looks: (() => void)[]
  let whole: Buffer
  let at: number

  const put = (page: Uint8Array) => {
    const handle = openSync(file(), 'r+')
    writeSync(handle, page, 0, page.length, at)
    closeSync(handle)
  }
  // Written as a disk would, and found by the look that the gate's own service takes after a minute.
  const damage = async (key: Buffer | null) => {
    const database = openConnection(file(), { readonly: false, key })
    database.pragma('wal_checkpoint(TRUNCATE)')
    const size = Number(database.pragma('page_size', { simple: true }))
    const named = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'number_series'`)
    at = (Number(named.pluck().get()) - 1) * size
    database.close()
    whole = Buffer.from(readFileSync(file()).subarray(at, at + size))
    put(Buffer.alloc(size, 7))
    for (const look of looks) look()
    await vi.waitFor(async () => expect((await it.state()).phase).toBe('damaged'), { timeout: 20_000, interval: 50 })
  }
  const keyOf = async (): Promise<Buffer> => {
    const file = await readKeyFile(it.directory)
    const slot = file?.slots.find(({ kind }) => kind === 'password')
    const key = slot === undefined ? null : await openSlot(file?.keyId ?? '', slot, goodPassword)
    return key ?? Buffer.alloc(0)
  }
  const mend = async () => {
    put(whole)
    return await it.call<AccessState>('access.retry')
  }
  beforeEach(async () => {
    looks = []
    vi.stubGlobal('setTimeout', (...timer: Parameters<typeof setTimer>) => {
      if (timer[1] === minute) looks.push(timer[0])
      return setTimer(...timer)
    })
    it = await openTestGate({ gate: { jobs: true } })
    await it.makeBusiness()
    await it.call('users.setPassword', { password: goodPassword })
  })
  afterEach(async () => {
    vi.unstubAllGlobals()
    await it.close()
  })

  test.each(['idle', 'nobody'] as const)(
    'is closed, and once it is mended lets in whom it had, unless it was locked meanwhile: %s',
    async (how) => {
      await damage(null)
      await expect(it.call('clients.list')).rejects.toMatchObject({
        code: 'LOCKED',
        message: expect.stringContaining('damaged inside'),
      })
      expect(readdirSync(join(it.directory, 'damaged'))).toHaveLength(1)
      if (how === 'idle') {
        it.clock.advance(10 * 60 * minute)
        it.look()
      }
      const person = how === 'nobody' ? { name: 'Ada Linden' } : null
      expect(await mend()).toMatchObject({ phase: 'open', guarded: true, person })
      expect(existsSync(join(it.directory, 'session.json'))).toBe(how === 'nobody')
    },
  )

  test('encrypted, it forgets its key with the lock: recovery asks who it is first', async () => {
    await it.call('access.turnOnEncryption', { password: goodPassword })
    await damage(await keyOf())
    expect(await it.call('recovery.diagnose')).toMatchObject({ what: 'The database is damaged inside.' })
    await it.gate.lock('system')
    expect(await it.state()).toMatchObject({ phase: 'locked', reason: 'system', person: null })
    for (const name of ['recovery.diagnose', 'recovery.salvage', 'recovery.acceptSalvage', 'recovery.backups']) {
      await expect(it.call(name)).rejects.toMatchObject({ code: 'LOCKED', message: expect.stringContaining('Sign in') })
    }
    expect(await it.call('access.retry')).toMatchObject({ phase: 'locked', person: null })
    const [person] = (await it.state()).people
    const signIn = () => it.call('access.signIn', { userId: person?.id, password: goodPassword })
    await expect(signIn()).rejects.toMatchObject({ message: expect.stringContaining('damaged inside') })
    expect(await it.call('recovery.diagnose')).toMatchObject({ what: 'The database is damaged inside.' })
    // The key alone lets nobody in.
    expect(await mend()).toMatchObject({ phase: 'locked', person: null })
    expect(await signIn()).toMatchObject({ next: 'open' })
    expect(await it.state()).toMatchObject({ phase: 'open', person: { name: 'Ada Linden' } })
  })
})
