import type { Page, Route } from '@playwright/test'
import { makeClient } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

// Answers are held back by the browser: the screens are the same on both hosts.

/** Holds back the calls whose address fits, until they are let go; all after that pass. */
const holdCalls = async (page: Page, address: RegExp) => {
  const held: Route[] = []
  let isHeld = true
  await page.route(address, async (route) => {
    if (isHeld) held.push(route)
    else await route.continue()
  })
  return {
    held,
    letGo: async () => {
      isHeld = false
      for (const route of held) await route.continue()
    },
  }
}

test('a tax number can be typed only where it is known what it is called', async ({ app }) => {
  await app.seed((workspace) => makeClient(workspace))
  const page = await app.open()
  const countries = await holdCalls(page, /\/setup\/countries\b/)
  await goTo(page, '/settings/business')
  const field = page.getByRole('textbox', { name: 'Tax number 1' })
  await expect(page.getByRole('status', { name: 'Loading the kinds of tax numbers' })).toBeVisible()
  await expect(field).toHaveCount(0)
  await countries.letGo()
  await field.fill('GB123')
  await page.getByRole('textbox', { name: 'Legal name' }).focus()
  await expect(page.getByText('A UK VAT number is 9 digits')).toBeVisible()
})

test('what is typed while the settings are being saved stays, and is saved next', async ({ app }) => {
  await app.seed(async () => undefined)
  const page = await app.open()
  await goTo(page, '/settings/business')
  const form = page.getByRole('form', { name: 'Business' })
  const name = form.getByRole('textbox', { name: 'Legal name' })
  const city = form.getByRole('textbox', { name: 'Town or city' })
  const save = form.getByRole('button', { name: 'Save' })
  await name.fill('Linden & Daughters')
  const updates = await holdCalls(page, /\/organizations\/update\b/)
  await save.click()
  await expect.poll(() => updates.held.length).toBe(1)
  await city.fill('Hull')
  await updates.letGo()
  await expect(page.getByText('Business saved.')).toBeVisible()
  await expect(form.getByText('Changes are not saved yet')).toBeVisible()
  await expect(city).toHaveValue('Hull')
  await expect(name).toHaveValue('Linden & Daughters')
  await save.click()
  await expect(form.getByText('All saved')).toBeVisible()
  await page.reload()
  await expect(name).toHaveValue('Linden & Daughters')
  await expect(city).toHaveValue('Hull')
})

test('a row that is saved by Enter and left before the answer is saved once, with what was typed since kept', async ({
  app,
}) => {
  await app.seed((workspace) => workspace.call('tags.create', { name: 'Urgent', color: 'red' }))
  const page = await app.open()
  await goTo(page, '/settings/tags')
  const updates = await holdCalls(page, /\/tags\/update\b/)
  const name = page.getByRole('textbox', { name: 'Name of Urgent' })
  await name.fill('At once')
  await name.press('Enter')
  await expect.poll(() => updates.held.length).toBe(1)
  await page.getByRole('textbox', { name: 'Name of the new tag' }).focus()
  await name.fill('At once, please')
  await updates.letGo()
  await expect(page.getByText('Urgent is now At once.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name of At once' })).toHaveValue('At once, please')
  expect(updates.held).toHaveLength(1)
})

test('a setting that was looked for has the focus however late its page is read', async ({ app }) => {
  await app.seed(async () => undefined)
  const page = await app.open()
  await goTo(page, '/settings/mail')
  const look = async () => {
    await page.getByRole('searchbox', { name: 'Search settings' }).fill('Phone')
    await page.getByRole('button', { name: 'Phone', exact: true }).click()
  }
  const details = await holdCalls(page, /\/organizations\/bankDetails\b/)
  await look()
  await expect.poll(() => details.held.length).toBe(1)
  // Longer than a page takes that is merely slow.
  await page.waitForTimeout(2500)
  await details.letGo()
  await expect(page.getByRole('textbox', { name: 'Phone', exact: true })).toBeFocused()
})

test('whoever leaves a new invoice while it begins is not called back to it', async ({ app }) => {
  await app.seed((workspace) => makeClient(workspace))
  const page = await app.open()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  const late = (pattern: RegExp, milliseconds: number) =>
    page.route(pattern, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      await route.continue()
    })
  await late(/\/rpc\//, 500)
  await goTo(page, '/invoices/new')
  await expect(page.getByRole('heading', { level: 1, name: 'New invoice' })).toBeVisible()
  // What draws the next page comes later than what the invoice begins with.
  await late(/\.js$/, 4000)
  await goTo(page, '/settings/mail')
  await expect(page.getByRole('heading', { level: 1, name: 'Mail', exact: true })).toBeVisible()
})
