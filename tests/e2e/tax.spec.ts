import type { Page } from '@playwright/test'
import { addMonths, firstDayOfMonth, lastDayOfMonth } from '../../shared/dates.ts'
import { unitPriceOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

const dialog = (page: Page) => page.getByRole('dialog')

/** The quarter of a year that was over last, and its last day, as the screens write them. */
const lastQuarter = (today: string) => {
  const begun = (Number(today.slice(5, 7)) - 1) % 3
  const first = addMonths(firstDayOfMonth(today), -3 - begun)
  const last = lastDayOfMonth(addMonths(first, 2))
  // Engines do not agree on how September is cut short.
  const words = (date: string, day: { readonly day?: 'numeric' } = {}) =>
    new Intl.DateTimeFormat('en-GB', { ...day, month: 'short', year: 'numeric', timeZone: 'UTC' })
      .format(new Date(date))
      .replace(/Sept?/, 'Sept?')
  return {
    first,
    last,
    name: new RegExp(`${words(first)} to ${words(last)}`),
    lockedUntil: new RegExp(`^Locked until ${words(last, { day: 'numeric' })}\\.`),
  }
}

test('a return shows its boxes, each figure its documents, and a filed period is locked', async ({ app }) => {
  const { number, quarter } = await app.seed(async (workspace) => {
    const client = await makeClient(workspace)
    const invoice = (issuedOn: string, price: string, rate: string) =>
      makeInvoice(workspace, client, { issuedOn, dueOn: null, lines: [line({ price, rate })] })
    const quarter = lastQuarter((await workspace.call('setup.state', {})).today)
    await invoice(quarter.first, '50', '5')
    return { ...(await invoice(quarter.last, '100', '20')), quarter }
  })
  const page = await app.open()
  await goTo(page, '/reports/tax')
  await page.getByRole('combobox', { name: 'Period' }).click()
  await page.getByRole('option', { name: quarter.name }).click()
  const box = (id: string) => page.getByRole('row', { name: new RegExp(`^${id}\\.`) })
  await expect(box('1')).toContainText('22.50')
  await expect(box('6')).toContainText('150')
  await page.getByRole('textbox', { name: /4\. VAT reclaimed/ }).fill('30')
  await expect(box('5')).toContainText('7.50')
  await expect(box('5')).toContainText('reclaim from HMRC')
  await page.getByRole('button', { name: /1\. VAT due on sales.*show its documents/ }).click()
  await expect(page.getByRole('region', { name: /1\. VAT due/ }).getByRole('row')).toHaveCount(3)
  await page.getByText('By payment').click()
  await expect(box('6')).toContainText(/\D0$/)
  await expect(page.getByRole('textbox', { name: /4\. VAT reclaimed/ })).toHaveValue('30.00')
  await page.getByText('By issue').click()
  await page.getByRole('button', { name: 'Lock the period' }).click()
  await dialog(page).getByRole('button', { name: 'Lock the period' }).click()
  await expect(page.getByRole('main').getByText(quarter.lockedUntil)).toBeVisible()
  await page.getByRole('button', { name: 'Unlock' }).click()
  await dialog(page).getByRole('textbox', { name: 'Why' }).fill('A late invoice')
  await dialog(page).getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByRole('button', { name: 'Lock the period' })).toBeVisible()
  await page.getByRole('button', { name: /1\. VAT due on sales/ }).click()
  await page.getByRole('link', { name: number }).click()
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible()
})

test('what is typed into a return is there again after a restart', async ({ app }) => {
  await app.seed(() => Promise.resolve())
  const page = await app.open()
  const typed = (own: Page) => own.getByRole('textbox', { name: /4\. VAT reclaimed/ })
  await goTo(page, '/reports/tax')
  await typed(page).fill('123.45')
  await expect(page.getByRole('row', { name: /^5\./ })).toContainText('123.45')
  // Left before the pause is over: typed all the same.
  await goTo(page, '/invoices')
  await expect(page.getByRole('heading', { level: 1, name: 'Invoices' })).toBeVisible()
  await goTo(page, '/reports/tax')
  await expect(typed(page)).toHaveValue('123.45')
  await app.close()
  const again = await app.open()
  await goTo(again, '/reports/tax')
  await expect(typed(again)).toHaveValue('123.45')
  await typed(again).fill('150')
  await expect(again.getByText('The figure is changed.')).toBeVisible()
  await again.getByRole('button', { name: 'Undo' }).click()
  await expect(typed(again)).toHaveValue('123.45')
})

