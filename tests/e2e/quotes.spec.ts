import type { Page } from '@playwright/test'
import { makeClient } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { expectDrawn, invoiceScreen } from './support/invoice-screen.ts'
import { goTo } from './support/second-window.ts'

const startQuote = async (page: Page) => {
  await goTo(page, '/quotes/new')
  await invoiceScreen(page).client.fill('Rosewood')
  await page.getByRole('option', { name: /Rosewood Bakery/ }).click()
}

const writeLine = async (page: Page, line: number, name: string, price: string) => {
  const screen = invoiceScreen(page)
  if (line > 1) await screen.addLine.click()
  await screen.item(line).fill(name)
  await screen.item(line).press('Tab')
  await screen.price(line).fill(price)
  await screen.price(line).press('Tab')
}

const choose = async (page: Page, line: number, item: string) => {
  await page.getByRole('button', { name: `More for line ${line}`, exact: true }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

const issueQuote = async (page: Page): Promise<string> => {
  await invoiceScreen(page).issue.click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Issue quote / })
    .click()
  const title = page.getByRole('heading', { level: 1, name: /\d/ })
  await expect(title).toBeVisible()
  return (await title.textContent()) ?? ''
}

const decline = async (page: Page, by: string) => {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Declined' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Who said so' }).fill(by)
  await dialog.getByRole('button', { name: 'Mark as declined' }).click()
  await expect(dialog).toHaveCount(0)
}

const main = (page: Page) => page.getByRole('main')

test('offers options and alternatives, is accepted, and turns into a deposit and a final invoice', async ({ app }) => {
  await app.seed((workspace) => makeClient(workspace))
  const page = await app.open()
  await startQuote(page)
  await writeLine(page, 1, 'Design of the shop', '1000')
  await writeLine(page, 2, 'Photographs', '200')
  await writeLine(page, 3, 'Printed menu, small', '300')
  await writeLine(page, 4, 'Printed menu, large', '500')
  await choose(page, 2, 'Make optional')
  await choose(page, 3, 'Make an alternative')
  await choose(page, 4, 'Make an alternative')
  // The design, and the first of the two menus: 1,300 and its tax.
  await expect(invoiceScreen(page).totals).toContainText('total £1,560.00')
  await page.getByRole('radio', { name: 'Line 4 is the one that counts' }).check()
  await expect(invoiceScreen(page).totals).toContainText('total £1,800.00')
  await expect(invoiceScreen(page).saving).toHaveAttribute('data-saving', 'saved')
  await expectDrawn(page)
  const number = await issueQuote(page)
  await expect(main(page)).toContainText('Open')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Subject' })).toHaveValue(new RegExp(number))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.getByRole('button', { name: 'Accepted', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Quote ${number} is accepted` })
  await dialog.getByRole('checkbox', { name: 'Photographs' }).check()
  await dialog.getByRole('radio', { name: 'Printed menu, small' }).check()
  await expect(dialog.getByRole('status')).toContainText('£1,800.00')
  await dialog.getByRole('textbox', { name: 'Who said so' }).fill('Rosa Wood')
  await dialog.getByRole('button', { name: 'Mark as accepted' }).click()
  await expect(dialog).toBeHidden()
  await expect(main(page)).toContainText('Accepted on')
  await expect(main(page)).toContainText('Rosa Wood')

  await page.getByRole('button', { name: 'Turn into invoice' }).click()
  const convert = page.getByRole('dialog', { name: `Turn ${number} into an invoice` })
  await convert.getByText('Deposit', { exact: true }).click()
  await convert.getByRole('textbox', { name: 'Deposit' }).fill('30')
  const sum = convert.getByRole('status', { name: 'This invoice' })
  await expect(sum).toContainText('£540.00')
  await expect(sum).toContainText('£1,260.00')
  await convert.getByRole('button', { name: 'Make draft invoice' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Draft for Rosewood Bakery' })).toBeVisible()
  await expect(invoiceScreen(page).totals).toContainText('amount due £540.00')
  await invoiceScreen(page).issue.click()
  await invoiceScreen(page).confirmIssue.click()
  await page.getByRole('link', { name: number, exact: true }).click()

  await expect(page.getByRole('list', { name: 'Invoices from this quote' })).toContainText('deposit of 30%')
  await page.getByRole('button', { name: 'Another invoice' }).click()
  await expect(sum).toContainText('£1,260.00')
  await convert.getByRole('button', { name: 'Make draft invoice' }).click()
  await expect(invoiceScreen(page).totals).toContainText('amount due £1,260.00')
  await goTo(page, '/quotes')
  await expect(page.getByRole('grid', { name: 'Quotes' }).getByRole('row').nth(1)).toContainText('Invoiced')
})

test('is declined with a reason, opened again, and revised; the list tells them apart', async ({ app }) => {
  await app.seed((workspace) => makeClient(workspace))
  const page = await app.open()
  await startQuote(page)
  await writeLine(page, 1, 'Consulting', '100')
  const number = await issueQuote(page)
  await decline(page, 'Rosa Wood')
  await expect(main(page)).toContainText('Declined by')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Take the decision back' }).click()
  await expect(page.getByRole('button', { name: 'Accepted', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Revise' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Draft for Rosewood Bakery' })).toBeVisible()
  const revision = await issueQuote(page)
  expect(revision).not.toBe(number)
  await expect(main(page).getByRole('link', { name: number, exact: true })).toBeVisible()

  await goTo(page, '/quotes')
  const states = page.getByRole('group', { name: 'Quotes by state' })
  await expect(states.getByRole('button', { name: 'All 2' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search quotes' }).fill(revision)
  await expect(page.getByRole('grid', { name: 'Quotes' }).getByRole('row')).toHaveCount(2)
})

test('keeps a draft through a kill, apart from the drafts of invoices', async ({ app }) => {
  await app.seed((workspace) => makeClient(workspace))
  const page = await app.open()
  await startQuote(page)
  await writeLine(page, 1, 'Consulting in November', '75.5')
  await expect(invoiceScreen(page).saving).toHaveAttribute('data-saving', 'saved')
  await app.kill()

  const again = await app.open()
  await goTo(again, '/quotes?filter=draft')
  await again.getByRole('grid', { name: 'Quotes' }).getByRole('row').nth(1).click()
  await expect(invoiceScreen(again).item(1)).toHaveValue('Consulting in November')
  await expect(invoiceScreen(again).price(1)).toHaveValue('75.50')
  await goTo(again, '/invoices')
  await expect(main(again).getByText(/^Your invoices will be here/)).toBeVisible()
})
