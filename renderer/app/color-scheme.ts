import type { MantineColorSchemeManager } from '@mantine/core'

export type ThemeChoice = 'light' | 'dark' | 'auto'

// The name that public/first-paint.js reads before anything is drawn.
const storageKey = 'counterfoil.theme'

const isChoice = (value: unknown): value is ThemeChoice => value === 'light' || value === 'dark' || value === 'auto'

/** Keeps the chosen theme in this browser, for the first paint of the next start. */
export const colorSchemeManager = (): MantineColorSchemeManager => ({
  get: (fallback) => {
    const kept = localStorage.getItem(storageKey)
    return isChoice(kept) ? kept : fallback
  },
  set: (value) => localStorage.setItem(storageKey, value),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => localStorage.removeItem(storageKey),
})
