import { EventEmitter } from 'node:events'
import { FuseV1Options } from '@electron/fuses'
import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from '../../electron/content-policy.ts'
import { acceptPorts, isOwnPage } from '../../electron/shell/accept-ports.ts'
import { mayNavigate, openableUrl } from '../../electron/shell/addresses.ts'
import { guardSession, mayHave } from '../../electron/shell/guard-session.ts'
import { fuses } from '../../scripts/set-fuses.ts'
import { readText, sources } from '../architecture/sources.ts'

// The checklist for Electron apps, item by item. What only a running app shows is in tests/e2e/electron-shell.spec.ts and
// tests/e2e/page-policy.spec.ts, the fuses of the packed executable in tests/e2e/packaged.spec.ts.

const factory = readText('electron/shell/create-window.ts')
const guards = readText('electron/shell/guard-contents.ts')
const boot = readText('electron/shell/boot.ts')
const hasSwitch = (line: string) => expect(factory).toContain(`  ${line},`)

type Answer = { readonly cancel: boolean }
type Asked = (details: { readonly url: string }, answer: (given: Answer) => void) => void

/** A session as Electron has one, as far as it is closed: keeps what it is told. */
const closedSession = () => {
  const kept: {
    request?: (...given: unknown[]) => void
    check?: (...given: unknown[]) => boolean
    device?: () => boolean
    before?: Asked
  } = {}
  const session = {
    setPermissionRequestHandler: (handler: (...given: unknown[]) => void) => (kept.request = handler),
    setPermissionCheckHandler: (handler: (...given: unknown[]) => boolean) => (kept.check = handler),
    setDevicePermissionHandler: (handler: () => boolean) => (kept.device = handler),
    setSpellCheckerEnabled: () => undefined,
    webRequest: { onBeforeRequest: (handler: Asked) => (kept.before = handler) },
  }
  // The guard calls these of a session and no others.
  guardSession(session as unknown as Parameters<typeof guardSession>[0])
  return kept
}

const isCancelled = (url: string): boolean => {
  let cancelled = false
  closedSession().before?.({ url }, ({ cancel }) => (cancelled = cancel))
  return cancelled
}

const permissions = [
  'accessibility-events',
  'background-sync',
  'clipboard-read',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'openExternal',
  'pointerLock',
  'sensors',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'usb',
  'unknown',
  'window-management',
]

