import type { BrowserContext, Page } from '@playwright/test'

/** What no page may ever do: throw outside a handler, or run into the content security policy. */
export type Problem = { readonly kind: 'page error' | 'policy' | 'console error'; readonly text: string }

// Chromium reports violations on the console in these words, whichever document they happened in.
const policy = /Content Security Policy|Content-Security-Policy|requires? 'Trusted/

// In the page: each violation on the console, in words that the listener below knows, whatever Chromium itself says.
const tellViolations = () => {
  const told = Symbol.for('counterfoil.violations-told')
  if (Reflect.get(globalThis, told) === true) return
  Reflect.set(globalThis, told, true)
  document.addEventListener('securitypolicyviolation', (event) => {
    // biome-ignore lint/suspicious/noConsole: runs in the page, whose console the fixture reads
    console.error(`Content Security Policy, ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`)
  })
}

/** Has a page and all that follow it in its context tell of every securitypolicyviolation from their first line on. */
export const listenForViolations = async (context: BrowserContext, page?: Page): Promise<void> => {
  await context.addInitScript(tellViolations)
  await page?.evaluate(tellViolations)
}

/** Collects the problems of every page of a context, from its first line on. */
export const collectProblems = (context: BrowserContext, problems: Problem[]): void => {
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const text = message.text()
    if (policy.test(text)) problems.push({ kind: 'policy', text })
    // A cut line is part of some tests: the page says so itself, Chromium's own note about it is no fault.
    else if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(text)) {
      problems.push({ kind: 'console error', text })
    }
  })
  context.on('weberror', (error) => problems.push({ kind: 'page error', text: String(error.error()) }))
}

/** Empties the list after a test provoked what is on it; what the page has said by then has arrived. */
export const forgetProvoked = async (page: Page, problems: Problem[]): Promise<void> => {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
  problems.length = 0
}
