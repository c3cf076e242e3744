import type { Request } from '@playwright/test'
import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { takeRole } from '../support/people.ts'
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

// Each with its own heading: the one before stands until the next page is there.
const pages: Readonly<Record<string, string | RegExp>> = {
  '/': 'Home',
  '/invoices': 'Invoices',
  '/invoices/new': 'New invoice',
  '/quotes': 'Quotes',
  '/credit-notes': 'Credit notes',
  '/recurring': 'Recurring invoices',
  '/clients': 'Clients',
  '/items': 'Items',
  '/payments': 'Payments',
  '/banking': 'Banking',
  '/outbox': 'Outbox',
  '/reminders': 'Reminders due',
  '/reports': 'Reports',
  '/reports/export': /./,
  '/record': 'Record',
  '/notifications': 'Notifications',
  '/settings': /./,
}

test('whoever may only see invoices is asked for nothing that their role refuses', async ({ app }) => {
  const { draft, issued } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const made = {
      draft: (await makeDraft(workspace, clientId)).id,
      issued: (await makeInvoice(workspace, clientId)).id,
    }
    const { id } = await workspace.call('roles.create', { name: 'Viewer', permissions: ['invoices.read'] })
    await takeRole(workspace, 'staff', id)
    return made
  })
  const page = await app.open()
  const answers: string[] = []
  const asked = new Set<Request>()
  // The stream of changes is never answered to its end.
  const isRead = (request: Request) => /\/rpc\/(?!changes|access)/.test(request.url())
  page.on('request', (request) => isRead(request) && asked.add(request))
  page.on('requestfailed', (request) => asked.delete(request))
  page.on('requestfinished', async (request) => {
    const response = await request.response()
    if (isRead(request)) answers.push(`${response?.status()} ${new URL(request.url()).pathname.slice(5)}`)
    asked.delete(request)
  })
  await page.reload()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  const documents = { [`/invoices/${issued}`]: /INV-/, '/': 'Home', [`/invoices/${draft}`]: /^(?!Home)/ }
  for (const [path, title] of [...Object.entries(pages), ...Object.entries(documents)]) {
    await goTo(page, path)
    await expect(page.getByRole('heading', { level: 1, name: title }), path).toBeVisible()
    await expect.poll(() => asked.size).toBe(0)
  }
  expect(answers).toEqual(expect.arrayContaining(['200 users/me', '200 invoices/list', '200 invoices/get']))
  expect(answers.filter((answer) => !answer.startsWith('200 '))).toEqual([])
})
