import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openConnection, openReader } from '../../db/open.ts'
import { exportPerson } from '../../electron/exports/person.ts'
import { sha256Of } from '../../electron/files.ts'
import { asCommand, type Inspection, inspect } from '../support/database.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { canaries, makePerson } from '../support/person-inputs.ts'
import { runErasureJobs, whereSaid as wherever, wordsOf } from '../support/said.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
})
afterAll(async () => {
  store.close()
  expect(workspace.errors).toEqual([])
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

// The index keeps words without case; each canary begins with a word of its own.
const wordOf = (canary: string) => (/canary\w*/i.exec(canary)?.[0] ?? canary).toLowerCase()

const whereSaid = (canary: string): string[] => wherever(store, wordOf(canary))

const fileOf = (content: string) => {
  const hash = sha256Of(content)
  return join(workspace.directory, 'files', hash.slice(0, 2), hash)
}

const exported = async (clientId: string) => {
  const reader = openReader(join(workspace.directory, 'counterfoil.db'))
  try {
    return await exportPerson(
      reader.db,
      {
        organizationId: workspace.organizationId,
        clientId,
        directory: workspace.directory,
        businessName: 'Linden & Sons',
        madeAt: workspace.clock.now(),
      },
      null,
    )
  } finally {
    await reader.close()
  }
}

const eraseClient = async (clientId: string, more: { reason?: string; confirmation?: string } = {}) => {
  const { client } = await workspace.call('dataRights.previewErasure', { clientId })
  return await workspace.call('dataRights.erase', {
    clientId,
    version: client.version,
    askedBy: 'person',
    reason: 'Asked by letter',
    confirmation: client.code,
    ...more,
  })
}

const ledger = async () => {
  const { rows } = await workspace.call('invoices.list', {})
  const named = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
  return JSON.stringify(
    [
      rows.filter(({ number }) => number !== null).map((row) => ({ ...row, clientName: '', version: 0 })),
      store.rows('SELECT * FROM client_balances ORDER BY 1, 2'),
    ],
    named,
  )
}

// What the law keeps as it is: issued documents and money.
const retained = /^(invoices|quotes|credit_notes)\.(buyer|client_name)$|^(payments|refunds)\.client_name$/

describe('a person who asks', () => {
  let id = ''
  let other = ''
  let person: Awaited<ReturnType<typeof makePerson>>
  beforeAll(async () => {
    person = await makePerson(workspace)
    id = person.id
    other = await makeClient(workspace, 'Other')
    await makeInvoice(workspace, other)
    const content = new TextEncoder().encode(canaries.fileContent)
    await workspace.call('attachments.add', { entity: 'client', entityId: other, fileName: 'a.txt', content })
  })

  test('gets all that names them, to read and for programs', async () => {
    const { bytes, rowCount, fileCount, missing } = await exported(id)
    const entries = unzipSync(bytes)
    const page = strFromU8(entries['index.html'] ?? new Uint8Array())
    const data = strFromU8(entries['data.json'] ?? new Uint8Array())
    const { fileContent, earlierName, ...shown } = canaries
    for (const canary of Object.values(shown)) {
      expect(data).toContain(canary)
      expect(page).toContain(canary)
    }
    expect(Object.keys(entries).filter((name) => name.startsWith('files/'))).toHaveLength(1)
    const file = Object.entries(entries).find(([name]) => name.startsWith('files/'))?.[1]
    expect(strFromU8(file ?? new Uint8Array())).toBe(fileContent)
    expect(earlierName).toContain('Canary')
    expect(page).not.toContain('<script')
    expect(page).toContain('Linden &amp; Sons')
    expect(page).toContain('120.00')
    expect({ fileCount, missing }).toEqual({ fileCount: 1, missing: [] })
    expect(rowCount).toBeGreaterThan(20)
    expect(JSON.parse(data).tables.invoices.rows[0].payableE4).toBe('1200000')
  })

  test('is told what goes, what stays, until when and why', async () => {
    const preview = await workspace.call('dataRights.previewErasure', { clientId: id })
    expect(preview.counts).toEqual({
      contacts: 1,
      notes: 1,
      files: 1,
      drafts: 2,
      recurring: 1,
      messages: 1,
      rules: 0,
      expired: 0,
    })
    expect(preview.kept.map(({ kind, count }) => [kind, count])).toEqual([
      ['invoice', 2],
      ['credit-note', 1],
      ['quote', 1],
      ['payment', 1],
    ])
    expect(preview).toMatchObject({ keptCount: 5, openInvoices: 1, waitingMessages: 1, earlier: [] })
    // The United Kingdom: six years from the end of the fiscal year.
    expect(preview.rule).toMatchObject({ country: 'GB', years: 6 })
    expect(preview.retainedUntil).toBe(preview.kept[0]?.freeFrom)
    expect(preview.retainedUntil?.slice(0, 4)).toBe('2033')
  })

  test('is erased only by the code of the client, and by a reason that does not name them', async () => {
    await expect(eraseClient(id, { confirmation: 'yes' })).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { confirmation: expect.stringContaining('C0001') },
    })
    await expect(eraseClient(id, { reason: 'Mr Quill asked' })).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { reason: expect.stringContaining('quill') },
    })
  })

  test('is found nowhere afterwards but in what the law keeps', async () => {
    for (const canary of Object.values(canaries)) {
      if (canary !== canaries.fileContent) expect(whereSaid(canary), canary).not.toEqual([])
    }
    const before = await ledger()
    const counts = store.counts()
    const erasure = await eraseClient(id)
    await runErasureJobs(workspace.directory)
    expect(erasure).toMatchObject({ clientCode: 'C0001', keptCount: 5, askedBy: 'person' })
    for (const canary of Object.values(canaries)) {
      expect(
        whereSaid(canary).filter((place) => !retained.test(place)),
        canary,
      ).toEqual([])
    }
    expect(await ledger()).toBe(before)
    // Nothing was removed but what a summary or an index had.
    const after = store.counts()
    for (const [table, count] of Object.entries(counts)) {
      if (table !== 'search_entries') expect(after[table], table).toBeGreaterThanOrEqual(count)
    }
    expect((await workspace.call('integrity.check', {})).differences).toEqual([])
    expect(await workspace.call('clients.get', { id })).toMatchObject({
      name: `Erased client ${erasure.clientCode}`,
      email: null,
      taxIds: [],
      status: 'archived',
      contacts: [],
      notes: [],
    })
  })

  test('leaves documents that print as they did and are found by their number', async () => {
    const { number } = person.paid
    const invoice = await workspace.call('invoices.get', { id: person.paid.id })
    expect(invoice).toMatchObject({ number, paymentState: 'paid' })
    const found = await workspace.call('search.find', { text: number, limit: 10 })
    expect(found.map((it) => it.id)).toContain(person.paid.id)
    expect(await workspace.call('search.find', { text: 'Canaryname', limit: 10 })).toEqual([])
    const pdf = await workspace.call('invoices.pdf', { id: person.paid.id })
    expect(strFromU8(pdf.pdf.slice(0, 5))).toBe('%PDF-')
  })

  test('is on record as an erasure that names nobody', async () => {
    const [row] = await workspace.call('dataRights.erasures', {})
    expect(row).toMatchObject({ clientId: id, reason: 'Asked by letter', keptCount: 5 })
    expect(wordsOf(row?.id) + JSON.stringify(row)).not.toMatch(/canary|quill/i)
    const { rows } = await workspace.call('activity.list', { clientId: id })
    expect(rows.map(({ kind }) => kind)).toContain('client.erased')
  })

  test('has no file left on the disk, where nobody else has the same', async () => {
    // The work that the erasure left was done above: the other's file of the same content is there still.
    expect(existsSync(fileOf(canaries.fileContent))).toBe(true)
    await eraseClient(other)
    expect(existsSync(fileOf(canaries.fileContent))).toBe(true)
    await runErasureJobs(workspace.directory)
    expect(existsSync(fileOf(canaries.fileContent))).toBe(false)
  })

  test('may be erased once more when the time has passed: then the documents name nobody either', async () => {
    workspace.clock.advance(8 * 366 * 86_400_000)
    const preview = await workspace.call('dataRights.previewErasure', { clientId: id })
    // What is still open is kept until it is not.
    expect(preview).toMatchObject({ keptCount: 1, counts: { expired: 4 }, earlier: [{ clientId: id }] })
    const { paid } = person
    const before = await ledger()
    await eraseClient(id)
    await runErasureJobs(workspace.directory)
    expect(whereSaid(canaries.name)).toEqual(['invoices.buyer', 'invoices.client_name'])
    const [row] = store.rows('SELECT client_name, buyer, pdf_sha256 FROM invoices WHERE id = ?', paid.id)
    expect(row?.['client_name']).toMatch(/^Erased client C0/)
    expect(row?.['pdf_sha256']).toBeNull()
    expect((await workspace.call('integrity.check', {})).differences).toEqual([])
    expect(await ledger()).toBe(before)
    expect((await workspace.call('invoices.get', { id: paid.id })).number).toBe(paid.number)
    expect(strFromU8((await workspace.call('invoices.pdf', { id: paid.id })).pdf.slice(0, 5))).toBe('%PDF-')
  })
})

