import { line, makeClient, makeInvoice } from '../support/factories.ts'
import { expect, test } from './support/app.ts'
import { goTo } from './support/second-window.ts'

test('prints the pages of the document and nothing else', async ({ app }) => {
  const { id, number } = await app.seed(async (workspace) =>
    makeInvoice(workspace, await makeClient(workspace), {
      lines: Array.from({ length: 60 }, (_, index) => line({ name: `Visit ${index + 1}` })),
    }),
  )
  const page = await app.open()
  await goTo(page, `/invoices/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(number)
  // The system's own dialog is not ours: what it would be given is looked at.
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-dialog', 'open')
  })
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Print' }).click()
  await expect(page.locator('body[data-dialog=open]')).toBeAttached()
  const sheets = page.locator('[data-printed] canvas')
  await expect(sheets).toHaveCount(3)
  await expect(sheets.first()).toBeHidden()
  const inked = await sheets.evaluateAll((canvases) =>
    canvases.map((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
      let dark = 0
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) dark += 1
      return dark
    }),
  )
  for (const dark of inked) expect(dark).toBeGreaterThan(1000)

  await page.emulateMedia({ media: 'print' })
  await expect(sheets.first()).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(sheets).toHaveCount(0)
})
