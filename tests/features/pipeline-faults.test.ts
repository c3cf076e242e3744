import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../db/open.ts'
import type { Engines } from '../../electron/engines.ts'
import { shadowOf } from '../../electron/features/branches/shadow.ts'
import { features } from '../../electron/features/index.ts'
import { settings } from '../../electron/features/settings.ts'
import { createJobHandlers } from '../../electron/jobs/handlers.ts'
import type { Job } from '../../electron/jobs/job.ts'
import { createLimitedReads } from '../../electron/reading/limited.ts'
import { createReadingPool } from '../../electron/reading/pool.ts'
import { openDeviceRecord } from '../../electron/record/open-device-record.ts'
import { createChangeFeed } from '../../electron/rpc/changes.ts'
import type { CommandContext, Features, QueryContext } from '../../electron/rpc/context.ts'
import { createInputKey, inputKeyName } from '../../electron/rpc/input-key.ts'
import { createPipeline } from '../../electron/rpc/pipeline.ts'
import { openSessions } from '../../electron/rpc/sessions.ts'
import type { Envelope } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { countedIds, fakeClock } from '../support/clock.ts'
import { freshDirectory } from '../support/database.ts'

const { directory, remove } = freshDirectory()
const clock = fakeClock()
const ids = countedIds(clock)
const logged: { level: string; fields: Readonly<Record<string, unknown>> }[] = []
const log = (level: string) => (fields: Readonly<Record<string, unknown>>) => void logged.push({ level, fields })
let database: OpenDatabase

beforeAll(async () => {
  database = await openDatabase(directory)
})
afterAll(async () => {
  await database.close()
  remove()
})

/** The real pipeline over handlers of which some are broken on purpose. */
const callWith = async (broken: {
  readonly get?: (context: QueryContext) => Promise<unknown>
  readonly set?: (context: CommandContext) => Promise<unknown>
}) => {
  const { deviceId } = await openDeviceRecord({ database, directory, ids, clock, name: 'Test desk' })
  const call = createPipeline({
    database,
    // The types forbid what these handlers do.
    features: { ...features, settings: async () => ({ settings: { ...settings, ...broken } }) } as unknown as Features,
    sessions: await openSessions(database.reader, deviceId, clock),
    clock,
    ids,
    engines: {} as unknown as Engines,
    feed: createChangeFeed(),
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    onWork: () => undefined,
    adopt: () => Promise.resolve(),
    shadowOf,
    // Nobody here is limited to a branch.
    limited: { through: () => database.reader },
  })
  const envelope = (input: unknown): Envelope => ({ organizationId: null, idempotencyKey: null, input })
  return {
    get: () => call('settings.get', envelope({})),
    set: () => call('settings.set', envelope({ key: 'theme', value: 'dark' })),
  }
}

const rowsOf = async () => ({
  commands: (await database.reader.selectFrom('commands').select('seq').execute()).length,
  settings: (await database.reader.selectFrom('settings').select('id').execute()).length,
  audit: (await database.reader.selectFrom('auditLog').select('seq').execute()).length,
})

const insertSetting = (context: CommandContext) =>
  context.trx
    .insertInto('settings')
    .values({ ...context.newRow(), organizationId: null, userId: null, key: 'half', value: '1' })
    .execute()

describe('a query that tries to write', () => {
  test('is stopped by SQLite itself', async () => {
    const { get } = await callWith({
      get: async ({ db }) => {
        // The read-only type has no such method.
        const lying = db as unknown as CommandContext['trx']
        await lying
          .insertInto('devices')
          .values({ id: 'x', organizationId: null, createdAt: '', updatedAt: '', name: 'x', code: 'x' })
          .execute()
      },
    })
    const before = await rowsOf()
    await expect(get()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
    expect(await rowsOf()).toEqual(before)
  })
})

describe('a command that breaks', () => {
  test.each([
    ['by a bug after it wrote', () => Promise.reject(new TypeError('x is undefined'))],
    ['by an answer that the contract does not know', () => Promise.resolve({ wrong: true })],
    [
      'by naming a column that is not there',
      (context: CommandContext) =>
        context.trx
          .selectFrom('settings')
          .select('nothing' as 'id')
          .execute(),
    ],
  ])('%s leaves nothing, is logged by name, and tells the caller nothing of the inside', async (_, then) => {
    logged.length = 0
    const { set } = await callWith({
      set: async (context) => {
        await insertSetting(context)
        return await then(context)
      },
    })
    const before = await rowsOf()
    const error = await set().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'UNEXPECTED',
      message: 'Something went wrong that Counterfoil did not expect. Your data is as it was.',
      details: { procedure: 'settings.set' },
    })
    expect(await rowsOf()).toEqual(before)
    expect(logged.filter(({ level }) => level === 'error')).toMatchObject([{ fields: { procedure: 'settings.set' } }])
  })

  test('lets the next one through', async () => {
    const { set } = await callWith({
      set: async (context) => {
        await insertSetting(context)
        return { key: 'theme' }
      },
    })
    const before = await rowsOf()
    expect(await set()).toEqual({ key: 'theme' })
    const after = await rowsOf()
    expect(after).toEqual({ commands: before.commands + 1, settings: before.settings + 1, audit: before.audit + 1 })
  })
})

