import { expect, test } from './support/app.ts'
import { downloadBy } from './support/download.ts'
import { countInput } from './support/input-counter.ts'
import { expectAmountDue, expectDrawn, invoiceScreen } from './support/invoice-screen.ts'

test('leads from the first run to a paid invoice by mouse', async ({ app }) => {
  const page = await app.open()
  const screen = invoiceScreen(page)
  const { keyboard } = page
  await expect(page.getByRole('heading', { name: 'Set up your business' })).toBeVisible()
  const counts = await countInput(page)

  // The first field is ready to be typed in, the country is guessed.
  await expect(page.getByRole('textbox', { name: 'Business name' })).toBeFocused()
  await keyboard.type('Linden Studio')
  await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('United Kingdom')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Filled in for United Kingdom' })).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Write my first invoice' }).click()

  await expect(screen.client).toBeFocused()
  await keyboard.type('Rosewood Bakery')
  await page.getByRole('option', { name: /Create client “Rosewood Bakery”/ }).click()
  const dialog = page.getByRole('dialog', { name: 'New client' })
  await expect(dialog.getByRole('textbox', { name: 'E-mail' })).toBeFocused()
  await keyboard.type('accounts@rosewood.example')
  await dialog.getByRole('button', { name: 'Create client' }).click()
  await expect(screen.title).toHaveText('Draft for Rosewood Bakery')

  await screen.item(1).click()
  await keyboard.type('Shop window design')
  await screen.quantity(1).click()
  await keyboard.type('3')
  await screen.price(1).click()
  await keyboard.type('120.50')
  await expectAmountDue(page, '£433.80')
  // The first of all: what draws it is only read now.
  await expect(screen.firstPage).toBeVisible({ timeout: 45_000 })
  await expectDrawn(page)
  const { clicks } = await counts()
  expect(clicks, 'clicks from first run to the first PDF').toBeLessThanOrEqual(12)
  test.info().annotations.push({ type: 'clicks to the first PDF', description: String(clicks) })

  await screen.addLine.click()
  await keyboard.type('Delivery')
  await screen.price(2).click()
  await keyboard.type('15')
  await expectAmountDue(page, '£451.80')

  await screen.issue.click()
  await expect(page.getByRole('dialog')).toContainText('£451.80')
  await screen.confirmIssue.click()
  await expect(screen.title).toHaveText(/^INV-\d{4}-0001$/)
  const number = (await screen.title.textContent()) ?? ''
  await expectDrawn(page)
  const file = await downloadBy(app, () => page.getByRole('button', { name: 'Download PDF' }).click())
  expect(file.name).toContain(number)
  expect(file.bytes.subarray(0, 5).toString()).toBe('%PDF-')

  await page.getByRole('link', { name: 'Record payment' }).first().click()
  await expect(page.getByRole('textbox', { name: 'Amount received' })).toHaveValue('451.80')
  await page.getByRole('button', { name: /^Record payment/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
  await page.getByRole('list', { name: 'Invoices it pays' }).getByRole('link', { name: number }).click()
  await expect(screen.title).toHaveText(number)
  await expect(page.getByRole('main').getByText('Paid', { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('list', { name: 'Payments' })).toContainText('£451.80')
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await expect(page.getByRole('main')).toContainText('£451.80')

  expect((await counts()).commandKeys, 'keys that are no text').toBe(0)
})
