import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { exportFile, recordSomeWork, tampered, verifyAlone, verifyFile } from '../support/record.ts'
import { openWorkspace } from '../support/workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-verify-'))
const file = join(folder, 'counterfoil.db')
let organizationId = ''
let head = ''
let lines: string[] = []
let entries = 0
// The first entry of each procedure.
let entryOf: ReadonlyMap<string, number> = new Map()

beforeAll(async () => {
  const workspace = await openWorkspace()
  organizationId = workspace.organizationId
  await recordSomeWork(workspace)
  await workspace.core.close()
  copyFileSync(join(workspace.directory, 'counterfoil.db'), file)
  copyFileSync(join(workspace.directory, 'device.key'), join(folder, 'device.key'))
  rmSync(workspace.directory, { recursive: true, force: true })
  const record = await exportFile(file, organizationId)
  head = record.head ?? ''
  entries = record.entries
  const database = openConnection(file, { readonly: true })
  const rows = database
    .prepare('SELECT c.procedure, min(e.seq) FROM chain_entries e JOIN commands c ON c.seq = e.command_seq GROUP BY 1')
    .raw(true)
    .all() as [string, number][]
  entryOf = new Map(rows)
  database.close()
  lines = Buffer.from(record.bytes).toString('utf8').trimEnd().split('\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a record that nobody touched is clean, and every command is in it', async () => {
  const result = await verifyFile(file, [head])
  expect(result).toMatchObject({ ok: true, first: null, problems: [], notes: [] })
  expect(result.entries).toBe(result.commands + 1)
  expect(result.documents).toBe(2)
  expect(result.changes).toBeGreaterThan(20)
  expect(result.rows).toBeGreaterThan(10)
  const alone = await verifyAlone(`${lines.join('\n')}\n`, '--head', head)
  expect(alone).toMatchObject({ code: 0, ok: true, first: null, entries: result.entries })
  expect(alone.shown).toBeGreaterThan(5)
})

type Case = {
  readonly what: string
  readonly change: (database: Sqlite.Database) => void
  readonly kind: string
  /** The procedure whose entry must be named first; null where there is none to name. */
  readonly at?: string
}

const run = (sql: string) => (database: Sqlite.Database) => void database.exec(sql)
const byte = (column: string) => (database: Sqlite.Database) => {
  const row = database
    .prepare(
      `SELECT e.device_id AS d, e.seq AS s, e.${column} AS b FROM chain_entries e JOIN commands c ON c.seq = e.command_seq
      WHERE c.procedure = 'invoices.issue' ORDER BY e.seq LIMIT 1`,
    )
    .get() as { d: string; s: number; b: Buffer }
  row.b[5] = (row.b[5] ?? 0) ^ 0x10
  database.prepare(`UPDATE chain_entries SET ${column} = ? WHERE device_id = ? AND seq = ?`).run(row.b, row.d, row.s)
}
const issue = "(SELECT min(seq) FROM commands WHERE procedure = 'invoices.issue')"
const entry = `(SELECT seq FROM chain_entries WHERE command_seq = ${issue})`

const cases: readonly Case[] = [
  { what: 'a bit of an effect hash', change: byte('effect_hash'), kind: 'changed', at: 'invoices.issue' },
  { what: 'a bit of an entry hash', change: byte('hash'), kind: 'changed', at: 'invoices.issue' },
  { what: 'a bit of the link', change: byte('previous_hash'), kind: 'order', at: 'invoices.issue' },
  { what: 'a bit of a signature', change: byte('signature'), kind: 'signature', at: 'invoices.issue' },
  {
    what: 'the instant of an entry',
    change: run(`UPDATE chain_entries SET at = '2020-01-01T00:00:00.000Z' WHERE command_seq = ${issue}`),
    kind: 'changed',
    at: 'invoices.issue',
  },
  {
    what: 'what the beginning says',
    change: run(`UPDATE chain_entries SET body = replace(body, '"changes":0', '"changes":1') WHERE seq = 1`),
    kind: 'changed',
  },
  {
    what: 'an entry removed',
    change: run(`DELETE FROM chain_entries WHERE command_seq = ${issue}`),
    kind: 'order',
  },
  {
    what: 'two entries exchanged',
    change: run(`CREATE TEMP TABLE place AS SELECT ${entry} AS seq;
      UPDATE chain_entries SET seq = 100000 WHERE seq = (SELECT seq FROM place);
      UPDATE chain_entries SET seq = seq - 1 WHERE seq = (SELECT seq + 1 FROM place);
      UPDATE chain_entries SET seq = (SELECT seq + 1 FROM place) WHERE seq = 100000`),
    kind: 'order',
  },
  {
    what: 'who gave a command',
    change: run(`UPDATE commands SET user_id = 'somebody-else' WHERE seq = ${issue}`),
    kind: 'effect',
    at: 'invoices.issue',
  },
  {
    what: 'when a command was given',
    change: run(`UPDATE commands SET at = '2020-01-01T00:00:00.000Z' WHERE seq = ${issue}`),
    kind: 'effect',
    at: 'invoices.issue',
  },
  {
    what: 'a new value in the log',
    change: run(
      `UPDATE audit_log SET new_values = json_replace(new_values, '$.number', 'INV-9999') WHERE command_seq = ${issue} AND table_name = 'invoices'`,
    ),
    kind: 'effect',
    at: 'invoices.issue',
  },
  {
    what: 'a personal value in the log',
    change: run(
      `UPDATE audit_log SET new_values = json_replace(new_values, '$.buyer', '{}') WHERE command_seq = ${issue} AND table_name = 'invoices'`,
    ),
    kind: 'effect',
    at: 'invoices.issue',
  },
  {
    what: 'an old value in the log',
    change: run(
      `UPDATE audit_log SET old_values = json_set(old_values, '$.state', 'x') WHERE command_seq = ${issue} AND table_name = 'invoices'`,
    ),
    kind: 'effect',
    at: 'invoices.issue',
  },
  {
    what: 'a change removed from the log',
    change: run(`DELETE FROM audit_log WHERE command_seq = ${issue} AND table_name = 'invoice_taxes'`),
    kind: 'effect',
    at: 'invoices.issue',
  },
  {
    what: 'two changes exchanged',
    change: (database) => {
      const seqs = database
        .prepare(`SELECT seq FROM audit_log WHERE command_seq = ${issue} ORDER BY seq LIMIT 2`)
        .pluck()
        .all()
      const [one, two] = seqs.map(Number)
      database.exec(`UPDATE audit_log SET seq = -1 WHERE seq = ${one}; UPDATE audit_log SET seq = ${one} WHERE seq = ${two};
        UPDATE audit_log SET seq = ${two} WHERE seq = -1`)
    },
    kind: 'effect',
    at: 'invoices.issue',
  },
  {
    what: 'a change put in',
    change: run(
      `INSERT INTO audit_log (command_seq, organization_id, table_name, row_id, action, new_values) SELECT command_seq, organization_id, table_name, 'forged', 'insert', '{}' FROM audit_log WHERE command_seq = ${issue} LIMIT 1`,
    ),
    kind: 'unrecorded',
  },
  {
    what: 'a command removed with its changes',
    change: run(`DELETE FROM audit_log WHERE command_seq = ${issue}; DELETE FROM commands WHERE seq = ${issue}`),
    kind: 'effect',
    at: 'invoices.issue',
  },
  {
    what: 'a command put in',
    change: run(
      `INSERT INTO commands (id, device_id, procedure, at) VALUES ('forged', 'd', 'invoices.issue', '2026-01-01')`,
    ),
    kind: 'unrecorded',
  },
  {
    what: 'an amount of an issued document',
    change: run(
      `UPDATE invoices SET total_e4 = total_e4 + 10000 WHERE id = (SELECT row_id FROM chain_documents LIMIT 1)`,
    ),
    kind: 'document',
  },
  {
    what: 'the buyer of an issued document',
    change: run(
      `UPDATE invoices SET buyer = json_replace(buyer, '$.name', 'Somebody else') WHERE id = (SELECT row_id FROM chain_documents LIMIT 1)`,
    ),
    kind: 'document',
  },
  {
    what: 'a line of an issued document',
    change: run(
      `UPDATE invoice_lines SET name = 'Other work' WHERE invoice_id = (SELECT row_id FROM chain_documents LIMIT 1)`,
    ),
    kind: 'document',
  },
  {
    what: 'the hash of an issued document',
    change: run(`UPDATE chain_documents SET hash = randomblob(32)`),
    kind: 'effect',
  },
  { what: 'the record of a document removed', change: run(`DELETE FROM chain_documents`), kind: 'effect' },
  {
    what: 'a row changed without the log',
    change: run(`UPDATE clients SET payment_terms_days = 99`),
    kind: 'row',
    at: 'clients.create',
  },
  {
    what: 'a payment changed without the log',
    change: run(`UPDATE payments SET amount_e4 = amount_e4 + 1`),
    kind: 'row',
  },
  { what: 'a row removed', change: run(`DELETE FROM client_contacts; DELETE FROM clients`), kind: 'row' },
  {
    what: 'a row put in without the log',
    change: run(
      `INSERT INTO tags (id, organization_id, created_at, updated_at, name, color) SELECT 'forged', id, created_at, created_at, 'x', 'gray' FROM organizations`,
    ),
    kind: 'row',
  },
  {
    what: 'the end of the timelines removed',
    change: run('DELETE FROM activity WHERE seq > 3'),
    kind: 'timeline',
  },
  {
    what: 'a line of a timeline removed',
    change: run('DELETE FROM activity WHERE seq = 3'),
    kind: 'timeline',
  },
  {
    what: 'a line of a timeline given another instant',
    change: run(`UPDATE activity SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 3`),
    kind: 'timeline',
  },
  { what: 'what a client owes', change: run('UPDATE client_balances SET open_e4 = open_e4 + 990000'), kind: 'sum' },
  {
    what: 'the sums of a month',
    change: run('UPDATE monthly_totals SET issued_base_e4 = issued_base_e4 + 990000'),
    kind: 'sum',
  },
  { what: 'the taxes of a month', change: run('UPDATE tax_totals SET tax_e4 = tax_e4 + 10000'), kind: 'sum' },
  {
    what: 'a value said to be erased',
    change: run(
      `UPDATE audit_log SET new_values = json_replace(new_values, '$.name', '[erased]'), salt = NULL, commitment = randomblob(32) WHERE table_name = 'clients'`,
    ),
    kind: 'erasure',
  },
]

describe('somebody with the file, but not the key, changes', () => {
  test.each(cases)('$what', async ({ change, kind, at }) => {
    const it = tampered(file, change)
    try {
      const expected = at === undefined ? undefined : entryOf.get(at)
      const result = await verifyFile(it.file)
      expect(result.ok).toBe(false)
      expect(result.problems.map((problem) => problem.kind)).toContain(kind)
      if (expected !== undefined) expect(result.first?.seq).toBe(expected)
    } finally {
      it.remove()
    }
  })
})

test('a cut-off end shows against a known head, and only so', async () => {
  const it = tampered(file, (database) => {
    database.exec(`CREATE TEMP TABLE cut AS SELECT max(seq) - 1 AS seq FROM commands;
      DELETE FROM chain_entries WHERE command_seq > (SELECT seq FROM cut);
      DELETE FROM sync_log WHERE audit_seq IN (SELECT seq FROM audit_log WHERE command_seq > (SELECT seq FROM cut));
      DELETE FROM audit_log WHERE command_seq > (SELECT seq FROM cut);
      DELETE FROM activity WHERE command_seq > (SELECT seq FROM cut);
      UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM activity) WHERE name = 'activity';
      DELETE FROM commands WHERE seq > (SELECT seq FROM cut)`)
  })
  try {
    const alone = (await verifyFile(it.file)).problems.filter(({ kind }) => kind !== 'row')
    expect(alone).toEqual([])
    const known = await verifyFile(it.file, [head])
    expect(known.ok).toBe(false)
    expect(known.problems).toContainEqual(expect.objectContaining({ kind: 'head', seq: entries }))
  } finally {
    it.remove()
  }
})
