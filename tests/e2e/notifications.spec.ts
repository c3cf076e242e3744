import { addDays } from '../../shared/dates.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

test('what fell due is told by the bell, leads there, and is read from then on', async ({ app }) => {
  const invoice = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace, 'Rosewood Bakery')
    const { today } = await workspace.call('setup.state', {})
    return await makeInvoice(workspace, clientId, { issuedOn: addDays(today, -20), paymentTermsDays: 14 })
  })
  const page = await app.open()
  const bell = page.getByRole('button', { name: /^Notifications/ })
  await expect(bell).toHaveAccessibleName('Notifications, 1 unread')
  await bell.click()
  const panel = page.getByRole('dialog', { name: 'Notifications' })
  await panel.getByRole('button', { name: `New: ${invoice.number} is overdue` }).click()
  await expect(page.getByRole('heading', { level: 1, name: invoice.number })).toBeVisible()
  await expect(panel).toBeHidden()
  await expect(bell).toHaveAccessibleName('Notifications')

  await goTo(page, '/notifications')
  await page.getByRole('button', { name: `Mark as new: ${invoice.number} is overdue` }).click()
  await expect(bell).toHaveAccessibleName('Notifications, 1 unread')
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(bell).toHaveAccessibleName('Notifications')
  await page.getByRole('button', { name: /^Unread/ }).click()
  await expect(page.getByText('Everything is read.')).toBeVisible()
})

test('a muted kind stays out, and comes in by itself once it is wanted again', async ({ app }) => {
  await app.seed(async (workspace) => {
    await workspace.call('notifications.mute', { kinds: ['invoice-overdue'] })
    const clientId = await makeClient(workspace, 'Quiet Ltd')
    const { today } = await workspace.call('setup.state', {})
    await makeInvoice(workspace, clientId, { issuedOn: addDays(today, -20), paymentTermsDays: 14 })
  })
  const page = await app.open()
  await goTo(page, '/notifications')
  const wanted = page.getByRole('switch', { name: 'An invoice is overdue' })
  await expect(wanted).not.toBeChecked()
  await expect(page.getByText(/^What happens by itself is told here/)).toBeVisible()
  await wanted.check()
  await expect(page.getByRole('list', { name: 'Notifications' })).toContainText('is overdue')
  await expect(page.getByRole('button', { name: 'Notifications, 1 unread' })).toBeVisible()
})
