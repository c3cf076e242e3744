import type { RegisteredRouter } from '@tanstack/react-router'
import { isKeptSealed } from '../kept-store.ts'

const storageKey = 'counterfoil.route'

/** Opens where the last window stood; an address that names a place is kept. Called before the router reads it. */
export const restoreRoute = (): void => {
  const kept = localStorage.getItem(storageKey)
  if (location.hash !== '' || kept === null) return
  history.replaceState(history.state, '', `${location.pathname}${location.search}#${kept}`)
}

/** What a window stored, without what was searched for at the place where it stood. */
export const coverRoute = (stored: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const { [storageKey]: route, ...others } = stored
  return route === undefined ? others : { ...others, [storageKey]: route.replace(/\?.*/, '') }
}

/** Keeps the place of this window for the next start. */
export const keepRoute = (router: RegisteredRouter): void => {
  router.subscribe('onResolved', ({ toLocation }) => {
    if (toLocation.pathname === '/welcome') return
    // What was searched for is a word of encrypted data.
    localStorage.setItem(storageKey, isKeptSealed() ? toLocation.pathname : toLocation.href)
  })
}
