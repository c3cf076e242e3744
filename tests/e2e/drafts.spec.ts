import type { Page } from '@playwright/test'
import { contentFor, line, makeClient, makeDraft } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { invoiceScreen } from './support/invoice-screen.ts'
import { goTo, saveDraftElsewhere } from './support/second-window.ts'

const beginInvoice = async (page: Page) => {
  await page.getByRole('link', { name: 'New invoice' }).first().click()
  await expect(invoiceScreen(page).client).toBeVisible()
}

const openDraft = async (page: Page) => {
  await goTo(page, '/invoices?filter=draft')
  await page.getByRole('grid', { name: 'Invoices' }).getByRole('row').nth(1).click()
  await expect(invoiceScreen(page).item(1)).toBeVisible()
}

test('keeps a draft through a kill once it says that it is saved', async ({ app }) => {
  await app.seed((workspace) => makeClient(workspace))
  const page = await app.open()
  const screen = invoiceScreen(page)
  await beginInvoice(page)
  await screen.client.fill('Rosewood')
  await page.getByRole('option', { name: /Rosewood Bakery/ }).click()
  await screen.item(1).fill('Consulting in November')
  await screen.price(1).fill('75.5')
  await expect(screen.saving).toHaveAttribute('data-saving', 'saved')
  await expect(screen.saving).toHaveText(/Saved \d\d:\d\d/)
  await app.kill()

  const again = await app.open()
  await openDraft(again)
  const after = invoiceScreen(again)
  await expect(after.title).toHaveText('Draft for Rosewood Bakery')
  await expect(after.item(1)).toHaveValue('Consulting in November')
  await expect(after.price(1)).toHaveValue('75.50')
})

test('saves within a second of the last key, and a kill in that second loses no more than it', async ({ app }) => {
  await app.seed((workspace) => makeDraft(workspace, null, { lines: [line({ name: 'Consulting' })] }))
  const page = await app.open()
  await openDraft(page)
  const screen = invoiceScreen(page)
  const waited = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let lastKey = 0
        document.addEventListener('input', () => (lastKey = performance.now()), true)
        new MutationObserver(() => {
          const state = document.querySelector('[data-saving]')?.getAttribute('data-saving')
          if (lastKey > 0 && (state === 'saving' || state === 'saved')) resolve(performance.now() - lastKey)
        }).observe(document.body, { subtree: true, childList: true, attributes: true })
      }),
  )
  await screen.item(1).press('End')
  await page.keyboard.type(', first week')
  expect(await waited).toBeLessThan(1000)
  await expect(screen.saving).toHaveAttribute('data-saving', 'saved')
  await page.keyboard.type(', not yet stored')
  await app.kill()

  const again = await app.open()
  await openDraft(again)
  await expect(invoiceScreen(again).item(1)).toHaveValue(/^Consulting, first week(, not yet stored)?$/)
})

test('shows both states where a draft was saved from another window meanwhile', async ({ app }) => {
  const { organizationId, draft, theirs } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const lines = [line({ name: 'Consulting' })]
    return {
      organizationId: workspace.organizationId,
      draft: await makeDraft(workspace, clientId, { lines }),
      theirs: await contentFor(workspace, clientId, { lines, reference: 'Order 4711 of the other window' }),
    }
  })
  const page = await app.open()
  await openDraft(page)
  const screen = invoiceScreen(page)
  const answer = await saveDraftElsewhere(page, organizationId, { ...draft, content: theirs })
  expect(answer).toContain('"version"')

  await page.getByRole('textbox', { name: 'Notes' }).fill('Thank you from this window')
  const dialog = page.getByRole('dialog', { name: /was changed meanwhile/ })
  await expect(dialog).toBeVisible()
  await expect(dialog.getByRole('radio', { name: /^Reference, saved meanwhile: Order 4711/ })).toBeChecked()
  await expect(dialog.getByRole('radio', { name: /^Notes, yours: Thank you from this window/ })).toBeChecked()

  // Putting the choice off loses nothing, and the question stays at hand.
  await dialog.getByRole('button', { name: 'Keep editing' }).click()
  await expect(screen.saving).toHaveText(/Changed elsewhere too/)
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('Thank you from this window')
  await page.getByRole('button', { name: 'Compare' }).click()
  await dialog.getByRole('button', { name: 'Save what is chosen' }).click()
  await expect(dialog).toBeHidden()
  await expect(screen.saving).toHaveAttribute('data-saving', 'saved')
  await expect(page.getByRole('textbox', { name: 'Reference' })).toHaveValue('Order 4711 of the other window')
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('Thank you from this window')
})
