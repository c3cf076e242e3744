import { expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { importFile, planFor } from '../support/import-files.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

// Each file is written here in the shape of its product; the figures are our own.
const xero = `*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,InvoiceAmountPaid,InvoiceAmountDue,InventoryItemCode,*Description,*Quantity,*UnitAmount,*AccountCode,*TaxType,TaxAmount,Currency,Type,Status
Larch Ltd,,INV-1,,10/01/2024,09/02/2024,120.00,0.00,120.00,,Hours,1,100.00,200,20% (VAT on Income),20.00,GBP,Sales invoice,Awaiting Payment
Larch Ltd,,CN-1,,25/01/2024,25/01/2024,-24.00,0.00,-24.00,,Hours,-1,20.00,200,20% (VAT on Income),-4.00,GBP,Sales credit note,Awaiting Payment
`

const zoho = `Credit Note Date,CreditNotes ID,Credit Note Number,Credit Note Status,Customer Name,Associated Invoice Number,Currency Code,Exchange Rate,Item Name,Quantity,Item Price,Item Tax1,Item Tax1 %,Total,Balance
2024-02-10,1,CN-00001,Open,Birch Co,,GBP,1.00,Hammer,2.00,10.00,VAT,20.00,24.00,24.00
2024-02-11,2,CN-00002,Closed,Birch Co,INV-7,GBP,1.00,Hammer,1.00,50.00,,0.00,50.00,0.00
2024-02-12,3,CN-00003,Open,Birch Co,,GBP,1.00,Nail,1.00,30.00,,0.00,30.00,12.00
2024-02-13,4,CN-00004,Draft,Birch Co,,GBP,1.00,Nail,1.00,30.00,,0.00,30.00,30.00
`

const iif = [
  '!TRNS\tTRNSID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM\tMEMO\tPAID\tPAYMETH',
  '!SPL\tSPLID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM\tMEMO\tQNTY\tPRICE\tINVITEM\tEXTRA',
  '!ENDTRNS',
  'TRNS\t1\tINVOICE\t1/5/2024\tAccounts Receivable\tBaker\t100\t41\t\tY\t',
  'SPL\t2\tINVOICE\t1/5/2024\tIncome\t\t-100\t\t\t-1\t100\tOven\t',
  'ENDTRNS',
  'TRNS\t3\tINVOICE\t1/6/2024\tAccounts Receivable\tBaker\t60\t42\t\tN\t',
  'SPL\t4\tINVOICE\t1/6/2024\tIncome\t\t-60\t\t\t-2\t30\tTray\t',
  'ENDTRNS',
  'TRNS\t5\tCREDIT MEMO\t1/9/2024\tAccounts Receivable\tBaker\t-30\t43\t\tN\t',
  'SPL\t6\tCREDIT MEMO\t1/9/2024\tIncome\t\t30\t\t\t1\t30\tTray\t',
  'ENDTRNS',
  'TRNS\t7\tPAYMENT\t1/20/2024\tUndeposited Funds\tBaker\t140\t\tThanks\t\tCheck',
  'SPL\t8\tPAYMENT\t1/20/2024\tAccounts Receivable\tBaker\t-100\t41\t\t\t\t\t',
  'SPL\t9\tPAYMENT\t1/20/2024\tAccounts Receivable\tBaker\t-40\t42\t\t\t\t\t',
  'ENDTRNS',
  'TRNS\t10\tPAYMENT\t1/28/2024\tUndeposited Funds\tBaker\t15\t9001\t\t\tCheck',
  'SPL\t11\tPAYMENT\t1/28/2024\tAccounts Receivable\tBaker\t-15\t\t\t\t\t\t',
  'ENDTRNS',
].join('\n')

const creditsOf = async (workspace: Workspace) => {
  const { rows } = await workspace.call('creditNotes.list', { sort: 'number', direction: 'asc' })
  return rows.map((it) => [it.number, it.issuedOn, it.state, it.payableE4, it.creditE4])
}

const sound = async (workspace: Workspace) => {
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  expect(workspace.errors).toEqual([])
  await workspace.close()
}

test('Xero: a credit note keeps its number, is issued, and applied to nothing; an undo takes it back', async () => {
  const workspace = await openWorkspace({ country: 'GB' })
  const { dryRun, run } = await importFile(workspace, xero)
  expect(dryRun.counts).toEqual({ records: 2, create: 2, update: 0, skip: 0, refuse: 0 })
  expect(dryRun.made).toEqual(run.made)
  expect(run.made).toMatchObject({ invoices: 1, creditNotes: 1, payments: 0 })
  expect(dryRun.totals).toEqual([{ currency: 'GBP', totalE4: amountOf('96'), paidE4: 0n }])
  expect(await creditsOf(workspace)).toEqual([['CN-1', '2024-01-25', 'issued', amountOf('24'), amountOf('24')]])
  const { rows } = await workspace.call('invoices.list', {})
  expect(rows.map((it) => [it.number, it.openE4])).toEqual([['INV-1', amountOf('120')]])
  // Again it is there already.
  const again = await workspace.call('dataImports.dryRun', await planFor(workspace, xero))
  expect(again.counts).toMatchObject({ create: 0, skip: 2 })
  const undone = await workspace.call('dataImports.undo', { id: run.id })
  expect(undone.undone).toMatchObject({ invoices: 1, creditNotes: 1 })
  expect((await creditsOf(workspace)).map((it) => it[2])).toEqual(['void'])
  await sound(workspace)
})

test('Zoho: what was used of a credit note is no credit again; a named invoice is lowered', async () => {
  const workspace = await openWorkspace({ country: 'GB' })
  const invoices = 'Invoice Number,Client,Date,Description,Price\nINV-7,Birch Co,2024-02-01,Saw,80\n'
  await importFile(workspace, invoices)
  const { dryRun, run } = await importFile(workspace, zoho)
  expect(run.counts).toEqual({ records: 4, create: 3, update: 0, skip: 1, refuse: 0 })
  expect(dryRun.problems.filter((it) => it.value === 'CN-00003').map((it) => it.message)).toEqual([
    'The file says that £18.00 of this credit note was used: that is kept as a refund, so that it is no credit again.',
  ])
  expect(await creditsOf(workspace)).toEqual([
    ['CN-00001', '2024-02-10', 'issued', amountOf('24'), amountOf('24')],
    ['CN-00002', '2024-02-11', 'applied', amountOf('50'), 0n],
    ['CN-00003', '2024-02-12', 'issued', amountOf('30'), amountOf('12')],
  ])
  const { rows } = await workspace.call('invoices.list', {})
  expect(rows.map((it) => [it.number, it.openE4])).toEqual([['INV-7', amountOf('30')]])
  const { undone, kept } = await workspace.call('dataImports.undo', { id: run.id })
  expect(undone).toMatchObject({ creditNotes: 3 })
  expect(kept.filter((it) => it.what !== 'client')).toEqual([])
  expect((await workspace.call('invoices.list', {})).rows.map((it) => it.openE4)).toEqual([amountOf('80')])
  await sound(workspace)
})

test('one number may be an invoice and a credit note; in one file the credit note finds an invoice further down', async () => {
  const workspace = await openWorkspace({ country: 'GB' })
  const { dryRun, run } = await importFile(
    workspace,
    'Number,Type,Client,Date,Description,Price,Credited invoice\n7,Credit note,Elm,2024-01-09,Back,25,7\n7,Invoice,Elm,2024-01-02,Saw,80,\n',
  )
  expect(run.made).toMatchObject({ invoices: 1, creditNotes: 1 })
  expect(dryRun.sample.map((it) => it.details)).toContainEqual(['2024-01-09', '£25.00', 'lowers 7'])
  expect((await workspace.call('invoices.list', {})).rows.map((it) => it.openE4)).toEqual([amountOf('55')])
  await sound(workspace)
})

test('IIF: credit memos come in with the invoices, payments by their document numbers, the rest as credit', async () => {
  const workspace = await openWorkspace({ country: 'US' })
  const { run } = await importFile(workspace, iif)
  expect(run.made).toMatchObject({ invoices: 2, creditNotes: 1, payments: 0 })
  const fileName = 'books.iif'
  const file = new TextEncoder().encode(iif)
  const found = await workspace.call('dataImports.inspect', { fileName, file, sheet: 'Payments' })
  expect(found).toMatchObject({ entity: 'payments', sheets: ['Transactions', 'Payments'], rowCount: 3 })
  const paid = await workspace.call('dataImports.run', {
    ...(await planFor(workspace, iif)),
    sheet: 'Payments',
    entity: 'payments',
    templateId: found.template?.id ?? null,
    columns: found.columns.map((it) => it.field),
    headerRow: found.headerRow,
  })
  expect(paid.made).toMatchObject({ payments: 3 })
  const invoices = await workspace.call('invoices.list', { sort: 'number', direction: 'asc' })
  expect(invoices.rows.map((it) => [it.number, it.openE4])).toEqual([
    ['41', 0n],
    ['42', amountOf('20')],
  ])
  const payments = await workspace.call('payments.list', {})
  expect(payments.rows.map((it) => [it.amountE4, it.method, it.reference]).sort()).toEqual([
    [amountOf('100'), 'cheque', null],
    [amountOf('15'), 'cheque', '9001'],
    [amountOf('40'), 'cheque', null],
  ])
  await sound(workspace)
})

test('lines are linked to the one item of their code, else of their exact name', async () => {
  const workspace = await openWorkspace({ country: 'GB' })
  await importFile(workspace, 'Item Name,SKU,Price\nSaw,S-1,80\nNail,N-1,1\nNail,N-2,2\n', {
    entity: 'items',
    duplicates: { 'in-file': 'create' },
  })
  const { dryRun } = await importFile(
    workspace,
    'Invoice Number,Client,Date,Item,SKU,Price\nA,Elm,2024-01-02,Blade,S-1,80\nA,Elm,,Saw,,80\nA,Elm,,Nail,,1\nA,Elm,,saw,,80\n',
  )
  expect(dryRun.lines).toEqual({ all: 4, linked: 2 })
  const { rows } = await workspace.call('invoices.list', {})
  const { content } = await workspace.call('invoices.get', { id: rows[0]?.id ?? '' })
  const { rows: items } = await workspace.call('items.list', { search: 'Saw' })
  expect(content.lines.map((it) => it.itemId)).toEqual([items[0]?.id, items[0]?.id, null, null])
  await sound(workspace)
})

test('a credit that was applied since stays when its import is undone', async () => {
  const workspace = await openWorkspace({ country: 'GB' })
  const clientId = await makeClient(workspace, 'Larch Ltd')
  const { id: invoiceId } = await makeInvoice(workspace, clientId, { issuedOn: '2026-11-01' })
  const { run } = await importFile(workspace, xero)
  const [note] = (await workspace.call('creditNotes.list', {})).rows
  await workspace.call('creditNotes.apply', {
    id: note?.id ?? '',
    version: note?.version ?? 0,
    on: '2026-11-02',
    applications: [{ invoiceId, amountE4: amountOf('5') }],
  })
  const { undone, kept } = await workspace.call('dataImports.undo', { id: run.id })
  expect(undone).toMatchObject({ creditNotes: 0, invoices: 1 })
  expect(kept).toContainEqual({ what: 'credit note', name: 'CN-1', reason: 'it was used or changed since' })
  await sound(workspace)
})
