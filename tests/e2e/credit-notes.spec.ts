import type { Page } from '@playwright/test'
import { line, makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { expectDrawn, invoiceScreen } from './support/invoice-screen.ts'
import { goTo } from './support/second-window.ts'

const more = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const dialog = (page: Page) => page.getByRole('dialog')
const main = (page: Page) => page.getByRole('main')

test('gives back a quantity, then an amount, and never more than is left', async ({ app }) => {
  const invoice = await app.seed(async (workspace) =>
    makeInvoice(workspace, await makeClient(workspace), {
      lines: [
        line({ name: 'Chairs', quantity: '4', price: '50' }),
        line({ name: 'Tables', quantity: '1', price: '100' }),
      ],
    }),
  )
  const page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await expect(page.getByRole('heading', { level: 1, name: invoice.number })).toBeVisible()
  await more(page, 'Credit…')
  await dialog(page).getByText('Quantities', { exact: true }).click()
  await dialog(page).getByRole('textbox', { name: 'Quantity of Chairs to credit' }).fill('5')
  await expect(dialog(page).getByText('More than is left.').first()).toBeVisible()
  await dialog(page).getByRole('textbox', { name: 'Quantity of Chairs to credit' }).fill('1')
  const sum = dialog(page).getByRole('status', { name: 'Credit' })
  await expect(sum).toContainText('£60.00')
  await expect(sum).toContainText('£300.00')
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('One chair came back')
  await dialog(page).getByRole('button', { name: 'Issue credit note over £60.00' }).click()
  await expect(dialog(page)).toHaveCount(0)
  const credits = page.getByRole('list', { name: 'Credit notes' })
  await expect(credits).toContainText('£60.00')
  await expect(main(page)).toContainText('£300.00')

  await more(page, 'Credit…')
  await dialog(page).getByText('An amount', { exact: true }).click()
  await dialog(page).getByRole('textbox', { name: 'Amount with tax' }).fill('300.01')
  await expect(dialog(page).getByRole('alert')).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: /^Issue credit note/ })).toBeDisabled()
  await dialog(page).getByRole('textbox', { name: 'Amount with tax' }).fill('300')
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('All of it came back')
  await dialog(page).getByRole('button', { name: 'Issue credit note over £300.00' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(main(page)).toContainText('Paid')
  await credits.getByRole('link').first().click()
  await expectDrawn(page)
  await expect(main(page)).toContainText('All of it is used')
  await expect(main(page).getByRole('link', { name: invoice.number }).first()).toBeVisible()
})

test('corrects an invoice by a credit note and a new draft in one step', async ({ app }) => {
  const invoice = await app.seed(async (workspace) => makeInvoice(workspace, await makeClient(workspace)))
  const page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await more(page, 'Correct this invoice…')
  await dialog(page).getByRole('textbox', { name: 'What was wrong' }).fill('Wrong price')
  await dialog(page).getByRole('button', { name: 'Credit and edit' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Draft for Rosewood Bakery' })).toBeVisible()
  await invoiceScreen(page).price(1).fill('90')
  await invoiceScreen(page).price(1).press('Tab')
  await invoiceScreen(page).issue.click()
  await invoiceScreen(page).confirmIssue.click()
  await expect(main(page)).toContainText('In place of')
  await main(page).getByRole('link', { name: invoice.number, exact: true }).click()
  await expect(page.getByRole('list', { name: 'Credit notes' })).toContainText('£120.00')
})

test('a free credit note is used for an invoice, the rest is refunded', async ({ app }) => {
  const number = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    return (await makeInvoice(workspace, clientId)).number
  })
  const page = await app.open()
  await goTo(page, '/credit-notes')
  await main(page).getByRole('link', { name: 'New credit note' }).first().click()
  const screen = invoiceScreen(page)
  await screen.client.fill('Rosewood')
  await page.getByRole('option', { name: /Rosewood Bakery/ }).click()
  await screen.item(1).fill('Goodwill')
  await screen.item(1).press('Tab')
  await screen.price(1).fill('150')
  await screen.price(1).press('Tab')
  await page.getByRole('textbox', { name: 'Reason', exact: true }).fill('A late delivery')
  await expect(screen.totals).toContainText('credit £180.00')
  await screen.issue.click()
  await dialog(page)
    .getByRole('button', { name: /^Issue credit note / })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: /\d/ })).toBeVisible()
  await expect(main(page)).toContainText('Not used yet')

  await page.getByRole('button', { name: 'Use for invoices' }).click()
  await expect(dialog(page).getByRole('textbox', { name: `Amount for ${number}` })).toHaveValue('120.00')
  await dialog(page).getByRole('button', { name: 'Use credit' }).click()
  await expect(page.getByRole('list', { name: 'Where the credit went' })).toContainText(number)
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toHaveValue('60.00')
  await dialog(page).getByRole('button', { name: 'Record refund' }).click()
  await expect(page.getByRole('list', { name: 'Where the credit went' })).toContainText('refunded')
  await expect(main(page)).toContainText('All of it is used')
})

