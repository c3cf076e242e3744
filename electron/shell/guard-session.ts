import type { Session } from 'electron'
import { isAppUrl } from './scheme.ts'

const allowed = new Set(['clipboard-sanitized-write', 'notifications'])

/** Whether a page may have a permission: the product's own page, and of all permissions these two. */
export const mayHave = (permission: string, requestingUrl: string): boolean =>
  allowed.has(permission) && isAppUrl(requestingUrl)

const local = /^(app|blob|data|devtools):/

/** Closes a session: no permissions but the allowed ones, no devices, and nothing loaded from outside the app. */
export const guardSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(mayHave(permission, details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => mayHave(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  // The policy of the page forbids it already; this holds for frames and workers without one.
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !local.test(url) }))
}
