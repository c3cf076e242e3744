import type { Page } from '@playwright/test'
import { unitPriceOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeDraft, makeInvoice, makePayment, makeQuote } from '../support/factories.ts'
import type { Workspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

const rowsOf = (page: Page, grid: string) =>
  page
    .getByRole('grid', { name: grid, exact: true })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })

const seedInvoices = async (workspace: Workspace) => {
  const rosewood = await makeClient(workspace, 'Rosewood Bakery')
  const oakline = await makeClient(workspace, 'Oakline Dental')
  const paid = await makeInvoice(workspace, rosewood, { reference: 'PO-1' })
  await makeInvoice(workspace, oakline, { reference: 'PO-2' })
  await makeDraft(workspace, oakline)
  await makeQuote(workspace, rosewood)
  await makePayment(workspace, rosewood, '30', [{ invoiceId: paid.id, amount: '20' }])
  await workspace.call('items.create', { name: 'Hour', priceE6: unitPriceOf('80') })
  const tag = await workspace.call('tags.create', { name: 'Urgent', color: 'red' })
  await workspace.call('tags.assign', { tagId: tag.id, entity: 'invoice', entityIds: [paid.id], on: true })
  return { tag }
}

/** Chooses from a list of choices by typing its beginning, with the keyboard alone. */
const choose = async (page: Page, field: string, text: string) => {
  const input = page.getByRole('combobox', { name: field })
  await input.focus()
  await input.fill(text)
  await page.getByRole('option', { name: text, exact: true }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

test('a filter is put together by keyboard, said in words, kept in the address, and undone piece by piece', async ({
  app,
}) => {
  await app.seed(seedInvoices)
  const page = await app.open()
  await goTo(page, '/invoices')
  await expect(rowsOf(page, 'Invoices')).toHaveCount(3)
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog', { name: 'Filter invoices' })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Show invoices' }).press('Enter')
  await expect(dialog.getByText('Enter what to look for.')).toBeVisible()
  await choose(page, 'Field of condition 1', 'Client')
  await dialog.getByRole('textbox', { name: 'Value of condition 1' }).fill('rose')
  await dialog.getByRole('button', { name: 'Add condition' }).press('Enter')
  await choose(page, 'Field of condition 2', 'Reference')
  await dialog.getByRole('textbox', { name: 'Value of condition 2' }).fill('PO-2')
  await dialog.getByText('Any of these').click()
  await dialog.getByRole('textbox', { name: 'Value of condition 2' }).press('Enter')
  await expect(dialog).toBeHidden()

  const chips = page.getByRole('list', { name: 'Active filter' })
  await expect(chips).toContainText('Client contains “rose”orReference contains “PO-2”')
  await expect(rowsOf(page, 'Invoices')).toHaveCount(2)
  expect(decodeURIComponent(page.url())).toContain('where=all:any(clientName.contains.rose,reference.contains.PO-2)')

  await page.reload()
  await expect(rowsOf(page, 'Invoices')).toHaveCount(2)
  await chips.getByRole('button', { name: 'Remove: Reference contains “PO-2”' }).click()
  await expect(rowsOf(page, 'Invoices')).toHaveCount(1)
  await chips.getByRole('button', { name: 'Clear filter' }).click()
  await expect(rowsOf(page, 'Invoices')).toHaveCount(3)
  await expect(chips).toBeHidden()
})

test('amounts, dates from today and tags are filtered by, and the builder opens with what is on', async ({ app }) => {
  const { tag } = await app.seed(seedInvoices)
  const page = await app.open()
  await goTo(page, `/invoices?where=all:all(tag.is.${tag.id})`)
  await expect(rowsOf(page, 'Invoices')).toHaveCount(1)
  await expect(page.getByRole('list', { name: 'Active filter' })).toContainText('Tag is Urgent')
  await goTo(page, '/invoices?where=all:all(issuedOn.at-least.today-1)all(total.more.100000)')
  await expect(page.getByText('No invoice matches these filters.')).toBeVisible()
  await page.getByRole('button', { name: 'Filter (2)' }).click()
  const dialog = page.getByRole('dialog', { name: 'Filter invoices' })
  await expect(dialog.getByLabel('Value of condition 1 of group 1, days')).toHaveValue('1')
  await expect(dialog.getByLabel('Value of condition 1 of group 2')).toHaveValue('100,000.00')
  await dialog.getByText('or', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Show invoices' }).click()
  await expect(rowsOf(page, 'Invoices')).toHaveCount(3)
})

test('every list is filtered', async ({ app }) => {
  await app.seed(seedInvoices)
  const page = await app.open()
  const lists = [
    ['/quotes', 'Quotes', 'clientName.contains.rose', 'Client contains “rose”', 1],
    ['/payments', 'Payments', 'amount.at-most.30', 'Amount is at most 30.00', 1],
    ['/clients', 'Clients', 'name.begins-with.Oak', 'Name begins with “Oak”', 1],
    ['/items', 'Items', 'kind.is.service', 'Kind is Service', 1],
  ] as const
  for (const [path, grid, condition, words, count] of lists) {
    await goTo(page, `${path}?where=all:all(${condition})`)
    await expect(page.getByRole('list', { name: 'Active filter' })).toContainText(words)
    await expect(rowsOf(page, grid)).toHaveCount(count)
  }
  await goTo(page, '/credit-notes?where=all:all(credit.more.5)')
  await expect(page.getByText('No credit note matches these filters.')).toBeVisible()
})

test('a view is shared, kept to oneself again, and opened by its link', async ({ app }) => {
  await app.seed(seedInvoices)
  const page = await app.open()
  await goTo(page, '/invoices?where=all:all(clientName.contains.rose)')
  await expect(rowsOf(page, 'Invoices')).toHaveCount(1)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Bakery')
  await page.getByRole('checkbox', { name: 'Share with everybody in this business' }).check()
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('button', { name: 'Bakery', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: 'Bakery (shared)' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Keep it to myself' }).click()
  await expect(page.getByText('View “Bakery” is yours alone.')).toBeVisible()
  if (app.host === 'web') await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Bakery', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy link to what is shown' }).click()
  await expect(page.getByText(/^Link copied/)).toBeVisible()

  await goTo(page, '/clients')
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Control+v')
  await expect(page.getByRole('option', { name: /Open this link/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Active filter' })).toContainText('Client contains “rose”')
  await expect(rowsOf(page, 'Invoices')).toHaveCount(1)
})
