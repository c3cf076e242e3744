import type { Page } from '@playwright/test'
import { v7 } from 'uuid'
import { addDays } from '../../shared/dates.ts'
import { contentFor, line, makeClient, makeInvoice } from '../support/factories.ts'
import type { Workspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { expectAmountDue, expectDrawn, invoiceScreen } from './support/invoice-screen.ts'
import { goTo } from './support/second-window.ts'

const main = (page: Page) => page.getByRole('main')
const inWords = (page: Page) => page.getByRole('status', { name: 'The schedule in words' })
const dates = (page: Page) => page.getByRole('list', { name: 'Next dates' }).getByRole('listitem')
const choose = async (page: Page, select: string, option: string) => {
  await page.getByRole('combobox', { name: select, exact: true }).click()
  await page.getByRole('listbox').getByRole('option', { name: option, exact: true }).click()
}
const act = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}
const toast = (page: Page, text: string | RegExp) => page.getByRole('region', { name: 'Messages' }).getByText(text)

/** A schedule of every ten days that began so many days ago; the days since passed while nobody ran it. */
const makeSchedule = async (workspace: Workspace, name: string, daysAgo: number) => {
  const clientId = await makeClient(workspace)
  const { today } = await workspace.call('setup.state', {})
  const id = v7()
  await workspace.call('recurringInvoices.create', {
    id,
    values: {
      name,
      unit: 'day',
      every: 10,
      anchor: 'same-day',
      startsOn: addDays(today, -daysAgo),
      endsOn: null,
      count: daysAgo === 0 ? null : 3,
      action: 'issue',
      prices: 'fixed',
      catchUp: 'ask',
      content: await contentFor(workspace, clientId, { lines: [line({ name: 'Hosting {MONTH} {YEAR}' })] }),
    },
  })
  return id
}

test('an issued invoice is made recurring, its dates follow each change, and its next is made at once', async ({
  app,
}) => {
  const { id } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const { today: on } = await workspace.call('setup.state', {})
    const month = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(new Date(on))
    return await makeInvoice(workspace, clientId, { lines: [line({ name: `Hosting ${month} ${on.slice(0, 4)}` })] })
  })
  const page = await app.open()
  await goTo(page, `/invoices/${id}`)
  await act(page, 'Make recurring…')
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Hosting')
  await expect(invoiceScreen(page).item(1)).toHaveValue('Hosting {MONTH} {YEAR}')
  await expect(inWords(page)).toContainText('Every month on the')
  await expect(dates(page)).toHaveCount(12)

  await page.getByRole('textbox', { name: 'Every how many' }).fill('2')
  await choose(page, 'Unit of time', 'weeks')
  await expect(inWords(page)).toContainText(/^Every 2 weeks on \w+day/)
  await choose(page, 'Ends', 'After a number')
  await page.getByRole('textbox', { name: 'Times', exact: true }).fill('4')
  await expect(dates(page)).toHaveCount(4)
  await invoiceScreen(page).item(1).press('End')
  await page.getByRole('button', { name: 'Insert {QUARTER}' }).click()
  await expect(invoiceScreen(page).item(1)).toHaveValue('Hosting {MONTH} {YEAR}{QUARTER}')
  await expect(main(page).getByText(/^Next: Hosting \w+ \d{4}Q[1-4]$/)).toBeVisible()
  await invoiceScreen(page).price(1).fill('150')
  await expectAmountDue(page, '£180.00')
  await page.getByText('Next invoice', { exact: true }).first().click()
  await expectDrawn(page)

  await page.getByRole('button', { name: 'Start schedule' }).click()
  await expect(toast(page, /^Hosting repeats from/)).toBeVisible()
  await expect(main(page).getByText('Active')).toBeVisible()
  await page.getByText('Dates', { exact: true }).first().click()
  await act(page, 'Make the next now…')
  await page.getByRole('dialog').getByRole('button', { name: 'Make it now' }).click()
  const made = page.getByRole('list', { name: 'Periods' })
  await expect(made.getByRole('link', { name: 'Draft' })).toBeVisible()
  await expect(dates(page)).toHaveCount(3)
  await made.getByRole('link', { name: 'Draft' }).click()
  await expect(invoiceScreen(page).item(1)).toHaveValue(/^Hosting \w+ \d{4}Q[1-4]$/)
})

test('after an absence it asks: nothing is made before, then each period is made or left out once', async ({ app }) => {
  await app.seed((workspace) => makeSchedule(workspace, 'Support', 30))
  const page = await app.open()
  const bar = page.getByRole('complementary', { name: 'Recurring invoices that wait' })
  await expect(bar).toContainText('came due while Counterfoil was closed')
  await bar.getByRole('button', { name: 'Decide…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Support for Rosewood Bakery' })
  await expect(dialog.getByRole('row')).toHaveCount(5)
  await dialog.getByRole('radio', { name: 'Make only the latest' }).check()
  await expect(dialog.getByText('left out for good')).toHaveCount(2)
  await dialog.getByText('Dated today').click()
  await dialog.getByRole('button', { name: 'Make 1 invoice' }).click()
  await expect(toast(page, 'Support: 1 invoice made, 2 left out.')).toBeVisible()
  await expect(bar).toHaveCount(0)
  await expect(main(page).getByText('Outstanding')).toBeVisible()
  await goTo(page, '/recurring')
  await page.getByRole('grid', { name: 'Recurring invoices' }).getByText('Support').click()
  await expect(page.getByRole('list', { name: 'Periods' }).getByText('Left out')).toHaveCount(2)
  await expect(page.getByRole('list', { name: 'Periods' }).getByRole('link', { name: /^INV-/ })).toHaveCount(1)
})

test('pause, resume, delete and undo; what is not saved is not lost by leaving', async ({ app }) => {
  const id = await app.seed((workspace) => makeSchedule(workspace, 'Backup', 0))
  const page = await app.open()
  await goTo(page, `/recurring/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Backup' })).toBeVisible()
  await act(page, 'Pause')
  await expect(main(page).getByText('Paused', { exact: true })).toBeVisible()
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
  await expect(main(page).getByText('Active', { exact: true })).toBeVisible()

  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Backup, daily')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Recurring' }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Stay here' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(toast(page, /^Backup, daily saved/)).toBeVisible()

  await act(page, 'Delete')
  await expect(page.getByRole('heading', { level: 1, name: 'Recurring invoices' })).toBeVisible()
  await expect(main(page).getByText('Backup, daily')).toHaveCount(0)
  await page
    .getByRole('region', { name: 'Messages' })
    .getByRole('listitem')
    .filter({ hasText: 'deleted' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(main(page).getByText('Backup, daily')).toBeVisible()
})

test('says where something is missing before it begins', async ({ app }) => {
  await app.seed((workspace) => makeClient(workspace))
  const page = await app.open()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await page.getByRole('main').getByRole('link', { name: 'New recurring invoice' }).first().click()
  await page.getByRole('button', { name: 'Start schedule' }).click()
  await expect(page.getByText('Choose who this invoice is for.')).toBeVisible()
  await expect(page.getByText('Say what this line is for.')).toBeVisible()
})
