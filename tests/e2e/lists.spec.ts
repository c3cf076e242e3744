import type { Page } from '@playwright/test'
import { v7 } from 'uuid'
import { addDays } from '../../shared/dates.ts'
import { zero } from '../../shared/money/scaled.ts'
import { makeCreditDraft } from '../support/credit-inputs.ts'
import { contentFor, makeClient, makeInvoice, makeQuote } from '../support/factories.ts'
import type { Workspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

const toast = (page: Page, text: string | RegExp) => page.getByRole('region', { name: 'Messages' }).getByText(text)
const undo = (page: Page) => page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).last()
const sum = (page: Page) => page.getByRole('status', { name: 'Sum of the list' })
const selectAll = async (page: Page, grid: string) => {
  await page.getByRole('grid', { name: grid }).getByRole('row').nth(1).focus()
  await page.keyboard.press('Control+a')
}

const makeSchedule = async (workspace: Workspace, clientId: string, name: string) => {
  const { today } = await workspace.call('setup.state', {})
  await workspace.call('recurringInvoices.create', {
    id: v7(),
    values: {
      name,
      unit: 'month',
      every: 1,
      anchor: 'same-day',
      startsOn: addDays(today, 20),
      endsOn: null,
      count: null,
      action: 'draft',
      prices: 'fixed',
      catchUp: 'ask',
      content: await contentFor(workspace, clientId),
    },
  })
}

test('recurring invoices are tagged, filtered, the view saved, paused and deleted with a way back', async ({ app }) => {
  await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    for (const name of ['Hosting', 'Support', 'Newsletter']) await makeSchedule(workspace, clientId, name)
  })
  const page = await app.open()
  await goTo(page, '/recurring')
  const grid = page.getByRole('grid', { name: 'Recurring invoices' })
  await expect(sum(page)).toHaveText('£360.00 a period')
  await expect(page.getByText('3 in all')).toBeVisible()

  await page.getByRole('searchbox', { name: 'Search recurring invoices' }).fill('host')
  await expect(grid.getByRole('row')).toHaveCount(2)
  await grid.getByRole('row').nth(1).focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByRole('combobox', { name: 'Tag' }).fill('Retainer')
  await page.getByRole('option', { name: 'Create tag “Retainer”' }).click()
  await page.getByRole('button', { name: 'Put on' }).click()
  await expect(toast(page, '1 recurring invoice tagged Retainer.')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search recurring invoices' }).fill('')
  await expect(grid.getByText('Retainer')).toHaveCount(1)

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const builder = page.getByRole('dialog', { name: /^Filter/ })
  await builder.getByRole('combobox').first().click()
  await page.getByRole('option', { name: 'Name', exact: true }).click()
  await builder.getByRole('textbox').last().fill('s')
  await builder.getByRole('button', { name: /^(Apply|Show)/ }).click()
  await expect(page.getByRole('list', { name: 'Active filter' })).toContainText('Name contains “s”')
  await expect(page).toHaveURL(/where=/)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('With an s')
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByRole('button', { name: 'With an s' })).toBeVisible()

  await page.getByRole('button', { name: /^Clear$/ }).click()
  await selectAll(page, 'Recurring invoices')
  await page.getByRole('button', { name: 'Pause 3' }).click()
  await expect(toast(page, '3 recurring invoices are paused.')).toBeVisible()
  await expect(grid.getByText('Paused')).toHaveCount(3)
  await undo(page).click()
  await expect(grid.getByText('Paused')).toHaveCount(0)
  await selectAll(page, 'Recurring invoices')
  await page.getByRole('button', { name: 'Delete 3' }).click()
  await expect(grid).toBeHidden()
  await undo(page).click()
  await expect(grid.getByRole('row')).toHaveCount(4)
})

test('documents are marked as sent by hand, one and several, and the lists say what they come to', async ({ app }) => {
  const { invoiceId, creditNoteId } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId)
    for (let count = 0; count < 2; count += 1) await makeQuote(workspace, clientId)
    const note = await workspace.call('creditNotes.issue', await makeCreditDraft(workspace, clientId))
    return { invoiceId: invoice.id, creditNoteId: note.id }
  })
  const page = await app.open()
  await goTo(page, `/invoices/${invoiceId}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Mark as sent…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Mark INV-.* as sent$/ })
  await dialog.getByRole('combobox', { name: 'How' }).click()
  await page.getByRole('option', { name: 'Handed over' }).click()
  await dialog.getByRole('textbox', { name: 'Note' }).fill('To Ann at the counter')
  await dialog.getByRole('button', { name: 'Mark as sent' }).click()
  await expect(page.getByText(/^Sent .* by hand$/)).toBeVisible()
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('To Ann at the counter')
  await undo(page).click()
  await expect(page.getByText('Not sent', { exact: true })).toBeVisible()

  await goTo(page, '/quotes')
  await expect(sum(page)).toHaveText('£240.00')
  await selectAll(page, 'Quotes')
  await page.getByRole('button', { name: 'Mark as sent' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as sent' }).click()
  await expect(toast(page, '2 quotes marked as sent.')).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Quotes' }).getByText('Sent', { exact: true })).toHaveCount(2)
  await undo(page).click()
  await expect(page.getByRole('grid', { name: 'Quotes' }).getByText('Sent', { exact: true })).toHaveCount(0)

  await goTo(page, `/credit-notes/${creditNoteId}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Mark as sent…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as sent' }).click()
  await expect(page.getByText(/^Sent .* by post$/)).toBeVisible()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Not sent by post after all' }).click()
  await expect(page.getByText('Not sent', { exact: true })).toBeVisible()
})

