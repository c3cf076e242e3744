import type { Page } from '@playwright/test'
import { makeClient } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'
import { goTo } from './support/second-window.ts'

const clients = `Client Name,Email,Telefon,Town,Account
Rosewood Bakery,accounts@rosewood.example,020 7946 0001,Bristol,R-1
Lindqvist & Co,ap@lindqvist.example,,Malmö,R-2
,nobody@nowhere.example,,,R-3
`

const invoices = `Invoice Number;Client;Invoice Date;Due Date;Description;Quantity;Unit Price;Tax Rate;Total;Paid
A-17;Rosewood Bakery;25/03/2024;24/04/2024;Flour;3;12,99;20;46,76;46,76
A-18;Lindqvist & Co;05/04/2024;05/05/2024;Consulting;2;100,00;20;240,00;
`

const choose = async (page: Page, name: string, text: string) => {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

const step = (page: Page) => page.getByRole('list', { name: 'Steps' }).locator('[aria-current="step"]')

test('clients of a spreadsheet come in after a look at every row, and go again', async ({ app }) => {
  test.slow()
  await app.seed((workspace) => makeClient(workspace, 'Lindqvist & Co'))
  const page = await app.open()
  await goTo(page, '/settings/data')
  await page.getByRole('button', { name: 'Import from a file' }).click()
  await expect(step(page)).toHaveText('1 File')
  expect(await axeFindings(app, 'the file')).toEqual([])

  await choose(page, 'clients.csv', clients)
  await expect(step(page)).toHaveText('2 Columns')
  await expect(page.getByText('CSV with 3 rows of clients.')).toBeVisible()
  // What no name told is told by hand.
  const account = page.getByRole('combobox', { name: 'Field of Account' })
  await expect(account).toHaveValue('')
  await account.click()
  await page.getByRole('option', { name: 'Client number' }).click()
  expect(await axeFindings(app, 'the columns')).toEqual([])

  await page.getByRole('button', { name: 'Check every row' }).click()
  await expect(page.getByRole('region', { name: 'Remarks by row' })).toContainText('The row has no name')
  await expect(page.getByRole('region', { name: 'Duplicates by row' })).toContainText('has the same name')
  expect(await axeFindings(app, 'the check')).toEqual([])
  const run = page.getByRole('button', { name: /^Import 1 client$/ })
  await expect(run).toBeDisabled()
  await page.getByRole('radiogroup', { name: 'Same name: what to do' }).getByText('Update').click()
  await expect(page.getByRole('region', { name: 'Duplicates by row' })).toContainText('updated')
  await page.getByRole('checkbox', { name: 'Leave out the 1 client with errors' }).check()
  await run.click()

  await expect(step(page)).toHaveText('4 Done')
  await expect(page.getByText('1 client added, 1 updated, 1 left out.')).toBeVisible()
  expect(await axeFindings(app, 'the result')).toEqual([])
  await page.getByRole('button', { name: 'Show the clients' }).click()
  await expect(page.getByRole('row', { name: /Rosewood Bakery/ })).toContainText('R-1')

  await goTo(page, '/import')
  await page.getByRole('button', { name: 'Undo the import of clients.csv' }).click()
  await expect(page.getByText('Undone', { exact: true })).toBeVisible()
  await goTo(page, '/clients')
  await expect(page.getByRole('row', { name: /Lindqvist & Co/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Rosewood Bakery/ })).toHaveCount(0)
})

test('past invoices keep their numbers; the order of dates is shown by an example and can be changed', async ({
  app,
}) => {
  await app.seed(async () => undefined)
  const screen = await app.open()
  await goTo(screen, '/invoices')
  await screen.getByRole('link', { name: 'Import past invoices from a file' }).click()
  await choose(screen, 'invoices.csv', invoices)
  await expect(screen.getByText('“25/03/2024” is 25 Mar 2024.')).toBeVisible()
  await expect(screen.getByRole('combobox', { name: 'Decimals' })).toHaveValue('Comma: 1.234,50')
  await screen.getByRole('combobox', { name: 'Order of dates' }).click()
  await screen.getByRole('option', { name: 'Month, day, year' }).click()
  await screen.getByRole('button', { name: 'Check every row' }).click()
  await expect(screen.getByRole('region', { name: 'Remarks by row' })).toContainText(
    '"25/03/2024" is no date with the month first; with the day first it would be.',
  )
  await screen.getByRole('button', { name: 'Back to the columns' }).click()
  await screen.getByRole('combobox', { name: 'Order of dates' }).click()
  await screen.getByRole('option', { name: 'Day, month, year' }).click()
  await screen.getByRole('button', { name: 'Check every row' }).click()
  await screen.getByRole('button', { name: 'Import 2 invoices' }).click()
  await expect(screen.getByText('2 invoices added, 2 clients made for them, 1 payment recorded.')).toBeVisible()
  await screen.getByRole('button', { name: 'Show the invoices' }).click()
  await expect(screen.getByRole('row', { name: /A-17/ })).toContainText('Paid')
  await expect(screen.getByRole('row', { name: /A-18/ })).toContainText('£240.00')
})

test('a file that is no table says what it is instead', async ({ app }) => {
  await app.seed(async () => undefined)
  const page = await app.open()
  await goTo(page, '/import')
  await choose(page, 'page.csv', '<!doctype html><html></html>')
  await expect(page.getByRole('alert')).toContainText('no table but XML, HTML, JSON or PDF')
  await page.getByRole('button', { name: 'Choose another file' }).click()
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
})

test('a long import says how far it is, and one that is stopped leaves nothing; credit notes come with the invoices', async ({
  app,
}) => {
  test.slow()
  await app.seed(async () => undefined)
  const page = await app.open()
  await goTo(page, '/import')
  const row = (at: number) => `L-${at},Rosewood Bakery,2026-10-02,Flour,${at + 1},Invoice\n`
  const head = 'Invoice Number,Client,Invoice Date,Description,Unit Price,Type\n'
  const many = Array.from({ length: 2000 }, (_, at) => row(at)).join('')
  await choose(page, 'many.csv', head + many)
  await page.getByRole('button', { name: 'Check every row' }).click()
  await page.getByRole('button', { name: 'Import 2,000 invoices' }).click()
  await expect(page.getByText(/^2,000 of 2,000 rows read, [\d,]+ of 2,000 invoices written/)).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('The import was stopped. Nothing was saved.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import 2,000 invoices' })).toBeVisible()

  await goTo(page, '/import')
  await page.reload()
  await expect(page.getByText('Imports so far')).toHaveCount(0)
  await choose(page, 'few.csv', `${head}${row(1)}C-1,Rosewood Bakery,2026-10-05,Flour,-1,Credit note\n`)
  await page.getByRole('button', { name: 'Check every row' }).click()
  await page.getByRole('button', { name: 'Import 1 invoice and 1 credit note' }).click()
  await expect(page.getByText('1 invoice and 1 credit note added, 1 client made for them.')).toBeVisible()
})
