import type { Page } from '@playwright/test'
import PostalMime from 'postal-mime'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { startSmtpServer } from '../support/smtp-server.ts'
import type { Workspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { downloadBy } from './support/download.ts'
import { expectDrawn } from './support/invoice-screen.ts'
import { fillMailAccount, password, userName } from './support/mail-settings.ts'

const users = { [userName]: password }
const seedInvoice = async (workspace: Workspace) => await makeInvoice(workspace, await makeClient(workspace))

const openInvoice = async (page: Page, number: string) => {
  await page.getByRole('link', { name: 'Invoices', exact: true }).click()
  await page
    .getByRole('grid', { name: 'Invoices' })
    .getByRole('row', { name: new RegExp(number) })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(number)
}

const saveAccount = async (page: Page, port: number) => {
  await fillMailAccount(page, port)
  await page.getByRole('form', { name: 'Mail account' }).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Remove the account' })).toBeVisible()
}

const send = async (page: Page) => {
  await page.getByRole('button', { name: /^Send( Ctrl Enter)?$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Send by mail' })
  await dialog.getByRole('button', { name: /^Send( Ctrl Enter)?$/ }).click()
  await expect(dialog).toBeHidden()
}

test('tests the account, sends an invoice, and the message arrives with the very PDF', async ({ app }) => {
  const closed = await startSmtpServer()
  await closed.stop()
  const server = await startSmtpServer({ users })
  const { number } = await app.seed(seedInvoice)
  const page = await app.open()

  // The wrong port first: the words say which step failed and what to look at.
  await fillMailAccount(page, closed.port)
  const result = page.getByRole('status', { name: 'Result of the test' })
  await page.getByRole('button', { name: 'Test the settings' }).click()
  await expect(result).toContainText('It does not work yet.')
  await expect(result).toContainText(`port ${closed.port}`)
  await expect(result.getByRole('img', { name: 'Failed' })).toHaveCount(1)

  await page.getByRole('textbox', { name: 'Port' }).fill(String(server.port))
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong')
  await page.getByRole('button', { name: 'Test the settings' }).click()
  await expect(result).toContainText(/password/i)

  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Test the settings' }).click()
  await expect(result).toContainText('It works')
  await page.getByRole('form', { name: 'Mail account' }).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Remove the account' })).toBeVisible()
  expect(server.messages).toHaveLength(0)

  await openInvoice(page, number)
  await expectDrawn(page)
  await expect(page.getByRole('main')).toContainText('Not sent')
  await page.getByRole('button', { name: /^Send( Ctrl Enter)?$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Send by mail' })
  await expect(dialog).toContainText('accounts@example.com')
  await expect(dialog.getByRole('textbox', { name: 'Message' })).toBeFocused()
  const subject = await dialog.getByRole('textbox', { name: 'Subject' }).inputValue()
  expect(subject).toContain(number)
  await expect(dialog).toContainText(`${number}.pdf`)
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog.getByRole('img', { name: /^Preview of .*page 1 of 1$/ })).toBeVisible()
  await dialog.getByRole('button', { name: /^Send( Ctrl Enter)?$/ }).click()
  await expect(dialog).toBeHidden()

  const [received] = await server.waitFor(1)
  await expect(page.getByRole('main')).toContainText(/Sent \d/)
  expect(received).toMatchObject({ from: userName, to: ['accounts@example.com'], user: userName })
  const mail = await PostalMime.parse(received?.raw ?? '')
  expect(mail.subject).toBe(subject)
  expect(mail.from).toMatchObject({ name: 'Linden Ltd', address: userName })
  expect(mail.text).toContain('£120.00')
  const file = await downloadBy(app, () => page.getByRole('button', { name: 'Download PDF' }).click())
  expect(mail.attachments.map(({ filename, mimeType }) => ({ filename, mimeType }))).toEqual([
    { filename: file.name, mimeType: 'application/pdf' },
  ])
  const content = mail.attachments[0]?.content ?? ''
  expect(Buffer.from(typeof content === 'string' ? content : new Uint8Array(content)).equals(file.bytes)).toBe(true)
  await server.stop()
})

test('keeps a message while the server is away, and sends it when it is back', async ({ app }) => {
  const server = await startSmtpServer({ users })
  const { number } = await app.seed(seedInvoice)
  const page = await app.open()
  await saveAccount(page, server.port)
  await server.stop()

  await openInvoice(page, number)
  await send(page)
  await expect(page.getByRole('main')).toContainText('Waiting to be sent')
  await page.getByRole('link', { name: /^Outbox/ }).click()
  const row = page.getByRole('grid', { name: 'Messages' }).getByRole('row').nth(1)
  await expect(row).toContainText('Waiting')
  await row.click()
  const message = page.getByRole('complementary', { name: 'Message' })
  await expect(message).toContainText(`port ${server.port}`)
  await expect(message).toContainText(/Next try/)

  const back = await startSmtpServer({ users, port: server.port })
  await message.getByRole('button', { name: 'Try now' }).click()
  expect(await back.waitFor(1)).toHaveLength(1)
  await expect(message).toContainText('The mail server took it')
  await expect(row).toContainText('Sent')
  await message.getByRole('link', { name: /^The invoice/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(number)
  await expect(page.getByRole('main')).toContainText(/Sent \d/)
  await back.stop()
})

test('a refused recipient is named, and the invoice is not called sent', async ({ app }) => {
  const refused = { 'accounts@example.com': { status: 550, text: '5.1.1 No such user here' } }
  const server = await startSmtpServer({ users, refuse: refused })
  const { number } = await app.seed(seedInvoice)
  const page = await app.open()
  await saveAccount(page, server.port)
  await openInvoice(page, number)
  await send(page)
  await expect(page.getByRole('main')).toContainText('Not delivered')
  await expect(page.getByRole('main')).not.toContainText(/Sent \d/)
  await page.getByRole('link', { name: /^Outbox.*failed/ }).click()
  const row = page.getByRole('grid', { name: 'Messages' }).getByRole('row').nth(1)
  await expect(row).toContainText('Failed')
  await row.click()
  const message = page.getByRole('complementary', { name: 'Message' })
  await expect(message).toContainText('accounts@example.com')
  await expect(message).toContainText('No such user here')
  expect(server.messages).toHaveLength(0)

  server.refuse({})
  await message.getByRole('button', { name: 'Try now' }).click()
  await expect(message).toContainText('The mail server took it')
  await server.stop()
})

test('schedules a message, cancels it, and notes that another arrived', async ({ app }) => {
  const server = await startSmtpServer({ users })
  const { number } = await app.seed(seedInvoice)
  const page = await app.open()
  await saveAccount(page, server.port)
  await openInvoice(page, number)
  await page.getByRole('button', { name: /^Send( Ctrl Enter)?$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Send by mail' })
  await dialog.getByText('Send later', { exact: true }).click()
  await dialog.getByLabel('Time at which it goes').fill('07:30')
  await dialog.getByRole('button', { name: /^Send later/ }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('link', { name: /^Outbox/ }).click()
  const rows = page.getByRole('grid', { name: 'Messages' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('Scheduled')
  await expect(rows.nth(1)).toContainText(/Goes out .*07:30/)
  await rows.nth(1).click()
  const message = page.getByRole('complementary', { name: 'Message' })
  await message.getByRole('button', { name: 'Cancel this message' }).click()
  await expect(message).toContainText('Cancelled')
  expect(server.messages).toHaveLength(0)

  await openInvoice(page, number)
  await send(page)
  await server.waitFor(1)
  await page.getByRole('link', { name: /^Outbox/ }).click()
  await rows.filter({ hasText: 'Sent' }).click()
  await message.getByRole('button', { name: 'It arrived' }).click()
  await page.getByRole('menuitem', { name: 'They answered it' }).click()
  await expect(message).toContainText('Arrived')
  await expect(message).toContainText('Answered, noted')
  await page.getByRole('combobox', { name: 'Kind of message' }).click()
  await page.getByRole('option', { name: 'Statement' }).click()
  await expect(page.getByText('No such message: statement.')).toBeVisible()
  await server.stop()
})

test('has a template for every kind and language, with a preview and a way back to the built-in text', async ({
  app,
}) => {
  await app.seed(async () => undefined)
  const page = await app.open()
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Mail templates' }).click()
  const kinds = page.getByRole('navigation', { name: 'Kinds of messages' })
  await expect(kinds.getByRole('button')).toHaveCount(7)
  await kinds.getByRole('button', { name: 'Firm reminder' }).click()
  const preview = page.getByRole('region', { name: 'Preview with invented values' })
  await expect(preview).toContainText('Invoice INV-0042 is overdue')
  const subject = page.getByRole('textbox', { name: 'Subject' })
  await subject.fill('Please pay ')
  await page.getByRole('button', { name: 'Number of the invoice' }).click()
  await expect(preview).toContainText('Please pay INV-0042')
  // Looking at another kind loses nothing of what is not saved.
  await kinds.getByRole('button', { name: 'Statement' }).click()
  await expect(preview).toContainText('£1,872.00')
  await kinds.getByRole('button', { name: 'Firm reminder' }).click()
  await expect(subject).toHaveValue('Please pay {{invoice.number}}')
  await page.getByRole('button', { name: 'Save the template' }).click()
  await expect(kinds.getByRole('button', { name: 'Firm reminder your text' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the built-in text' }).click()
  await expect(preview).toContainText('Invoice INV-0042 is overdue')
  await expect(kinds.getByRole('button', { name: 'Firm reminder', exact: true })).toBeVisible()
  await page.getByRole('combobox', { name: 'Language' }).click()
  await page.getByRole('option', { name: 'German (Germany)' }).click()
  await expect(preview).toContainText('Rechnung INV-0042 ist überfällig')
})
