import { makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'

const row = (amount: string, name: string, text: string) => {
  const party = amount.startsWith('-') ? 'Cdtr' : 'Dbtr'
  return `<Ntry><Amt Ccy="GBP">${amount.replace('-', '')}</Amt><CdtDbtInd>${amount.startsWith('-') ? 'DBIT' : 'CRDT'}</CdtDbtInd>
<Sts>BOOK</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><NtryDtls><TxDtls><RltdPties><${party}><Nm>${name}</Nm></${party}></RltdPties>
<RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
}
const balance = (code: string, amount: string) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>`
const statement = (rows: readonly string[], closing: string) => ({
  name: 'november.xml',
  mimeType: 'application/xml',
  buffer: Buffer.from(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>S</Id>
<Acct><Id><IBAN>GB94BARC10201530093459</IBAN></Id><Ccy>GBP</Ccy></Acct>${balance('OPBD', '100.00')}${balance('CLBD', closing)}${rows.join('')}</Stmt></BkToCstmrStmt></Document>`),
})

test('a statement comes in once, Enter makes a payment of a line, and Undo takes it back', async ({ app }) => {
  const { number } = await app.seed(async (workspace) => {
    const invoice = await makeInvoice(workspace, await makeClient(workspace, 'Rosewood Bakery'), {
      issuedOn: '2026-11-02',
    })
    return { number: invoice.number }
  })
  const page = await app.open()
  await page.getByRole('link', { name: 'Banking' }).click()
  await expect(page.getByText('Import a statement of your bank')).toBeVisible()
  await page.getByRole('link', { name: 'Import statement' }).click()
  const file = statement([row('120.00', 'ROSEWOOD', `Thanks ${number}`), row('-7.50', 'Bank', 'Fee')], '212.50')
  await page.locator('input[type=file]').setInputFiles(file)
  const table = page.getByRole('table', { name: 'Statements in the file' })
  await expect(table).toContainText('Adds up')
  await expect(table).toContainText('2 of 2')
  await page.getByRole('textbox', { name: 'Name of the new account' }).fill('Business current')
  await page.getByRole('button', { name: 'Import 2 lines' }).click()

  const lines = page.getByRole('grid', { name: 'Bank lines' })
  const line = lines.getByRole('row', { name: /ROSEWOOD/ })
  await expect(line).toContainText(`Rosewood Bakery · ${number}`)
  await expect(line).toContainText('Sure')
  await line.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/£120\.00 of Rosewood Bakery is payment/)).toBeVisible()
  await expect(page.getByText('Everything that came in is matched or set aside.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(line).toContainText('Sure')

  // By hand: opened, the amount is split, and the payment stands with the rest as credit.
  await line.click()
  const panel = page.getByRole('complementary', { name: 'Bank line' })
  await expect(panel.getByText(`It names ${number}.`)).toBeVisible()
  await panel.getByRole('textbox', { name: `Amount for ${number}` }).fill('100')
  await panel.getByRole('button', { name: 'Record payment' }).click()
  await page.getByRole('button', { name: 'Matched' }).click()
  await expect(lines.getByRole('row', { name: /ROSEWOOD/ })).toContainText('Matched')

  // The same file again brings nothing; a wrong balance is said before anything is saved.
  await page.getByRole('link', { name: 'Import statement' }).click()
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(table).toContainText('imported already')
  await page.getByRole('button', { name: 'Leave this file out' }).click()
  await page.locator('input[type=file]').setInputFiles(statement([row('5.00', 'Ann', 'x')], '106.00'))
  await expect(table).toContainText('Off by £1.00')
})

test('one line is split over two clients, and a fee is set aside as such', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeInvoice(workspace, await makeClient(workspace, 'Rosewood Bakery'), { issuedOn: '2026-11-02' })
    await makeInvoice(workspace, await makeClient(workspace, 'Lindqvist & Co'), { issuedOn: '2026-11-03' })
    const rows = [row('240.00', 'Collecting agency', 'Two of yours'), row('-7.50', 'Bank', 'Fee')]
    const content = new Uint8Array(statement(rows, '332.50').buffer)
    await workspace.call('bankStatements.import', { fileName: 'a.xml', content })
  })
  const page = await app.open()
  await page.getByRole('link', { name: 'Banking' }).click()
  const lines = page.getByRole('grid', { name: 'Bank lines' })
  await lines.getByRole('row', { name: /Collecting agency/ }).click()
  await page.getByRole('button', { name: 'Split between clients' }).click()
  const split = page.getByRole('region', { name: 'Split' })
  const record = split.getByRole('button', { name: 'Record 2 payments' })
  for (const [index, name] of ['Rosewood Bakery', 'Lindqvist & Co'].entries()) {
    const part = split.getByRole('group', { name: `Part ${index + 1}` })
    await part.getByRole('combobox', { name: `Client ${index + 1}` }).fill(name)
    await page.getByRole('option', { name }).click()
    await expect(record).toBeDisabled()
    await part.getByRole('textbox', { name: 'Amount', exact: true }).fill('120')
    await part.getByRole('textbox', { name: 'Amount', exact: true }).blur()
  }
  expect(await axeFindings(app, 'the parts of a line')).toEqual([])
  await record.click()
  await page.getByRole('button', { name: 'Matched' }).click()
  await expect(lines.getByRole('row', { name: /Collecting agency/ })).toContainText('2 payments of several clients')

  await page.getByRole('button', { name: 'Money out' }).click()
  await lines.getByRole('row', { name: /Fee/ }).click()
  await page.getByRole('complementary', { name: 'Bank line' }).getByRole('button', { name: 'Set aside' }).click()
  await page.getByRole('menuitem', { name: 'Bank fee' }).click()
  await page.getByRole('group', { name: 'Bank lines by state' }).getByRole('button', { name: 'Set aside' }).click()
  await expect(lines.getByRole('row', { name: /Fee/ })).toContainText('Bank fee')
})

test('a file that cannot be read says why and where; a CSV of unknown columns is mapped by hand', async ({ app }) => {
  await app.seed((workspace) => workspace.call('bankAccounts.create', { name: 'Plain', currency: 'GBP' }))
  const page = await app.open()
  await page.getByRole('link', { name: 'Banking' }).click()
  await page.getByRole('link', { name: 'Import statement' }).first().click()
  const chooser = page.locator('input[type=file]')
  await chooser.setInputFiles({
    name: 'no.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('words, only\nmore, words\n'),
  })
  await expect(page.getByRole('alert')).toContainText('no.txt, line 1')
  app.problems.length = 0
  await page.getByRole('button', { name: 'Choose another file' }).click()
  const csv = 'When;Units;Foo\n01.02.2026;7;12,50\n14.02.2026;8;-3,00\n'
  await chooser.setInputFiles({ name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  const columns = page.getByRole('table', { name: 'Columns of the file' })
  await expect(columns).toBeVisible()
  await expect(page.getByRole('table', { name: 'First lines of the file' })).toContainText('£12.50')
  await columns.getByRole('combobox', { name: 'What Units is' }).click()
  await page.getByRole('option', { name: 'Text', exact: true }).click()
  await expect(page.getByRole('table', { name: 'First lines of the file' }).getByRole('row').nth(1)).toContainText('7')
  await page.getByRole('button', { name: 'Import 2 lines' }).click()
  await expect(page.getByRole('grid', { name: 'Bank lines' })).toContainText('£12.50')
})

test('axe finds nothing on the lists, a line, the statements and the import', async ({ app }) => {
  await app.seed(async (workspace) => {
    const invoice = await makeInvoice(workspace, await makeClient(workspace, 'Rosewood Bakery'))
    const rows = [row('120.00', 'ROSEWOOD', invoice.number), row('9.00', 'Ann', 'x'), row('-7.50', 'Bank', 'Fee')]
    const content = new Uint8Array(statement(rows, '300.00').buffer)
    await workspace.call('bankStatements.import', { fileName: 'a.xml', content })
  })
  const page = await app.open()
  await page.getByRole('link', { name: 'Banking' }).click()
  const lines = page.getByRole('grid', { name: 'Bank lines' })
  await lines.getByRole('row', { name: /ROSEWOOD/ }).click()
  await expect(page.getByRole('table', { name: 'Open invoices' })).toBeVisible()
  expect(await axeFindings(app, 'the bank lines')).toEqual([])
  await page.getByRole('button', { name: 'Statements' }).click()
  await expect(page.getByText(/^Off by/)).toBeVisible()
  expect(await axeFindings(app, 'the statements')).toEqual([])
  await page.getByRole('link', { name: 'Import statement' }).click()
  const csv = 'Date;Amount;Memo\n03/04/2026;12,50;a\n04/04/2026;x;b\n'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(page.getByRole('table', { name: 'First lines of the file' })).toBeVisible()
  expect(await axeFindings(app, 'the import')).toEqual([])
})
