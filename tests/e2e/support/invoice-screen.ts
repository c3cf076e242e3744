import { expect, type Page } from '@playwright/test'

/** The invoice editor and the issued document, by what a person reads on them. */
export const invoiceScreen = (page: Page) => ({
  client: page.getByRole('combobox', { name: 'Client', exact: true }),
  item: (line: number) => page.getByRole('combobox', { name: `Item of line ${line}`, exact: true }),
  quantity: (line: number) => page.getByRole('textbox', { name: `Quantity of line ${line}`, exact: true }),
  price: (line: number) => page.getByRole('textbox', { name: `Price of line ${line}`, exact: true }),
  line: (line: number) => page.getByRole('row', { name: `Line ${line}`, exact: true }),
  lines: page.getByRole('row', { name: /^Line \d+$/ }),
  addLine: page.getByRole('button', { name: 'Add line', exact: true }),
  totals: page.getByRole('status', { name: 'Totals' }),
  saving: page.locator('[data-saving]'),
  preview: page.getByRole('region', { name: 'Preview', exact: true }),
  firstPage: page.getByRole('img', { name: /, page 1 of \d+$/ }),
  issue: page.getByRole('button', { name: /^Issue( Ctrl Enter)?$/ }),
  /** The question before the number is taken, with its verb. */
  confirmIssue: page.getByRole('dialog').getByRole('button', { name: /^Issue invoice / }),
  title: page.getByRole('heading', { level: 1 }),
})

export type InvoiceScreen = ReturnType<typeof invoiceScreen>

/** The share of a page's pixels that are dark: 0 for one that was never drawn. */
export const inkOf = (page: Page): Promise<number> =>
  invoiceScreen(page)
    .firstPage.first()
    .evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) return 0
      const pixels = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? []
      let dark = 0
      for (let at = 0; at < pixels.length; at += 4) {
        if ((pixels[at + 3] ?? 0) > 0 && (pixels[at] ?? 255) < 128) dark += 1
      }
      return dark / Math.max(1, pixels.length / 4)
    })

/** Waits until the page of the PDF is drawn with something on it. */
export const expectDrawn = (page: Page): Promise<void> =>
  expect.poll(() => inkOf(page), { message: 'the page of the PDF is drawn' }).toBeGreaterThan(0.0005)

/** The amount that the draft asks for, as it is told to those who cannot see it. */
export const expectAmountDue = (page: Page, amount: string): Promise<void> =>
  expect(invoiceScreen(page).totals).toContainText(`amount due ${amount}`)
