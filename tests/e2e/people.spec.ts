import type { Locator, Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { type App, expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'
import { goTo } from './support/second-window.ts'

const own = 'otter lampion gravel'
const theirs = 'vellum orchid tramway'

const field = (scope: Page | Locator, name: string) => scope.getByRole('textbox', { name, exact: true })

const findings: string[] = []
const picture = async ({ page }: App, name: string) => {
  const folder = process.env['COUNTERFOIL_PICTURES']
  if (folder === undefined) return
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${folder}/${name}-${width}.png` })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

/** Asks axe in both themes, and leaves pictures where a folder for them is named. */
const look = async (app: App, name: string) => {
  await picture(app, `${name}-light`)
  findings.push(...(await axeFindings(app, name)))
  await picture(app, `${name}-dark`)
  await app.page.emulateMedia({ colorScheme: 'light' })
}

const sayPassword = async (page: Page, password: string) => {
  const again = page.getByRole('dialog', { name: 'Is it still you?' })
  await field(again, 'Your password').fill(password)
  await again.getByRole('button', { name: 'Go on' }).click()
  await expect(again).toHaveCount(0)
}

const leave = async (page: Page, how: 'Lock' | 'Sign out' | 'Switch person') => {
  await page.getByRole('button', { name: /profile, lock, sign out$/ }).click()
  await page.getByRole('menuitem', { name: how }).click()
}

const signIn = async (page: Page, password: string) => {
  await field(page, 'Password').fill(password)
  await page.keyboard.press('Enter')
}

test('somebody alone sets a password, adds a person, and each sees what they may', async ({ app }) => {
  test.slow()
  await app.seed(() => Promise.resolve())
  const page = await app.open()

  await test.step('alone, nothing is in the way', async () => {
    await expect(page.getByRole('button', { name: /profile, lock, sign out$/ })).toHaveCount(0)
    await goTo(page, '/settings/people')
    await expect(page.getByRole('heading', { name: 'You work alone here' })).toBeVisible()
    await look(app, 'alone')
    await page.getByRole('button', { name: 'Set a password' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set a password' })
    await field(dialog, 'New password').fill('Linden2026!!')
    await expect(dialog.getByText(/tried first/)).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Set password' })).toBeDisabled()
    await field(dialog, 'New password').fill(own)
    await look(app, 'password')
    await page.keyboard.press('Enter')
    const printed = page.getByRole('dialog', { name: 'Print your recovery code now' })
    await printed.getByRole('button', { name: 'I have kept it' }).click()
    await expect(page.getByRole('button', { name: 'Add a person' })).toBeVisible()
  })

  const token = await test.step('a person is added, and a code handed over', async () => {
    await page.getByRole('button', { name: 'Add a person' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a person' })
    await field(dialog, 'Name').fill('Ben Reed')
    await field(dialog, 'E-mail').fill('ben@example.com')
    await look(app, 'invite')
    await dialog.getByRole('button', { name: 'Add person' }).click()
    const handed = page.getByRole('dialog', { name: 'A code for Ben Reed' })
    const code = (await handed.getByText(/^([0-9a-z]{4}-){12}/).textContent()) ?? ''
    await look(app, 'handed')
    await handed.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('row', { name: /Ben Reed.*Staff.*Invited/ })).toBeVisible()
    await look(app, 'people')
    await page.getByRole('button', { name: 'Change Ben Reed' }).click()
    await expect(page.getByRole('dialog').getByText('Not signed in anywhere.')).toBeVisible()
    await look(app, 'person')
    // What is asked out of a dialog lies above it, and Escape answers that alone.
    const sure = page.getByRole('dialog', { name: 'Keep Ben Reed out?' })
    await page.getByRole('button', { name: 'Keep out' }).click()
    await sure.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Keep out' }).click()
    await expect(sure).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(sure).toHaveCount(0)
    await expect(page.getByRole('dialog', { name: 'Ben Reed' })).toBeVisible()
    await page.keyboard.press('Escape')
    return code
  })

  await test.step('roles: an own one is made and ticked by keyboard', async () => {
    await goTo(page, '/settings/roles')
    await page.getByRole('button', { name: 'New role' }).click()
    await field(page.getByRole('dialog'), 'Name').fill('Clerk')
    await page.keyboard.press('Enter')
    const box = page.getByRole('checkbox', { name: 'Clerk: See invoices' })
    await expect(box).toBeChecked()
    await box.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect(page.getByRole('checkbox', { name: 'Clerk: Write invoice drafts' })).not.toBeChecked()
    await look(app, 'roles')
  })

  await test.step('a PIN, an app of codes, sessions', async () => {
    await goTo(page, '/settings/account')
    await page.getByRole('button', { name: 'Set a PIN' }).click()
    await field(page.getByRole('dialog'), 'New PIN').fill('480617')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Change PIN' })).toBeVisible()
    await look(app, 'account')
    await page.getByRole('button', { name: 'Set up an app' }).click()
    const dialog = page.getByRole('dialog', { name: /Set up an app/ })
    const secret = ((await dialog.getByText(/^([A-Z2-7]{4} ){7}/).textContent()) ?? '').replaceAll(' ', '')
    await look(app, 'app')
    // A button that is busy loses the focus: it is back in the field, and Tab stays in the dialog.
    await field(dialog, 'The code that the app shows now').fill('000000')
    await dialog.getByRole('button', { name: 'Turn codes on' }).click()
    await expect(dialog.getByText(/^This is not the code/)).toBeVisible()
    await expect(field(dialog, 'The code that the app shows now')).toBeFocused()
    await field(dialog, 'The code that the app shows now').fill(
      new TOTP({ secret: Secret.fromBase32(secret) }).generate(),
    )
    await page.keyboard.press('Enter')
    const codes = page.getByRole('dialog', { name: 'Keep your recovery codes' })
    await expect(codes.getByRole('listitem')).toHaveCount(10)
    await look(app, 'codes')
    const recovery = (await codes.getByRole('listitem').first().textContent()) ?? ''
    await codes.getByRole('button', { name: 'I have kept them' }).click()
    await leave(page, 'Sign out')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await look(app, 'sign-in')
    await signIn(page, 'wrong horse battery')
    await expect(page.getByRole('alert')).toContainText('not right')
    await field(page, 'Password').fill('wrong once more')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(field(page, 'Password')).toHaveValue('')
    await expect(field(page, 'Password')).toBeFocused()
    await look(app, 'wrong-password')
    await signIn(page, own)
    await expect(field(page, 'One-time code')).toBeVisible()
    await look(app, 'code')
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await field(page, 'Recovery code').fill(recovery)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
  })

  await test.step('the lock keeps what was typed, and the PIN opens it', async () => {
    await leave(page, 'Lock')
    await expect(page.getByText('Locked. Drafts are kept.')).toBeVisible()
    await look(app, 'locked')
    await field(page, 'PIN').fill('480617')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
    // A PIN is not enough for what concerns people.
    await page.getByRole('button', { name: 'New recovery codes' }).click()
    await sayPassword(page, own)
    await page.getByRole('button', { name: 'I have kept them' }).click()
  })

  await test.step('the other person comes in by code and sees what their role may', async () => {
    await leave(page, 'Switch person')
    await page.getByRole('button', { name: 'I was given a code' }).click()
    await field(page, 'Your code').fill(token)
    await field(page, 'New password').fill(theirs)
    await look(app, 'with-code')
    await page.keyboard.press('Enter')
    const main = page.getByRole('navigation', { name: 'Main' })
    await expect(main.getByRole('link', { name: 'Invoices' })).toBeVisible()
    await expect(main.getByRole('link', { name: 'Banking' })).toHaveCount(0)
    await goTo(page, '/banking')
    await expect(page.getByText('This is not part of your role')).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await goTo(page, '/settings/account')
    const settings = page.getByRole('navigation', { name: 'Settings' })
    await expect(settings.getByRole('link', { name: 'Your account' })).toBeVisible()
    await expect(settings.getByRole('link', { name: 'Security' })).toHaveCount(0)
  })

  await test.step('the owner sees what happened', async () => {
    await leave(page, 'Switch person')
    await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible()
    await look(app, 'who')
    await page.getByRole('button', { name: 'Owner' }).click()
    await field(page, 'PIN').fill('480617')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
    await goTo(page, '/settings/security')
    await expect(page.getByRole('cell', { name: /^Invitation used/ })).toBeVisible()
    await look(app, 'security')
    await page.getByRole('button', { name: 'Verify' }).click()
    await expect(page.getByText(/security events are as they were written/)).toBeVisible()
  })

  await test.step('the data is encrypted, and the recovery code stays until it is kept', async () => {
    await page.getByRole('button', { name: 'Encrypt the data' }).click()
    await field(page.getByRole('dialog'), 'Your password').fill(own)
    await look(app, 'encrypt')
    await page.keyboard.press('Enter')
    const printed = page.getByRole('dialog', { name: 'Print your recovery code now' })
    const code = (await printed.getByText(/^([0-9A-Z]{5}-){5}[0-9A-Z]{5}$/).textContent()) ?? ''
    await look(app, 'recovery-code')
    await printed.getByRole('button', { name: 'I have kept it' }).click()
    await expect(page.getByText('Encrypted', { exact: true })).toBeVisible()
    await leave(page, 'Lock')
    await page.getByRole('button', { name: 'Forgotten password' }).click()
    await field(page, 'Recovery code').fill(code.toLowerCase())
    await field(page, 'New password').fill('sextant walrus knee 5')
    await look(app, 'recover')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Security', exact: true })).toBeVisible()
  })
  expect(findings).toEqual([])
})
