import type { Locator } from '@playwright/test'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { addPerson, enter, password, withPassword } from '../support/people.ts'
import { expect, test } from './support/app.ts'
import { countInput } from './support/input-counter.ts'
import { expectAmountDue, expectDrawn, invoiceScreen } from './support/invoice-screen.ts'
import { choose, copyCells, expectFocusShown, reach, tabTo } from './support/keyboard.ts'

test('leads from the first run to a paid invoice by keyboard', async ({ app }) => {
  const page = await app.open()
  const screen = invoiceScreen(page)
  const { keyboard } = page
  await expect(page.getByRole('textbox', { name: 'Business name' })).toBeFocused()
  await copyCells(page, [
    ['Poster, A1', '12', '8.25'],
    ['Price cards', '40', '0.75'],
    ['Setting up, by the hour', '2.5', '48'],
  ])
  const counts = await countInput(page)
  await expect(page.getByRole('textbox', { name: 'Business name' })).toBeFocused()
  await keyboard.type('Linden Studio')
  await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('United Kingdom')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Filled in for United Kingdom' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'What your invoices say of you' })).toBeFocused()
  await keyboard.press('Enter')

  await expect(screen.client).toBeFocused()
  await keyboard.type('Rosewood Bakery')
  await expect(page.getByRole('option', { name: /Create client “Rosewood Bakery”/ })).toBeVisible()
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New client' })
  await expect(dialog.getByRole('textbox', { name: 'E-mail' })).toBeFocused()
  await keyboard.type('accounts@rosewood.example')
  await keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(screen.title).toHaveText('Draft for Rosewood Bakery')

  await expect(screen.item(1)).toBeFocused()
  await keyboard.type('Shop window design')
  await tabTo(page, screen.quantity(1), { most: 1 })
  await keyboard.type('3')
  await tabTo(page, screen.price(1), { most: 2 })
  await keyboard.type('120.50')
  await keyboard.press('Enter')
  await expect(screen.item(2)).toBeFocused()
  await keyboard.type('Delivery')
  await tabTo(page, screen.price(2), { most: 3 })
  await keyboard.type('15')
  await expectAmountDue(page, '£451.80')

  // Three more from a spreadsheet.
  await keyboard.press('Enter')
  await expect(screen.item(3)).toBeFocused()
  await keyboard.press('ControlOrMeta+v')
  await expect(screen.lines).toHaveCount(5)
  await expect(screen.item(5)).toHaveValue('Setting up, by the hour')
  await expectAmountDue(page, '£750.60')
  await expectDrawn(page)

  await keyboard.press('Control+Enter')
  await expect(screen.confirmIssue).toBeFocused()
  await keyboard.press('Enter')
  await expect(screen.title).toHaveText(/^INV-\d{4}-0001$/)
  await expectDrawn(page)

  await keyboard.press('Control+k')
  await keyboard.type('record payment of')
  await expect(page.getByRole('option', { name: /^Record a payment of INV-/ })).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Amount received' })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Amount received' })).toHaveValue('750.60')
  await tabTo(page, page.getByRole('textbox', { name: 'Reference' }), { most: 4 })
  await keyboard.type('RF18 5390')
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
  await keyboard.type('gi')
  await expect(page.getByRole('heading', { level: 1, name: 'Invoices' })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Invoices' }).getByRole('row').nth(1)).toContainText('Paid')

  expect((await counts()).clicks, 'presses of the mouse').toBe(0)
})

