import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { ciiInvoice } from '../importers/sample-cii.ts'
import { ublCreditNote } from '../importers/samples.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const data = join(import.meta.dirname, '../../../shared/data/eu')
const folders = [
  'examples-ubl',
  'examples-ubl-bis-sweden',
  'examples-cii',
  'xrechnung-testsuite',
  'zugferd-corpus-cii-ubl-pairs',
]

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace({ country: 'DE' })
})
afterAll(async () => {
  await workspace.close()
})

const rows = async () => {
  const { counts } = await workspace.call('invoices.stats', {})
  const { counts: credits } = await workspace.call('creditNotes.stats', {})
  const { total: clients } = await workspace.call('clients.list', {})
  const { total: items } = await workspace.call('items.list', {})
  return { invoices: counts.all, creditNotes: credits.all, clients, items }
}

test('a dry run says what would be made and makes nothing', async () => {
  const before = await rows()
  const plan = await workspace.call('importers.einvoice', { xml: ciiInvoice, dryRun: true })
  expect(plan.invoiceId).toBeNull()
  expect(plan.clientMade).toBe(true)
  expect(plan.totals.filter((row) => row.differs)).toEqual([])
  expect(await rows()).toEqual(before)
})

test('makes a draft with its client and items, and finds them again the second time', async () => {
  const first = await workspace.call('importers.einvoice', { xml: ciiInvoice })
  const second = await workspace.call('importers.einvoice', { xml: ciiInvoice })
  expect(first.clientMade).toBe(true)
  expect(second.clientMade).toBe(false)
  expect(second.clientId).toBe(first.clientId)
  expect(second.itemsMade).toBe(0)
  const invoice = await workspace.call('invoices.get', { id: first.invoiceId ?? '' })
  const payable = first.totals.find((row) => row.term === 'BT-115')
  expect(invoice.totals.payableE4).toBe(payable?.inFileE4)
  expect(invoice.state).toBe('draft')
})

test('a credit note becomes a draft of a credit note, with the amounts of the file', async () => {
  const before = await rows()
  const made = await workspace.call('importers.einvoice', { xml: ublCreditNote, fileName: 'credit.xml' })
  expect(made).toMatchObject({
    documentType: 'credit-note',
    invoiceId: null,
    credits: null,
    warnings: ['It lowers invoice HJ-2026-0107, which this client does not have here.'],
  })
  const note = await workspace.call('creditNotes.get', { id: made.creditNoteId ?? '' })
  expect(note).toMatchObject({ state: 'draft', invoice: null, roundingMode: 'half-up', roundingScope: 'rate' })
  expect(note.totals.payableE4).toBe(made.totals.find((row) => row.term === 'BT-115')?.inFileE4)
  expect(note.totals.payableE4).toBeGreaterThan(0n)
  expect(note.content.lines.every((line) => line.quantityE6 > 0n)).toBe(true)
  expect(await rows()).toMatchObject({ invoices: before.invoices, creditNotes: before.creditNotes + 1 })
  const issued = await workspace.call('creditNotes.issue', { id: note.id, version: note.version })
  expect(issued.number).toMatch(/^CN-/)
})

test('a broken file leaves nothing behind and the error names element and line', async () => {
  const before = await rows()
  const broken = ciiInvoice.replace(/<ram:LineTotalAmount>[^<]*/, '<ram:LineTotalAmount>abc')
  const error = await workspace
    .call('importers.einvoice', { xml: broken, fileName: 'broken.xml' })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: 'IMPORT_FAILED' })
  expect(String(error)).toMatch(/broken\.xml, line \d+, .*LineTotalAmount/)
  expect(await rows()).toEqual(before)
})

describe.skipIf(!existsSync(data))('every valid sample becomes a draft with the totals of the file', () => {
  // A skipped suite is still collected, so the folder is only read where it is.
  const files = (existsSync(data) ? folders : []).flatMap((folder) =>
    readdirSync(join(data, folder))
      .filter((name) => /\.xml$/i.test(name))
      .map((name) => join(data, folder, name)),
  )
  test.each(files.map((file) => [basename(file), file] as const))('%s', async (_name, file) => {
    const made = await workspace.call('importers.einvoice', { xml: readFileSync(file), fileName: basename(file) })
    const ours = (term: string) => made.totals.find((row) => row.term === term)?.oursE4 ?? 0n
    if (made.documentType === 'credit-note') {
      const { totals } = await workspace.call('creditNotes.get', { id: made.creditNoteId ?? '' })
      expect(totals.totalE4).toBe(ours('BT-112'))
      // What was paid already is no part of a credit note.
      expect(totals.payableE4).toBe(ours('BT-115') + ours('BT-113'))
    } else {
      const { totals } = await workspace.call('invoices.get', { id: made.invoiceId ?? '' })
      expect(totals.payableE4).toBe(ours('BT-115'))
    }
    for (const row of made.totals) expect(row.differs && row.reason === null, `${row.term} ${row.label}`).toBe(false)
  })
})
