import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { isOwnPage } from '../../electron/shell/accept-ports.ts'
import { mayNavigate, openableUrl } from '../../electron/shell/addresses.ts'
import { mayHave } from '../../electron/shell/guard-session.ts'
import { isAppUrl } from '../../electron/shell/scheme.ts'
import { ensureBuilt } from '../../scripts/parts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

// Comments may name what the code must not do.
const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')

const sources = (folder: string): readonly { readonly file: string; readonly text: string }[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({
      file: `${folder}/${name}`,
      text: withoutComments(readFileSync(join(root, folder, name), 'utf8')),
    }))

const all = [...sources('electron'), ...sources('renderer'), ...sources('shared'), ...sources('db')]
const filesWith = (pattern: RegExp) => all.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

describe('the shell', () => {
  it('makes windows in one place only', () => {
    expect(filesWith(/new (BrowserWindow|BrowserView|WebContentsView|BaseWindow)\b/)).toEqual([
      'electron/shell/create-window.ts',
    ])
  })

  it('has one channel between page and main process, and nothing that answers by name', () => {
    expect(filesWith(/ipcMain\s*\.\s*handle|ipc\s*\.\s*handle|\.handleOnce\(/)).toEqual([])
    expect(filesWith(/\bipcMain\b/)).toEqual(['electron/main.ts'])
    expect(filesWith(/\bipc\.on\(/)).toEqual(['electron/shell/accept-ports.ts'])
    expect(filesWith(/contextBridge|exposeInMainWorld|@electron\/remote/)).toEqual([])
  })

  it('opens outside addresses in one place only, and runs no code from strings', () => {
    expect(filesWith(/openExternal\(/)).toEqual(['electron/shell/guard-contents.ts'])
    expect(filesWith(/executeJavaScript|\beval\(|new Function\(/)).toEqual([])
    expect(filesWith(/<webview|webviewTag: true|\.loadFile\(|registerFileProtocol|file:\/\//)).toEqual([])
  })

  it('writes every security switch of the window out', () => {
    const factory = all.find(({ file }) => file === 'electron/shell/create-window.ts')?.text ?? ''
    for (const line of [
      'sandbox: true',
      'contextIsolation: true',
      'nodeIntegration: false',
      'nodeIntegrationInWorker: false',
      'nodeIntegrationInSubFrames: false',
      'webSecurity: true',
      'allowRunningInsecureContent: false',
      'experimentalFeatures: false',
      "enableBlinkFeatures: ''",
      'webviewTag: false',
      'webPreferences: { ...securePreferences, preload }',
    ]) {
      expect(factory).toContain(line)
    }
    expect(filesWith(/sandbox: false|contextIsolation: false|nodeIntegration\w*: true|webSecurity: false/)).toEqual([])
  })
})

describe('the preload', () => {
  beforeAll(() => ensureBuilt(['shell']))

  it('passes one port on and does nothing else', () => {
    const source = withoutComments(readFileSync(join(root, 'electron/preload.ts'), 'utf8'))
    expect(source.match(/^import .*$/gm)).toEqual(["import { ipcRenderer } from 'electron'"])
    expect(source.match(/ipcRenderer\.\w+/g)).toEqual(['ipcRenderer.postMessage'])
    expect(source.split('\n').filter((line) => line.trim() !== '').length).toBeLessThan(10)
  })

  it('is built to one small CommonJS file that needs Electron alone', () => {
    const built = readFileSync(join(root, 'out/shell/preload.cjs'), 'utf8')
    expect(built.match(/require\("[^"]+"\)/g)).toEqual(['require("electron")'])
    expect(built.length).toBeLessThan(600)
  })
})

describe('an address', () => {
  it.each([
    ['app://counterfoil/', true],
    ['app://counterfoil/#/invoices', true],
    ['app://counterfoil.evil/', false],
    ['app://evil@counterfoil/', true],
    ['app://other/', false],
    ['https://counterfoil/', false],
    ['file:///etc/passwd', false],
    ['nonsense', false],
  ])('%s is ours: %s', (address, expected) => {
    expect(isAppUrl(address)).toBe(expected)
  })

  it('outside the app is never navigated to', () => {
    for (const address of [
      'https://example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'about:blank',
    ]) {
      expect(mayNavigate(address, true)).toBe(false)
      expect(mayNavigate(address, false)).toBe(false)
    }
    expect(mayNavigate('blob:app://counterfoil/1', true)).toBe(false)
    expect(mayNavigate('blob:app://counterfoil/1', false)).toBe(true)
    expect(mayNavigate('blob:https://example.com/1', false)).toBe(false)
  })

  it.each([
    ['https://ec.europa.eu/taxation_customs/vies/', true],
    ['https://ec.europa.eu.evil.example/', false],
    ['https://user@ec.europa.eu/', false],
    ['http://ec.europa.eu/', false],
    ['https://example.com/', false],
    ['mailto:ada@example.com', true],
    ['mailto:ada@example.com?subject=a%0d%0aBcc:x@example.com', false],
    ['javascript:alert(1)', false],
    ['file:///bin/sh', false],
    ['smb://server/share', false],
    ['not an address', false],
  ])('%s is handed to the system: %s', (address, expected) => {
    expect(openableUrl(address) !== null).toBe(expected)
  })
})

describe('a permission', () => {
  it('is given for two things and to our own page only', () => {
    expect(mayHave('notifications', 'app://counterfoil/')).toBe(true)
    expect(mayHave('clipboard-sanitized-write', 'app://counterfoil/')).toBe(true)
    expect(mayHave('notifications', 'https://example.com/')).toBe(false)
    for (const permission of [
      'media',
      'geolocation',
      'midi',
      'clipboard-read',
      'openExternal',
      'fullscreen',
      'hid',
      'serial',
    ]) {
      expect(mayHave(permission, 'app://counterfoil/')).toBe(false)
    }
  })
})

describe('a port', () => {
  it('is taken from the top frame of our own page only', () => {
    const frame = (origin: string) => ({ origin, parent: null })
    // The check reads these two properties of Electron's frame; a parent is any frame at all.
    const inner = { origin: 'app://counterfoil', parent: frame('app://counterfoil') } as unknown as Parameters<
      typeof isOwnPage
    >[0]
    expect(isOwnPage(frame('app://counterfoil'))).toBe(true)
    expect(isOwnPage(frame('app://counterfoil.evil'))).toBe(false)
    expect(isOwnPage(frame('https://example.com'))).toBe(false)
    expect(isOwnPage(frame('null'))).toBe(false)
    expect(isOwnPage(inner)).toBe(false)
    expect(isOwnPage(null)).toBe(false)
  })
})
