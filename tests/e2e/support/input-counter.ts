import type { Page } from '@playwright/test'

export type InputCounts = {
  /** Presses of the mouse. */
  readonly clicks: number
  /** Keys that do something rather than write: Tab, Enter, arrows, anything with Ctrl. */
  readonly commandKeys: number
}

/** Counts from now on what a person would have to press; loading the page anew begins anew. */
export const countInput = async (page: Page): Promise<() => Promise<InputCounts>> => {
  await page.evaluate(() => {
    const counts = { clicks: 0, commandKeys: 0 }
    Reflect.set(globalThis, 'inputCounts', counts)
    addEventListener('mousedown', () => (counts.clicks += 1), true)
    addEventListener(
      'keydown',
      (event) => {
        if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) counts.commandKeys += 1
      },
      true,
    )
  })
  return () =>
    page.evaluate(() => {
      // Set above, in the same page.
      const { clicks, commandKeys } = Reflect.get(globalThis, 'inputCounts') as { clicks: number; commandKeys: number }
      return { clicks, commandKeys }
    })
}
