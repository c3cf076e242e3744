import { BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron'
import { appOrigin } from './scheme.ts'
import { keepWindowState, readWindowState } from './window-state.ts'

/** Every switch that decides what a page could reach, each written out: a default is not a promise. */
export const securePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableBlinkFeatures: '',
  webviewTag: false,
  navigateOnDragDrop: false,
  plugins: false,
  safeDialogs: true,
  spellcheck: false,
} as const satisfies WebPreferences

// The paper of the two themes, as the style sheet has it: what shows until the page has painted.
const paper = { light: '#fbfaf7', dark: '#151412' }

const crashPause = 10_000

// Drafts save themselves, so a page that died comes back where it was; one that dies again at once stays away.
const reviveAfterCrash = (window: BrowserWindow) => {
  let last = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || performance.now() - last < crashPause) return
    last = performance.now()
    window.webContents.reload()
  })
}

export type WindowOptions = { readonly preload: string; readonly stateFile: string }

/** Makes the app's window, hidden until it has something to show; the only place that makes one. */
export const createWindow = ({ preload, stateFile }: WindowOptions): BrowserWindow => {
  const kept = readWindowState(
    stateFile,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...(kept === null
      ? { width: 1280, height: 832 }
      : { x: kept.x, y: kept.y, width: kept.width, height: kept.height }),
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Counterfoil',
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    autoHideMenuBar: false,
    webPreferences: { ...securePreferences, preload },
  })
  if (kept?.maximized === true) window.maximize()
  keepWindowState(window, stateFile)
  reviveAfterCrash(window)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${appOrigin}/`)
  return window
}
