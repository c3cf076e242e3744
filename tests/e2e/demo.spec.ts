import type { Page } from '@playwright/test'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

const label = (page: Page) => page.getByRole('complementary', { name: 'Demo data' })

test('is loaded, labelled on each screen, and goes without touching a real organization', async ({ app }) => {
  test.setTimeout(150_000)
  const number = await app.seed(async (workspace) => {
    const invoice = await makeInvoice(workspace, await makeClient(workspace, 'Rosewood Bakery'))
    return invoice.number
  })
  const page = await app.open()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await expect(label(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Linden Ltd' }).click()
  await page.getByRole('menuitem', { name: 'New organization' }).click()
  await page.getByRole('button', { name: 'Try with demo data' }).click()
  await expect(label(page)).toContainText('DEMO', { timeout: 60_000 })

  for (const [path, grid] of [
    ['/invoices', 'Invoices'],
    ['/clients', 'Clients'],
    ['/items', 'Items'],
    ['/payments', 'Payments'],
  ] as const) {
    await goTo(page, path)
    await expect(page.getByRole('grid', { name: grid }).getByRole('row').nth(1)).toBeVisible()
    await expect(label(page)).toBeVisible()
  }
  // Each by its own heading: the page before stands until the next is there.
  for (const [path, title] of [
    ['/', 'Home'],
    ['/outbox', 'Outbox'],
    ['/payments/new', 'Record a payment'],
    ['/invoices/new', 'New invoice'],
    ['/settings/business', 'Business'],
    ['/settings/mail', 'Mail'],
  ] as const) {
    await goTo(page, path)
    await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
    await expect(label(page)).toBeVisible()
  }

  await label(page).getByRole('button', { name: 'Remove demo' }).click()
  await expect(label(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Linden Ltd' })).toBeVisible()
  await page.getByRole('link', { name: 'Invoices', exact: true }).click()
  const rows = page.getByRole('grid', { name: 'Invoices' }).getByRole('row')
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(1)).toContainText(number)
  await expect(rows.nth(1)).toContainText('Rosewood Bakery')

  // Gone for good, not only out of sight.
  await app.close()
  const state = await app.seed((workspace) => workspace.call('setup.state', {}))
  expect(state.organizations.map((it) => it.name)).toEqual(['Linden Ltd'])
})

test('starts with the demo company where that was asked for', async ({ app }) => {
  test.setTimeout(120_000)
  const page = await app.open('--demo')
  await expect(label(page)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
})
