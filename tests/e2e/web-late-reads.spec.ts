import type { Route } from '@playwright/test'
import { makeClient } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

// Answers are held back by the browser: the screens are the same on both hosts.
test('a tax number can be typed only where it is known what it is called', async ({ app }) => {
  await app.seed((workspace) => makeClient(workspace))
  const page = await app.open()
  const countries = /\/setup\/countries\b/
  const held: Route[] = []
  let isHeld = true
  await page.route(countries, async (route) => {
    if (isHeld) held.push(route)
    else await route.continue()
  })
  await goTo(page, '/settings/business')
  const field = page.getByRole('textbox', { name: 'Tax number 1' })
  await expect(page.getByRole('status', { name: 'Loading the kinds of tax numbers' })).toBeVisible()
  await expect(field).toHaveCount(0)
  isHeld = false
  for (const route of held) await route.continue()
  await field.fill('GB123')
  await page.getByRole('textbox', { name: 'Legal name' }).focus()
  await expect(page.getByText('A UK VAT number is 9 digits')).toBeVisible()
})
