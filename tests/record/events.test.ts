import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyFolder } from '../../electron/cli/verify.ts'
import {
  type EventLink,
  eventHash,
  recordSecurityEvent,
  type SecurityEventKind,
} from '../../electron/people/security-events.ts'
import { acceptEarlierRecord, knownHeads, readHeads } from '../../electron/record/head-file.ts'
import { exportFile, tampered, verifyAlone, verifyFile } from '../support/record.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

/** One command that tells of so many security events. */
const happen = (workspace: Workspace, count = 1, kind: SecurityEventKind = 'settings-changed') =>
  workspace.core.runCommand({ name: 'test.happened', entities: [] }, async ({ trx, now, deviceId }) => {
    for (let step = 1; step <= count; step += 1) {
      // A restore is of all businesses.
      const organizationId = kind === 'restored' ? null : workspace.organizationId
      const event = { at: now, organizationId, userId: null, deviceId, kind }
      await recordSecurityEvent(trx, { ...event, data: { step } })
    }
  })

const recordEvents = async (workspace: Workspace) => {
  for (const count of [1, 1, 1, 3, 1, 2, 1, 1, 1]) {
    workspace.clock.advance(1000)
    await happen(workspace, count)
  }
  return 12
}

type Stored = EventLink & { readonly prev_hash: string; readonly hash: string }