test('how the business is taxed, and what a rate is from a day on', async ({ app }) => {
  await app.seed(() => Promise.resolve())
  const page = await app.open()
  await goTo(page, '/settings/taxes')
  await page.getByRole('button', { name: 'Enter registration' }).click()
  await dialog(page).getByRole('textbox', { name: 'Registration number' }).fill('GB 980 7806 85')
  await expect(dialog(page).getByText('The check digit does not fit')).toBeVisible()
  await dialog(page).getByRole('textbox', { name: 'Registration number' }).fill('GB 980 7806 84')
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Tax registrations' })).toContainText('GB 980 7806 84')
  await page.getByRole('button', { name: 'VAT 20% by date' }).click()
  await dialog(page).getByRole('textbox', { name: 'From' }).fill('1/1/2027')
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('VAT 21%')
  await dialog(page).getByRole('textbox', { name: 'Rate' }).fill('21')
  await dialog(page).getByRole('button', { name: 'Add change' }).click()
  await expect(dialog(page).getByRole('row', { name: /1 Jan 2027/ })).toContainText('21%')
})

test('a tax number that fails its check is kept with a reason', async ({ app }) => {
  const id = await app.seed((workspace) => makeClient(workspace, 'Alder Works'))
  const page = await app.open()
  await goTo(page, '/settings/business')
  const field = page.getByRole('textbox', { name: 'Tax number 1' })
  await field.fill('GB123')
  await page.getByRole('textbox', { name: 'Legal name' }).focus()
  await expect(page.getByText('A UK VAT number is 9 digits')).toBeVisible()
  await page.getByRole('button', { name: 'Keep it anyway' }).click()
  await page.getByRole('textbox', { name: 'Why this tax number is kept' }).fill('Applied for')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Business saved.')).toBeVisible()
  expect(id).not.toBe('')
})

test('rates of other currencies are typed and brought from a file', async ({ app }) => {
  await app.seed(() => Promise.resolve())
  const page = await app.open()
  await goTo(page, '/settings/exchange-rates')
  await page.getByRole('combobox', { name: 'One unit of' }).fill('USD')
  await page.getByRole('option', { name: /^USD/ }).click()
  await page.getByRole('textbox', { name: 'in GBP' }).fill('0.79')
  await page.getByRole('button', { name: 'Enter rate' }).click()
  const table = page.getByRole('table', { name: 'Exchange rates, newest first' })
  await expect(table.getByRole('row')).toHaveCount(2)
  await page.locator('input[type=file]').setInputFiles({
    name: 'rates.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('date,currency,rate\n2026-11-01,EUR,0.86\n2026-11-02,EUR,none\n'),
  })
  await expect(dialog(page)).toContainText('Line 3')
  await dialog(page).getByRole('button', { name: 'Import 1 rate' }).click()
  await expect(table.getByRole('row')).toHaveCount(3)
})

test('the taxes of an invoice follow its client and its treatment', async ({ app }) => {
  await app.seed(async (workspace) => {
    await workspace.call('clients.create', {
      name: 'Werkstatt Ahorn',
      address: { country: 'DE' },
      taxIds: [{ label: 'USt-IdNr.', value: 'DE136695976' }],
    })
    await workspace.call('items.create', {
      name: 'Oak table',
      kind: 'product',
      priceE6: unitPriceOf('250'),
      unit: 'C62',
    })
  })
  const page = await app.open()
  await goTo(page, '/invoices/new')
  await page.getByRole('combobox', { name: 'Client' }).fill('Werkstatt')
  await page.getByRole('option', { name: /Werkstatt Ahorn/ }).click()
  const treatment = page.getByRole('combobox', { name: 'Tax treatment' })
  await expect(treatment).toHaveValue('outside-scope')
  await page.getByRole('combobox', { name: 'Item of line 1' }).fill('Oak')
  await page.getByRole('option', { name: /Oak table/ }).click()
  await expect(page.getByRole('button', { name: 'Tax of line 1: 0%' })).toBeVisible()
  await treatment.selectOption('domestic')
  await expect(page.getByRole('button', { name: 'Tax of line 1: 20%' })).toBeVisible()
  await treatment.selectOption('export')
  await expect(page.getByRole('button', { name: 'Tax of line 1: 0%' })).toBeVisible()
})
