import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { v7 } from 'uuid'
import { openConnection } from '../../db/open.ts'
import type { Core } from '../../electron/core.ts'
import { compare, type Measure } from './compare.ts'
import { openBenchCore } from './core.ts'

export type Side = {
  readonly core: Core
  readonly directory: string
  readonly organizationId: string
  readonly clientId: string
}

export const openSide = async (key?: Uint8Array): Promise<Side> => {
  const directory = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'))
  const core = await openBenchCore(directory, key)
  const call = (name: string, input: unknown, organizationId: string | null) =>
    core.call(name, { organizationId, idempotencyKey: null, input })
  // Answers of the pipeline, checked against the contract.
  const organization = (await call('setup.createOrganization', { legalName: 'Bench Ltd', country: 'GB' }, null)) as {
    id: string
  }
  const client = (await call('clients.create', { name: 'Client Ltd' }, organization.id)) as { id: string }
  return { core, directory, organizationId: organization.id, clientId: client.id }
}

/** Five lines of a draft, at one rate. */
export const fiveLines = () =>
  Array.from({ length: 5 }, (_, at) => ({
    id: v7(),
    itemId: null,
    code: null,
    name: `Line ${at}`,
    description: null,
    quantityE6: 2_000_000n,
    unit: 'HUR',
    priceE6: 80_000_000n,
    baseQuantityE6: 1_000_000n,
    adjustments: [],
    taxes: [
      { taxRateId: null, name: 'VAT', category: 'S', rateE6: 20_000_000n, isCompound: false, exemptionReason: null },
    ],
  }))

export const makeDrafts = async ({ core, organizationId, clientId }: Side, count: number): Promise<string[]> => {
  const call = (name: string, input: unknown) => core.call(name, { organizationId, idempotencyKey: null, input })
  const { content } = (await call('invoices.blank', { clientId })) as { content: object }
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const id = v7()
    await call('invoices.saveDraft', { id, version: null, content: { ...content, lines: fiveLines() } })
    ids.push(id)
  }
  return ids
}

/** What ours wrote of the parties and the paper of an issued invoice, which the other side writes as it is. */
type Written = { readonly seller: string; readonly buyer: string; readonly extra: string }

const writtenBy = ({ directory }: Side): Written => {
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: true })
  const row = database.prepare('SELECT seller, buyer, extra FROM invoices WHERE issued_at IS NOT NULL LIMIT 1').get()
  database.close()
  // The three columns of the statement.
  return row as Written
}

