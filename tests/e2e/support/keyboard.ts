import { expect, type Locator, type Page } from '@playwright/test'

/** Goes with Tab (or Shift+Tab) to an element, in at most `most` steps; tells how many it took. */
export const tabTo = async (
  page: Page,
  target: Locator,
  { most = 12, key = 'Tab' }: { readonly most?: number; readonly key?: 'Tab' | 'Shift+Tab' } = {},
): Promise<number> => {
  await expect(target).toBeVisible()
  for (let step = 1; step <= most; step += 1) {
    await page.keyboard.press(key)
    if (await target.evaluate((element) => element === document.activeElement)) return step
  }
  const reached = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? 'nothing')
  throw new Error(`Not reached by ${most} times ${key}; the focus is on ${reached}`)
}

/** Puts rows and cells on the clipboard, as a spreadsheet in another window does: nothing of the app has a hand in it. */
export const copyCells = (page: Page, rows: readonly (readonly string[])[]): Promise<void> =>
  page.evaluate(
    (text) => {
      const { activeElement } = document
      const sheet = document.createElement('textarea')
      sheet.value = text
      document.body.append(sheet)
      sheet.select()
      if (!document.execCommand('copy')) throw new Error('The clipboard did not take it.')
      sheet.remove()
      if (activeElement instanceof HTMLElement) activeElement.focus()
    },
    rows.map((cells) => cells.join('\t')).join('\n'),
  )
