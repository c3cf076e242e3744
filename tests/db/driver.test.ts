import { Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ExactSqliteDialect, WarmReadDialect } from '../../db/driver.ts'
import { databaseError } from '../../db/errors.ts'
import { fromJson, toJson } from '../../db/json.ts'
import { type OpenDatabase, openConnection, openDatabase } from '../../db/open.ts'
import { toMatch } from '../../db/queries/full-text.ts'
import { AppError } from '../../shared/errors.ts'
import { freshDirectory } from '../support/database.ts'

type Tables = {
  sums: { id: string; amountE4: bigint; priceE6: bigint; rateE10: bigint; version: number; note: string | null }
}

const { directory, remove } = freshDirectory()
const statements: string[] = []
const raw = openConnection(`${directory}/driver.db`, { readonly: false })
const db = new Kysely<Tables>({
  dialect: new ExactSqliteDialect(raw, (text) => statements.push(text)),
})

beforeAll(() => {
  raw.exec(
    'CREATE TABLE sums (id TEXT PRIMARY KEY, amount_e4 INTEGER NOT NULL, price_e6 INTEGER NOT NULL, rate_e10 INTEGER NOT NULL, version INTEGER NOT NULL, note TEXT) STRICT',
  )
})
afterAll(() => {
  raw.close()
  remove()
})

const largest = 9_223_372_036_854_775_807n
const row = (id: string, amountE4: bigint) => ({ id, amountE4, priceE6: -largest, rateE10: 1n, version: 3, note: null })

describe('integers', () => {
  test('above 2^53 come back digit for digit, others as numbers', async () => {
    await db.insertInto('sums').values(row('a', 12_345_678_901_234_567n)).execute()
    const read = await db.selectFrom('sums').selectAll().executeTakeFirstOrThrow()
    expect(read).toEqual(row('a', 12_345_678_901_234_567n))
    expect(typeof read.version).toBe('number')
  })

  test('sum exactly, and a sum named without a scale would be seen at once', async () => {
    await db.insertInto('sums').values(row('b', 9_007_199_254_740_993n)).execute()
    const { totalE4 } = await db
      .selectFrom('sums')
      .select(({ fn }) => fn.sum<bigint>('amountE4').as('totalE4'))
      .executeTakeFirstOrThrow()
    expect(totalE4).toBe(12_345_678_901_234_567n + 9_007_199_254_740_993n)
  })

  test('beyond 64 bits are refused, not rounded', async () => {
    await expect(
      db
        .insertInto('sums')
        .values(row('c', largest + 1n))
        .execute(),
    ).rejects.toThrow(RangeError)
    await db.insertInto('sums').values(row('d', largest)).execute()
    const sum = db.selectFrom('sums').select(sql<bigint>`sum(amount_e4)`.as('totalE4')).execute()
    await expect(sum).rejects.toThrow('integer overflow')
    await db.deleteFrom('sums').where('id', '=', 'd').execute()
  })

  test('go in as integers, also booleans; a fraction is refused by the column', async () => {
    await db.updateTable('sums').set({ version: 7 }).where('id', '=', 'a').execute()
    expect(raw.prepare(`SELECT typeof(version) FROM sums WHERE id = 'a'`).pluck().get()).toBe('integer')
    await expect(db.updateTable('sums').set({ version: 1.5 }).execute()).rejects.toThrow('cannot store REAL')
  })

  test('survive JSON under scaled names', () => {
    const value = { amountE4: -largest, list: [{ rateE10: 1n, note: '12' }], version: 3 }
    expect(fromJson(toJson(value))).toEqual(value)
  })
})

