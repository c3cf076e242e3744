import type { Page } from '@playwright/test'
import { v7 } from 'uuid'
import { addDays } from '../../shared/dates.ts'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { zero } from '../../shared/money/scaled.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { startSmtpServer } from '../support/smtp-server.ts'
import type { Workspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

const todayOf = async (workspace: Workspace) => (await workspace.call('setup.state', {})).today

const lateInvoiceOf = async (workspace: Workspace, clientId: string, daysLate: number) => {
  const today = await todayOf(workspace)
  const dates = { issuedOn: addDays(today, -60), dueOn: addDays(today, -daysLate) }
  return await makeInvoice(workspace, clientId, { ...dates, paymentTermsDays: null })
}

const lateInvoice = async (workspace: Workspace, name: string, daysLate: number) =>
  await lateInvoiceOf(workspace, await makeClient(workspace, name), daysLate)

const saveAccount = (workspace: Workspace, port: number) =>
  workspace.call('mail.saveAccount', {
    version: null,
    fromName: 'Linden Ltd',
    fromAddress: 'ada@linden.example',
    replyTo: null,
    host: '127.0.0.1',
    port,
    security: 'none',
    userName: null,
  })

const savePlan = (workspace: Workspace) =>
  workspace.call('reminders.savePlan', {
    id: v7(),
    version: null,
    values: {
      name: 'Standard',
      isAutomatic: false,
      isDefault: true,
      leastOpenE4: zero,
      steps: [
        { id: v7(), days: 7, tone: 'firm', feePercentE6: percentOf('5'), feeAmountE4: null },
        { id: v7(), days: 21, tone: 'final', feePercentE6: null, feeAmountE4: null },
      ],
    },
  })

const remindersOf = (page: Page) => page.getByRole('region', { name: 'Reminders', exact: true })

test('proposes a plan, lets it be changed, and takes its removal back', async ({ app }) => {
  await app.seed(async () => undefined)
  const page = await app.open()
  await goTo(page, '/settings/reminders')
  await page.getByRole('button', { name: 'Use the standard plan' }).click()
  const plan = page.getByRole('article', { name: 'Reminder plan Standard' })
  await expect(plan).toContainText('Asks first')
  await expect(plan).toContainText('3 days before it is due')
  await page.getByRole('button', { name: 'Edit Standard' }).click()
  const form = page.getByRole('form', { name: 'Reminder plan Standard' })
  await form.getByRole('button', { name: 'Add a step' }).click()
  await expect(form.getByRole('list', { name: 'Steps around the due date' })).toContainText('21 days after')
  await form.getByRole('textbox', { name: 'Days of Step 4' }).fill('14')
  await form.getByRole('button', { name: 'Save the plan' }).click()
  await expect(form.getByRole('alert')).toHaveText('Two steps fall on the same day.')
  await form.getByRole('textbox', { name: 'Days of Step 4' }).fill('30')
  await form.getByRole('textbox', { name: 'Fee of Step 4 as an amount' }).fill('40')
  await form.getByRole('button', { name: 'Save the plan' }).click()
  await expect(plan).toContainText('30 days after it is due')
  await expect(plan).toContainText('fee of 40.00')
  await page.getByRole('button', { name: 'Delete Standard' }).click()
  await expect(page.getByRole('button', { name: 'Use the standard plan' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(plan).toContainText('30 days after it is due')
})

test('says on the invoice why none goes, sends it with its fee, stops and goes on', async ({ app }) => {
  const server = await startSmtpServer({})
  const invoice = await app.seed((workspace) => lateInvoice(workspace, 'Rosewood Bakery', 9))
  let page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await expect(remindersOf(page)).toContainText('There is no reminder plan yet.')
  await remindersOf(page).getByRole('link', { name: 'Make a plan' }).click()
  await page.getByRole('button', { name: 'Use the standard plan' }).click()
  await expect(page.getByRole('article', { name: 'Reminder plan Standard' })).toBeVisible()
  await goTo(page, `/invoices/${invoice.id}`)
  await expect(remindersOf(page)).toContainText('No mail account is set up to send it with.')
  await expect(remindersOf(page).getByRole('link', { name: 'Set up mail' })).toBeVisible()
  await app.close()

  await app.seed(async (workspace) => {
    await savePlan(workspace)
    await saveAccount(workspace, server.port)
  })
  page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await expect(remindersOf(page)).toContainText('late fee of £6.00')
  await remindersOf(page).getByRole('button', { name: 'Send now…' }).click()
  const dialog = page.getByRole('dialog', { name: `Remind of ${invoice.number}` })
  await expect(dialog).toContainText('accounts@example.com')
  await expect(dialog).toContainText('A late fee of £6.00 has been charged.')
  await dialog.getByRole('button', { name: 'Send and charge the fee' }).click()
  await expect(dialog).toBeHidden()
  await server.waitFor(1)
  const history = page.getByRole('list', { name: 'Reminders so far' })
  await expect(history).toContainText('Firm')
  await expect(history.getByRole('link', { name: 'Sent' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText(
    `Firm reminder of ${invoice.number}, late fee of £6.00`,
  )

  await page.getByRole('button', { name: 'More about reminders' }).click()
  await page.getByRole('menuitem', { name: 'Stop the reminders…' }).click()
  await page.getByRole('button', { name: 'In dispute' }).click()
  await page.getByRole('button', { name: 'Stop the reminders', exact: true }).click()
  await expect(remindersOf(page)).toContainText('Stopped: In dispute')
  await remindersOf(page).getByRole('button', { name: 'Let them go on' }).click()
  await expect(remindersOf(page)).toContainText('Final')

  await page.getByRole('button', { name: 'More about reminders' }).click()
  await page.getByRole('menuitem', { name: 'Leave this one out…' }).click()
  await page.getByRole('button', { name: 'Leave it out' }).click()
  await expect(remindersOf(page)).toContainText('Every step of “Standard” has had its turn.')
  await server.stop()
})

test('lists what is due from home, sends one by Enter and the rest with a result each', async ({ app }) => {
  const server = await startSmtpServer({})
  const { first, last } = await app.seed(async (workspace) => {
    await savePlan(workspace)
    await saveAccount(workspace, server.port)
    const oldest = await lateInvoice(workspace, 'Aldgate Surveyors', 30)
    await lateInvoice(workspace, 'Bexley Florists', 12)
    const without = await makeClient(workspace, 'Cedar Joinery')
    const { version } = await workspace.call('clients.get', { id: without })
    await workspace.call('clients.update', { id: without, version, email: null })
    return { first: oldest, last: await lateInvoiceOf(workspace, without, 9) }
  })
  const page = await app.open()
  await page.getByRole('link', { name: /^3 reminders are due/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reminders due')
  const grid = page.getByRole('grid', { name: 'Reminders due' })
  await expect(grid.getByRole('row')).toHaveCount(4)
  await grid.getByRole('row').nth(1).focus()
  await page.keyboard.press('Enter')
  const open = page.getByRole('complementary', { name: 'Reminder' })
  await expect(open).toContainText(`Final reminder: invoice ${first.number}`)
  await expect(open.getByRole('button', { name: /^Send/ })).toBeFocused()
  await page.keyboard.press('Enter')
  // The next one is open, ready for the next Enter.
  await expect(open.getByRole('heading', { name: 'Bexley Florists' })).toBeVisible()
  await expect(open.getByRole('button', { name: /^Send/ })).toBeFocused()
  await expect(grid.getByRole('row')).toHaveCount(3)

  await page.getByRole('button', { name: 'Send all…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send all that are due' })
  await dialog.getByRole('button', { name: 'Send one reminder' }).click()
  await expect(dialog.getByRole('row', { name: /Bexley Florists/ })).toContainText('Sent, late fee')
  await expect(dialog.getByRole('row', { name: /Cedar Joinery/ })).toContainText('Not sent: no e-mail address')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await server.waitFor(2)
  await expect(grid.getByRole('row')).toHaveCount(2)
  await expect(grid).toContainText(last.number)
  await server.stop()
})

test('gives a client a plan of its own', async ({ app }) => {
  const invoice = await app.seed(async (workspace) => {
    await savePlan(workspace)
    await workspace.call('reminders.savePlan', {
      id: v7(),
      version: null,
      values: {
        name: 'Patient',
        isAutomatic: false,
        isDefault: false,
        leastOpenE4: zero,
        steps: [{ id: v7(), days: 60, tone: 'friendly', feePercentE6: null, feeAmountE4: null }],
      },
    })
    return await lateInvoice(workspace, 'Rosewood Bakery', 9)
  })
  const page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await expect(remindersOf(page)).toContainText('By the plan Standard')
  await page.getByRole('main').getByRole('link', { name: 'Rosewood Bakery' }).first().click()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Reminders' }).click()
  await page.getByRole('option', { name: 'Patient, asks first' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await goTo(page, `/invoices/${invoice.id}`)
  await expect(remindersOf(page)).toContainText('By the plan Patient')
})
