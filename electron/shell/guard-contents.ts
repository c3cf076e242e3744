import { type App, shell, type WebContents } from 'electron'
import { mayNavigate, openableUrl } from './addresses.ts'

const guard = (contents: WebContents) => {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    const openable = openableUrl(url)
    if (openable !== null) void shell.openExternal(openable)
    return { action: 'deny' }
  })
}

/** Guards every page that the app will ever have, however it came about. */
export const guardContents = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => guard(contents))
}
