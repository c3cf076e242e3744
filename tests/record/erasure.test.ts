import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { fakeClock } from '../support/clock.ts'
import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { exportFile, tampered, verifyAlone, verifyFile } from '../support/record.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let file = ''
beforeAll(async () => {
  workspace = await openWorkspace({ clock: fakeClock('2010-03-01T09:00:00.000Z') })
  file = join(workspace.directory, 'counterfoil.db')
  const clientId = await makeClient(workspace, 'Canary Quill')
  const { content } = await workspace.call('invoices.blank', { clientId })
  expect(content.issuedOn).toBe('2010-03-01')
  const old = await makeInvoice(workspace, clientId)
  await workspace.call('payments.create', {
    clientId,
    receivedOn: '2010-03-02',
    method: 'bank-transfer',
    currency: 'GBP',
    amountE4: amountOf('120'),
    allocations: [{ invoiceId: old.id, amountE4: amountOf('120') }],
  })
  workspace.clock.set('2026-11-21T09:00:00.000Z')
  await makeInvoice(workspace, clientId)
  await makeDraft(workspace, clientId)
  const { client } = await workspace.call('dataRights.previewErasure', { clientId })
  await workspace.call('dataRights.erase', {
    clientId,
    version: client.version,
    askedBy: 'person',
    reason: 'Asked by letter',
    confirmation: client.code,
  })
  await workspace.core.close()
})
afterAll(() => rmSync(workspace.directory, { recursive: true, force: true }))

test('a person can be erased, and the record still verifies', async () => {
  expect(await verifyFile(file)).toMatchObject({ ok: true, problems: [], documents: 2 })
})

test('nothing of the person is in the exported record, which verifies with the stand-alone verifier', async () => {
  const { bytes } = await exportFile(file, workspace.organizationId)
  const text = Buffer.from(bytes).toString('utf8')
  // The invoice that the law keeps still says who it was for.
  const kept = text.split('\n').filter((line) => line.includes('Canary Quill'))
  expect(kept.every((line) => line.startsWith('{"document"'))).toBe(true)
  expect(kept).toHaveLength(1)
  const alone = await verifyAlone(text)
  expect(alone).toMatchObject({ ok: true })
  expect(alone.erased).toBeGreaterThan(5)
})

const find = (sql: string) => (database: Parameters<Parameters<typeof tampered>[1]>[0]) => void database.exec(sql)

test.each([
  [
    'a public field of an erased row',
    `UPDATE audit_log SET new_values = json_set(new_values, '$.status', 'x') WHERE commitment IS NOT NULL AND table_name = 'clients'`,
    'effect',
  ],
  ['a commitment', `UPDATE audit_log SET commitment = randomblob(32) WHERE commitment IS NOT NULL`, 'effect'],
  [
    'a value put where an erased one was',
    `UPDATE audit_log SET new_values = json_replace(new_values, '$.name', 'Somebody') WHERE commitment IS NOT NULL AND table_name = 'clients'`,
    'erasure',
  ],
  ['whom an erasure found', `DELETE FROM erasure_rows WHERE table_name = 'clients'`, 'effect'],
  [
    'an amount of a document past its time',
    `UPDATE invoices SET total_e4 = total_e4 + 1 WHERE id IN (SELECT row_id FROM chain_documents WHERE commitment IS NOT NULL)`,
    'document',
  ],
  [
    'the commitment of a document',
    `UPDATE chain_documents SET commitment = randomblob(32) WHERE commitment IS NOT NULL`,
    'document',
  ],
])('tampering after an erasure is found: %s', async (_what, sql, kind) => {
  const it = tampered(file, find(sql))
  try {
    const result = await verifyFile(it.file)
    expect(result.problems.map((problem) => problem.kind)).toContain(kind)
  } finally {
    it.remove()
  }
})
