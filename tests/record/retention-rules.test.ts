import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { dueCut } from '../../electron/record/retention/cut.ts'
import { keptFromOn } from '../../electron/record/retention/setting.ts'
import { retentionRuleOf } from '../../shared/retention.ts'
import { makeClient } from '../support/factories.ts'
import { verifyFile } from '../support/record.ts'
import { purgeNow } from '../support/retention.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

describe('from which day on a record is kept', () => {
  const on = (country: string, years: number, today: string, fiscalYearStart = '01-01') =>
    keptFromOn(years, retentionRuleOf(country, today), { today, fiscalYearStart })

  test('whole months, counted back', () => {
    expect(on('US', 8, '2036-11-21')).toBe('2028-11-01')
    expect(on('US', 8, '2036-11-01')).toBe('2028-11-01')
    expect(on('US', 8, '2036-10-31')).toBe('2028-10-01')
  })
  test('never a day that the law still asks for: it counts from the end of the year', () => {
    expect(on('US', 7, '2036-11-21')).toBe('2029-01-01')
    expect(on('DE', 8, '2036-11-21')).toBe('2028-01-01')
    expect(on('GB', 6, '2036-11-21', '04-06')).toBe('2030-04-01')
  })
})

let workspace: Workspace
const written: string[] = []

beforeAll(async () => {
  workspace = await openWorkspace({ storage: { afterStatement: (text) => written.push(text) } })
  for (let since = 0; since < 9; since += 1) {
    await makeClient(workspace, `Client ${since}`)
    workspace.clock.advance(366 * 86_400_000)
  }
  // After a leap the clock is believed when it has gone on for a week.
  await makeClient(workspace, 'Client of the week before')
  workspace.clock.advance(8 * 86_400_000)
})
afterAll(() => workspace.close())

const raw = () => {
  const database = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  return database
}

describe('the log lets nothing go but by a checkpoint', () => {
  const database = { it: null as ReturnType<typeof raw> | null }
  afterEach(() => database.it?.close())
  const refused = (text: string) => {
    const it = raw()
    database.it = it
    return expect(() => it.exec(text))
  }
  test('changes, entries and who read what', () => {
    refused('DELETE FROM audit_log WHERE seq = 1').toThrow('immutable')
    refused('DELETE FROM chain_entries WHERE seq = 1').toThrow('immutable')
    refused("UPDATE chain_entries SET at = 'x'").toThrow('immutable')
  })
  test('a removal that was not ended cannot be committed', () => {
    const it = raw()
    database.it = it
    it.exec('BEGIN; DROP TRIGGER record_checkpoints_named')
    it.exec("INSERT INTO record_checkpoints VALUES ('d', 1, 5, 'now', 'open'); DELETE FROM audit_log WHERE seq = -1")
    expect(() => it.exec('COMMIT')).toThrow('FOREIGN KEY')
    it.exec('ROLLBACK')
  })
  test('a checkpoint that no entry of the record tells of', () => {
    refused(
      `INSERT INTO record_checkpoints SELECT device_id, seq, 5, at, 'open' FROM chain_entries ORDER BY seq LIMIT 1`,
    ).toThrow('a checkpoint is an entry of the record first')
  })
})

