import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { importFile, planFor } from '../support/import-files.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const clientsCsv = `Client Name,Email,Phone,Street,City,Postal Code,Country,VAT Number,Payment Terms
Rosewood Bakery,accounts@rosewood.example,020 7946 0001,1 High Street,Bristol,BS1 4DJ,United Kingdom,GB980780684,Net 14
Lindqvist & Co,ap@lindqvist.example,,Storgatan 5,Malmö,211 34,Sweden,,30
"Ng, Peter",peter@ng.example,,,,,Singapore,,
`

const open = async () => {
  const workspace = await openWorkspace()
  return workspace
}

describe('clients from a file', () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await open()
  })
  afterAll(() => workspace.close())

  test('come in as the dry run says, and only then', async () => {
    const plan = await planFor(workspace, clientsCsv)
    const dryRun = await workspace.call('dataImports.dryRun', plan)
    expect(dryRun.counts).toEqual({ records: 3, create: 3, update: 0, skip: 0, refuse: 0 })
    expect((await workspace.call('clients.list', {})).total).toBe(0)
    const run = await workspace.call('dataImports.run', plan)
    expect(run.counts).toEqual(dryRun.counts)
    const { rows } = await workspace.call('clients.list', {})
    expect(rows.map((row) => row.name)).toEqual(['Lindqvist & Co', 'Ng, Peter', 'Rosewood Bakery'])
    const client = await workspace.call('clients.get', { id: rows[2]?.id ?? '' })
    expect(client).toMatchObject({
      code: 'C0001',
      email: 'accounts@rosewood.example',
      address: { line1: '1 High Street', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' },
      taxIds: [{ label: 'VAT', value: 'GB980780684' }],
      paymentTermsDays: 14,
    })
    expect(await workspace.call('search.find', { text: 'lindqvist' })).toHaveLength(1)
  })

  test('again are all duplicates, and the same file is recognized', async () => {
    const plan = await planFor(workspace, clientsCsv)
    const found = await workspace.call('dataImports.inspect', { fileName: plan.fileName, file: plan.file })
    expect(found.earlier).not.toBeNull()
    const dryRun = await workspace.call('dataImports.dryRun', plan)
    expect(dryRun.counts).toMatchObject({ create: 0, skip: 3 })
    expect(dryRun.duplicates.map((it) => [it.row, it.group])).toEqual([
      [2, 'tax-id'],
      [3, 'email'],
      [4, 'email'],
    ])
    await expect(workspace.call('dataImports.run', plan)).rejects.toMatchObject({ code: 'IMPORT_FAILED' })
  })
})

test('a tax number that fails its check is kept with a word on it', async () => {
  const workspace = await open()
  const { dryRun } = await importFile(workspace, 'Name,VAT Number,Country\nRosewood,GB980780685,GB\n')
  expect(dryRun.problems).toMatchObject([{ row: 2, column: 'VAT Number', value: 'GB980780685', refuses: false }])
  const { rows } = await workspace.call('clients.list', {})
  const client = await workspace.call('clients.get', { id: rows[0]?.id ?? '' })
  expect(client.taxIds).toEqual([{ label: 'VAT', value: 'GB980780685', keptReason: 'As in the imported file' }])
  await workspace.close()
})

test('a duplicate is updated with what the file says, and an undo sets it back', async () => {
  const workspace = await open()
  const id = await makeClient(workspace, 'Rosewood Bakery')
  const before = await workspace.call('clients.get', { id })
  const { run } = await importFile(workspace, clientsCsv, { duplicates: { name: 'update', email: 'update' } })
  expect(run.counts).toMatchObject({ create: 2, update: 1 })
  expect(await workspace.call('clients.get', { id })).toMatchObject({
    email: 'accounts@rosewood.example',
    address: { city: 'Bristol' },
    version: before.version + 1,
  })
  const undone = await workspace.call('dataImports.undo', { id: run.id })
  expect(undone).toMatchObject({ undone: { clients: 2 }, restored: 1, kept: [] })
  expect(await workspace.call('clients.get', { id })).toMatchObject({ email: before.email, address: before.address })
  expect((await workspace.call('clients.list', {})).total).toBe(1)
  await expect(workspace.call('dataImports.undo', { id: run.id })).rejects.toMatchObject({ code: 'INVALID_STATE' })
  await workspace.close()
})

test('an undo leaves what was used or changed since, and says so', async () => {
  const workspace = await open()
  const { run } = await importFile(workspace, clientsCsv)
  const { rows } = await workspace.call('clients.list', {})
  const [billed, changed] = rows
  await makeInvoice(workspace, billed?.id ?? '')
  await workspace.call('clients.update', { id: changed?.id ?? '', version: 1, phone: '1' })
  const undone = await workspace.call('dataImports.undo', { id: run.id })
  expect(undone.undone.clients).toBe(1)
  expect(undone.kept).toEqual([
    { what: 'client', name: 'Lindqvist & Co', reason: 'documents or payments name it' },
    { what: 'client', name: 'Ng, Peter', reason: 'it was changed since' },
  ])
  await workspace.close()
})

test('rows with errors keep everything out, unless they are to be left out', async () => {
  const workspace = await open()
  const items = 'Name,Price,Unit\nOak board,"12.50",m\nBroken,twelve,\n,3,\nHour of work,80,hour\n'
  const plan = await planFor(workspace, items)
  const dryRun = await workspace.call('dataImports.dryRun', plan)
  expect(dryRun.counts).toMatchObject({ create: 2, refuse: 2 })
  expect(dryRun.problems).toEqual([
    {
      row: 3,
      column: 'Price',
      value: 'twelve',
      message: '"twelve" is no number.',
      refuses: true,
    },
    { row: 4, column: 'Name', value: '', message: 'The row has no name.', refuses: true },
  ])
  await expect(workspace.call('dataImports.run', plan)).rejects.toMatchObject({ code: 'IMPORT_FAILED' })
  expect((await workspace.call('items.list', {})).total).toBe(0)
  const run = await workspace.call('dataImports.run', { ...plan, leaveOutRefused: true })
  expect(run.made.items).toBe(2)
  const { rows } = await workspace.call('items.list', {})
  expect(rows.map((row) => [row.name, row.priceE6, row.unit])).toEqual([
    ['Hour of work', 80_000_000n, 'HUR'],
    ['Oak board', 12_500_000n, 'MTR'],
  ])
  await workspace.close()
})

const invoicesCsv = `*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,*Description,*Quantity,*UnitAmount,*AccountCode,*TaxType,Currency,Total,InvoiceAmountPaid
Rosewood Bakery,accounts@rosewood.example,A-17,PO 5,25/03/2024,24/04/2024,Flour,3,12.99,200,20% (VAT on Income),GBP,71.16,71.16
Rosewood Bakery,accounts@rosewood.example,A-17,PO 5,25/03/2024,24/04/2024,Delivery,1,20.33,200,20% (VAT on Income),GBP,71.16,71.16
Lindqvist & Co,,A-18,,05/04/2024,05/05/2024,Consulting,2,100,200,No VAT,GBP,200.00,50
`

describe('invoices of the past', () => {
  let workspace: Workspace
  let importId = ''
  beforeAll(async () => {
    workspace = await open()
  })
  afterAll(() => workspace.close())

  test('keep their numbers, dates and totals, are issued, and have their payments', async () => {
    const { dryRun, run } = await importFile(workspace, invoicesCsv)
    importId = run.id
    expect(run.counts).toEqual({ records: 2, create: 2, update: 0, skip: 0, refuse: 0 })
    expect(run.made).toEqual({ clients: 2, contacts: 0, items: 0, invoices: 2, creditNotes: 0, payments: 2 })
    expect(dryRun.made).toEqual(run.made)
    const { rows } = await workspace.call('invoices.list', { sort: 'number', direction: 'asc' })
    expect(
      rows.map((row) => [row.number, row.issuedOn, row.dueOn, row.payableE4, row.paidE4, row.paymentState]),
    ).toEqual([
      ['A-17', '2024-03-25', '2024-04-24', amountOf('71.16'), amountOf('71.16'), 'paid'],
      ['A-18', '2024-04-05', '2024-05-05', amountOf('200'), amountOf('50'), 'overdue'],
    ])
    const first = await workspace.call('invoices.get', { id: rows[0]?.id ?? '' })
    expect(first.content.lines).toHaveLength(2)
    expect(first.content.lines[0]?.taxes[0]).toMatchObject({ name: '20% (VAT on Income)', rateE6: 20_000_000n })
    expect(await workspace.call('reminders.ofInvoice', { invoiceId: rows[1]?.id ?? '' })).toMatchObject({
      stopReason: 'Imported: let reminders go on when they should go out from here.',
    })
    const issued = await makeInvoice(workspace, rows[0]?.clientId ?? '')
    expect(issued.number).toBe('INV-2026-0001')
    expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  })

  test('are recognized by their number when they come again', async () => {
    const plan = await planFor(workspace, invoicesCsv)
    const dryRun = await workspace.call('dataImports.dryRun', plan)
    expect(dryRun.counts).toMatchObject({ create: 0, skip: 2 })
    expect(dryRun.duplicates[0]).toMatchObject({ group: 'number', existingName: 'A-17, Rosewood Bakery' })
  })

  test('are made void by an undo, their payments cancelled, and can come in again', async () => {
    const undone = await workspace.call('dataImports.undo', { id: importId })
    expect(undone.undone).toMatchObject({ invoices: 2, payments: 2 })
    const { rows } = await workspace.call('invoices.list', { filter: 'void' })
    expect(rows.map((row) => row.number).sort()).toEqual(['A-17', 'A-18'])
    const { run } = await importFile(workspace, invoicesCsv)
    expect(run.made).toMatchObject({ invoices: 2, payments: 2 })
    expect((await workspace.call('integrity.check', {})).differences).toEqual([])
    expect(workspace.errors).toEqual([])
  })
})

test('a total that differs is closed by a rounding amount up to 1.00, or refused, as chosen', async () => {
  const workspace = await open()
  const csv = (total: string) =>
    `Invoice Number,Client,Invoice Date,Description,Quantity,Unit Price,Tax Rate,Total\nX-1,Rosewood,2024-02-01,Bread,1,100,20,${total}\n`
  const near = await planFor(workspace, csv('120.05'))
  const refused = await workspace.call('dataImports.dryRun', { ...near, differences: 'refuse' })
  expect(refused.problems[0]?.message).toBe(
    'The file says £120.05, its lines and taxes come to £120.00: a difference of £0.05.',
  )
  const far = await workspace.call('dataImports.dryRun', await planFor(workspace, csv('121.50')))
  expect(far.counts).toMatchObject({ create: 0, refuse: 1 })
  const { dryRun } = await importFile(workspace, csv('120.05'))
  expect(dryRun.rounded).toBe(1)
  const { rows } = await workspace.call('invoices.list', {})
  const invoice = await workspace.call('invoices.get', { id: rows[0]?.id ?? '' })
  expect(invoice.totals).toMatchObject({
    totalE4: amountOf('120'),
    roundingE4: amountOf('0.05'),
    payableE4: amountOf('120.05'),
  })
  await workspace.close()
})

test('prices with tax in them are seen by the total', async () => {
  const workspace = await open()
  const { dryRun } = await importFile(
    workspace,
    'Invoice Number,Client,Invoice Date,Description,Quantity,Unit Price,Tax Rate,Total\nX-1,Rosewood,2024-02-01,Bread,1,120,20,120\n',
  )
  expect(dryRun.rounded).toBe(0)
  expect(dryRun.totals).toEqual([{ currency: 'GBP', totalE4: amountOf('120'), paidE4: 0n }])
  await workspace.close()
})

test('a foreign currency asks for its rate and never takes 1', async () => {
  const workspace = await open()
  const plan = await planFor(
    workspace,
    'Invoice Number,Client,Invoice Date,Description,Unit Price,Currency\nX-1,Rosewood,2024-02-01,Bread,120,USD\n',
  )
  const asked = await workspace.call('dataImports.dryRun', plan)
  expect(asked.missingRates).toEqual(['USD'])
  expect(asked.counts).toMatchObject({ refuse: 1 })
  const told = await workspace.call('dataImports.dryRun', {
    ...plan,
    rates: [{ currency: 'USD', rateE10: 8_000_000_000n as never }],
  })
  expect(told.counts).toMatchObject({ create: 1 })
  await workspace.close()
})

test('payments pay the invoices that they name; what is over stays as credit', async () => {
  const workspace = await open()
  await importFile(workspace, invoicesCsv)
  const csv = `Client,Invoice Number,Amount,Date
