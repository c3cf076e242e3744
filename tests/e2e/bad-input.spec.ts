import type { Locator, Page } from '@playwright/test'
import { unitPriceOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { invoiceScreen } from './support/invoice-screen.ts'
import { fillMailAccount } from './support/mail-settings.ts'
import { goTo } from './support/second-window.ts'

/** The problem stands at its field, the focus is there, and what was typed is still in it. */
const expectProblem = async (field: Locator, words: RegExp, typed: string) => {
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(words)
  await expect(field).toHaveValue(typed)
}

/** Opens a dialog by its button; it is ready once its first field has the focus. */
const openDialog = async (page: Page, button: string, title: string) => {
  await page.getByRole('button', { name: button }).first().click()
  const dialog = page.getByRole('dialog', { name: title })
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused()
  return dialog
}

const openTab = (page: Page, tab: string) =>
  page
    .getByRole('main')
    .getByRole('button', { name: new RegExp(`^${tab}`) })
    .click()

const required = /This is required/
const noAddress = /Enter an e-mail address, such as/

test('the first run names what is missing and keeps the rest', async ({ app }) => {
  const page = await app.open()
  const name = page.getByRole('textbox', { name: 'Business name' })
  await page.getByRole('button', { name: 'Continue' }).click()
  await expectProblem(name, required, '')
  await name.fill('x'.repeat(201))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expectProblem(name, /At most 200 characters/, 'x'.repeat(201))
  await name.fill('Linden Studio')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()

  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada Linden')
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada at linden')
  await page.getByRole('textbox', { name: 'Street address' }).fill('1 Mill Lane')
  await page.getByRole('button', { name: 'Go to Home' }).click()
  await expectProblem(page.getByRole('textbox', { name: 'E-mail' }), noAddress, 'ada at linden')
  await expect(page.getByRole('textbox', { name: 'Street address' })).toHaveValue('1 Mill Lane')
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@linden.example')
  await page.getByRole('button', { name: 'Go to Home' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
})

test('clients, contacts, notes and items say what is wrong where it is wrong', async ({ app }) => {
  const clientId = await app.seed(async (workspace) => {
    await workspace.call('items.create', { name: 'Consulting', code: 'C-1', priceE6: unitPriceOf('100') })
    return await makeClient(workspace)
  })
  const page = await app.open()
  await goTo(page, '/clients')
  const client = await openDialog(page, 'New client', 'New client')
  await client.getByRole('textbox', { name: 'E-mail' }).fill('no address')
  await client.getByRole('textbox', { name: 'Code', exact: true }).fill('C0001')
  await client.getByRole('button', { name: /^(Add|Create|Save)/ }).click()
  await expectProblem(client.getByRole('textbox', { name: 'Name', exact: true }), required, '')
  await expect(client.getByRole('textbox', { name: 'E-mail' })).toHaveAccessibleDescription(noAddress)
  await client.getByRole('textbox', { name: 'Name', exact: true }).fill('Harbour Books')
  await client.getByRole('button', { name: /^(Add|Create|Save)/ }).click()
  await expectProblem(client.getByRole('textbox', { name: 'E-mail' }), noAddress, 'no address')
  await client.getByRole('textbox', { name: 'E-mail' }).fill('books@harbour.example')
  await client.getByRole('button', { name: /^(Add|Create|Save)/ }).click()
  // Only the books know that the code is taken.
  await expectProblem(
    client.getByRole('textbox', { name: 'Code', exact: true }),
    /already one with the same code/,
    'C0001',
  )
  await expect(client.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Harbour Books')
  await page.keyboard.press('Escape')

  await goTo(page, `/clients/${clientId}`)
  await openTab(page, 'Contacts')
  const contact = await openDialog(page, 'Add contact', 'New contact')
  await contact.getByRole('textbox', { name: 'E-mail' }).fill('@')
  await contact.getByRole('textbox', { name: 'Role' }).fill('Accounts')
  await contact.getByRole('button', { name: 'Add contact' }).click()
  await expectProblem(contact.getByRole('textbox', { name: 'Name' }), required, '')
  await contact.getByRole('textbox', { name: 'Name' }).fill('Bo')
  await contact.getByRole('button', { name: 'Add contact' }).click()
  await expectProblem(contact.getByRole('textbox', { name: 'E-mail' }), noAddress, '@')
  await expect(contact.getByRole('textbox', { name: 'Role' })).toHaveValue('Accounts')
  await page.keyboard.press('Escape')

  await openTab(page, 'Notes')
  const note = page.getByRole('form', { name: 'New note' })
  await note.getByText('Follow-up').click()
  await note.getByRole('textbox', { name: 'Follow up on' }).fill('31 February')
  await note.getByRole('button', { name: 'Add note' }).click()
  await expectProblem(note.getByRole('textbox', { name: 'Follow up on' }), /Enter a date, such as/, '31 February')
  await note.getByRole('textbox', { name: 'Follow up on' }).fill('+7')
  await note.getByRole('button', { name: 'Add note' }).click()
  await expectProblem(note.getByRole('textbox', { name: 'Note' }), /\w/, '')

  await goTo(page, '/items')
  const item = await openDialog(page, 'New item', 'New item')
  await item.getByRole('textbox', { name: 'Code' }).fill('C-1')
  await item.getByRole('textbox', { name: 'Price' }).fill('a lot')
  await item.getByRole('button', { name: /^(Add|Create|Save)/ }).click()
  await expectProblem(item.getByRole('textbox', { name: 'Price' }), /Enter a number, such as/, 'a lot')
  await item.getByRole('textbox', { name: 'Price' }).fill('1.2.3')
  await item.getByRole('button', { name: /^(Add|Create|Save)/ }).click()
  await expectProblem(item.getByRole('textbox', { name: 'Price' }), /marks decimals/, '1.2.3')
  await item.getByRole('textbox', { name: 'Price' }).fill('12.50')
  await item.getByRole('button', { name: /^(Add|Create|Save)/ }).click()
  await expectProblem(item.getByRole('textbox', { name: 'Name' }), required, '')
  await item.getByRole('textbox', { name: 'Name' }).fill('Survey')
  await item.getByRole('button', { name: /^(Add|Create|Save)/ }).click()
  await expectProblem(item.getByRole('textbox', { name: 'Code' }), /already one with the same code/, 'C-1')
})

test('settings refuse nonsense at its field', async ({ app }) => {
  await app.seed(async () => undefined)
  const page = await app.open()
  await goTo(page, '/settings/taxes')
  const rate = await openDialog(page, 'New rate', 'New tax rate')
  await rate.getByRole('textbox', { name: 'Rate' }).fill('lots')
  await rate.getByRole('button', { name: 'Add rate' }).click()
  await expectProblem(rate.getByRole('textbox', { name: 'Rate' }), /Enter a number/, 'lots')
  await rate.getByRole('textbox', { name: 'Rate' }).fill('1001')
  await rate.getByRole('textbox', { name: 'In force from' }).fill('2027-01-01')
  await rate.getByRole('textbox', { name: 'In force until' }).fill('2026-01-01')
  await rate.getByRole('button', { name: 'Add rate' }).click()
  await expectProblem(rate.getByRole('textbox', { name: 'Name' }), required, '')
  await rate.getByRole('textbox', { name: 'Name' }).fill('VAT new')
  await rate.getByRole('button', { name: 'Add rate' }).click()
  await expectProblem(rate.getByRole('textbox', { name: 'Rate' }), /cannot be above/, '1,001')
  await rate.getByRole('textbox', { name: 'Rate' }).fill('21')
  await rate.getByRole('button', { name: 'Add rate' }).click()
  await expectProblem(rate.getByRole('textbox', { name: 'In force until' }), /\w/, '1 Jan 2026')
  await page.keyboard.press('Escape')

  await goTo(page, '/settings/business')
  const business = page.getByRole('form', { name: 'Business' })
  await business.getByRole('textbox', { name: 'Legal name' }).fill('')
  await business.getByRole('textbox', { name: 'E-mail', exact: true }).fill('studio@')
  await business.getByRole('button', { name: 'Save' }).click()
  await expectProblem(business.getByRole('textbox', { name: 'Legal name' }), required, '')
  await expect(business.getByRole('textbox', { name: 'E-mail', exact: true })).toHaveAccessibleDescription(noAddress)
  await business.getByRole('button', { name: 'Discard' }).click()
  await expect(business.getByRole('textbox', { name: 'Legal name' })).toHaveValue('Linden Ltd')

  await goTo(page, '/settings/numbering')
  const numbering = page.getByRole('form', { name: 'Numbering of invoices' })
  const pattern = numbering.getByRole('textbox', { name: 'Number pattern' })
  await pattern.fill('INV-{YYYY}')
  await numbering.getByRole('button', { name: 'Save' }).click()
  await expectProblem(pattern, /counter|\{0000\}/, 'INV-{YYYY}')
  await pattern.fill('INV-{NOPE}-{0000}')
  await numbering.getByRole('button', { name: 'Save' }).click()
  await expectProblem(pattern, /NOPE/, 'INV-{NOPE}-{0000}')
  await numbering.getByRole('button', { name: 'Discard' }).click()

  await fillMailAccount(page, 99_999)
  const mail = page.getByRole('form', { name: 'Mail account' })
  await mail.getByRole('button', { name: 'Save' }).click()
  await expectProblem(mail.getByRole('textbox', { name: 'Port' }), /between 1 and 65535/, '99999')
  await mail.getByRole('textbox', { name: 'Port' }).fill('twenty-five')
  await mail.getByRole('button', { name: 'Save' }).click()
  await expectProblem(mail.getByRole('textbox', { name: 'Port' }), /\w/, 'twenty-five')
  await mail.getByRole('textbox', { name: 'Port' }).fill('25')
  await mail.getByRole('textbox', { name: 'Mail server' }).fill('my mail server')
  await mail.getByRole('textbox', { name: 'E-mail address' }).fill('studio')
  await mail.getByRole('button', { name: 'Test the settings' }).click()
  await expectProblem(mail.getByRole('textbox', { name: 'E-mail address' }), noAddress, 'studio')
  await mail.getByRole('textbox', { name: 'E-mail address' }).fill('studio@linden.example')
  await mail.getByRole('button', { name: 'Save' }).click()
  await expectProblem(mail.getByRole('textbox', { name: 'Mail server' }), /name of the mail server/, 'my mail server')
})

test('an invoice is not issued with nonsense on it, and keeps it for correction', async ({ app }) => {
  const { empty, draft } = await app.seed(async (workspace) => ({
    empty: await makeDraft(workspace, null, { lines: [] }),
    draft: await makeDraft(workspace, await makeClient(workspace), { lines: [line({ name: 'Consulting' })] }),
  }))
  const page = await app.open()
  const screen = invoiceScreen(page)
  await goTo(page, `/invoices/${empty.id}`)
  await expect(screen.client).toBeVisible()
  await screen.issue.click()
  await expectProblem(screen.client, /\w/, '')

  await goTo(page, `/invoices/${draft.id}`)
  await expect(screen.title).toHaveText('Draft for Rosewood Bakery')
  for (const [field, typed, words, right] of [
    [screen.quantity(1), 'two', /Enter a number/, '2'],
    [screen.price(1), '12,5,0', /thousands|number/, '12.50'],
    [screen.price(1), '9'.repeat(30), /too large/, '12.50'],
    [page.getByRole('textbox', { name: 'Invoice date' }), '31/2', /Enter a date/, 't'],
    [page.getByRole('textbox', { name: 'Due date' }), 'soon', /Enter a date/, '+14'],
    [page.getByRole('textbox', { name: 'Already paid' }), '1.234', /At most 2 decimals/, '0'],
  ] as const) {
    await field.fill(typed)
    await screen.issue.click()
    await expectProblem(field, words, typed)
    await field.fill(right)
  }
  await screen.item(1).fill('')
  await screen.issue.click()
  await expectProblem(screen.item(1), /\w/, '')
  await screen.item(1).fill('Consulting')
  await page.getByRole('textbox', { name: 'Due date' }).fill('2020-01-01')
  await screen.issue.click()
  await expectProblem(page.getByRole('textbox', { name: 'Due date' }), /\w/, '1 Jan 2020')
  await page.getByRole('textbox', { name: 'Due date' }).fill('+14')
  await screen.issue.click()
  await screen.confirmIssue.click()
  await expect(screen.title).toHaveText(/^INV-/)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Make void' }).click()
  const reason = page.getByRole('dialog').getByRole('textbox', { name: 'Reason' })
  await expect(reason).toBeFocused()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Make INV-.* void$/ })
    .click()
  await expectProblem(reason, /Say why/, '')
})

test('a payment never gives an invoice more than is open, nor more than was received', async ({ app }) => {
  const { first, second } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    return { first: await makeInvoice(workspace, clientId), second: await makeInvoice(workspace, clientId) }
  })
  const page = await app.open()
  await goTo(page, '/payments/new')
  const record = page.getByRole('button', { name: /^Record payment/ })
  const received = page.getByRole('textbox', { name: 'Amount received' })
  const client = page.getByRole('combobox', { name: 'Client' })
  await expect(client).toBeVisible()
  await received.fill('50')
  await record.click()
  await expectProblem(client, /who paid/, '')
  await client.fill('Rosewood')
  await page.getByRole('option', { name: /Rosewood Bakery/ }).click()
  await received.fill('fifty')
  await record.click()
  await expectProblem(received, /Enter a number/, 'fifty')
  await received.fill('')
  await record.click()
  await expectProblem(received, /Enter the amount/, '')
  await received.fill('150')
  await expect(page.getByRole('textbox', { name: `Amount for ${first.number}` })).toHaveValue('120.00')
  const part = page.getByRole('textbox', { name: `Amount for ${second.number}` })
  await expect(part).toHaveValue('30.00')

  // More than is open on the invoice.
  await part.fill('120.01')
  await expect(part).toHaveAccessibleDescription(/More than is open/)
  await page.keyboard.press('Control+Enter')
  await expectProblem(part, /More than is open/, '120.01')
  // More than came in.
  await part.fill('30.01')
  await expect(page.getByRole('status', { name: 'Left over' })).toContainText('More is allocated than was received')
  await record.click()
  await expect(page.getByRole('textbox', { name: `Amount for ${first.number}` })).toBeFocused()
  await expect(part).toHaveValue('30.01')
  await page.getByRole('button', { name: 'Oldest first' }).click()
  await expect(part).toHaveValue('30.00')
  await record.click()
  await expect(page.getByRole('list', { name: 'Invoices it pays' }).getByRole('listitem')).toHaveCount(2)
})