test('finds everything by its name, typos forgiven, and lists its keys', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeClient(workspace, 'Rosewood Bakery')
    await makeClient(workspace, 'Harbour Books')
  })
  const page = await app.open()
  const { keyboard } = page
  const counts = await countInput(page)
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()

  await keyboard.press('Control+k')
  const palette = page.getByRole('combobox', { name: /^Search clients/ })
  await expect(palette).toBeFocused()
  await keyboard.type('Roswood Bakrey')
  await expect(page.getByRole('option', { name: /^Rosewood Bakery/ }).first()).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Rosewood Bakery', level: 1 })).toBeVisible()

  await keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help.getByRole('listitem').filter({ hasText: 'New invoice' })).toContainText('N')
  await expect(help.getByRole('listitem').filter({ hasText: 'Search everything' })).toContainText('CtrlK')
  await keyboard.press('Escape')
  await expect(help).toBeHidden()

  // Each place by its two letters.
  for (const [keys, title] of [
    ['gi', 'Invoices'],
    ['gc', 'Clients'],
    ['gt', 'Items'],
    ['gp', 'Payments'],
    ['go', 'Outbox'],
    ['gh', 'Home'],
  ] as const) {
    await keyboard.type(keys)
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  }

  await keyboard.press('n')
  await expect(invoiceScreen(page).client).toBeFocused()
  await keyboard.press('Control+k')
  await keyboard.type('setings')
  await expect(page.getByRole('option', { name: /Settings/ }).first()).toBeVisible()
  expect((await counts()).clicks, 'presses of the mouse').toBe(0)
})

