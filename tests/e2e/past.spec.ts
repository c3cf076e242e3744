import { makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'

test('the books as of a moment: said on every page, nothing to change, and back to now', async ({ app }) => {
  const then = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace, 'Rosewood Bakery')
    const { id } = await makeInvoice(workspace, clientId)
    const { version } = await workspace.call('clients.get', { id: clientId })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await workspace.call('clients.update', { id: clientId, version, name: 'Rosewood & Daughters' })
    return { clientId, id }
  })
  const page = await app.open()
  await page.goto(`${page.url().split('#')[0]}#/clients/${then.clientId}`)
  await expect(page.getByRole('heading', { name: 'Rosewood & Daughters' })).toBeVisible()
  await page.getByRole('button', { name: 'Timeline' }).click()
  await page
    .getByRole('button', { name: /^As it was at this moment/ })
    .last()
    .click()
  const bar = page.getByRole('complementary', { name: 'The past' })
  await expect(bar).toContainText('Nothing can be changed here')
  await expect(page.getByRole('heading', { name: 'Rosewood Bakery' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'New invoice' })).toHaveCount(0)
  expect(await axeFindings(app, 'a client in the past')).toEqual([])

  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('back to now')
  await page.keyboard.press('Enter')
  await expect(bar).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Rosewood & Daughters' })).toBeVisible()

  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('as of')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Show the books as of…' })
  await expect(dialog).toContainText('Everything is on record since')
  expect(await axeFindings(app, 'which moment')).toEqual([])
  await dialog.getByLabel('Day', { exact: true }).fill('1/2/2020')
  await dialog.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('The earliest moment is')
})
