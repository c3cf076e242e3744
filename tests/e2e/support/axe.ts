import { expect, type Page } from '@playwright/test'
import axe, { type RunOnly } from 'axe-core'
import type { App } from './app.ts'
import type { HostName } from './launch.ts'

declare global {
  interface Window {
    axe: typeof axe
  }
}

type Theme = 'light' | 'dark'

// A theme changes colours and nothing else: every rule is asked in the light, those of colour in the dark.
const rulesOf: Readonly<Record<Theme, RunOnly>> = {
  light: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
}

// The stylesheet and the elements are the same on both hosts: so are the colours of the dark theme.
const themesOf = (host: HostName): readonly Theme[] => (host === 'web' ? ['light', 'dark'] : ['light'])

/** What axe finds on the page as it stands, each with its first elements. */
const findingsOn = async (page: Page, place: string, theme: Theme): Promise<string[]> => {
  // Put into the page once, where its usual wrapper does so for every reading and hands over what passed, too.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] })
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 3).map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 200)}`),
    }))
  }, rulesOf[theme])
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${place}: ${id} (${help}) ${node}`))
}

/** Nothing is loading and nothing moves: colours are measured as they stay. */
const settle = async (page: Page) => {
  await expect(page.locator('[role="status"][aria-label^="Loading"]')).toHaveCount(0)
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => undefined)),
    ),
  )
}

/** What axe finds on the page as it stands, in each theme: a line for each element, with the name of the place. */
export const axeFindings = async ({ host, page }: App, place: string): Promise<string[]> => {
  const found: string[] = []
  const themes = themesOf(host)
  const now = await page.locator('html').getAttribute('data-mantine-color-scheme')
  // Where the place before ended: a switch takes as long as a look.
  for (const colorScheme of themes.length > 1 && now === 'dark' ? themes.toReversed() : themes) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await settle(page)
    found.push(...(await findingsOn(page, `${place}, ${colorScheme}`, colorScheme)))
  }
  return found
}
