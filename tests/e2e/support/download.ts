import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from './app.ts'

export type Downloaded = { readonly name: string; readonly bytes: Buffer }

const inBrowser = async (app: App, act: () => Promise<void>): Promise<Downloaded> => {
  const started = app.page.waitForEvent('download')
  await act()
  const download = await started
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

/** The desktop app asks where to keep the file; here it is told, as the dialog of the system is not ours. */
const onDesktop = async (app: App, act: () => Promise<void>): Promise<Downloaded> => {
  const path = join(app.dataDirectory, 'downloaded')
  await app.desktop.evaluate(({ BrowserWindow }, savePath) => {
    const saved = new Promise<string>((resolve, reject) => {
      BrowserWindow.getAllWindows()[0]?.webContents.session.once('will-download', (_event, item) => {
        item.setSavePath(savePath)
        const name = item.getFilename()
        item.once('done', (_done, state) => (state === 'completed' ? resolve(name) : reject(new Error(state))))
      })
    })
    Reflect.set(globalThis, 'savedDownload', saved)
  }, path)
  await act()
  // Set just above, in the same process.
  const name = await app.desktop.evaluate(() => Reflect.get(globalThis, 'savedDownload') as Promise<string>)
  return { name, bytes: readFileSync(path) }
}

/** The file that an action hands to the person, on either host. */
export const downloadBy = (app: App, act: () => Promise<void>): Promise<Downloaded> =>
  app.host === 'electron' ? onDesktop(app, act) : inBrowser(app, act)