test('writes off the rest of an invoice, and takes that back', async ({ app }) => {
  const invoice = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const made = await makeInvoice(workspace, clientId)
    await makePayment(workspace, clientId, '119.50', [{ invoiceId: made.id, amount: '119.50' }])
    return made
  })
  const page = await app.open()
  await goTo(page, `/invoices/${invoice.id}`)
  await more(page, 'Write off the rest…')
  await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toHaveValue('0.50')
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('Bank charges')
  await dialog(page).getByRole('button', { name: 'Write off' }).click()
  const list = page.getByRole('list', { name: 'Write-offs' })
  await expect(list).toContainText('Bank charges')
  await expect(main(page)).toContainText('£119.50')
  await list.getByRole('button', { name: /^Take back the write-off/ }).click()
  await expect(list).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Record payment' })).toBeVisible()
})

test('credit of a client is used and refunded from the client', async ({ app }) => {
  const { clientId, invoice } = await app.seed(async (workspace) => {
    const id = await makeClient(workspace)
    await makePayment(workspace, id, '200')
    return { clientId: id, invoice: await makeInvoice(workspace, id) }
  })
  const page = await app.open()
  await goTo(page, `/clients/${clientId}`)
  const panel = page.getByRole('region', { name: 'Credit', exact: true })
  await panel.getByRole('button', { name: /^Use credit of/ }).click()
  await expect(dialog(page).getByRole('textbox', { name: `Amount for ${invoice.number}` })).toHaveValue('120.00')
  await dialog(page).getByRole('button', { name: 'Use credit' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await panel.getByRole('button', { name: /^Refund/ }).click()
  await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toHaveValue('80.00')
  await dialog(page).getByRole('button', { name: 'Record refund' }).click()
  await expect(panel).toContainText('No credit is left.')
  await panel.getByRole('button', { name: /^Cancel refund/ }).click()
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('The bank sent it back')
  await dialog(page).getByRole('button', { name: 'Cancel refund' }).click()
  await expect(panel.getByRole('button', { name: /^Use credit of/ })).toBeVisible()
})

test('a cheque that bounces shows what it had paid, and the invoice is open again', async ({ app }) => {
  const { paymentId, number } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const invoice = await makeInvoice(workspace, clientId)
    const payment = await makePayment(workspace, clientId, '120', [{ invoiceId: invoice.id, amount: '120' }])
    return { paymentId: payment.id, number: invoice.number }
  })
  const page = await app.open()
  await goTo(page, `/payments?payment=${paymentId}`)
  const panel = page.getByRole('complementary', { name: 'Payment' })
  await expect(panel.getByRole('list', { name: 'Invoices it pays' })).toContainText(number)
  await panel.getByRole('button', { name: 'Bounced' }).click()
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('No cover')
  await dialog(page).getByRole('button', { name: 'Mark as bounced' }).click()
  await expect(panel.getByRole('list', { name: 'Taken back from' })).toContainText(number)
  await expect(panel).toContainText('It pays nothing any more.')
  await panel.getByRole('list', { name: 'Taken back from' }).getByRole('link', { name: number }).click()
  await expect(page.getByRole('link', { name: 'Record payment' })).toBeVisible()
})
