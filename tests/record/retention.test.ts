import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnection, openReader } from '../../db/open.ts'
import { listBackups } from '../../electron/backup/place.ts'
import { recordReachesBackTo } from '../../electron/record/retention/checkpoint.ts'
import { shapesNow, stateAt } from '../../electron/record/retention/state-at.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openTestGate } from '../support/gate.ts'
import { exportFile, tampered, verifyAlone, verifyFile } from '../support/record.ts'
import { purgeNow } from '../support/retention.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const year = 366 * 86_400_000
let workspace: Workspace
const folder = mkdtempSync(join(tmpdir(), 'counterfoil-cut-'))
const file = join(folder, 'counterfoil.db')
const roots: string[] = []
const invoices: string[] = []
let earliest: { readonly commandSeq: number; readonly at: string } | null = null

const count = async (
  table: 'auditLog' | 'commands' | 'chainEntries' | 'chainDocuments' | 'accesses' | 'securityEvents',
) =>
  await workspace.core.read(
    async (db) =>
      (
        await db
          .selectFrom(table)
          .select((row) => row.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
      ).count,
  )

// One invoice a year, ten years long; each night what is past its time goes.
beforeAll(async () => {
  workspace = await openWorkspace()
  for (let since = 0; since <= 10; since += 1) {
    const clientId = await makeClient(workspace, `Client of year ${since}`)
    invoices.push((await makeInvoice(workspace, clientId)).id)
    await workspace.core.runCommand({ name: 'test.read', entities: [] }, async ({ trx, newRow }) => {
      const read = { procedure: 'exports.run', what: 'A table of the books', subjectId: null }
      await trx
        .insertInto('accesses')
        .values({ ...newRow(), organizationId: workspace.organizationId, ...read })
        .execute()
    })
    const [root] = await workspace.call('audit.roots', { days: 1 })
    roots.push(root?.hash ?? '')
    await purgeNow(workspace)
    if (since < 10) workspace.clock.advance(year)
  }
  earliest = await workspace.core.read(recordReachesBackTo)
  const live = join(workspace.directory, 'counterfoil.db')
  const database = openConnection(live, { readonly: false })
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  copyFileSync(live, file)
  copyFileSync(join(workspace.directory, 'device.key'), join(folder, 'device.key'))
}, 60_000)
afterAll(async () => {
  await workspace.close()
  rmSync(folder, { recursive: true, force: true })
})

test('after ten years the record begins seven years back, at a checkpoint, and verifies', async () => {
  expect(earliest?.at.slice(0, 4)).toBe('2028')
  const result = await verifyFile(file)
  expect(result).toMatchObject({ ok: true, problems: [] })
  expect(result.notes.join(' ')).toMatch(/was past its time and removed; checkpoint \d+ stands for it/)
  expect(result.documents).toBe(11)
  const oldest = await workspace.core.read((db) =>
    db.selectFrom('chainEntries').select(['seq', 'at']).orderBy('seq').limit(1).executeTakeFirstOrThrow(),
  )
  expect(oldest.at > (earliest?.at ?? '')).toBe(true)
  expect(await count('chainDocuments')).toBe(11)
})

test('what was kept on paper of a day that is gone is found in the checkpoint', async () => {
  const [gone = '', kept = ''] = [roots[0], roots.at(-1)]
  const result = await verifyFile(file, [gone, kept])
  expect(result.ok).toBe(true)
  expect(result.notes.join(' ')).toContain('The known head is of 2026-11-21')
  expect((await verifyFile(file, ['0'.repeat(64)])).ok).toBe(false)
})

test('the stand-alone verifier accepts the cut record, and names one that is cut elsewhere', async () => {
  const { bytes, head } = await exportFile(file, workspace.organizationId)
  const lines = Buffer.from(bytes).toString('utf8').trimEnd().split('\n')
  const whole = await verifyAlone(`${lines.join('\n')}\n`, '--head', head ?? '')
  expect(whole).toMatchObject({ code: 0, ok: true, checkpoint: { changes: expect.any(Number) } })
  const old = await verifyAlone(`${lines.join('\n')}\n`, '--head', roots[0] ?? '')
  expect(old).toMatchObject({ ok: true, head: expect.stringContaining('2026-11-21') })
  const begins = lines.findIndex((line, index) => index > 1 && line.startsWith('{"entry"'))
  const shorter = await verifyAlone(`${[lines[0], ...lines.slice(begins)].join('\n')}\n`)
  expect(shorter).toMatchObject({ ok: false, first: { kind: 'order' } })
  const without = lines.filter((line) => !line.includes('"kind":"checkpoint"'))
  expect(await verifyAlone(`${without.join('\n')}\n`)).toMatchObject({ ok: false, first: { kind: 'order' } })
  const other = lines.map((line) =>
    line.includes('"kind":"checkpoint"') ? line.replace(/(\\"changes\\":)\d+/, '$11') : line,
  )
  expect(await verifyAlone(`${other.join('\n')}\n`)).toMatchObject({ ok: false, first: { kind: 'changed' } })
})

const old = '(SELECT row_id FROM chain_documents ORDER BY row_id LIMIT 1)'

describe('somebody changes what is left of before the cut', () => {
  test.each([
    ['a row', 'UPDATE clients SET payment_terms_days = 99 WHERE id = (SELECT min(id) FROM clients)', 'checkpoint'],
    ['a row of since', 'UPDATE clients SET payment_terms_days = 99 WHERE id = (SELECT max(id) FROM clients)', 'row'],
    ['a row removed', 'DELETE FROM invoice_taxes WHERE id = (SELECT min(id) FROM invoice_taxes)', 'checkpoint'],
    [
      'a row put in',
      "INSERT INTO tags (id, organization_id, created_at, updated_at, name, color) SELECT 'forged', id, created_at, created_at, 'x', 'gray' FROM organizations",
      'checkpoint',
    ],
    [
      'who issued',
      `UPDATE commands SET user_id = 'x' WHERE seq = (SELECT min(command_seq) FROM chain_documents)`,
      'checkpoint',
    ],
    ['an issued document', `UPDATE invoices SET total_e4 = total_e4 + 1 WHERE id = ${old}`, 'document'],
    ['what was issued', `UPDATE chain_documents SET hash = randomblob(32) WHERE row_id = ${old}`, 'checkpoint'],
    [
      'the checkpoint',
      "UPDATE chain_entries SET body = replace(body, '\"rows\":1', '\"rows\":2') WHERE kind = 'checkpoint'",
      'changed',
    ],
    ['the first entry', 'DELETE FROM chain_entries WHERE seq = (SELECT min(seq) FROM chain_entries)', 'order'],
    [
      'the checkpoint removed',
      "DELETE FROM chain_entries WHERE seq = (SELECT max(seq) FROM chain_entries WHERE kind = 'checkpoint')",
      'order',
    ],
  ])('%s', async (_what, sql, kind) => {
    const it = tampered(file, (database) => database.exec(sql))
    try {
      const result = await verifyFile(it.file)
      expect(result.ok).toBe(false)
      expect(result.problems.map((problem) => problem.kind)).toContain(kind)
    } finally {
      it.remove()
    }
  })
})

test('what stays of before the cut is what somebody can see: documents, their timeline and who made them', async () => {
  const invoice = await workspace.call('invoices.get', { id: invoices[0] ?? '' })
  expect(invoice.number).not.toBeNull()
  const timeline = await workspace.call('activity.list', { entityId: invoices[0] ?? '', limit: 20 })
  expect(timeline.rows.length).toBeGreaterThan(0)
  const list = await workspace.call('audit.list', { rowId: invoices[0] ?? '', limit: 20 })
  expect(list.rows).toEqual([])
  expect(await count('chainDocuments')).toBe(11)
  expect(await count('accesses')).toBe(8)
  const events = await workspace.call('security.verify', {})
  expect(events).toMatchObject({ firstBad: null })
  expect(await workspace.core.read((db) => db.selectFrom('securityEvents').select('kind').execute())).toContainEqual({
    kind: 'record-cut',
  })
})

test('what a checkpoint says of a moment holds when a business is brought back from before it', async () => {
  const gate = await openTestGate()
  // Opened each time: another file is in its place after each.
  const reading = async <T>(work: (db: ReturnType<typeof openReader>['db']) => Promise<T>): Promise<T> => {
    const { db, close } = openReader(join(gate.directory, 'counterfoil.db'))
    return await work(db).finally(close)
  }
  try {
    await gate.makeBusiness()
    await gate.call('clients.create', { kind: 'company', name: 'Before Ltd' })
    await gate.call('backups.create')
    gate.clock.advance(60_000)
    const { id } = await gate.call<{ id: string }>('clients.create', { kind: 'company', name: 'After Ltd' })
    gate.clock.advance(60_000)
    await gate.call('backups.create')
    const [later, earlier] = listBackups(join(gate.directory, 'backups')).map(({ file }) => file)
    const { seq } = await reading((db) =>
      db.selectFrom('commands').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow(),
    )
    const told = () => reading(async (db) => await stateAt(db, seq, await shapesNow(db), { before: false }))
    const then = await told()
    const client = await gate.call<{ version: number }>('clients.get', { id })
    await gate.call('clients.update', { id, version: client.version, name: 'Renamed Ltd' })
    const [business] = await reading((db) => db.selectFrom('organizations').select('id').execute())
    for (const file of [earlier, later, earlier]) {
      gate.clock.advance(60_000)
      await gate.call('recovery.restore', { file, organizationId: business?.id })
      expect(await told()).toEqual(then)
    }
  } finally {
    await gate.close()
  }
})
