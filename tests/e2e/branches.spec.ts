import { makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'
import { goTo } from './support/second-window.ts'

test('a branch is added, chosen at the top, and what is made there belongs to it', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeInvoice(workspace, await makeClient(workspace))
  })
  const page = await app.open()
  await goTo(page, '/settings/branches')
  await expect(page.getByText('You work from one place.', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Add a branch' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a branch' })
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Harbour')
  await dialog.getByRole('textbox', { name: 'Code', exact: true }).fill('hb')
  await dialog.getByRole('textbox', { name: 'City' }).fill('Hull')
  await dialog.getByRole('button', { name: 'Add branch' }).click()
  await expect(page.getByRole('row', { name: /^Harbour HB Hull/ })).toBeVisible()
  const findings = await axeFindings(app, 'branches')

  await goTo(page, '/invoices')
  await expect(page.getByRole('columnheader', { name: 'Branch' })).toBeVisible()
  await page.getByRole('button', { name: 'Linden Ltd' }).click()
  await page.getByRole('menuitem', { name: 'Harbour' }).click()
  await expect(page.getByText('Your invoices will be here', { exact: false })).toBeVisible()
  await goTo(page, '/invoices/new')
  await expect(page.getByLabel('Branch')).toHaveValue(/.+/)
  await expect(page.getByText('Hull', { exact: true })).toBeVisible()
  findings.push(...(await axeFindings(app, 'an invoice of a branch')))

  await goTo(page, '/payments/new')
  const branch = page.getByRole('combobox', { name: 'Branch' })
  await expect(branch).toHaveValue('Harbour')
  await branch.click()
  await page.getByRole('option', { name: 'Whole business' }).click()
  await expect(branch).toHaveValue('Whole business')
  findings.push(...(await axeFindings(app, 'a payment of a branch')))
  expect(findings).toEqual([])
})
