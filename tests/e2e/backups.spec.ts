import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'
import { expectFocusShown, reach } from './support/keyboard.ts'
import { goTo } from './support/second-window.ts'

test('a backup is made, tried, and gone back to; what was done since is named before it is gone', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeInvoice(workspace, await makeClient(workspace, 'Rosewood Bakery'))
  })
  const page = await app.open()
  await goTo(page, '/settings/backups')
  await expect(page.getByText('None yet')).toBeVisible()
  expect(await axeFindings(app, 'no backup yet')).toEqual([])
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText('Checked')).toBeVisible()
  await page.getByRole('button', { name: 'Try a restore' }).click()
  await expect(page.getByText('tried on')).toBeVisible()
  expect(await axeFindings(app, 'a backup')).toEqual([])

  // Something that the backup does not have.
  await goTo(page, '/clients')
  await page.getByRole('button', { name: 'New client' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New client' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Written since Ltd')
  await dialog.getByRole('button', { name: 'Add client' }).click()
  await expect(dialog).toBeHidden()

  await goTo(page, '/settings/backups')
  await page.getByRole('button', { name: 'Restore…' }).click()
  await expect(page.getByRole('radio')).toBeChecked()
  await expect(page.getByRole('radio')).toBeFocused()
  expect(await axeFindings(app, 'finding a backup')).toEqual([])
  // By keyboard.
  await page.getByRole('button', { name: 'Look into it' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/gone after going back: 1 client/)).toBeVisible()
  // The button that led here is gone: the keyboard goes on from the step.
  await expect(page.getByText('Step 2 of 2', { exact: false })).toBeFocused()
  const goBack = page.getByRole('button', { name: /^Go back to/ })
  await expect(goBack).toBeDisabled()
  expect(await axeFindings(app, 'what would be lost')).toEqual([])
  await page.getByLabel('I have read what would be gone').check()
  await goBack.click()
  await expect(page.getByRole('region', { name: 'Restored' })).toContainText(join(app.dataDirectory, 'replaced'))
  await goTo(page, '/clients')
  await expect(page.getByText('Rosewood Bakery').first()).toBeVisible()
  await expect(page.getByText('Written since Ltd')).toHaveCount(0)
})

test('data that is damaged leads to the newest backup', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeInvoice(workspace, await makeClient(workspace, 'Rosewood Bakery'))
    await workspace.call('backups.create', {})
  })
  const file = join(app.dataDirectory, 'counterfoil.db')
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 8192) * 4096))
  const page = await app.open()
  await expect(page.getByRole('heading', { name: 'The data could not be opened' })).toBeVisible()
  await expect(page.getByText('The database was cut off: its end is missing.')).toBeVisible()
  expect(await axeFindings(app, 'damaged data')).toEqual([])
  // By keys alone: the focus is seen at each step.
  await reach(page, page.getByText('What was found'))
  await page.keyboard.press('Enter')
  await reach(page, page.getByRole('button', { name: 'Try again' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expectFocusShown(page, 'trying again')
  await reach(page, page.getByRole('button', { name: 'Look into it' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('Step 2 of 2', { exact: false })).toBeFocused()
  await expect(page.getByText('cannot be told, because the present data cannot be read')).toBeVisible()
  await reach(page, page.getByRole('button', { name: /^Go back to/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await expectFocusShown(page, 'going back')
  const [kept] = readdirSync(join(app.dataDirectory, 'replaced'))
  expect(readdirSync(join(app.dataDirectory, 'replaced', kept ?? ''))).toContain('counterfoil.db')
})
