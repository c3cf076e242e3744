import type { RegisteredRouter } from '@tanstack/react-router'
import { isKeptSealed } from '../kept-store.ts'

const storageKey = 'counterfoil.route'

/** Opens where the last window stood; an address that names a place is kept. Called before the router reads it. */
export const restoreRoute = (): void => {
  const kept = localStorage.getItem(storageKey)
  if (location.hash !== '' || kept === null) return
  history.replaceState(history.state, '', `${location.pathname}${location.search}#${kept}`)
}

/** Keeps the place of this window for the next start. */
export const keepRoute = (router: RegisteredRouter): void => {
  router.subscribe('onResolved', ({ toLocation }) => {
    if (toLocation.pathname === '/welcome') return
    // What was searched for is a word of encrypted data.
    localStorage.setItem(storageKey, isKeptSealed() ? toLocation.pathname : toLocation.href)
  })
}
