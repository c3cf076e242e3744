import { expect, test } from 'vitest'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { importFile, planFor } from '../support/import-files.ts'
import { openWorkspace } from '../support/workspace.ts'

// Each file is written here in the shape of its product; the figures are our own.
const freshbooks = `Client Name,Invoice #,Date Issued,Invoice Status,Date Paid,Item Name,Item Description,Rate,Quantity,Discount Percentage,Line Subtotal,Tax 1 Type,Tax 1 Amount,Tax 2 Type,Tax 2 Amount,Line Total,Currency
Larch Ltd,0000101,2024-01-28,paid,2024-02-10,Repair,Roof,65.00,10.00000000,0.0000,650.00,GST,32.50,PST,45.50,728.00,CAD
Larch Ltd,0000101,2024-01-28,paid,2024-02-10,Paint,White,98.00,5.00000000,10.0000,441.00,GST,22.05,PST,30.87,493.92,CAD
Larch Ltd,0000102,2024-01-29,sent,,Repair,Door,40.00,1.00000000,0.0000,40.00,,0.00,,0.00,40.00,CAD
Larch Ltd,0000103,2024-01-30,draft,,Repair,Door,40.00,1.00000000,0.0000,40.00,,0.00,,0.00,40.00,CAD
`

const wave = `Transaction ID,Transaction Date,Account Name,Transaction Description,Transaction Line Description,Amount (One column), ,Debit Amount (Two Column Approach),Credit Amount (Two Column Approach),Other Accounts for this Transaction,Customer,Vendor,Invoice Number,Bill Number,Notes / Memo,Amount Before Sales Tax,Sales Tax Amount,Sales Tax Name,Transaction Date Added,Transaction Date Last Modified,Account Group,Account Type,Account ID
1,2024-01-28,Sales,Ash - 3,Ash - 3 - Car repair,105.00,,,105.00,Accounts Receivable,Ash,,3,,,100.00,5.00,HST,2024-01-28,2024-01-28,Income,Income,
1,2024-01-28,Services,Ash - 3,Ash - 3 - Lawn,40.00,,,40.00,Accounts Receivable,Ash,,3,,,40.00,,,2024-01-28,2024-01-28,Income,Income,
1,2024-01-28,Accounts Receivable,Ash - 3,Ash - 3,145.00,,145.00,,Sales,Ash,,3,,,145.00,,,2024-01-28,2024-01-28,Asset,System Receivable Invoice,
2,2024-02-02,Accounts Receivable,Invoice Payment,Invoice Payment,-60.00,,,60.00,Cash on Hand,Ash,,3,,,-60.00,,,2024-02-02,2024-02-02,Asset,System Receivable Invoice,
2,2024-02-02,Cash on Hand,Invoice Payment,Invoice Payment,60.00,,60.00,,Accounts Receivable,,,,,,60.00,,,2024-02-02,2024-02-02,Asset,Cash and Bank,
`

const zoho = `Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer Name,Due Date,PurchaseOrder,Currency Code,Exchange Rate,Entity Discount Percent,Item Name,Item Desc,Quantity,Usage unit,Item Price,Discount Amount,SubTotal,Total,Balance,Shipping Charge,Adjustment,Item Tax1,Item Tax1 %,Last Payment Date,Notes
2024-01-28,1,INV-000001,Closed,Birch Co,2024-02-27,,EUR,1.00,0.00,Hammer,Wood,6.00,,4.25,0.50,25.00,40.00,0.00,10.00,0.00,VAT,20.00,2024-02-03,Thanks
2024-01-28,2,INV-000002,Overdue,Birch Co,2024-02-27,654,EUR,1.00,10.00,Hammer,Wood,1.00,h,100.00,0.00,100.00,90.25,90.25,0.00,0.25,,0.00,,
2024-01-28,3,INV-000003,Draft,Birch Co,2024-02-27,,EUR,1.00,0.00,Hammer,Wood,1.00,,100.00,0.00,100.00,100.00,100.00,0.00,0.00,,0.00,,
`

const quickbooks = `*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,*Item(Product/Service),ItemDescription,ItemQuantity,ItemRate,*ItemAmount,Item Tax Amount,*Item Tax Code,Currency
1001,Elm plc,31/01/2024,01/03/2024,,,Hello,Hours,January,2,50,100,20,20.0% S,GBP
,,,,,,,Travel,,,,30,0,0.0% Z,GBP
1002,Elm plc,01/02/2024,02/03/2024,,,,Hours,February,1,50,50,10,20.0% S,GBP
`

