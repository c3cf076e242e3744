import PostalMime from 'postal-mime'
import { addDays } from '../../shared/dates.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { startSmtpServer } from '../support/smtp-server.ts'
import type { Workspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { downloadBy } from './support/download.ts'
import { goTo } from './support/second-window.ts'

const todayOf = async (workspace: Workspace) => (await workspace.call('setup.state', {})).today

/** Rosewood owes 180 since 40 days and 120 that is not due, Alder 240 since 100 days and has no address. */
const seedOwed = async (workspace: Workspace) => {
  const today = await todayOf(workspace)
  const rosewood = await makeClient(workspace)
  const alder = (await workspace.call('clients.create', { name: 'Alder Works' })).id
  const of = (clientId: string, due: number, price: string) => {
    const issuedOn = addDays(today, Math.min(due, 0))
    return makeInvoice(workspace, clientId, { issuedOn, dueOn: addDays(today, due), lines: [line({ price })] })
  }
  const late = await of(rosewood, -40, '200')
  const open = await of(rosewood, 14, '100')
  await of(alder, -100, '200')
  await workspace.call('payments.create', {
    clientId: rosewood,
    receivedOn: today,
    currency: 'GBP',
    amountE4: amountOf('60'),
    allocations: [{ invoiceId: late.id, amountE4: amountOf('60') }],
  })
  return { today, rosewood, late: late.number, open: open.number }
}

const withMail = (port: number) => async (workspace: Workspace) => {
  await workspace.call('mail.saveAccount', {
    fromName: 'Linden Ltd',
    fromAddress: 'ada@linden.example',
    replyTo: null,
    host: '127.0.0.1',
    port,
    security: 'none',
    userName: null,
    version: null,
  })
  return await seedOwed(workspace)
}

test('what is owed by age as of any day, down to the invoices', async ({ app }) => {
  const { today, late } = await app.seed(seedOwed)
  const page = await app.open()
  await page.getByRole('link', { name: 'by age' }).click()
  const owed = page.getByRole('table', { name: 'What is owed by age' })
  await expect(owed.getByRole('row', { name: /^GBP/ })).toContainText(/120\.00.*180\.00.*240\.00.*540\.00/)
  const grid = page.getByRole('grid', { name: 'Aged receivables' })
  await grid.getByRole('row', { name: /Rosewood/ }).click()
  const behind = page.getByRole('region', { name: 'Rosewood Bakery, GBP' })
  await expect(behind.getByRole('row', { name: /^Sum/ })).toContainText('300.00')
  await expect(behind.getByRole('row', { name: new RegExp(late) })).toContainText('40 days overdue')

  // Fifty days ago the invoice that was due forty days ago was not there yet.
  await goTo(page, `/reports/aged?on=${addDays(today, -50)}`)
  await expect(owed.getByRole('row', { name: /^GBP/ })).toContainText('240.00')
  await expect(grid.getByRole('row', { name: /Rosewood/ })).toHaveCount(0)
  const file = await downloadBy(app, () => page.getByRole('button', { name: 'CSV' }).click())
  expect(file.name).toBe(`aged-receivables-${addDays(today, -50)}.csv`)
  expect(file.bytes.toString('utf8')).toContain('Alder Works,GBP,0.00,0.00,240.00,0.00,0.00,240.00,0.00,240.00')
})

test('the statement of a client on its page, as a PDF, and by mail', async ({ app }) => {
  const server = await startSmtpServer()
  const { rosewood, late, open } = await app.seed(withMail(server.port))
  const page = await app.open()
  await goTo(page, `/clients/${rosewood}`)
  await page.getByRole('button', { name: 'Statement', exact: true }).click()
  const statement = page.getByRole('table', { name: 'Statement in GBP' })
  await expect(statement.getByRole('row', { name: new RegExp(late) })).toContainText(/240\.00.*240\.00/)
  await expect(statement.getByRole('row', { name: new RegExp(open) })).toBeVisible()
  await expect(statement.getByRole('row', { name: /Closing balance/ })).toContainText('£300.00')
  await expect(page.getByRole('table', { name: 'Open in GBP by age' })).toContainText('180.00')
  const pdf = await downloadBy(app, () => page.getByRole('button', { name: /^Save the statement in GBP/ }).click())
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')

  await page.getByRole('button', { name: 'Send the statement in GBP by mail' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send the statement' })
  await dialog.getByRole('textbox', { name: 'Subject' }).fill('Where we stand')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(dialog).toBeHidden()
  await server.waitFor(1)
  const mail = await PostalMime.parse(server.messages[0]?.raw ?? '')
  expect(mail.subject).toBe('Where we stand')
  expect(mail.attachments[0]?.mimeType).toBe('application/pdf')
  await server.stop()
})

test('statements to several clients at once, with a result for each; later where that is chosen', async ({ app }) => {
  const server = await startSmtpServer()
  await app.seed(withMail(server.port))
  const page = await app.open()
  await goTo(page, '/reports/aged')
  await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click()
  await page.getByRole('button', { name: 'Send statements…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send 2 statements' })
  const results = dialog.getByRole('list', { name: 'Statements to send' })
  await expect(results.getByRole('listitem').filter({ hasText: 'Alder Works' })).toContainText('No e-mail address')
  await dialog.getByRole('combobox', { name: 'When' }).click()
  await page.getByRole('option', { name: /^Tomorrow/ }).click()
  await dialog.getByRole('button', { name: 'Send 1 statement' }).click()
  await expect(results.getByRole('listitem').filter({ hasText: 'Rosewood' })).toContainText('In the outbox')
  await dialog.getByRole('link', { name: 'outbox' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Outbox' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Statement of Linden/ })).toBeVisible()
  expect(server.messages).toHaveLength(0)
  await server.stop()
})