test('a quote of a second series that expired is accepted only by saying so', async ({ app }) => {
  const quoteId = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    await workspace.call('numberSeries.create', {
      documentKind: 'quote',
      code: 'EXP',
      pattern: 'X-{000}',
      startValue: 7,
    })
    const { today } = await workspace.call('setup.state', {})
    const { content } = await workspace.call('quotes.blank', { clientId })
    const id = v7()
    const lines = (await contentFor(workspace, clientId)).lines.map((it) => ({
      ...it,
      choice: 'included' as const,
      isChosen: true,
      groupName: null,
    }))
    const dates = { issuedOn: addDays(today, -40), validUntil: addDays(today, -10) }
    await workspace.call('quotes.saveDraft', { id, version: null, content: { ...content, ...dates, lines } })
    return id
  })
  const page = await app.open()
  await goTo(page, `/quotes/${quoteId}`)
  await page.getByRole('button', { name: 'Issue', exact: true }).click()
  const issuing = page.getByRole('dialog')
  await issuing.getByRole('combobox', { name: 'Series' }).click()
  await page.getByRole('option', { name: /^EXP: X-007/ }).click()
  await issuing.getByRole('button', { name: 'Issue quote' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'X-007' })).toBeVisible()

  await page.getByRole('button', { name: 'Accepted' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Who said so' }).fill('Ann Field')
  await expect(dialog.getByText(/^This quote expired on/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Mark as accepted' })).toBeDisabled()
  await dialog.getByRole('checkbox', { name: /all the same/ }).check()
  await dialog.getByRole('button', { name: 'Mark as accepted' }).click()
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('though it expired on')
})

test('an open reminder stays open when the window gets narrower', async ({ app }) => {
  const invoiceId = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const { today } = await workspace.call('setup.state', {})
    const steps = [{ id: v7(), days: 7, tone: 'firm' as const, feePercentE6: null, feeAmountE4: null }]
    await workspace.call('reminders.savePlan', {
      id: v7(),
      version: null,
      values: { name: 'Standard', isAutomatic: false, isDefault: true, leastOpenE4: zero, steps },
    })
    return (await makeInvoice(workspace, clientId, { issuedOn: addDays(today, -60), paymentTermsDays: 14 })).id
  })
  const page = await app.open()
  await goTo(page, `/invoices/${invoiceId}`)
  await page.getByRole('button', { name: 'Send now…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  if (app.host === 'electron') {
    await app.desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700))
  } else await page.setViewportSize({ width: 1024, height: 700 })
  // The layout has switched: the details are behind the document now.
  await expect(page.locator('aside[aria-label="Details"]')).toBeHidden()
  await expect(dialog).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Not now' })).toBeVisible()
})

test('bank lines and messages are filtered, and several are acted on row by row', async ({ app }) => {
  await app.seed(async (workspace) => {
    const { id: accountId } = await workspace.call('bankAccounts.create', { name: 'Current', currency: 'GBP' })
    const lines = ['Rosewood;120,00;Work', 'Oakline;80,00;Logo', 'Rosewood;40,00;Cards']
    const content = `Date;Name;Amount;Memo\n${lines.map((it) => `2026-11-20;${it}\n`).join('')}`
    await workspace.call('bankStatements.import', {
      fileName: 'a.csv',
      content: new TextEncoder().encode(content),
      accountId,
    })
    await workspace.call('mail.saveAccount', {
      fromName: 'Linden',
      fromAddress: 'office@example.com',
      replyTo: null,
      host: '127.0.0.1',
      port: 9,
      security: 'tls',
      userName: null,
      version: null,
    })
    const clientId = await makeClient(workspace)
    const { today } = await workspace.call('setup.state', {})
    for (const subject of ['Your invoice', 'Another invoice']) {
      const { id: entityId } = await makeInvoice(workspace, clientId)
      // Far ahead, so that nothing tries to go out meanwhile.
      const when = { sendAt: `${addDays(today, 300)}T09:00:00.000Z` }
      await workspace.call('mail.send', { entityId, to: ['ann@example.com'], subject, body: 'Here it is.', ...when })
    }
  })
  const page = await app.open()
  await goTo(page, '/banking?where=all:all(name.contains.rose)')
  const lines = page.getByRole('grid', { name: 'Bank lines' })
  await expect(page.getByRole('list', { name: 'Active filter' })).toContainText('Name contains “rose”')
  await expect(lines.getByRole('row')).toHaveCount(3)
  await selectAll(page, 'Bank lines')
  await expect(page.getByText('2 selected · £160.00')).toBeVisible()
  await page.getByRole('button', { name: 'Set aside', exact: true }).last().click()
  await expect(toast(page, '2 lines are set aside.')).toBeVisible()
  await expect(lines).toBeHidden()
  await undo(page).click()
  await expect(lines.getByRole('row')).toHaveCount(3)

  await goTo(page, '/outbox?where=all:all(subject.begins-with.Your,created.at-least.today)')
  const messages = page.getByRole('grid', { name: 'Messages' })
  await expect(messages.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Clear filter' }).click()
  await expect(messages.getByRole('row')).toHaveCount(3)
  await page.getByRole('searchbox', { name: 'Search messages' }).fill('another')
  await expect(messages.getByRole('row')).toHaveCount(2)
  await selectAll(page, 'Messages')
  await page.getByRole('button', { name: 'Cancel 1' }).click()
  await expect(toast(page, /^1 message cancelled/)).toBeVisible()
  await expect(messages.getByText('Cancelled')).toBeVisible()
})
