import type { Page } from '@playwright/test'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import { fillBusiness, makeBuyer } from '../einvoice/write-workspace.ts'
import { makeDraft, makeInvoice } from '../support/factories.ts'
import type { Workspace } from '../support/workspace.ts'
import { expect, test } from './support/app.ts'
import { downloadBy } from './support/download.ts'
import { invoiceScreen } from './support/invoice-screen.ts'
import { goTo } from './support/second-window.ts'

const dialog = (page: Page) => page.getByRole('dialog')
const verdict = (page: Page) => dialog(page).getByRole('status', { name: 'Verdict' })
const broken = (page: Page) => dialog(page).getByRole('list', { name: 'Broken rules' })

const openEInvoice = async (page: Page) => {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'E-invoice…' }).click()
}

const choose = async (page: Page, format: string) => {
  await dialog(page).getByRole('combobox', { name: 'Format' }).click()
  await page.getByRole('option', { name: format, exact: true }).click()
}

const germanInvoice = async (workspace: Workspace, form: 'xrechnung-ubl' | 'facturx' = 'xrechnung-ubl') => {
  await fillBusiness(workspace)
  return await makeInvoice(workspace, await makeBuyer(workspace, form), {
    currency: 'EUR',
    supplyFrom: '2026-11-20',
  })
}

test('a valid invoice is saved as XRechnung, as another form, and as a PDF with the data inside', async ({ app }) => {
  const invoice = await app.seed((workspace) => germanInvoice(workspace))
  const page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await openEInvoice(page)
  await expect(verdict(page)).toContainText('Valid')
  await expect(verdict(page)).toContainText('XRechnung (UBL)')
  const xrechnung = await downloadBy(app, () => dialog(page).getByRole('button', { name: 'Save XML' }).click())
  expect(xrechnung.name).toBe(`${invoice.number}.xml`)
  expect(parseEInvoice(xrechnung.bytes)).toMatchObject({ number: invoice.number, syntax: 'ubl-invoice' })

  await choose(page, 'EN 16931 (CII)')
  await expect(verdict(page)).toContainText('EN 16931 (CII)')
  const cii = await downloadBy(app, () => dialog(page).getByRole('button', { name: 'Save XML' }).click())
  expect(parseEInvoice(cii.bytes).totals).toEqual(parseEInvoice(xrechnung.bytes).totals)

  await choose(page, 'Factur-X / ZUGFeRD')
  await expect(verdict(page)).toContainText('Factur-X')
  const pdf = await downloadBy(app, () => dialog(page).getByRole('button', { name: 'Save PDF' }).click())
  expect(pdf.name).toBe(`${invoice.number}.pdf`)
  expect(pdf.bytes.toString('latin1')).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>')
})

test('a broken one says why, and leads to the client, where it is put right', async ({ app }) => {
  const invoice = await app.seed(async (workspace) => {
    const issued = await germanInvoice(workspace)
    const { rows } = await workspace.call('clients.list', {})
    const { id, version } = rows[0] ?? { id: '', version: 1 }
    await workspace.call('clients.update', { id, version, buyerReference: null })
    return await makeInvoice(workspace, id, { currency: 'EUR', supplyFrom: '2026-11-20', reference: issued.number })
  })
  const page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await openEInvoice(page)
  await expect(verdict(page)).toContainText('One rule broken')
  await expect(broken(page)).toContainText('The buyer reference (Leitweg-ID) is missing.')
  await expect(dialog(page).getByRole('button', { name: 'Save XML' })).toBeDisabled()
  await broken(page)
    .getByRole('button', { name: /^Open the client/ })
    .click()
  const reference = page.getByRole('textbox', { name: 'Buyer reference' })
  await expect(reference).toBeFocused()
  await reference.fill('01054056-23-12')
  await page.getByRole('button', { name: 'Save client' }).click()
  await expect(verdict(page)).toContainText('Valid')
  await expect(dialog(page).getByRole('button', { name: 'Save XML' })).toBeEnabled()
})

test('before the issue a draft is told what its e-invoice lacks, with the way to the field', async ({ app }) => {
  const draft = await app.seed(async (workspace) => {
    await fillBusiness(workspace)
    const clientId = await makeBuyer(workspace)
    const { version } = await workspace.call('clients.get', { id: clientId })
    await workspace.call('clients.update', { id: clientId, version, buyerReference: null })
    return await makeDraft(workspace, clientId, { currency: 'EUR', supplyFrom: null })
  })
  const page = await app.open()
  await goTo(page, `/invoices/${draft.id}`)
  const screen = invoiceScreen(page)
  await screen.issue.click()
  await expect(dialog(page)).toContainText('Not a valid e-invoice yet')
  await broken(page)
    .getByRole('button', { name: /^Go to the field: The buyer reference/ })
    .click()
  const reference = page.getByRole('textbox', { name: 'Buyer reference' })
  await expect(reference).toBeFocused()
  await reference.fill('01054056-23-12')

  await screen.issue.click()
  await expect(dialog(page)).toContainText('Valid e-invoice')
  // A hint, which does not keep it from going out.
  await broken(page)
    .getByRole('button', { name: /^Go to the field: No date of delivery/ })
    .click()
  await expect(page.getByRole('textbox', { name: 'Supply from' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Supply from' }).fill('2026-11-20')

  await screen.issue.click()
  await expect(dialog(page)).toContainText('Valid e-invoice')
  await expect(broken(page)).toHaveCount(0)
  await screen.confirmIssue.click()
  await expect(screen.title).toHaveText(/^INV-/)
  await openEInvoice(page)
  await expect(verdict(page)).toContainText('Valid')
})

test('what the business lacks leads to its settings', async ({ app }) => {
  const invoice = await app.seed(async (workspace) => {
    const issued = await germanInvoice(workspace)
    const { version } = await workspace.call('organizations.get', {})
    await workspace.call('organizations.update', { version, contactName: null })
    const { content } = await workspace.call('invoices.get', { id: issued.id })
    return await makeInvoice(workspace, content.clientId ?? '', { currency: 'EUR', supplyFrom: '2026-11-20' })
  })
  const page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await openEInvoice(page)
  await broken(page)
    .getByRole('button', { name: /^Open your settings/ })
    .click()
  const contact = page.getByRole('textbox', { name: 'Contact person' })
  await expect(contact).toBeFocused()
  await contact.fill('Ada Linden')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Business saved.')).toBeVisible()
  await goTo(page, `/invoices/${invoice.id}`)
  await openEInvoice(page)
  await expect(verdict(page)).toContainText('Valid')
})