// The same work by hand: the same reads, the same rows, the same triggers, one durable transaction. The links of the record
// are written with hashes over nothing and no signature: by hand there is no record to keep.
const byHand = (database: Sqlite.Database, organizationId: string, written: Written) => {
  database.defaultSafeIntegers(true)
  const prepare = (sql: string) => database.prepare(sql)
  const begin = prepare('BEGIN IMMEDIATE')
  const commit = prepare('COMMIT')
  const device = prepare('SELECT id FROM devices LIMIT 1').pluck().get()
  const user = prepare('SELECT id FROM users LIMIT 1').pluck().get()
  const command = prepare(
    'INSERT INTO commands (id, organization_id, user_id, device_id, procedure, at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const enter = prepare('UPDATE change_context SET command_seq = ? WHERE id = 1')
  const leave = prepare('UPDATE change_context SET command_seq = NULL WHERE id = 1')
  const invoice = prepare('SELECT * FROM invoices WHERE id = ?')
  const lines = prepare('SELECT * FROM invoice_lines WHERE invoice_id = ? AND deleted_at IS NULL ORDER BY position')
  const adjustments = prepare(
    'SELECT * FROM invoice_adjustments WHERE invoice_id = ? AND deleted_at IS NULL ORDER BY position',
  )
  const organization = prepare('SELECT * FROM organizations WHERE id = ?')
  const client = prepare('SELECT * FROM clients WHERE id = ?')
  const contact = prepare(
    'SELECT name FROM client_contacts WHERE client_id = ? AND is_primary = 1 AND deleted_at IS NULL',
  )
  const tax = prepare(
    'INSERT INTO invoice_taxes (id, organization_id, created_at, updated_at, invoice_id, position, name, category, rate_e6, is_compound, taxable_e4, tax_e4) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, 0, ?, ?)',
  )
  const series = prepare(
    `SELECT * FROM number_series WHERE organization_id = ? AND document_kind = 'invoice' AND is_default = 1 AND deleted_at IS NULL`,
  )
  const counter = prepare('SELECT * FROM number_counters WHERE series_id = ? AND period = ?')
  const addCounter = prepare(
    'INSERT INTO number_counters (id, organization_id, created_at, updated_at, series_id, period, last_value) VALUES (?, ?, ?, ?, ?, ?, 1)',
  )
  const moveCounter = prepare(
    'UPDATE number_counters SET last_value = ?, updated_at = ?, version = version + 1 WHERE id = ?',
  )
  const issue = prepare(
    `UPDATE invoices SET series_id = ?, number = ?, counter = ?, period = ?, seller = ?, buyer = ?, extra = ?, issued_at = ?,
      updated_at = ?, version = version + 1
     WHERE id = ? AND organization_id = ? AND version = 1 AND deleted_at IS NULL`,
  )
  const activity = prepare(
    `INSERT INTO activity (command_seq, organization_id, kind, entity, entity_id, client_id, at, data) VALUES (?, ?, 'invoice.issued', 'invoice', ?, ?, ?, ?)`,
  )
  const job = prepare(
    `INSERT INTO jobs (id, organization_id, created_at, updated_at, kind, subject_id, run_at) VALUES (?, ?, ?, ?, 'invoice.pdf', ?, ?) ON CONFLICT DO NOTHING`,
  )
  const lastLink = prepare('SELECT seq, hash FROM chain_entries WHERE device_id = ? ORDER BY seq DESC LIMIT 1')
  const sealed = prepare(
    `INSERT INTO chain_documents (table_name, row_id, command_seq, format, hash, salt) VALUES ('invoices', ?, ?, 1, ?, ?)`,
  )
  const link = prepare(
    `INSERT INTO chain_entries (device_id, seq, format, kind, command_seq, at, body, effect_hash, previous_hash, hash, signature)
     VALUES (?, ?, 1, 'command', ?, ?, NULL, ?, ?, ?, ?)`,
  )
  type Row = Record<string, string | bigint | Uint8Array | null>
  const one = (statement: Sqlite.Statement, ...values: unknown[]) => statement.get(...values) as Row
  return (invoiceId: string) => {
    const now = new Date().toISOString()
    begin.run()
    const { lastInsertRowid: seq } = command.run(v7(), organizationId, user, device, 'invoices.issue', now)
    enter.run(seq)
    const row = one(invoice, invoiceId)
    const rows = lines.all(invoiceId) as Row[]
    adjustments.all(invoiceId)
    const seller = one(organization, organizationId)
    const buyer = one(client, row['client_id'])
    contact.get(row['client_id'])
    const net = rows.reduce((sum, line) => sum + BigInt(String(line['net_e4'])), 0n)
    const due = net / 5n
    tax.run(v7(), organizationId, now, now, invoiceId, 'VAT', 'S', 20_000_000n, net, due)
    const numbers = one(series, organizationId)
    const period = String(row['issued_on']).slice(0, 4)
    const last = counter.get(numbers['id'], period) as Row | undefined
    const next = last === undefined ? 1n : BigInt(String(last['last_value'])) + 1n
    if (last === undefined) addCounter.run(v7(), organizationId, now, now, numbers['id'], period)
    else moveCounter.run(next, now, last['id'])
    const number = `INV-${period}-${String(next).padStart(4, '0')}`
    const total = net + due
    if (seller['legal_name'] === null || buyer['name'] === null) throw new Error('A party has no name.')
    const { seller: from, buyer: to, extra } = written
    issue.run(numbers['id'], number, next, period, from, to, extra, now, now, invoiceId, organizationId)
    activity.run(
      seq,
      organizationId,
      invoiceId,
      row['client_id'],
      now,
      JSON.stringify({ number, currency: 'GBP', payableE4: String(total) }),
    )
    job.run(v7(), organizationId, now, now, invoiceId, now)
    const hash = createHash('sha256').update(number).digest()
    sealed.run(invoiceId, seq, hash, hash.subarray(0, 16))
    const head = one(lastLink, device)
    link.run(device, BigInt(String(head['seq'])) + 1n, seq, now, hash, head['hash'], hash, Buffer.concat([hash, hash]))
    leave.run()
    commit.run()
  }
}

/** Measure 2: issuing an invoice of 5 lines, durable, against hand-written SQL that writes the same rows. */
export const measureIssue = async (): Promise<Measure> => {
  const [ours, theirs] = [await openSide(), await openSide()]
  const count = 15 * 2 * 20 + 600
  const ourDrafts = await makeDrafts(ours, count + 1)
  const theirDrafts = await makeDrafts(theirs, count + 1500)
  const database = openConnection(join(theirs.directory, 'counterfoil.db'), { readonly: false })
  const issueOurs = () =>
    ours.core.call('invoices.issue', {
      organizationId: ours.organizationId,
      idempotencyKey: null,
      input: { id: ourDrafts.pop(), version: 1 },
    })
  await issueOurs()
  const issueByHand = byHand(database, theirs.organizationId, writtenBy(ours))
  const measure = await compare({
    name: '2 issue an invoice of 5 lines, durable / hand-written SQL, same rows',
    target: 1.6,
    ours: issueOurs,
    theirs: () => issueByHand(theirDrafts.pop() ?? ''),
  })
  database.close()
  for (const side of [ours, theirs]) {
    await side.core.close()
    rmSync(side.directory, { recursive: true, force: true })
  }
  return measure
}