Lindqvist & Co,A-18,$100.00 ,5/20/2024
Lindqvist & Co,A-18,$100.00 ,5/21/2024
Lindqvist & Co,A-18,$100.00 ,5/21/2024
Rosewood Bakery,Z-9,($4.00),5/22/2024
`
  const { dryRun, run } = await importFile(workspace, csv, { leaveOutRefused: true })
  expect(dryRun.counts).toMatchObject({ create: 2, skip: 1, refuse: 1 })
  expect(dryRun.duplicates[0]).toMatchObject({ row: 4, group: 'in-file' })
  expect(run.made.payments).toBe(2)
  const { rows } = await workspace.call('invoices.list', { sort: 'number', direction: 'asc' })
  expect(rows[1]).toMatchObject({ number: 'A-18', paidE4: amountOf('200'), paymentState: 'paid' })
  const { rows: payments } = await workspace.call('payments.list', { withCredit: true })
  expect(payments.map((it) => [it.receivedOn, it.creditE4])).toEqual([['2024-05-21', amountOf('50')]])
  await workspace.close()
})

test('a column of branches is nothing to a business of one place', async () => {
  const workspace = await open()
  const plan = await planFor(workspace, 'Client,Amount,Date,Branch\nRosewood Bakery,5.00,2026-10-03,Quay\n', {
    entity: 'payments',
  })
  expect(plan.columns).toEqual(['client', 'amount', 'date', null])
  const { fields } = await workspace.call('dataImports.inspect', { ...plan, entity: 'payments' })
  expect(fields.map(({ key }) => key)).not.toContain('branch')
  expect((await workspace.call('dataImports.run', plan)).counts).toMatchObject({ create: 1, refuse: 0 })
  await workspace.close()
})
