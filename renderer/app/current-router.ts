import type { RegisteredRouter } from '@tanstack/react-router'

let router: RegisteredRouter | null = null

/** Told once by the app, so that what the routes themselves draw can move without importing the routes. */
export const setCurrentRouter = (made: RegisteredRouter): void => {
  router = made
}

/** The router, for code outside components: actions, the palette. */
export const currentRouter = (): RegisteredRouter => {
  if (router === null) throw new Error('The router is not set yet.')
  return router
}
