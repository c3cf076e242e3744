import type { Page } from '@playwright/test'
import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { openWorkspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { downloadBy } from './support/download.ts'
import { invoiceScreen } from './support/invoice-screen.ts'
import { goTo } from './support/second-window.ts'

const main = (page: Page) => page.getByRole('main')

test('a second series is added with its preview, chosen when one issues, and made the default', async ({ app }) => {
  const { id } = await app.seed(async (workspace) => await makeDraft(workspace, await makeClient(workspace)))
  const page = await app.open()
  await goTo(page, `/invoices/${id}`)
  await invoiceScreen(page).issue.click()
  // One series: nothing to choose.
  await expect(page.getByRole('dialog').getByRole('combobox', { name: 'Series' })).toHaveCount(0)
  await page.getByRole('dialog').getByRole('button', { name: 'Keep as draft' }).click()

  await goTo(page, '/settings/numbering')
  await page.getByRole('button', { name: 'Add series' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a series of invoices' })
  await dialog.getByRole('textbox', { name: 'Code' }).fill('export')
  await expect(dialog.getByRole('status')).toContainText(/Gives EXPORT-\d{4}-0001/)
  await dialog.getByRole('textbox', { name: 'Number pattern' }).fill('{SERIES}-{CLIENT}-{000}')
  await expect(dialog.getByRole('status')).toContainText('EXPORT-C-0001-001')
  await expect(dialog.getByRole('status')).toContainText('each client is counted by itself')
  await dialog.getByRole('textbox', { name: 'Number pattern' }).fill('{SERIES}-{0000')
  await expect(dialog.getByRole('status')).toContainText('without its other half')
  await dialog.getByRole('textbox', { name: 'Number pattern' }).fill('{SERIES}-{CLIENT}-{000}')
  await dialog.getByRole('button', { name: 'Add series' }).click()
  await expect(page.getByRole('form', { name: 'Numbering of invoices, series EXPORT' })).toBeVisible()

  await goTo(page, `/invoices/${id}`)
  await invoiceScreen(page).issue.click()
  const question = page.getByRole('dialog')
  await question.getByRole('combobox', { name: 'Series' }).click()
  await page.getByRole('option', { name: /^EXPORT: / }).click()
  await question.getByRole('button', { name: 'Issue invoice' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'EXPORT-C0001-001' })).toBeVisible()

  await goTo(page, '/settings/numbering')
  await page.getByRole('button', { name: 'Make EXPORT the default' }).click()
  await expect(page.getByText('New documents are numbered by EXPORT.')).toBeVisible()
  await expect(page.getByRole('form', { name: 'Numbering of invoices', exact: true })).toContainText('Series EXPORT')
})

test('numbers and gaps: what is void and why a number is missing, on screen and as CSV', async ({ app }) => {
  await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const first = await makeInvoice(workspace, clientId)
    await workspace.call('invoices.void', { id: first.id, version: first.version, reason: 'Sent to the wrong shop' })
    const series = (await workspace.call('numberSeries.list', {})).find((it) => it.documentKind === 'invoice')
    if (series === undefined) throw new Error('The series is missing.')
    await workspace.call('numberSeries.update', { id: series.id, version: series.version, startValue: 5 })
    await makeInvoice(workspace, clientId)
  })
  const page = await app.open()
  await goTo(page, '/settings/numbering')
  await page.getByRole('link', { name: 'Numbers and gaps' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Numbers and gaps' })).toBeVisible()
  const details = page.getByRole('list', { name: /^Void numbers and gaps of/ })
  await expect(details).toContainText('Sent to the wrong shop')
  await expect(details.getByRole('link', { name: /0001$/ })).toBeVisible()
  const csv = await downloadBy(app, () => page.getByRole('button', { name: 'Save as CSV' }).click())
  expect(csv.name).toMatch(/^numbers-\d{4}-\d\d-\d\d\.csv$/)
  expect(csv.bytes.toString('utf8')).toContain('Sent to the wrong shop')
  await page.getByRole('button', { name: 'Quotes' }).click()
  await expect(main(page).getByText('No number was given yet')).toBeVisible()
})

test('everything is saved as one file, and says where it lies', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeInvoice(workspace, await makeClient(workspace))
  })
  const page = await app.open()
  await goTo(page, '/settings/data')
  await expect(main(page).getByText(app.dataDirectory)).toBeVisible()
  const archive = await downloadBy(app, () => page.getByRole('button', { name: /^Save everything of/ }).click())
  expect(archive.name).toMatch(/\.counterfoil\.zip$/)
  expect(archive.bytes.subarray(0, 2).toString()).toBe('PK')
  await expect(main(page).getByText(/records and 1? ?\d* ?files?/)).toBeVisible()
  // The same books are here already.
  await page
    .getByLabel('Export to bring in')
    .setInputFiles({ name: archive.name, mimeType: 'application/zip', buffer: archive.bytes })
  await expect(page.getByText(/are here already/)).toBeVisible()
})

test('the first run brings in an export and opens its books', async ({ app }) => {
  const elsewhere = await openWorkspace({ realClock: true })
  await makeInvoice(elsewhere, await makeClient(elsewhere))
  const { content, fileName } = await elsewhere.call('dataExports.everything', {})
  await elsewhere.close()
  const page = await app.open()
  await expect(page.getByRole('heading', { level: 1, name: 'Set up your business' })).toBeVisible()
  const choose = page.getByLabel('Export to bring in')
  await choose.setInputFiles({ name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('PK no archive') })
  await expect(page.getByRole('region', { name: 'Messages' }).getByRole('listitem')).toBeVisible()
  await choose.setInputFiles({ name: fileName, mimeType: 'application/zip', buffer: Buffer.from(content) })
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await expect(page.getByText(/^Linden Ltd is here: \d+ records/)).toBeVisible()
  await goTo(page, '/invoices')
  await expect(page.getByRole('grid', { name: 'Invoices' }).getByText('INV-')).toBeVisible()
})
