import { makeClient } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { countInput } from './support/input-counter.ts'
import { expectAmountDue, expectDrawn, invoiceScreen } from './support/invoice-screen.ts'
import { copyCells, tabTo } from './support/keyboard.ts'

test('leads from the first run to a paid invoice by keyboard', async ({ app }) => {
  const page = await app.open()
  const screen = invoiceScreen(page)
  const { keyboard } = page
  await expect(page.getByRole('textbox', { name: 'Business name' })).toBeFocused()
  await copyCells(page, [
    ['Poster, A1', '12', '8.25'],
    ['Price cards', '40', '0.75'],
    ['Setting up, by the hour', '2.5', '48'],
  ])
  const counts = await countInput(page)
  await expect(page.getByRole('textbox', { name: 'Business name' })).toBeFocused()
  await keyboard.type('Linden Studio')
  await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('United Kingdom')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Filled in for United Kingdom' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'What your invoices say of you' })).toBeFocused()
  await keyboard.press('Enter')

  await expect(screen.client).toBeFocused()
  await keyboard.type('Rosewood Bakery')
  await expect(page.getByRole('option', { name: /Create client “Rosewood Bakery”/ })).toBeVisible()
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New client' })
  await expect(dialog.getByRole('textbox', { name: 'E-mail' })).toBeFocused()
  await keyboard.type('accounts@rosewood.example')
  await keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(screen.title).toHaveText('Draft for Rosewood Bakery')

  await expect(screen.item(1)).toBeFocused()
  await keyboard.type('Shop window design')
  await tabTo(page, screen.quantity(1), { most: 1 })
  await keyboard.type('3')
  await tabTo(page, screen.price(1), { most: 2 })
  await keyboard.type('120.50')
  await keyboard.press('Enter')
  await expect(screen.item(2)).toBeFocused()
  await keyboard.type('Delivery')
  await tabTo(page, screen.price(2), { most: 3 })
  await keyboard.type('15')
  await expectAmountDue(page, '£451.80')

  // Three more from a spreadsheet.
  await keyboard.press('Enter')
  await expect(screen.item(3)).toBeFocused()
  await keyboard.press('ControlOrMeta+v')
  await expect(screen.lines).toHaveCount(5)
  await expect(screen.item(5)).toHaveValue('Setting up, by the hour')
  await expectAmountDue(page, '£750.60')
  await expectDrawn(page)

  await keyboard.press('Control+Enter')
  await expect(screen.confirmIssue).toBeFocused()
  await keyboard.press('Enter')
  await expect(screen.title).toHaveText(/^INV-\d{4}-0001$/)
  await expectDrawn(page)

  await keyboard.press('Control+k')
  await keyboard.type('record payment of')
  await expect(page.getByRole('option', { name: /^Record a payment of INV-/ })).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Amount received' })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Amount received' })).toHaveValue('750.60')
  await tabTo(page, page.getByRole('textbox', { name: 'Reference' }), { most: 4 })
  await keyboard.type('RF18 5390')
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
  await keyboard.type('gi')
  await expect(page.getByRole('heading', { level: 1, name: 'Invoices' })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Invoices' }).getByRole('row').nth(1)).toContainText('Paid')

  expect((await counts()).clicks, 'presses of the mouse').toBe(0)
})

test('finds everything by its name, typos forgiven, and lists its keys', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeClient(workspace, 'Rosewood Bakery')
    await makeClient(workspace, 'Harbour Books')
  })
  const page = await app.open()
  const { keyboard } = page
  const counts = await countInput(page)
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()

  await keyboard.press('Control+k')
  const palette = page.getByRole('combobox', { name: /^Search clients/ })
  await expect(palette).toBeFocused()
  await keyboard.type('Roswood Bakrey')
  await expect(page.getByRole('option', { name: /^Rosewood Bakery/ }).first()).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Rosewood Bakery', level: 1 })).toBeVisible()

  await keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help.getByRole('listitem').filter({ hasText: 'New invoice' })).toContainText('N')
  await expect(help.getByRole('listitem').filter({ hasText: 'Search everything' })).toContainText('CtrlK')
  await keyboard.press('Escape')
  await expect(help).toBeHidden()

  // Each place by its two letters.
  for (const [keys, title] of [
    ['gi', 'Invoices'],
    ['gc', 'Clients'],
    ['gt', 'Items'],
    ['gp', 'Payments'],
    ['go', 'Outbox'],
    ['gh', 'Home'],
  ] as const) {
    await keyboard.type(keys)
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  }

  await keyboard.press('n')
  await expect(invoiceScreen(page).client).toBeFocused()
  await keyboard.press('Control+k')
  await keyboard.type('setings')
  await expect(page.getByRole('option', { name: /Settings/ }).first()).toBeVisible()
  expect((await counts()).clicks, 'presses of the mouse').toBe(0)
})
