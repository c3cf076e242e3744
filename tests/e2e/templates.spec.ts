import type { Locator, Page } from '@playwright/test'
import { designOf } from '../../shared/documents/template-design.ts'
import { readPdf } from '../pdf/read-pdf.ts'
import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { expectDrawn } from './support/invoice-screen.ts'
import { goTo } from './support/second-window.ts'

// Many previews are drawn.
test.slow()

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const shown = (page: Page) => page.getByRole('region', { name: 'Preview', exact: true })
const paints = async (view: Locator) => Number(await view.getAttribute('data-paints'))

/** Does something and waits until the preview was drawn anew because of it. */
const redraws = async (page: Page, act: () => Promise<unknown>) => {
  await expect(shown(page).getByText('Updating…')).toHaveCount(0)
  const before = await paints(shown(page))
  await act()
  await expect.poll(() => paints(shown(page))).toBeGreaterThan(before)
}

test('makes a template from a finished one, sees it live, and issues with it', async ({ app }) => {
  const clientId = await app.seed((workspace) => makeClient(workspace, 'Rosewood Bakery'))
  const page = await app.open()
  await goTo(page, '/settings/templates')
  const finished = page.getByRole('region', { name: 'Finished templates' })
  await expect(finished.getByRole('listitem')).toHaveCount(4)
  for (const name of ['Plain', 'Modern', 'Dense', 'Letter']) {
    await expect(finished.getByRole('img', { name: `${name}, as printed` })).toBeVisible()
  }
  await finished
    .getByRole('listitem')
    .filter({ hasText: 'Modern' })
    .getByRole('button', { name: 'Make it mine' })
    .click()
  await expect(heading(page)).toHaveText('Modern')
  await expect(page.getByRole('img', { name: 'Preview, page 1 of 1' })).toBeVisible()

  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('House style')
  await redraws(page, () => page.getByRole('textbox', { name: 'Title of invoices' }).fill('Tax invoice'))
  await redraws(page, () => page.getByRole('checkbox', { name: 'Opening text' }).check())
  await redraws(page, () => page.getByRole('textbox', { name: 'Opening text' }).fill('Dear {client}, as agreed:'))
  await redraws(page, () => page.getByRole('checkbox', { name: 'Tax rate' }).uncheck())
  await redraws(page, () => page.getByRole('button', { name: 'Move Quantity up' }).click())
  await redraws(page, () => page.getByText('Large', { exact: true }).first().click())
  await redraws(page, () => page.getByText('Serif', { exact: true }).click())
  await page.getByRole('combobox', { name: 'Lines shown' }).click()
  await redraws(page, () => page.getByRole('option', { name: '60 lines' }).click())
  await expect(shown(page).getByText(/^\d pages$/)).toBeVisible()
  await page.getByRole('combobox', { name: 'Language shown' }).click()
  await redraws(page, () => page.getByRole('option', { name: /Arabic/ }).click())

  await page.keyboard.press('Control+s')
  await expect(page.getByText('House style saved.')).toBeVisible()
  await page.getByRole('button', { name: 'All templates' }).click()
  const own = page.getByRole('region', { name: 'Your templates' }).getByRole('listitem')
  await expect(own).toHaveCount(1)
  await own.getByRole('button', { name: 'What House style is the default of' }).click()
  await page.getByRole('menuitem', { name: 'Invoices' }).click()
  await expect(page.getByText('New invoices use House style.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(own.getByText('Invoices')).toBeVisible()
  await app.close()

  const text = await app.seed(async (workspace) => {
    const { id } = await makeInvoice(workspace, clientId)
    const { pdf } = await workspace.call('invoices.pdf', { id })
    return (await readPdf(pdf)).map((it) => it.text).join(' ')
  })
  expect(text).toContain('Tax invoice')
  expect(text).toContain('Dear Rosewood Bakery, as agreed:')
  expect(text).not.toContain('20 % ')
})

test('a draft is drawn in the template that is chosen for it, else as its client has it', async ({ app }) => {
  const made = await app.seed(async (workspace) => {
    const create = async (layout: 'plain' | 'modern', name: string) => {
      const design = { ...designOf(layout), texts: { ...designOf(layout).texts, header: `Header ${name}` } }
      return await workspace.call('documentTemplates.create', { name, design })
    }
    const [house, band] = [await create('plain', 'House style'), await create('modern', 'Band')]
    const clientId = await makeClient(workspace, 'Rosewood Bakery')
    const { version } = await workspace.call('clients.get', { id: clientId })
    await workspace.call('clients.update', { id: clientId, version, templateId: house.id })
    return { draft: await makeDraft(workspace, clientId), band }
  })
  const page = await app.open()
  await goTo(page, `/invoices/${made.draft.id}`)
  await expectDrawn(page)
  const choice = page.getByRole('combobox', { name: 'Template' })
  await expect(choice.getByRole('option', { selected: true })).toHaveText('As usual (House style)')
  await redraws(page, () => choice.selectOption('Band'))
  // Only a time says that it was saved since it was opened.
  await expect(page.getByText(/Saved \d\d:\d\d/).first()).toBeVisible()
  await app.close()
  const text = await app.seed(async (workspace) => {
    const { pdf } = await workspace.call('invoices.pdf', { id: made.draft.id })
    const { content } = await workspace.call('invoices.get', { id: made.draft.id })
    return { templateId: content.templateId, page: (await readPdf(pdf)).map((it) => it.text).join(' ') }
  })
  expect(text.templateId).toBe(made.band.id)
  expect(text.page).toContain('Header Band')
})

test('a template in use by a client is chosen in its form; leaving with changes asks; deleting can be undone', async ({
  app,
}) => {
  const clientId = await app.seed((workspace) => makeClient(workspace, 'Rosewood Bakery'))
  const page = await app.open()
  await goTo(page, '/settings/templates')
  const finished = page.getByRole('region', { name: 'Finished templates' })
  await finished
    .getByRole('listitem')
    .filter({ hasText: 'Letter' })
    .getByRole('button', { name: 'Make it mine' })
    .click()
  await expect(heading(page)).toHaveText('Letter')
  await page.getByRole('textbox', { name: 'Closing text' }).fill('Yours ever')
  await expect(page.getByText('Not saved yet')).toBeVisible()
  await page.getByRole('button', { name: 'All templates' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click()
  await expect(page.getByRole('textbox', { name: 'Closing text' })).toHaveValue('Yours ever')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Letter saved.')).toBeVisible()

  await goTo(page, `/clients/${clientId}`)
  await page.getByRole('button', { name: /^Edit/ }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Template' }).click()
  await page.getByRole('option', { name: 'Letter' }).click()
  await dialog.getByRole('button', { name: 'Save client' }).click()
  await expect(dialog).toHaveCount(0)

  await goTo(page, '/settings/templates')
  const own = page.getByRole('region', { name: 'Your templates' })
  await own.getByRole('button', { name: 'Delete Letter' }).click()
  await expect(own).toHaveCount(0)
  await page.getByRole('listitem').filter({ hasText: 'deleted' }).getByRole('button', { name: 'Undo' }).click()
  await expect(own.getByRole('listitem')).toHaveCount(1)
  await app.close()
  const text = await app.seed(async (workspace) => {
    const { id } = await makeDraft(workspace, clientId)
    const { pdf } = await workspace.call('invoices.pdf', { id })
    return (await readPdf(pdf)).map((it) => it.text).join(' ')
  })
  expect(text).toContain('Yours ever')
})

test('an account to pay to is checked as it is typed, kept, and printed', async ({ app }) => {
  await app.seed(() => Promise.resolve())
  const page = await app.open()
  await goTo(page, '/settings/payment-accounts')
  await expect(page.getByText(/Documents name the bank details of the business/)).toBeVisible()
  await page.getByRole('button', { name: 'New account' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name here' }).fill('Pounds')
  await dialog.getByRole('textbox', { name: 'IBAN', exact: true }).fill('GB33 BUKB 2020 1555 5555 56')
  await dialog.getByRole('textbox', { name: 'Payment link' }).fill('http://pay.example')
  await dialog.getByRole('button', { name: 'Add account' }).click()
  await expect(dialog.getByText(/check digits of this IBAN do not fit/)).toBeVisible()
  await expect(dialog.getByText(/begins with https/)).toBeVisible()
  await dialog.getByRole('textbox', { name: 'IBAN', exact: true }).fill('GB33 BUKB 2020 1555 5555 55')
  await dialog.getByRole('textbox', { name: 'Payment link' }).fill('https://pay.example/{number}')
  await dialog.getByRole('button', { name: 'Add account' }).click()
  await expect(dialog).toHaveCount(0)
  const row = page.getByRole('row', { name: /Pounds/ })
  await expect(row).toContainText('GB33 BUKB 2020 1555 5555 55')
  await expect(row).toContainText('Default')
  await app.close()
  const text = await app.seed(async (workspace) => {
    const { id, number } = await makeInvoice(workspace, await makeClient(workspace))
    const { pdf } = await workspace.call('invoices.pdf', { id })
    return { number, page: (await readPdf(pdf)).map((it) => it.text).join(' ') }
  })
  expect(text.page).toContain(`https://pay.example/${text.number}`)
  expect(text.page).toContain('Scan to pay')
})
