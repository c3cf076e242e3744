import type { Page } from '@playwright/test'

export const password = 'correct horse'
export const userName = 'studio@linden.example'

/** Chooses one of the options of a select. */
export const choose = async (page: Page, select: string, option: RegExp): Promise<void> => {
  await page.getByRole('combobox', { name: select, exact: true }).click()
  await page.getByRole('option', { name: option }).click()
}

/** Goes to the mail settings and fills in a server on this computer; nothing is saved yet. */
export const fillMailAccount = async (page: Page, port: number): Promise<void> => {
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Mail', exact: true }).click()
  const form = page.getByRole('form', { name: 'Mail account' })
  await form.getByRole('textbox', { name: 'E-mail address' }).fill(userName)
  await form.getByRole('textbox', { name: 'Mail server' }).fill('127.0.0.1')
  await choose(page, 'Encryption', /^None/)
  await form.getByRole('textbox', { name: 'Port' }).fill(String(port))
  await form.getByRole('textbox', { name: 'User name' }).fill(userName)
  await form.getByRole('textbox', { name: 'Password' }).fill(password)
}