describe('statements', () => {
  test('are prepared once for each text', async () => {
    let prepared = 0
    const original = raw.prepare
    raw.prepare = function prepare(this: typeof raw, text: string) {
      prepared += 1
      return original.call(this, text)
    } as typeof original
    try {
      for (let index = 0; index < 20; index += 1) {
        await db.selectFrom('sums').select('note').where('version', '=', index).execute()
      }
    } finally {
      raw.prepare = original
    }
    expect(prepared).toBe(1)
  })

  test('beyond the cache still run', async () => {
    for (let index = 0; index < 600; index += 1) {
      const { rows } = await sql<{ one: number }>`SELECT ${sql.raw(String(index))} AS one`.execute(db)
      expect(rows).toEqual([{ one: index }])
    }
  })

  test('are told to the listener after they ran', async () => {
    statements.length = 0
    await db.selectFrom('sums').select('id').where('id', '=', 'a').execute()
    expect(statements).toEqual(['select "id" from "sums" where "id" = ?'])
  })

  test('are never streamed: pages are read instead', async () => {
    const first = async () => {
      for await (const one of db.selectFrom('sums').select('id').stream()) return one
    }
    await expect(first()).rejects.toThrow('read by keyset page instead')
  })
})

describe('transactions', () => {
  test('leave nothing of a failure, and the next one works', async () => {
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto('sums').values(row('lost', 1n)).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await db.transaction().execute((trx) => trx.insertInto('sums').values(row('kept', 1n)).execute())
    const ids = await db.selectFrom('sums').select('id').orderBy('id').execute()
    expect(ids.map(({ id }) => id)).toEqual(['a', 'b', 'kept'])
  })

  test('run one after the other, whatever they wait for in between', async () => {
    const order: string[] = []
    const run = (name: string) =>
      db.transaction().execute(async (trx) => {
        order.push(`${name} begins`)
        const { version } = await trx
          .selectFrom('sums')
          .select('version')
          .where('id', '=', 'kept')
          .executeTakeFirstOrThrow()
        await new Promise((resolve) => setTimeout(resolve, 5))
        await trx
          .updateTable('sums')
          .set({ version: version + 1 })
          .where('id', '=', 'kept')
          .execute()
        order.push(`${name} ends`)
      })
    await Promise.all(['one', 'two', 'three'].map(run))
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends'])
    const { version } = await db.selectFrom('sums').select('version').where('id', '=', 'kept').executeTakeFirstOrThrow()
    expect(version).toBe(6)
  })

  test('that SQLite has rolled back itself show the first error', async () => {
    const failing = db.transaction().execute(async (trx) => {
      raw.exec('ROLLBACK')
      await trx.insertInto('sums').values(row('a', 1n)).execute()
    })
    await expect(failing).rejects.toThrow('UNIQUE constraint failed')
  })
})

describe('the reader', () => {
  let database: OpenDatabase
  beforeAll(async () => {
    database = await openDatabase(`${directory}/data`)
  })
  afterAll(() => database.close())

  test('cannot write, whatever the types are told', async () => {
    // The type has no insertInto: only a caller that lies to it gets this far.
    const lying = database.reader as unknown as Kysely<{ devices: { id: string } }>
    await expect(lying.deleteFrom('devices').execute()).rejects.toThrow('attempt to write a readonly database')
    await expect(sql`PRAGMA user_version = 99`.execute(lying)).rejects.toThrow('readonly')
  })

  test('sees a commit at once, and nothing before it', async () => {
    const count = async () => {
      const { rows } = await database.reader.executeQuery(
        database.reader.selectFrom('commands').select(({ fn }) => fn.countAll<number>().as('count')),
      )
      return rows[0]?.count
    }
    database.unitOfWork.signWith({ publicKey: 'test', sign: () => new Uint8Array(64) })
    await database.writer.transaction().execute(async () => {
      database.unitOfWork.begin({
        id: 'c',
        organizationId: null,
        userId: null,
        deviceId: 'd',
        procedure: 'test',
        at: 'now',
        idempotencyKey: 'key-1',
        inputHash: 'h',
      })
      expect(await count()).toBe(0)
      await database.unitOfWork.finish(1, '{"done":true}')
    })
    expect(await count()).toBe(1)
    expect(database.unitOfWork.findByKey('key-1')).toEqual({
      procedure: 'test',
      inputHash: 'h',
      result: '{"done":true}',
    })
    expect(database.unitOfWork.findByKey('key-2')).toBeUndefined()
  })
})

