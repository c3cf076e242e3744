import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { downloadBy } from './support/download.ts'
import { goTo } from './support/second-window.ts'

test('drafts are issued one after the other: each says how it went, and one that was refused is tried again', async ({
  app,
}) => {
  const { emptyId, clientId } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    await makeDraft(workspace, clientId)
    await makeDraft(workspace, clientId)
    const { id: emptyId } = await makeDraft(workspace, clientId, { lines: [] })
    await makeInvoice(workspace, clientId)
    return { emptyId, clientId }
  })
  const page = await app.open()
  await goTo(page, '/invoices')
  const grid = page.getByRole('grid', { name: 'Invoices' })
  await grid.getByRole('row').nth(1).focus()
  await page.keyboard.press('Control+a')
  await expect(page.getByText(/^4 selected/)).toBeVisible()
  await page.getByRole('button', { name: 'Issue 3', exact: true }).click()
  await page.getByRole('button', { name: 'Issue 3 invoices' }).click()
  const dialog = page.getByRole('dialog', { name: 'Issue 3 invoices' })
  await expect(dialog.getByRole('status')).toHaveText('2 done, 1 not done.')
  await expect(dialog.getByText(/^Issued as INV-/)).toHaveCount(2)
  await expect(dialog.getByRole('listitem').first()).toContainText(/line/i)
  await expect(dialog.getByRole('button', { name: /^Undo/ })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Try 1 again' }).click()
  await expect(dialog.getByRole('status')).toHaveText('2 done, 1 not done.')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/selected/)).toBeHidden()
  await app.close()
  const states = await app.seed(async ({ call }) => {
    const { rows } = await call('invoices.list', { clientId })
    return {
      open: rows.filter((row) => row.number !== null).length,
      empty: rows.find(({ id }) => id === emptyId)?.number,
    }
  })
  expect(states).toEqual({ open: 3, empty: null })
})

test('a tag is made, put on many rows, shown on them, and taken off again by undo', async ({ app }) => {
  const clientId = await app.seed(async (workspace) => {
    const made = await makeClient(workspace)
    for (let count = 0; count < 3; count += 1) await makeInvoice(workspace, made)
    return made
  })
  const page = await app.open()
  await goTo(page, '/invoices')
  const grid = page.getByRole('grid', { name: 'Invoices' })
  await grid.getByRole('row').nth(1).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText(/^2 selected/)).toBeVisible()
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByRole('combobox', { name: 'Tag' }).fill('Urgent')
  await page.getByRole('option', { name: 'Create tag “Urgent”' }).click()
  await page.getByRole('button', { name: 'Put on' }).click()
  await expect(page.getByText('2 invoices tagged Urgent.')).toBeVisible()
  await expect(grid.getByText('Urgent')).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(grid.getByText('Urgent')).toHaveCount(0)

  await goTo(page, `/clients/${clientId}`)
  await page.getByRole('button', { name: 'Add tag' }).click()
  await page.getByRole('combobox', { name: 'Add a tag' }).fill('urg')
  await page.getByRole('option', { name: /^Urgent/ }).click()
  await expect(page.getByRole('group', { name: 'Tags' })).toContainText('Urgent')
  await page.getByRole('button', { name: 'Take off Urgent' }).click()
  await expect(page.getByRole('button', { name: 'Add tag' })).toBeVisible()

  await goTo(page, '/settings/tags')
  const name = page.getByRole('textbox', { name: 'Name of Urgent' })
  await name.fill('At once')
  await name.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name of At once' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove At once' }).click()
  await expect(page.getByRole('textbox', { name: 'Name of At once' })).toBeHidden()
  await page.getByText('Tag At once removed.').locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('textbox', { name: 'Name of At once' })).toBeVisible()
})

test('everything that matches is selected past what is loaded, archived, and brought back', async ({ app }) => {
  await app.seed(async (workspace) => {
    for (let count = 0; count < 60; count += 1) await makeClient(workspace, `Client ${count}`)
  })
  const page = await app.open()
  await goTo(page, '/clients')
  const grid = page.getByRole('grid', { name: 'Clients' })
  await grid.getByRole('row').nth(1).focus()
  await page.keyboard.press('Control+a')
  await expect(page.getByText(/^50 selected/)).toBeVisible()
  await page.getByRole('button', { name: 'Select all 60 that match' }).click()
  await expect(page.getByText(/^60 selected/)).toBeVisible()
  const { name, bytes } = await downloadBy(app, () => page.getByRole('button', { name: 'Export' }).click())
  expect(name).toMatch(/^clients-.*\.csv$/)
  const text = bytes.toString('utf8')
  expect(text.split('\r\n').filter((line) => line.startsWith('Client '))).toHaveLength(60)
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  // A dialog shows how far it is where it takes a while; it stays for its results.
  const undo = page.getByRole('button', { name: /^Undo/ })
  await expect(undo.first()).toBeVisible({ timeout: 30_000 })
  await undo.first().click()
  const dialog = page.getByRole('dialog', { name: 'Archive 60 clients' })
  await expect(page.getByText(/^60 taken back\.$/)).toBeVisible({ timeout: 30_000 })
  if (await dialog.isVisible()) await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByText('60 in all')).toBeVisible()
})

test('what cannot be sent says why, row by row', async ({ app }) => {
  await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    await makeInvoice(workspace, clientId)
    await makeInvoice(workspace, clientId)
  })
  const page = await app.open()
  await goTo(page, '/invoices')
  await page.getByRole('grid', { name: 'Invoices' }).getByRole('row').nth(1).focus()
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: 'Send 2', exact: true }).click()
  await page.getByRole('button', { name: 'Send 2 invoices' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send 2 invoices' })
  await expect(dialog.getByRole('status')).toHaveText('2 not done.')
  await expect(dialog.getByText(/mail/i)).toHaveCount(2)
})
