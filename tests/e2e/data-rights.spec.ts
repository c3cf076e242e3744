import { strFromU8, unzipSync } from 'fflate'
import { canaries, makePerson } from '../support/person-inputs.ts'
import { expect, test } from './support/app.ts'
import { downloadBy } from './support/download.ts'
import { goTo } from './support/second-window.ts'

test('the data of a client is given out, then erased, and the papers stay', async ({ app }) => {
  const person = await app.seed((workspace) => makePerson(workspace))
  const page = await app.open()
  await goTo(page, `/clients/${person.id}`)
  const open = async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Data rights…' }).click()
  }
  await open()
  const dialog = page.getByRole('dialog')
  const { name, bytes } = await downloadBy(app, () =>
    dialog.getByRole('button', { name: 'Save the data of this client' }).click(),
  )
  expect(name).toMatch(/^C0001-\d{4}-\d\d-\d\d\.zip$/)
  const entries = unzipSync(new Uint8Array(bytes))
  expect(strFromU8(entries['data.json'] ?? new Uint8Array())).toContain(canaries.summary)
  expect(strFromU8(entries['index.html'] ?? new Uint8Array())).toContain(canaries.contact)

  await dialog.getByRole('button', { name: 'Look at what would go' }).click()
  const erase = page.getByRole('dialog', { name: `Erase ${canaries.name}` })
  await expect(erase.getByText('1 contact', { exact: true })).toBeVisible()
  await expect(erase.getByText(/^2 invoices, until /)).toBeVisible()
  await expect(erase.getByText('1 invoice is not paid.', { exact: false })).toBeVisible()
  const act = erase.getByRole('button', { name: 'Erase C0001' })
  await expect(act).toBeDisabled()
  await erase.getByRole('textbox', { name: 'Reason' }).fill('Quill wrote a letter')
  await erase.getByRole('textbox', { name: 'Type C0001 to erase' }).fill('C0001')
  await act.click()
  await expect(erase.getByText('Leave "quill" out', { exact: false })).toBeVisible()
  await erase.getByRole('textbox', { name: 'Reason' }).fill('Asked by letter')
  await act.click()
  await expect(page.getByRole('heading', { name: 'Erased client C0001' })).toBeVisible()
  await expect(page.getByText(canaries.email)).toHaveCount(0)

  await goTo(page, `/invoices/${person.paid.id}`)
  await expect(page.getByRole('heading', { name: person.paid.number })).toBeVisible()
  await goTo(page, '/settings/data')
  await expect(page.getByText('client C0001, asked by the person', { exact: false })).toBeVisible()
})