test('a call that a person would feel is written to the log by name', async () => {
  logged.length = 0
  const { get } = await callWith({
    get: async () => {
      await new Promise((resolve) => setTimeout(resolve, 60))
      return {}
    },
  })
  await get()
  expect(logged).toMatchObject([{ level: 'warn', fields: { procedure: 'settings.get' } }])
})

describe('what begins with its first use', () => {
  const url = new URL('../../out/main/reading-worker.js', import.meta.url).href
  // The first time it is asked for there is none.
  const later = () => {
    let asked = 0
    return {
      file: join(directory, 'counterfoil.db'),
      key: null,
      get workerUrl() {
        asked += 1
        return asked === 1 ? 'nowhere:' : url
      },
    }
  }

  test('a thread that did not start is started with the next reading', async () => {
    const limited = createLimitedReads(later())
    const pool = createReadingPool(later())
    const through = limited.through(shadowOf({ organizationId: 'none', branchIds: ['none'] }))
    const readings = [() => through.selectFrom('invoices').select('id').execute(), () => pool.read('integrity', 'none')]
    for (const read of readings) {
      await expect(read()).rejects.toMatchObject({ code: 'ERR_INVALID_URL_SCHEME' })
      await expect(read()).resolves.toBeDefined()
    }
    await limited.close()
    await pool.close()
  })

  test('one that never started has nothing to end', async () => {
    const pool = createReadingPool(later())
    await expect(pool.read('stateHash', 'none')).rejects.toThrow()
    await expect(pool.close()).resolves.toBeUndefined()
  })

  test('a job whose handler could not be read reads it again', async () => {
    let asked = 0
    const handlers = createJobHandlers({
      db: database.reader,
      scrubber: () => {
        asked += 1
        throw new Error('EMFILE: too many open files')
      },
      // Nothing else is asked for before that.
    } as unknown as Parameters<typeof createJobHandlers>[0])
    const job = { id: 'job', organizationId: 'none', kind: 'data-rights.files', subjectId: 'none' } as unknown as Job
    const run = () => handlers['data-rights.files']?.run(job, new AbortController().signal)
    for (const time of [1, 2]) {
      await expect(run()).rejects.toThrow('EMFILE')
      expect(asked).toBe(time)
    }
  })
})

test('a key of the inputs that could not be read once is asked for again, and never replaced by another one', async () => {
  const known = Buffer.alloc(32, 7).toString('base64')
  const stored = new Map([[inputKeyName, known]])
  let isAway = true
  let cleared = 0
  const inputKey = createInputKey({
    secrets: {
      kind: 'keychain',
      warning: null,
      get: (name) => (isAway ? Promise.reject(new Error('asleep')) : Promise.resolve(stored.get(name) ?? null)),
      set: (name, value) => Promise.resolve(void stored.set(name, value)),
      delete: (name) => Promise.resolve(void stored.delete(name)),
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    onFirst: () => {
      cleared += 1
      return Promise.resolve()
    },
  })
  const standIn = await inputKey()
  expect(await inputKey()).toEqual(standIn)
  isAway = false
  await vi.waitFor(async () => expect(Buffer.from(await inputKey()).toString('base64')).toBe(known))
  expect(stored.get(inputKeyName)).toBe(known)
  expect(cleared).toBe(0)
})