test('the ways through what never changes open for an erasure alone, and only for the mark', async () => {
  const clientId = await makeClient(workspace, 'Kept Reed')
  const invoice = await makeInvoice(workspace, clientId)
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  const refused = (sql: string, id: string) => () => asCommand(raw, () => raw.prepare(sql).run(id))
  try {
    const audit = "UPDATE audit_log SET new_values = json_replace(new_values, '$.name', '[erased]') WHERE row_id = ?"
    const buyer = "UPDATE invoices SET client_name = 'Erased client C-1', buyer = '{}' WHERE id = ?"
    expect(refused(audit, clientId)).toThrow('immutable')
    expect(refused(buyer, invoice.id)).toThrow('immutable')
    await eraseClient(clientId)
    // Kept as the law asks: still nobody may touch it, and in the record only the mark can take a place.
    expect(refused(buyer, invoice.id)).toThrow('immutable')
    for (const other of ["json_replace(new_values, '$.code', 'x')", "'{}'", "json_remove(new_values, '$.code')"]) {
      expect(refused(`UPDATE audit_log SET new_values = ${other} WHERE row_id = ?`, clientId)).toThrow('immutable')
    }
    expect(refused('DELETE FROM erasure_rows WHERE row_id = ?', clientId)).toThrow('immutable')
  } finally {
    raw.close()
  }
})
