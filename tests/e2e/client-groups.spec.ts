import type { Page } from '@playwright/test'
import { addDays } from '../../shared/dates.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

const main = (page: Page) => page.getByRole('main')
const grid = (page: Page) => page.getByRole('grid', { name: 'Clients' })

test('types and managers are edited in place, given to a client, and filter the list', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeClient(workspace)
    await makeClient(workspace, 'Aldgate Surveyors')
  })
  const page = await app.open()
  await goTo(page, '/settings/clients')
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  await field('Name of the new type').fill('Shops')
  await field('Payment terms of the new type, in days').fill('14')
  await page.getByRole('button', { name: 'Add type' }).click()
  await expect(field('Code of Shops')).toHaveValue('Shops')
  await field('Code of Shops').fill('SHOP')
  await field('Code of Shops').press('Enter')
  await expect(page.getByText('Shops saved.')).toBeVisible()
  await field('Name of the new type').fill('Stores')
  await field('Code of the new type').fill('shop')
  await page.getByRole('button', { name: 'Add type' }).click()
  await expect(page.getByText('Shops has this code already.')).toBeVisible()
  await field('Code of the new type').press('Escape')
  await field('Name of the new manager').fill('Ada Reyes')
  await page.getByRole('button', { name: 'Add manager' }).click()
  await expect(field('Name of Ada Reyes')).toBeVisible()

  await goTo(page, '/clients')
  await grid(page).getByText('Rosewood Bakery').click()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Client type' }).click()
  await page.getByRole('option', { name: 'Shops' }).click()
  await dialog.getByRole('combobox', { name: 'Account manager' }).click()
  await page.getByRole('option', { name: 'Ada Reyes' }).click()
  await dialog.getByRole('button', { name: 'Save client' }).click()
  await expect(main(page).getByText('As Shops (14 days)')).toBeVisible()

  await goTo(page, '/clients')
  await page.getByRole('combobox', { name: 'Client type' }).click()
  await page.getByRole('option', { name: 'Shops' }).click()
  await expect(grid(page).getByText('Aldgate Surveyors')).toHaveCount(0)
  await expect(grid(page).getByText('Rosewood Bakery')).toBeVisible()
})

test('payment health is explained in words and leads to its rule', async ({ app }) => {
  const id = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const { today } = await workspace.call('setup.state', {})
    await makeInvoice(workspace, clientId, { issuedOn: addDays(today, -120), paymentTermsDays: 14 })
    return clientId
  })
  const page = await app.open()
  await goTo(page, '/clients')
  await expect(grid(page).getByText('Warning')).toBeVisible()
  await goTo(page, `/clients/${id}`)
  await page.getByRole('button', { name: /^Payment health/ }).click()
  const explanation = page.getByRole('dialog', { name: 'Payment health' })
  await expect(explanation).toContainText('60 of 100 points')
  await expect(explanation).toContainText('100% of what is open is overdue')
  await explanation.getByRole('button', { name: 'The rule behind it' }).click()
  await expect(page.getByRole('dialog', { name: 'How payment health is worked out' })).toContainText(
    '85 points and more',
  )
})

test('duplicates are found, compared side by side, and merged', async ({ app }) => {
  const kept = await app.seed(async (workspace) => {
    const one = await makeClient(workspace)
    const { id: other } = await workspace.call('clients.create', {
      name: 'Rosewood Bakery Ltd',
      phone: '020 7946 0000',
    })
    await makeInvoice(workspace, one)
    await makeInvoice(workspace, one)
    await makeInvoice(workspace, other)
    return one
  })
  const page = await app.open()
  await goTo(page, '/clients')
  await page.getByRole('button', { name: 'More for clients' }).click()
  await page.getByRole('menuitem', { name: 'Find duplicates' }).click()
  await expect(main(page).getByText('Same name')).toBeVisible()
  await page.getByRole('button', { name: /^Compare Rosewood Bakery Ltd/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Merge two clients' })
  await expect(dialog.getByRole('radio', { name: 'Keep Rosewood Bakery', exact: true })).toBeChecked()
  await expect(dialog).toContainText('Rosewood Bakery Ltd (C0002) move to Rosewood Bakery (C0001)')
  await dialog.getByRole('radio', { name: 'Keep Rosewood Bakery Ltd' }).check()
  await expect(dialog.getByRole('button', { name: 'Merge into Rosewood Bakery Ltd' })).toBeVisible()
  await dialog.getByRole('radio', { name: 'Keep Rosewood Bakery', exact: true }).check()
  await dialog.getByRole('button', { name: 'Merge into Rosewood Bakery' }).click()
  await expect(main(page).getByText('No two clients look like the same one.')).toBeVisible()
  await goTo(page, `/clients/${kept}`)
  await expect(main(page).getByText('020 7946 0000')).toBeVisible()
  await expect(main(page).getByRole('button', { name: 'Invoices 3' })).toBeVisible()
})
