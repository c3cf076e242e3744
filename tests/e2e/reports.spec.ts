import type { Page } from '@playwright/test'
import { addDays, addMonths, firstDayOfMonth, lastDayOfMonth } from '../../shared/dates.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { readPdf } from '../pdf/read-pdf.ts'
import { line, makeClient, makeInvoice, makeQuote } from '../support/factories.ts'
import type { Workspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { downloadBy } from './support/download.ts'
import { goTo } from './support/second-window.ts'

const todayOf = async (workspace: Workspace) => (await workspace.call('setup.state', {})).today

/** Two invoices in the month before, one on its very last day, and one this month; the first is paid. */
const seedBooks = async (workspace: Workspace) => {
  const today = await todayOf(workspace)
  const before = addMonths(firstDayOfMonth(today), -1)
  const rosewood = await makeClient(workspace)
  const alder = await makeClient(workspace, '=Alder & Sons')
  const of = (clientId: string, issuedOn: string, price: string) =>
    makeInvoice(workspace, clientId, { issuedOn, dueOn: issuedOn, lines: [line({ price })] })
  const first = await of(rosewood, before, '100')
  const last = await of(alder, lastDayOfMonth(before), '250')
  await of(rosewood, today, '1000')
  await workspace.call('payments.create', {
    clientId: rosewood,
    receivedOn: today,
    currency: 'GBP',
    amountE4: amountOf('120'),
    allocations: [{ invoiceId: first.id, amountE4: amountOf('120') }],
  })
  await makeQuote(workspace, alder)
  return { today, before, last: last.number }
}

const choose = async (page: Page, field: string, option: string | RegExp) => {
  await page.getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: option }).click()
}

const table = (page: Page) => page.getByRole('table', { name: /^Revenue by/ })

test('revenue of a range with its last day, compared, down to the documents', async ({ app }) => {
  const { before, last } = await app.seed(seedBooks)
  const page = await app.open()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible()
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Revenue/ })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Revenue' })).toBeVisible()
  await choose(page, 'Period', 'Last month')
  await expect(table(page).getByRole('row', { name: /^Total/ })).toContainText('420.00')
  await choose(page, 'Rows by', 'By client')
  await choose(page, 'Comparison', 'With the period before')
  const row = table(page).getByRole('row', { name: /=Alder & Sons/ })
  await expect(row).toContainText('+300.00')

  // By keyboard: the panel opens with the documents of the row, whose sum is the row's.
  await row.getByRole('button').focus()
  await page.keyboard.press('Enter')
  const behind = page.getByRole('region', { name: '=Alder & Sons' })
  await expect(behind.getByRole('row', { name: /^Sum/ })).toContainText('300.00')
  await expect(behind.getByRole('link', { name: last })).toBeVisible()
  // All of it is in the address: a reload shows the same.
  await page.reload()
  await expect(behind.getByRole('row', { name: /^Sum/ })).toContainText('300.00')
  await page.keyboard.press('Escape')
  await expect(behind).toHaveCount(0)

  await page.getByText('Received', { exact: true }).click()
  await expect(page.getByText('No revenue in this period')).toBeVisible()
  await page.getByText('Issued', { exact: true }).click()

  const file = await downloadBy(app, () => page.getByRole('button', { name: 'CSV' }).click())
  expect(file.name).toBe(`revenue-by-client-${before}-${lastDayOfMonth(before)}.csv`)
  const text = file.bytes.toString('utf8')
  expect(text).toContain(`'=Alder & Sons,1,250.00,50.00,300.00,0.00,300.00`)
  expect(text).toContain('Total,2,350.00,70.00,420.00,0.00,420.00')
})

test('a report is kept under a name and comes back as it was', async ({ app }) => {
  await app.seed(seedBooks)
  const page = await app.open()
  await goTo(page, '/reports/revenue')
  await choose(page, 'Period', 'Last quarter')
  await choose(page, 'Rows by', 'By item')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: /Save this view/ }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Items of the quarter')
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
  await goTo(page, '/reports')
  await page.getByRole('region', { name: 'Saved reports' }).getByRole('link', { name: 'Items of the quarter' }).click()
  await expect(page.getByRole('combobox', { name: 'Period' })).toHaveValue('Last quarter')
  await expect(page.getByRole('combobox', { name: 'Rows by' })).toHaveValue('By item')
})