/** The events as the given ones, each worked out anew so that it follows on the one before it, as one without the key can. */
const rewrite = (change: (events: readonly EventLink[]) => readonly EventLink[]) => (database: Sqlite.Database) => {
  const events = database
    .prepare(
      `SELECT seq, at, organization_id AS organizationId, user_id AS userId, device_id AS deviceId, kind, data
      FROM security_events ORDER BY seq`,
    )
    .all() as Stored[]
  database.exec('DELETE FROM security_events')
  const insert = database.prepare(
    `INSERT INTO security_events (seq, at, organization_id, user_id, device_id, kind, data, prev_hash, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  let prev = '0'.repeat(64)
  for (const [index, event] of change(events).entries()) {
    const link = { ...event, seq: index + 1 }
    const hash = eventHash(prev, link)
    const { seq, at, organizationId, userId, deviceId, kind, data } = link
    insert.run(seq, at, organizationId, userId, deviceId, kind, data, prev, hash)
    prev = hash
  }
  database.exec(
    `UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM security_events) WHERE name = 'security_events'`,
  )
}
const run = (sql: string) => (database: Sqlite.Database) => void database.exec(sql)
const other = (event: EventLink) => ({ ...event, kind: 'signed-in' })
const without = (from: number, to: number) => (events: readonly EventLink[]) =>
  events.filter(({ seq }) => seq < from || seq > to)

type Case = {
  readonly what: string
  readonly change: (database: Sqlite.Database) => void
  readonly first: number
  /** Only against the whole data folder: the file that leaves holds what is signed. */
  readonly leavesOut?: boolean
}

const cases: readonly Case[] = [
  { what: 'one changed', change: run(`UPDATE security_events SET kind = 'x' WHERE seq = 5`), first: 5 },
  {
    what: 'a hash flipped',
    change: run(`UPDATE security_events SET hash = 'ab' || substr(hash, 3) WHERE seq = 3`),
    first: 3,
  },
  { what: 'one removed', change: run('DELETE FROM security_events WHERE seq = 7'), first: 7 },
  {
    what: 'two in each other’s place',
    change: run(`UPDATE security_events SET seq = -4 WHERE seq = 4; UPDATE security_events SET seq = 4 WHERE seq = 6;
      UPDATE security_events SET seq = 6 WHERE seq = -4`),
    first: 4,
  },
  { what: 'the end cut off', change: rewrite(without(10, 99)), first: 10 },
  { what: 'all of them gone', change: rewrite(() => []), first: 1 },
  {
    what: 'one changed, and all after it worked out anew',
    change: rewrite((events) => events.map((event) => (event.seq === 5 ? other(event) : event))),
    first: 5,
  },
  { what: 'one removed, and all after it worked out anew', change: rewrite(without(8, 8)), first: 8 },
  {
    what: 'two exchanged, and all after them worked out anew',
    change: rewrite((events) => {
      const [one, two, three, ...more] = events
      return one && two && three ? [one, three, two, ...more] : events
    }),
    first: 2,
  },
  { what: 'all of them worked out anew', change: rewrite((events) => events.map(other)), first: 1 },
  {
    what: 'one put in, and all after it worked out anew',
    change: rewrite((events) => events.flatMap((event) => (event.seq === 9 ? [other(event), event] : [event]))),
    first: 9,
  },
  {
    what: 'one put in at the end',
    change: rewrite((events) => [...events, ...events.slice(0, 1)]),
    first: 13,
    leavesOut: true,
  },
]

describe.each([
  ['in the clear', null],
  ['encrypted', new Uint8Array(32).fill(7)],
])('security events, %s', (_how, key) => {
  let workspace: Workspace
  let file = ''
  beforeAll(async () => {
    workspace = await openWorkspace(key === null ? {} : { key })
    file = join(workspace.directory, 'counterfoil.db')
    expect(await recordEvents(workspace)).toBe(12)
    await workspace.core.close()
  })
  afterAll(() => rmSync(workspace.directory, { recursive: true, force: true }))

  test('that nobody touched are whole, and their head is signed beside the database', async () => {
    const { heads, ...known } = knownHeads(workspace.directory)
    expect(known).toEqual({ events: [{ seq: 12, hash: expect.any(String) }], unsigned: [] })
    const result = await verifyFile(file, heads, { ...known, key })
    expect(result).toMatchObject({ ok: true, events: 12, notes: [] })
    if (key !== null) return
    const { bytes } = await exportFile(file, workspace.organizationId, true)
    expect(await verifyAlone(Buffer.from(bytes).toString())).toMatchObject({ ok: true, events: 12 })
  })

  test.each(cases)('$what: the first is named', async ({ change, first, leavesOut }) => {
    const it = tampered(file, change, key)
    try {
      const result = await verifyFile(it.file, [], { key })
      expect(result.first).toMatchObject({ kind: 'event', event: first })
      if (key !== null || leavesOut) return
      const { bytes } = await exportFile(it.file, workspace.organizationId, true)
      const alone = await verifyAlone(Buffer.from(bytes).toString())
      expect(alone).toMatchObject({ ok: false, code: 1, first: { kind: 'event', event: first } })
    } finally {
      it.remove()
    }
  })
})

test('what a command said that could not be saved is said by the next one', async () => {
  const workspace = await openWorkspace()
  try {
    await recordEvents(workspace)
    const failing = workspace.core.runCommand({ name: 'test.failed', entities: [] }, async ({ trx, now, deviceId }) => {
      const event = { at: now, organizationId: workspace.organizationId, userId: null, deviceId }
      await recordSecurityEvent(trx, { ...event, kind: 'settings-changed', data: { step: 1 } })
      // Found out by the commit, after the record was written.
      await sql`PRAGMA defer_foreign_keys = ON`.execute(trx)
      await sql`UPDATE number_series SET branch_id = 'nowhere'`.execute(trx)
    })
    await expect(failing).rejects.toThrow(/FOREIGN KEY/)
    // The same once more, in the same millisecond.
    await happen(workspace)
    await workspace.core.close()
    expect(await verifyFolder(workspace.directory, { head: null, keys: [] })).toMatchObject({
      ok: true,
      events: 13,
      problems: [],
    })
  } finally {
    rmSync(workspace.directory, { recursive: true, force: true })
  }
})

describe('security events of a data folder', () => {
  let workspace: Workspace
  let file = ''
  let before: Buffer
  beforeAll(async () => {
    workspace = await openWorkspace()
    file = join(workspace.directory, 'counterfoil.db')
    await recordEvents(workspace)
    await workspace.core.close()
    before = readFileSync(file)
    await workspace.reopen()
    await happen(workspace, 2)
    await workspace.core.close()
  })
  afterAll(() => rmSync(workspace.directory, { recursive: true, force: true }))

  test('cut off together with the record show against the head beside the database, until a restore says so', async () => {
    const whole = readFileSync(file)
    expect(await verifyFolder(workspace.directory, { head: null, keys: [] })).toMatchObject({ ok: true, events: 14 })
    writeFileSync(file, before)
    const result = await verifyFolder(workspace.directory, { head: null, keys: [] })
    expect(result?.problems).toContainEqual(expect.objectContaining({ kind: 'event', event: 13 }))
    const heads = readFileSync(join(workspace.directory, 'record-head.json'))
    acceptEarlierRecord(workspace.directory)
    expect(readHeads(workspace.directory).restored).toMatchObject([{ events: { seq: 14 } }])
    expect(await verifyFolder(workspace.directory, { head: null, keys: [] })).toMatchObject({ ok: true, events: 12 })
    writeFileSync(file, whole)
    writeFileSync(join(workspace.directory, 'record-head.json'), heads)
  })

  test('a head that somebody wrote to fit is not signed; one of before these were signed opens as it did', async () => {
    const headFile = join(workspace.directory, 'record-head.json')
    const content = readFileSync(headFile, 'utf8')
    const { head } = readHeads(workspace.directory)
    writeFileSync(headFile, content.replace('"seq": 14', '"seq": 13'))
    expect((await verifyFolder(workspace.directory, { head: null, keys: [] }))?.problems).toContainEqual(
      expect.objectContaining({ kind: 'head', text: expect.stringContaining('not signed') }),
    )
    const { events: _, ...older } = head ?? {}
    writeFileSync(headFile, JSON.stringify({ head: older, lost: [], restored: [] }))
    expect(knownHeads(workspace.directory)).toMatchObject({ heads: [head?.hash], events: [] })
    writeFileSync(headFile, content)
  })

  test.each([
    ['restored', null],
    ['signed-in', 9],
  ] as const)('fewer than the record says: "%s" goes on from there', async (kind, bad) => {
    const it = tampered(file, rewrite(without(9, 99)))
    const whole = readFileSync(file)
    const heads = readFileSync(join(workspace.directory, 'record-head.json'))
    writeFileSync(file, readFileSync(it.file))
    it.remove()
    await workspace.reopen()
    // A clock that was set back changes nothing about what came after what.
    workspace.clock.advance(-7_200_000)
    await happen(workspace, 1, kind)
    await happen(workspace)
    await workspace.core.close()
    workspace.errors.length = 0
    // What a restore says of itself; who only removed events cannot have it signed.
    const result = await verifyFile(file)
    expect(result.first?.event ?? null).toBe(bad)
    const { bytes } = await exportFile(file, workspace.organizationId, true)
    const alone = await verifyAlone(Buffer.from(bytes).toString())
    expect(alone.first?.event ?? null).toBe(bad)
    // For whoever may not see what happened it can be checked all the same.
    const sealed = Buffer.from((await exportFile(file, workspace.organizationId)).bytes).toString()
    expect(sealed).not.toContain('"kind":"settings-changed"')
    expect((await verifyAlone(sealed)).first?.event ?? null).toBe(bad)
    if (bad === null)
      expect(result).toMatchObject({ ok: true, events: 10, notes: [expect.stringContaining('9 to 14')] })
    writeFileSync(file, whole)
    writeFileSync(join(workspace.directory, 'record-head.json'), heads)
  })
})
