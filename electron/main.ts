import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { app, type BrowserWindow, dialog, ipcMain, Menu, powerMonitor, safeStorage, session } from 'electron'
import { AppError } from '../shared/errors.ts'
import { dataDirectory } from './data-directory.ts'
import type { Gate } from './gate/gate.ts'
import { acceptPorts } from './shell/accept-ports.ts'
import { createWindow } from './shell/create-window.ts'
import { guardContents } from './shell/guard-contents.ts'
import { guardSession } from './shell/guard-session.ts'
import { createKeychain } from './shell/keychain.ts'
import { createKeychainSecretStore } from './shell/keychain-secrets.ts'
import { lockWithSystem } from './shell/lock-with-system.ts'
import { buildMenu } from './shell/menu.ts'
import { desktopUpdater } from './shell/platform-updater.ts'
import { servePort } from './shell/serve-port.ts'
import { serveRenderer } from './shell/serve-renderer.ts'
import { createWindowStorage } from './shell/window-storage.ts'
import { ensureDemo, startGate } from './start-core.ts'

const built = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// Electron and Playwright add switches of their own: what is not ours is left alone.
const { values: options } = parseArgs({
  args: process.argv.slice(1),
  options: { data: { type: 'string' }, demo: { type: 'boolean', default: false } },
  strict: false,
})
const directory = dataDirectory(typeof options.data === 'string' ? options.data : undefined)
const browserDirectory = join(directory, 'window')

const windowStorage = createWindowStorage(browserDirectory, () => session.defaultSession)

let window: BrowserWindow | null = null
let gate: Gate | null = null

const openWindow = () => {
  window = createWindow({
    preload: built('../shell/preload.cjs'),
    stateFile: join(browserDirectory, 'window-state.json'),
  })
  window.on('closed', () => {
    window = null
  })
}

const open = (): Gate =>
  startGate('electron', directory, {
    secrets: createKeychainSecretStore(safeStorage, join(directory, 'secrets')),
    keychain: createKeychain(safeStorage),
    updater: desktopUpdater(),
    onWindowKey: windowStorage.follow,
  })

/** Says in words why the data cannot be opened, and ends. */
const explain = async (error: unknown) => {
  const known = error instanceof AppError
  const detail = known ? error.message : `Something went wrong that Counterfoil did not expect: ${String(error)}`
  process.stderr.write(`${detail}\n`)
  window?.destroy()
  await dialog.showMessageBox({
    type: 'error',
    title: 'Counterfoil',
    message: 'Counterfoil cannot open your data.',
    detail,
    buttons: ['Quit'],
  })
  app.exit(1)
}

const focus = () => {
  if (window?.isMinimized() === true) window.restore()
  window?.focus()
}

const start = async () => {
  guardContents(app)
  await app.whenReady()
  guardSession(session.defaultSession)
  serveRenderer(session.defaultSession, built('../renderer'))
  Menu.setApplicationMenu(buildMenu(() => window))
  // A call that comes before the database is open waits in the gate.
  acceptPorts(ipcMain, (port) => {
    if (gate === null) return port.close()
    servePort(gate.router, port)
  })
  gate = open()
  // The page loads while the database opens.
  openWindow()
  lockWithSystem(powerMonitor, () => void gate?.lock('system'))
  app.on('second-instance', focus)
  app.on('activate', () => {
    if (window === null) openWindow()
  })
  if (options.demo === true) await ensureDemo(gate)
}

let closed = false
app.on('before-quit', (event) => {
  if (closed || gate === null) return
  event.preventDefault()
  gate
    .close()
    .catch(() => undefined)
    .finally(() => {
      closed = true
      app.quit()
    })
})
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit()
})

app.setPath('userData', browserDirectory)
if (app.requestSingleInstanceLock()) start().catch(explain)
else app.exit(0)