const invoiceNinja = `"Invoice Ninja v4.5.17 - January 2, 2024 11:28 pm",,,,,,,,,,,,,,,,,
,,,,,,,,,,,,,,,,,
INVOICES,,,,,,,,,,,,,,,,,
Client,Email,Invoice Number,Amount,Paid,PO Number,Status,Invoice Date,Due Date,Discount,Partial/Deposit,Partial Due Date,Public Notes,Private Notes,Item Product,Item Notes,Item Cost,Item Quantity
Yew,yew@yew.example,1,$13.50,$5.01,,Partial,2023-11-25,2023-10-20,,$0.00,,,,et,Nothing,1.35,10
Yew,yew@yew.example,2,($10.00),$0.00,,Sent,2023-11-26,,,$0.00,,,,et,Back,10,-1
`

type Row = readonly [string | null, string, string | null, bigint, bigint, string]

const invoicesOf = async (country: string, content: string): Promise<{ rows: Row[]; skip: number; refuse: number }> => {
  const workspace = await openWorkspace({ country })
  const { run } = await importFile(workspace, content, { leaveOutRefused: true })
  const { rows } = await workspace.call('invoices.list', { sort: 'number', direction: 'asc' })
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  expect(workspace.errors).toEqual([])
  await workspace.close()
  return {
    rows: rows.map((it): Row => [it.number, it.issuedOn, it.dueOn, it.payableE4, it.paidE4, it.clientName]),
    skip: run.counts.skip,
    refuse: run.counts.refuse,
  }
}

test('FreshBooks: lines with taxes as amounts become invoices; a paid one is paid on its day; drafts stay out', async () => {
  expect(await invoicesOf('CA', freshbooks)).toEqual({
    rows: [
      ['0000101', '2024-01-28', null, amountOf('1221.92'), amountOf('1221.92'), 'Larch Ltd'],
      ['0000102', '2024-01-29', null, amountOf('40'), 0n, 'Larch Ltd'],
    ],
    skip: 1,
    refuse: 0,
  })
})

test('Wave: the ledger gives invoices from its income rows, and payments from the credited receivable', async () => {
  expect(await invoicesOf('CA', wave)).toEqual({
    rows: [['3', '2024-01-28', null, amountOf('145'), amountOf('60'), 'Ash']],
    skip: 0,
    refuse: 0,
  })
})

test('Zoho: discounts, shipping without tax, adjustments and balances meet its totals', async () => {
  expect(await invoicesOf('DE', zoho)).toEqual({
    rows: [
      ['INV-000001', '2024-01-28', '2024-02-27', amountOf('40'), amountOf('40'), 'Birch Co'],
      ['INV-000002', '2024-01-28', '2024-02-27', amountOf('90.25'), 0n, 'Birch Co'],
    ],
    skip: 1,
    refuse: 0,
  })
})

test('QuickBooks Online: the number stands in the first row of an invoice only', async () => {
  expect(await invoicesOf('GB', quickbooks)).toEqual({
    rows: [
      ['1001', '2024-01-31', '2024-03-01', amountOf('150'), 0n, 'Elm plc'],
      ['1002', '2024-02-01', '2024-03-02', amountOf('60'), 0n, 'Elm plc'],
    ],
    skip: 0,
    refuse: 0,
  })
})

test('Invoice Ninja: part-paid, due before it was written, and a negative one that is a credit note', async () => {
  expect(await invoicesOf('US', invoiceNinja)).toEqual({
    rows: [['1', '2023-11-25', null, amountOf('13.50'), amountOf('5.01'), 'Yew']],
    skip: 0,
    refuse: 0,
  })
})

test('one number for two clients is refused', async () => {
  const workspace = await openWorkspace()
  const dryRun = await workspace.call(
    'dataImports.dryRun',
    await planFor(
      workspace,
      'Invoice Number,Client,Date,Description,Price\nA,Oak,2024-01-02,x,1\nA,Elm,2024-01-02,y,2\n',
    ),
  )
  expect(dryRun.counts).toMatchObject({ records: 1, create: 0, refuse: 1 })
  expect(dryRun.problems[0]?.message).toBe('Row 2 has the same invoice number for Oak. One number is one invoice.')
  await workspace.close()
})
