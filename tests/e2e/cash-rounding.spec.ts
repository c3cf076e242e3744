import { amountOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

test('an invoice is settled with the coins that there are, the difference on a line of its own', async ({ app }) => {
  const made = await app.seed(async (workspace) => {
    await workspace.call('taxSettings.setCashRounding', { currency: 'GBP', method: 'cash', stepE4: amountOf('0.05') })
    const client = await makeClient(workspace, 'Rosewood Bakery')
    const lines = [{ ...line({ price: '12.33' }), taxes: [] }]
    return { client, ...(await makeInvoice(workspace, client, { lines })) }
  })
  const page = await app.open()
  await goTo(page, `/payments/new?invoiceId=${made.id}`)
  const amount = page.getByRole('textbox', { name: 'Amount received' })
  await expect(amount).toHaveValue('12.33')
  await page.getByRole('combobox', { name: 'Method' }).click()
  await page.getByRole('option', { name: 'Cash', exact: true }).click()
  await expect(amount).toHaveValue('12.35')
  await expect(page.getByRole('status', { name: 'Left over' })).toContainText('£0.02 of cash rounding')
  await page.getByRole('button', { name: 'Record payment' }).click()
  const panel = page.getByRole('complementary', { name: 'Payment' })
  await expect(panel).toContainText('£12.35')
  await expect(panel).toContainText(/Cash rounding\s*£0\.02/)
  await expect(panel).not.toContainText('Left as credit')
  await goTo(page, `/invoices/${made.id}`)
  await expect(page.getByRole('main').getByText('Paid', { exact: true }).first()).toBeVisible()
  await goTo(page, `/clients/${made.client}/statement`)
  await expect(page.getByRole('row', { name: /Cash rounding of/ })).toContainText('0.02')
})
