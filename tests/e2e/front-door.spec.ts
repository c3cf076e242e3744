import { Secret, TOTP } from 'otpauth'
import { beside, password, withPassword } from '../support/people.ts'
import { expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'

test('what somebody owes comes before anything else: a new password, then one-time codes', async ({ app }) => {
  await app.seed(async (workspace) => {
    await withPassword(workspace)
    const rules = { sessionDays: 7, idleMinutes: 15, adminIdleMinutes: 5, secondFactor: 'admins' as const }
    await workspace.call('security.setSettings', rules)
    beside(workspace, (raw) => raw.exec('UPDATE users SET must_change_password = 1'))
  })
  const page = await app.open()
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })

  await field('Password').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
  const findings = await axeFindings(app, 'new password')
  await app.page.emulateMedia({ colorScheme: 'light' })
  await field('New password').fill('vellum orchid tramway')
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Set up one-time codes' })).toBeVisible()
  const secret = ((await page.getByText(/^([A-Z2-7]{4} ){7}/).textContent()) ?? '').replaceAll(' ', '')
  findings.push(...(await axeFindings(app, 'one-time codes')))
  await app.page.emulateMedia({ colorScheme: 'light' })
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await field('The code that the app shows now').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
  await page.keyboard.press('Enter')

  // The app opens behind them, and they stay until they are kept.
  const codes = page.getByRole('dialog', { name: 'Keep your recovery codes' })
  await expect(codes.getByRole('listitem')).toHaveCount(10)
  await page.keyboard.press('Escape')
  await codes.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  expect(findings).toEqual([])
})
