import type { BrowserContext } from '@playwright/test'

/** What no page may ever do: throw outside a handler, or run into the content security policy. */
export type Problem = { readonly kind: 'page error' | 'policy' | 'console error'; readonly text: string }

// Chromium reports violations on the console in these words, whichever document they happened in.
const policy = /Content Security Policy|Content-Security-Policy|requires? 'Trusted/

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