describe('nothing goes', () => {
  test('because a clock is set years ahead', async () => {
    const now = workspace.clock.now()
    const { from } = await workspace.core.read((db) => dueCut(db, now))
    expect(from).toMatch(/^2028-/)
    const ahead = await workspace.core.read((db) => dueCut(db, now.replace(/^2035/, '2065')))
    expect(ahead.from).toMatch(/^2028-/)
  })

  test('while a legal hold is set, for ever is set, or the longest time is not over', async () => {
    const setting = await workspace.call('audit.retention', {})
    expect(setting).toMatchObject({ years: 7, legalHold: false, minimumYears: 6, reachesBackTo: null })
    expect(setting.next).toMatchObject({ changes: expect.any(Number) })
    await workspace.call('audit.setRetention', { years: 7, legalHold: true })
    expect(await purgeNow(workspace)).toMatchObject({ done: false, keeping: 'hold' })
    expect(await workspace.call('audit.retention', {})).toMatchObject({ keeping: 'hold', next: null })
    await workspace.call('audit.setRetention', { years: null, legalHold: false })
    expect(await purgeNow(workspace)).toMatchObject({ done: false, keeping: 'for-ever' })
    await workspace.call('audit.setRetention', { years: 30, legalHold: false })
    expect(await purgeNow(workspace)).toMatchObject({ done: false, keeping: null, command: null })
    await expect(workspace.call('audit.setRetention', { years: 5, legalHold: false })).rejects.toThrow('6 years')
  })

  test('another business of the folder keeps it longer', async () => {
    await workspace.call('audit.setRetention', { years: 7, legalHold: false })
    const first = workspace.organizationId
    const other = await workspace.call('setup.createOrganization', { legalName: 'Andere GmbH', country: 'DE' })
    workspace.use(other.id)
    await workspace.call('audit.setRetention', { years: 20, legalHold: false })
    workspace.use(first)
    expect(await purgeNow(workspace)).toMatchObject({ done: false, command: null })
    expect(await workspace.call('audit.retention', {})).toMatchObject({ keptLonger: true })
    workspace.use(other.id)
    await workspace.call('audit.setRetention', { years: 8, legalHold: false })
    workspace.use(first)
  })

  test('that other places do not have yet', async () => {
    const sent = await workspace.core.runCommand({ name: 'test.sync', entities: [] }, async ({ trx, newRow }) => {
      const row = await trx.selectFrom('syncLog').select('seq').orderBy('seq').limit(1).executeTakeFirstOrThrow()
      const value = JSON.stringify({ sentUpTo: row.seq })
      await trx
        .insertInto('settings')
        .values({ ...newRow(), organizationId: null, userId: null, key: 'sync-position', value })
        .execute()
      return row.seq
    })
    expect(sent).toBeGreaterThan(0)
    const changes = () =>
      workspace.core.read((db) => db.selectFrom('syncLog').select('seq').where('seq', '>', sent).execute())
    const before = (await changes()).length
    await purgeNow(workspace)
    expect((await changes()).length).toBeGreaterThanOrEqual(before)
    await workspace.core.runCommand({ name: 'test.sync', entities: [] }, async ({ trx }) => {
      await trx
        .updateTable('settings')
        .set({ value: '{"sentUpTo":1000000}' })
        .where('key', '=', 'sync-position')
        .execute()
    })
  })

  test('of a record that does not agree', async () => {
    const broken = await workspace.core.runCommand({ name: 'test.broken', entities: [] }, async ({ trx }) => {
      // As somebody with the file would: past the triggers.
      await sql`DROP TRIGGER capture_clients_update`.execute(trx)
      await sql`UPDATE clients SET payment_terms_days = 77 WHERE id = (SELECT min(id) FROM clients)`.execute(trx)
    })
    expect(broken).toBeUndefined()
    expect(await purgeNow(workspace)).toMatchObject({
      done: false,
      problem: expect.stringContaining('payment_terms_days'),
    })
    await workspace.core.runCommand({ name: 'test.mended', entities: [] }, async ({ trx }) => {
      await sql`UPDATE clients SET payment_terms_days = NULL WHERE id = (SELECT min(id) FROM clients)`.execute(trx)
    })
    await workspace.reopen()
  })
})

test('then it goes, by a signed checkpoint, and the record says where it begins', async () => {
  const before = await workspace.call('audit.retention', {})
  written.length = 0
  expect(await purgeNow(workspace)).toMatchObject({ done: true })
  const after = await workspace.call('audit.retention', {})
  expect(after.reachesBackTo).not.toBeNull()
  expect(after.last?.changes).toBeGreaterThan(0)
  expect(after.next?.on).not.toBe(before.next?.on)
  expect(await verifyFile(join(workspace.directory, 'counterfoil.db'))).toMatchObject({ ok: true, problems: [] })
  expect(await purgeNow(workspace)).toMatchObject({ done: false, command: null })
})

test('it goes piece by piece from the front of an index, where what is gone is not met again', () => {
  const database = raw()
  try {
    const pieces = [...new Set(written)].filter((text) =>
      /^\s*DELETE FROM (sync_log|accesses|audit_log|commands)/.test(text),
    )
    const plans = pieces.map((text) => {
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all((text.match(/\?/g) ?? []).map(() => 1))
      return steps.map((step) => String(Reflect.get(Object(step), 'detail')))
    })
    expect(plans.flat().filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
    const front =
      /^(SEARCH s USING COVERING INDEX sync_log_change|SCAN a USING COVERING INDEX sqlite_autoindex_accesses|SEARCH audit_log USING COVERING INDEX audit_log_command \(command_seq<|SEARCH c USING INTEGER PRIMARY KEY \(rowid>\?)/
    expect(plans.map((steps) => steps.filter((step) => front.test(step)).length)).toEqual([1, 1, 1, 1])
  } finally {
    database.close()
  }
})
