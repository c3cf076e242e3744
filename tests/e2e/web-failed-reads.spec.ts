import { makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

// Interception is the browser's: the screens are the same on both hosts.
test('a report or list that cannot be read says so in plain words, offers no file, and comes back', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeInvoice(workspace, await makeClient(workspace))
  })
  const page = await app.open()
  const broken = /\/(reports\/run|statements\/aged|taxReports\/figures|invoices\/list|reminders\/due)\b/
  let isBroken = true
  await page.route(broken, (route) =>
    isBroken ? route.fulfill({ status: 500, contentType: 'application/json', body: '{}' }) : route.continue(),
  )
  for (const address of [
    '/reports/revenue?range=last-12-months',
    '/reports/aged',
    '/reports/tax',
    '/invoices',
    '/reminders',
  ]) {
    isBroken = true
    await goTo(page, address)
    const main = page.getByRole('main')
    await expect(main.getByRole('alert'), address).toContainText('Something went wrong')
    await expect(main, address).not.toContainText(/server error|undefined|\[object/i)
    for (const name of ['CSV', 'PDF']) {
      const button = main.getByRole('button', { name, exact: true })
      if ((await button.count()) > 0) await expect(button, `${address} ${name}`).toBeDisabled()
    }
    isBroken = false
    // A change told in this moment (a PDF that is done) reads it anew, and takes the button away before the click.
    await expect(async () => {
      const again = main.getByRole('button', { name: 'Try again' })
      if ((await again.count()) > 0) await again.click({ timeout: 1000 })
      await expect(main.getByRole('alert'), address).toHaveCount(0, { timeout: 1000 })
    }).toPass({ timeout: 20_000 })
  }
  // The failed answers, as the browser tells them.
  app.problems.length = 0
})
