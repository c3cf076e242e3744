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

const nothing = 'nothing has the focus'

/** What has the focus, and whether it is seen: a ring of two pixels, and nothing that lies over it. */
const shown = async (page: Page): Promise<string> =>
  (await page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return null
    const { outlineStyle, outlineWidth } = getComputedStyle(at)
    const { left, top, width, height } = at.getBoundingClientRect()
    const over = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 12))
    const holds = (part: Element | null) => part !== null && (part.contains(over) || over?.contains(part) === true)
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return `no ring: ${at.outerHTML.slice(0, 200)}`
    return holds(at) || holds(at.parentElement) ? '' : `not seen: ${at.outerHTML.slice(0, 200)}`
  })) ?? nothing

/** The focus is somewhere, and is seen there. */
export const expectFocusShown = (page: Page, after: string): Promise<void> =>
  expect.poll(() => shown(page), { message: `the focus after ${after}` }).toBe('')

/** Goes to an element by Tab or Shift+Tab alone; fails where the focus is lost or not seen on the way. */
export const reach = async (page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await expect(target).toBeVisible()
  // Found anew at each step: a page that is being read again takes it away and brings another like it.
  const isThere = () => target.evaluate((it) => it === document.activeElement)
  for (let step = 0; !(await isThere()); step += 1) {
    if (step === 80) throw new Error(`${target} is not reached by ${key}`)
    await page.keyboard.press(key)
    // Between the last stop and the first one is the browser itself.
    const found = await shown(page)
    if (found !== '' && found !== nothing) throw new Error(found)
  }
}

/** Chooses an action of the palette by its name. */
export const choose = async (page: Page, words: string, option: string | RegExp): Promise<void> => {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search clients/ })).toBeFocused()
  await page.keyboard.type(words)
  await expect(page.getByRole('option', { name: option })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