describe('errors of the database', () => {
  const codeFor = (code: string, message = '') => {
    const error = databaseError(Object.assign(new Error(message), { code }))
    return error instanceof AppError ? error.code : 'none'
  }

  test('become what a person can be told', () => {
    expect(codeFor('SQLITE_FULL')).toBe('STORAGE_FULL')
    expect(codeFor('ENOSPC')).toBe('STORAGE_FULL')
    expect(codeFor('SQLITE_IOERR_WRITE')).toBe('STORAGE_UNAVAILABLE')
    expect(codeFor('SQLITE_CORRUPT_VTAB')).toBe('STORAGE_UNAVAILABLE')
    expect(codeFor('SQLITE_READONLY_DBMOVED')).toBe('STORAGE_UNAVAILABLE')
    expect(codeFor('SQLITE_CONSTRAINT_UNIQUE', 'UNIQUE constraint failed: clients.code')).toBe('DUPLICATE')
    expect(codeFor('SQLITE_CONSTRAINT_PRIMARYKEY')).toBe('DUPLICATE')
    expect(codeFor('SQLITE_CONSTRAINT_FOREIGNKEY')).toBe('NOT_FOUND')
    expect(codeFor('SQLITE_CONSTRAINT_TRIGGER', 'immutable: an issued invoice never changes')).toBe('IMMUTABLE')
    expect(codeFor('SQLITE_CONSTRAINT_TRIGGER', 'over-allocated: more than is left')).toBe('OVER_ALLOCATED')
    expect(codeFor('SQLITE_CONSTRAINT_TRIGGER', 'state: a draft')).toBe('INVALID_STATE')
  })

  test('that are bugs stay what they are', () => {
    expect(codeFor('SQLITE_CONSTRAINT_NOTNULL', 'NOT NULL constraint failed')).toBe('none')
    expect(codeFor('SQLITE_ERROR', 'no such column')).toBe('none')
    const bug = new TypeError('x is not a function')
    expect(databaseError(bug)).toBe(bug)
  })
})

test('what a person types is never syntax of the search', () => {
  expect(toMatch('  ')).toBeNull()
  expect(toMatch('"); DROP --')).toBe('"DROP"*')
  expect(toMatch('acme AND near(b*)')).toBe('"acme" "AND" "near" "b"*')
})

describe('what only reads', () => {
  const { directory: folder, remove: clear } = freshDirectory()
  const write = openConnection(`${folder}/warm.db`, { readonly: false })
  write.exec('CREATE TABLE sums (id TEXT PRIMARY KEY); CREATE TEMP TABLE who (name TEXT); INSERT INTO who VALUES (1)')
  const read = openConnection(`${folder}/warm.db`, { readonly: true })
  const reader = new Kysely<Tables>({
    dialect: new WarmReadDialect(read, { database: write, isFree: () => !write.inTransaction }),
  })
  const ids = async () => (await reader.selectFrom('sums').select('id').execute()).map(({ id }) => id)
  // Only the writing connection has this table.
  const isWarm = () =>
    sql`SELECT name FROM who`.execute(reader).then(
      () => true,
      () => false,
    )

  afterAll(() => {
    read.close()
    write.close()
    clear()
  })

  test('goes to the pages at hand, but never sees what is half done', async () => {
    expect(await isWarm()).toBe(true)
    write.exec(`BEGIN IMMEDIATE; INSERT INTO sums VALUES ('a')`)
    expect(await isWarm()).toBe(false)
    expect(await ids()).toEqual([])
    write.exec('COMMIT')
    expect(await isWarm()).toBe(true)
    expect(await ids()).toEqual(['a'])
  })

  test('writes nothing, however it is said', async () => {
    const attempts = [
      sql`INSERT INTO sums VALUES ('b')`,
      sql`WITH one AS (SELECT 'b' AS id) INSERT INTO sums SELECT id FROM one`,
      sql`WITH one AS (SELECT 'b' AS id) INSERT INTO sums SELECT id FROM one RETURNING id`,
      sql`DELETE FROM sums`,
      sql`UPDATE sums SET id = 'c' RETURNING id`,
      sql`CREATE TABLE more (id TEXT)`,
    ]
    for (const attempt of attempts) await expect(attempt.execute(reader)).rejects.toThrow(/readonly|written/)
    expect(await ids()).toEqual(['a'])
  })
})