test('walks the screens of people, keys, record and backups by keys alone', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeInvoice(workspace, await makeClient(workspace, 'Rosewood Bakery'))
    await workspace.call('roles.create', { name: 'Clerk', permissions: ['invoices.read', 'clients.read'] })
    const owner = await withPassword(workspace)
    addPerson(workspace, { role: 'staff', name: 'Ben Reed' })
    await enter(workspace, owner)
    await workspace.call('backups.create', {})
  })
  const page = await app.open()
  const { keyboard } = page
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const title = (name: string) => expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  const told = (text: string | RegExp) =>
    expect(page.getByRole('region', { name: 'Messages' }).getByText(text)).toBeVisible()
  const press = async (target: Locator, key = 'Enter') => {
    await reach(page, target)
    await keyboard.press(key)
  }
  // Opens a dialog with its button, leaves it by Escape, and is where it was.
  const look = async (opener: Locator, first: Locator) => {
    await press(opener)
    await expect(first).toBeFocused()
    await keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(opener).toBeFocused()
  }
  const comeIn = async () => {
    await expect(page.getByRole('textbox', { name: 'Password', exact: true })).toBeFocused()
    await keyboard.type(password)
    await keyboard.press('Tab')
    await expect(button('Show what is typed')).toBeFocused()
    await keyboard.press('Shift+Tab')
    await keyboard.press('Enter')
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await expectFocusShown(page, 'coming in')
  }

  await test.step('the door', async () => {
    await expect(button('Ben Reed')).toBeFocused()
    await keyboard.press('ArrowDown')
    await expect(button('Owner')).toBeFocused()
    await keyboard.press('Enter')
    await comeIn()
  })

  await test.step('one’s account and sessions', async () => {
    await choose(page, 'your account', /^Your account settings/)
    await title('Your account')
    await look(button('Set a PIN'), page.getByRole('textbox', { name: 'New PIN' }))
    const ends = button(/^End the session on/)
    const before = await ends.count()
    await press(ends.first())
    await told(/^Session ended/)
    await expect(ends).toHaveCount(before - 1)
    await expectFocusShown(page, 'ending a session')
    await reach(page, button('Set up an app'), 'Shift+Tab')
  })

  await test.step('people', async () => {
    await choose(page, 'people settings', /^People settings/)
    await title('People')
    await press(button('Add a person'))
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
    await keyboard.type('Cleo Marsh')
    await expect(button('Add person')).toBeEnabled()
    await keyboard.press('Enter')
    await press(button('Done'))
    await expect(button('Add a person')).toBeFocused()
    await look(button('Change Cleo Marsh'), page.getByRole('textbox', { name: 'Name' }))
    await keyboard.press('Enter')
    await press(button('Remove'))
    await expect(button('Remove Cleo Marsh')).toBeFocused()
    await keyboard.press('Enter')
    await told(/^Cleo Marsh is no longer/)
    await expect(button('Change Cleo Marsh')).toHaveCount(0)
    await expect(button('Change Ben Reed')).toBeFocused()
  })

  await test.step('the roles are a grid', async () => {
    await choose(page, 'roles settings', /^Roles settings/)
    await title('Roles')
    const box = (words: string) => page.getByRole('checkbox', { name: `Clerk: ${words}`, exact: true })
    await press(button('New role'))
    await keyboard.press('Escape')
    await expect(button('New role')).toBeFocused()
    await keyboard.press('Tab')
    await expect(box('See invoices')).toBeFocused()
    await keyboard.press('ArrowDown')
    await expect(box('Write invoice drafts')).toBeFocused()
    await keyboard.press('Space')
    await expect(box('Write invoice drafts')).toBeChecked()
    await expect(box('Write invoice drafts')).toBeFocused()
    // What is built in is read in the same way.
    await keyboard.press('ArrowRight')
    await expect(page.locator('td:focus')).toHaveText('Yes')
    await keyboard.press('End')
    await expectFocusShown(page, 'End')
    await keyboard.press('Control+End')
    await expectFocusShown(page, 'Control and End')
    await keyboard.press('Control+Home')
    await expect(button('Rename the role Clerk')).toBeFocused()
    // One stop for the whole of it, and back to where it was.
    await keyboard.press('Shift+Tab')
    await expect(button('New role')).toBeFocused()
    await keyboard.press('Tab')
    await keyboard.press('ArrowRight')
    await expect(button('Remove the role Clerk')).toBeFocused()
    await keyboard.press('Enter')
    await expect(button('Remove role')).toBeFocused()
    await keyboard.press('Enter')
    await told('Role Clerk removed.')
    await expect(page.getByRole('grid').locator(':focus')).toBeVisible()
  })

  await test.step('the rules of security and their events', async () => {
    await choose(page, 'security settings', /^Security settings/)
    await reach(page, page.getByRole('textbox', { name: 'Days signed in' }))
    await keyboard.type('5')
    await press(button('Save rules'))
    await told(/^Rules saved/)
    await expectFocusShown(page, 'saving the rules')
    await press(button('Verify'))
    await told(/security events are as they were written/)
    await expect(button('Verify')).toBeFocused()
    await look(button('Encrypt the data'), page.getByRole('textbox', { name: 'Your password' }))
  })

  await test.step('the record', async () => {
    await choose(page, 'record of changes', /^Record of changes/)
    await title('Record')
    const row = page.getByRole('grid', { name: 'The record' }).getByRole('row')
    await reach(page, row.nth(1))
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'One change' })).toBeVisible()
    await press(button('All changes of this'))
    await expectFocusShown(page, 'narrowing the list')
    await reach(page, button('Close the change'))
    await keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'One change' })).toHaveCount(0)
    await expectFocusShown(page, 'closing the change')
    await reach(page, button('Check the record'))
    await keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Check the record' })).toBeVisible()
    await expectFocusShown(page, 'opening the check')
    await keyboard.press('Escape')
    await expect(button('Check the record')).toBeFocused()
  })

  await test.step('backups and the way back', async () => {
    await choose(page, 'backups settings', /^Backups settings/)
    await press(button('Back up now'))
    await told('A backup was made and checked.')
    await expect(button('Back up now')).toBeFocused()
    await press(button('Restore…'))
    await expect(page.getByRole('radio', { checked: true })).toBeFocused()
    await press(button('Look into it'))
    await expect(page.getByText('Step 2 of 2', { exact: false })).toBeFocused()
    await press(button('Choose another'))
    await expect(page.getByRole('radio', { checked: true })).toBeFocused()
    await keyboard.press('Escape')
    await expect(button('Restore…')).toBeFocused()
  })

  await test.step('the lock', async () => {
    await choose(page, 'lock', /^Lock/)
    await expect(page.getByText('Locked. Drafts are kept.')).toBeVisible()
    await press(button('Owner'))
    await comeIn()
    await title('Backups')
  })
})