describe('the checklist', () => {
  test('1 only our own content is loaded', () => {
    for (const url of [
      'https://example.com/x',
      'http://127.0.0.1/',
      'ws://x/',
      'wss://x/',
      'ftp://x/',
      'file:///etc/passwd',
      'chrome://settings',
    ])
      expect(isCancelled(url)).toBe(true)
    for (const url of ['app://counterfoil/', 'blob:app://counterfoil/1', 'data:image/png;base64,x'])
      expect(isCancelled(url)).toBe(false)
    expect(factory).toMatch(/loadURL\(`\$\{appOrigin\}\/`\)/)
    expect(factory.match(/load(URL|File)\(/g)).toHaveLength(1)
  })

  test('2 no Node in pages, workers and frames', () => {
    hasSwitch('nodeIntegration: false')
    hasSwitch('nodeIntegrationInWorker: false')
    hasSwitch('nodeIntegrationInSubFrames: false')
  })

  test('3 the preload has a world of its own', () => hasSwitch('contextIsolation: true'))

  test('4 every page is in the sandbox', () => {
    hasSwitch('sandbox: true')
    expect(boot).toContain('app.enableSandbox()')
    // Said before anything could make a page.
    expect(boot.indexOf('app.enableSandbox()')).toBeLessThan(boot.indexOf('import('))
  })

  test('5 permissions are denied, on request and on check, but for two', () => {
    const kept = closedSession()
    const asked = (permission: string, requestingUrl: string) => {
      let given: unknown
      kept.request?.(null, permission, (answer: unknown) => (given = answer), { requestingUrl })
      return given
    }
    for (const permission of permissions) {
      expect(`${permission} ${asked(permission, 'app://counterfoil/')}`).toBe(`${permission} false`)
      expect(`${permission} ${kept.check?.(null, permission, 'app://counterfoil')}`).toBe(`${permission} false`)
    }
    for (const permission of ['clipboard-sanitized-write', 'notifications']) {
      expect(asked(permission, 'app://counterfoil/')).toBe(true)
      expect(asked(permission, 'https://example.com/')).toBe(false)
      expect(mayHave(permission, 'app://other/')).toBe(false)
    }
    expect(kept.device?.()).toBe(false)
  })

  test('6 web security stays on', () => hasSwitch('webSecurity: true'))

  test('7 the policy is exactly this', () => {
    expect(contentSecurityPolicy('NONCE')).toBe(
      [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-NONCE'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        'frame-src blob:',
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        // Beyond the list: no policy but the one of renderer/trusted-types.ts can be made.
        'trusted-types default',
        "require-trusted-types-for 'script'",
      ].join('; '),
    )
    expect(securityHeaders).toMatchObject({
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    })
  })

  test('8 no insecure content', () => hasSwitch('allowRunningInsecureContent: false'))
  test('9 no experimental features', () => hasSwitch('experimentalFeatures: false'))
  test('10 no Blink features', () => hasSwitch("enableBlinkFeatures: ''"))

  test('11 no webview', () => {
    hasSwitch('webviewTag: false')
    expect(
      sources.filter(
        ({ path, text }) => /^(renderer|electron)\//.test(path) && /<webview|createElement\('webview'\)/.test(text),
      ),
    ).toEqual([])
  })

  test('12 a webview that came about is stopped', () => {
    expect(guards).toContain("contents.on('will-attach-webview', (event) => event.preventDefault())")
  })

  test('13 no way out of the app, by link, redirect or frame', () => {
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
      expect(guards).toContain(`contents.on('${event}'`)
    expect(
      guards.match(/if \(!mayNavigate\(event\.url, event\.isMainFrame\)\) event\.preventDefault\(\)/g),
    ).toHaveLength(3)
    for (const url of [
      'https://example.com/',
      'http://counterfoil/',
      'file:///etc/passwd',
      'javascript:1',
      'data:text/html,x',
      'about:blank',
      'app://counterfoil.evil/',
      'app://evil/',
      'blob:https://example.com/1',
      'chrome://version',
      'view-source:app://counterfoil/',
      'devtools://x',
    ]) {
      expect(`${url} ${mayNavigate(url, true)} ${mayNavigate(url, false)}`).toBe(`${url} false false`)
    }
  })

  test('14 no window is opened by a page', () => {
    expect(guards).toMatch(/setWindowOpenHandler\(\(\{ url \}\) => \{[\s\S]*return \{ action: 'deny' \}\n {2}\}\)/)
    expect(guards).not.toContain("action: 'allow'")
  })

  test('15 the system opens https of a list and mail alone', () => {
    for (const url of [
      'javascript:1',
      'file:///bin/sh',
      'file://host/x.exe',
      'smb://x/y',
      'ms-msdt:/id',
      'search-ms:x',
      'vbscript:1',
      'data:text/html,x',
      'http://ec.europa.eu/',
      'https://example.com/',
      'https://ec.europa.eu@evil.example/',
      'https://ec.europa.eu:8443/',
      'https://EC.europa.eu.evil/',
      'tel:1',
      'mailto:a@b.c?subject=x%0ABcc:y',
      ' \thttps://evil.example',
      '',
    ]) {
      expect(`${url} ${openableUrl(url)}`).toBe(`${url} null`)
    }
    expect(openableUrl('https://ec.europa.eu/x')).toBe('https://ec.europa.eu/x')
  })

  test('16 Electron is of the newest three', () => {
    const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(readText('package.json'))
    // 45 was the newest when this was written; raise the floor with it.
    expect(Number(devDependencies['electron']?.split('.')[0])).toBeGreaterThanOrEqual(43)
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('17 a message is taken from the top frame of our own page, with one port', () => {
    const frame = (origin: string, parent: unknown = null) => ({ origin, parent })
    const ipc = new EventEmitter()
    const served: unknown[] = []
    // The check uses no more of ipcMain than any emitter has.
    acceptPorts(ipc as unknown as Parameters<typeof acceptPorts>[0], (port) => served.push(port))
    const send = (senderFrame: unknown, count = 1) => {
      const ports = Array.from({ length: count }, () => ({
        closed: false,
        close() {
          this.closed = true
        },
      }))
      ipc.emit('counterfoil:port', { senderFrame, ports })
      return ports.map(({ closed }) => closed)
    }
    expect(send(frame('app://counterfoil'))).toEqual([false])
    for (const sender of [
      null,
      frame('app://counterfoil', frame('app://counterfoil')),
      frame('https://example.com'),
      frame('null'),
      frame('app://counterfoil.evil'),
      frame('file://'),
    ])
      expect(send(sender)).toEqual([true])
    expect(send(frame('app://counterfoil'), 2)).toEqual([true, true])
    expect(send(frame('app://counterfoil'), 0)).toEqual([])
    expect(served).toHaveLength(1)
    expect(isOwnPage(null)).toBe(false)
  })

  test('18 the page comes over a scheme of its own, not from files', () => {
    expect(boot).toContain('privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true }')
    expect(boot).not.toMatch(/bypassCSP|allowServiceWorkers|corsEnabled/)
    expect(readText('electron/shell/serve-renderer.ts')).toContain('session.protocol.handle(scheme')
    expect(
      sources
        .filter(
          ({ path, text }) =>
            path.startsWith('electron/') && /registerFileProtocol|interceptFileProtocol|['"`]file:\/\//.test(text),
        )
        .map(({ path }) => path),
    ).toEqual([])
  })

  test.each<[string, FuseV1Options, boolean]>([
    ['RunAsNode', FuseV1Options.RunAsNode, false],
    ['EnableCookieEncryption', FuseV1Options.EnableCookieEncryption, true],
    ['EnableNodeOptionsEnvironmentVariable', FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
    ['EnableNodeCliInspectArguments', FuseV1Options.EnableNodeCliInspectArguments, false],
    ['EnableEmbeddedAsarIntegrityValidation', FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
    ['OnlyLoadAppFromAsar', FuseV1Options.OnlyLoadAppFromAsar, true],
    ['LoadBrowserProcessSpecificV8Snapshot', FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
    ['GrantFileProtocolExtraPrivileges', FuseV1Options.GrantFileProtocolExtraPrivileges, false],
    ['WasmTrapHandlers', FuseV1Options.WasmTrapHandlers, true],
  ])('19 the fuse %s', (_name, fuse, wanted) => {
    expect(fuses[fuse]).toBe(wanted)
  })

  test('19 every fuse that there is has its line, and all are required', () => {
    const known = Object.values(FuseV1Options).filter((it) => typeof it === 'number')
    expect(Object.keys(fuses).map(Number).sort()).toEqual(known.sort())
    expect(readText('scripts/set-fuses.ts')).toContain('strictlyRequireAllFuses: true')
    expect(readText('electron-builder.yml')).toContain('afterPack: ./scripts/set-fuses.ts')
  })

  test('20 a page gets one port, and nothing of Electron', () => {
    const preload = readText('electron/preload.ts').replace(/^\s*\/\/.*$/gm, '')
    expect(preload.match(/ipcRenderer(\.\w+)?/g)).toEqual(['ipcRenderer', 'ipcRenderer.postMessage'])
    expect(preload).toContain("ipcRenderer.postMessage('counterfoil:port', null, [port])")
    expect(sources.filter(({ path, text }) => /^electron\//.test(path) && /contextBridge/.test(text))).toEqual([])
  })
})

test('the policy lets no style in but by its nonce, and the page has one for its style elements', () => {
  expect(contentSecurityPolicy('x')).not.toMatch(/unsafe|\*/)
  // Mantine writes its style elements as text, which React hands to the DOM as markup. Tried with `trusted-types 'none'` and
  // no default policy: Chromium refuses each, and the page stays empty. The policy lets text through, and nothing with a
  // tag in it; tests/e2e/page-policy.spec.ts shows that no other can be made.
  const policy = readText('renderer/trusted-types.ts')
  expect(policy).toContain("if (text.includes('<')) throw")
  expect(policy.match(/createPolicy\(/g)).toHaveLength(1)
  expect(readText('renderer/main.tsx').split('\n')[0]).toMatch(/trusted-types/)
})

test('the updater of the platform is told everything and looks for nothing', () => {
  const platform = readText('electron/shell/platform-updater.ts')
  for (const line of [
    'updater.autoDownload = false',
    'updater.autoInstallOnAppQuit = false',
    'updater.allowDowngrade = false',
    'updater.disableWebInstaller = true',
  ]) {
    expect(platform).toContain(line)
  }
  // A packaged app knows the channel that it was built with and no other.
  expect(platform).toContain('if (tried === undefined || app.isPackaged) return { port }')
  expect(readText('electron-builder.yml')).toContain('publish: null')
  expect(readText('resources/updates/app-update.yml')).not.toMatch(/url|https?:|github|token/)
  const held = sources.filter(({ text }) => /-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)).map(({ path }) => path)
  expect(held.filter((path) => !/^tests\//.test(path))).toEqual([])
})

test('no feed is set up unless its key is, and a feed is https', () => {
  const { feed, publicKeys }: { feed: string | null; publicKeys: string[] } = JSON.parse(
    readText('resources/updates/channel.json'),
  )
  if (feed === null) return expect(publicKeys).toEqual([])
  expect(feed).toMatch(/^https:/)
  expect(publicKeys.length).toBeGreaterThan(0)
})