test('the other reports, dates of one own, and the paper', async ({ app }) => {
  const { today } = await app.seed(seedBooks)
  const page = await app.open()
  await goTo(page, '/reports/payments?range=last-12-months&group=method')
  await expect(page.getByRole('table', { name: /^Payments by method/ })).toContainText('Bank transfer')
  await goTo(page, '/reports/days-to-pay?range=last-12-months&group=client')
  await expect(page.getByRole('row', { name: /^Rosewood Bakery/ })).toContainText('120.00')
  await goTo(page, `/reports/quotes?range=custom&from=${today}&to=${today}`)
  await expect(
    page.getByRole('table', { name: /^Quotes won by month/ }).getByRole('row', { name: /^Total/ }),
  ).toContainText('120.00')
  await goTo(page, `/reports/quotes?range=custom&from=${addDays(today, -9)}&to=${addDays(today, -9)}`)
  await expect(page.getByText('No quote was issued in this period')).toBeVisible()

  await goTo(page, '/reports/revenue?range=last-12-months')
  await expect(table(page)).toBeVisible()
  // The system's own dialog is not ours: what it would be given is looked at.
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-dialog', 'open')
  })
  await page.getByRole('button', { name: 'Print', exact: true }).click()
  await expect(page.locator('body[data-dialog=open]')).toBeAttached()
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('[data-printed]')).toContainText('Revenue by month')
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(page.locator('[data-printed]')).toHaveCount(0)
})

test('tables, a workbook and the bundle for the accountant', async ({ app }) => {
  const { last } = await app.seed(seedBooks)
  const page = await app.open()
  await goTo(page, '/reports/export')
  await choose(page, 'Period', 'Last 12 months')
  const csv = await downloadBy(app, () => page.getByRole('button', { name: 'Save invoices as CSV' }).click())
  expect(csv.name).toMatch(/^invoices-.*\.csv$/)
  expect(csv.bytes.toString('utf8')).toContain(last)
  await page.getByRole('button', { name: 'Choose all' }).click()
  await page.getByRole('button', { name: 'Choose none' }).click()
  await expect(page.getByRole('button', { name: 'Save 0 sheets as XLSX' })).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Clients' }).check()
  const book = await downloadBy(app, () => page.getByRole('button', { name: 'Save 1 sheet as XLSX' }).click())
  expect(book.name).toMatch(/\.xlsx$/)
  const bundle = await downloadBy(app, () => page.getByRole('button', { name: /^Save the bundle/ }).click())
  expect(bundle.name).toMatch(/accountant.*\.zip$/)
  expect(bundle.bytes.subarray(0, 2).toString()).toBe('PK')
  await expect(page.getByText(/It holds 4 documents/)).toBeVisible()
})

test('each report is saved as a PDF with the figures of the screen', async ({ app }) => {
  const { today, before } = await app.seed(seedBooks)
  const page = await app.open()
  const saved = async (address: string, ready: string | RegExp, prepare?: () => Promise<void>) => {
    await goTo(page, address)
    await prepare?.()
    await expect(page.getByRole('main').getByText(ready).first()).toBeVisible()
    const file = await downloadBy(app, () => page.getByRole('button', { name: 'PDF', exact: true }).click())
    const pages = await readPdf(file.bytes)
    return { name: file.name, pages, text: pages.map(({ text }) => text).join(' ') }
  }
  const range = `range=custom&from=${before}&to=${lastDayOfMonth(before)}`
  const revenue = await saved(`/reports/revenue?${range}&group=client&compare=period-before`, '=Alder & Sons')
  expect(revenue.name).toBe(`revenue-by-client-${before}-${lastDayOfMonth(before)}.pdf`)
  for (const part of ['Linden Ltd', 'Revenue by client', '=Alder & Sons', '+300.00', 'Period before', '420.00']) {
    expect(revenue.text, part).toContain(part)
  }
  const aged = await saved('/reports/aged', 'Rosewood Bakery')
  expect(aged.name).toBe(`aged-receivables-${today}.pdf`)
  for (const part of ['1–30 days', 'Total in GBP', '1,500.00']) expect(aged.text, part).toContain(part)
  const quotes = await saved('/reports/quotes?range=last-12-months', 'Total')
  expect(quotes.text).toContain('Won, share')
  const years = page.getByRole('option', { name: /^Fiscal year/ })
  const tax = await saved('/reports/tax', /VAT due/, async () => {
    await page.getByRole('combobox', { name: 'Period' }).click()
    await years.first().click()
  })
  expect(tax.text).toMatch(/VAT due[\s\S]*270\.00/)
})
