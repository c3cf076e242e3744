import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronExecutable, rootArguments } from '../../scripts/desktop.ts'
import { root } from '../../scripts/parts.ts'
import { openDisplay } from '../support/display.ts'
import { makeClient } from '../support/factories.ts'
import { leaks } from '../support/leaks.ts'
import { password, withPassword } from '../support/people.ts'
import { expect, test } from './support/app.ts'
import { invoiceScreen } from './support/invoice-screen.ts'
import { forgetProvoked } from './support/problems.ts'
import { goTo } from './support/second-window.ts'

test('gives its window every switch of the security table', async ({ app }) => {
  await app.open()
  const windows = await app.desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      // Not in Electron's types: what the window was really made with.
      preferences: Reflect.get(window.webContents, 'getLastWebPreferences').call(window.webContents),
      background: window.getBackgroundColor(),
    })),
  )
  expect(windows).toHaveLength(1)
  expect(windows[0]?.preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
    webviewTag: false,
  })
  // Electron leaves those out that are off.
  expect(windows[0]?.preferences.nodeIntegrationInWorker ?? false).toBe(false)
  expect(windows[0]?.preferences.navigateOnDragDrop ?? false).toBe(false)
  expect(windows[0]?.background.toLowerCase()).toMatch(/#(fbfaf7|151412)/)
})

test('stays on its own page and opens no other', async ({ app }) => {
  const page = await app.open()
  await page.getByRole('heading').first().waitFor()
  const before = page.url()
  const opened = await page.evaluate(async () => {
    const popup = window.open('https://example.com/') === null
    location.href = 'https://example.com/'
    await new Promise((resolve) => setTimeout(resolve, 200))
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    const link = document.createElement('a')
    link.href = 'file:///etc/passwd'
    document.body.append(link)
    link.click()
    await new Promise((resolve) => setTimeout(resolve, 500))
    return popup
  })
  expect(opened).toBe(true)
  expect(page.url()).toBe(before)
  expect(await app.desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await forgetProvoked(page, app.problems)
})

test('gives no permission but two', async ({ app }) => {
  const page = await app.open()
  const states = await page.evaluate(async () => {
    const query = async (name: string) => {
      // The type knows fewer names than Chromium does.
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      return state
    }
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: unknown) => (error instanceof Error ? error.name : 'refused'),
    )
    return {
      geolocation: await query('geolocation'),
      microphone: await query('microphone'),
      'clipboard-read': await query('clipboard-read'),
      notifications: await query('notifications'),
      camera,
    }
  })
  expect(states).toMatchObject({
    geolocation: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied',
    notifications: 'granted',
  })
  expect(states.camera).not.toBe('granted')
  await forgetProvoked(page, app.problems)
})

test('serves its own files and no others, with a new nonce each time', async ({ app }) => {
  const page = await app.open()
  const answers = await page.evaluate(async () => {
    const read = async (path: string) => {
      try {
        const response = await fetch(path)
        return { status: response.status, policy: response.headers.get('content-security-policy') ?? '' }
      } catch {
        return { status: 0, policy: '' }
      }
    }
    return {
      first: await read('/'),
      second: await read('/index.html'),
      outside: await Promise.all(
        [
          '/../package.json',
          '/%2e%2e/%2e%2e/package.json',
          '/..%2f..%2fpackage.json',
          '/..%5cpackage.json',
          '/%00',
        ].map(read),
      ),
      otherHost: await read('app://other/index.html'),
      file: await read('file:///etc/passwd'),
    }
  })
  expect(answers.first.status).toBe(200)
  expect(answers.first.policy).toContain("script-src 'self';")
  expect(answers.first.policy).not.toBe(answers.second.policy)
  for (const { status } of [...answers.outside, answers.otherHost, answers.file]) expect(status).not.toBe(200)
  await forgetProvoked(page, app.problems)
})

test('has a menu that goes to the screens', async ({ app }) => {
  await app.seed(async () => undefined)
  const page = await app.open()
  await page.getByRole('heading').first().waitFor()
  const labels = await app.desktop.evaluate(
    ({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? [],
  )
  expect(labels.map((label) => label.replace('&', ''))).toEqual(
    expect.arrayContaining(['File', 'View', 'Edit', 'Window', 'Help']),
  )
  await app.desktop.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find((item) => item.label.includes('View'))
    view?.submenu?.items.find((item) => item.label === 'Clients')?.click()
  })
  await expect(page).toHaveURL('app://counterfoil/#/clients')
})

test('comes back where it was', async ({ app }) => {
  await app.open()
  const place = { x: 40, y: 30, width: 900, height: 640 }
  await app.desktop.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place)
  await expect
    .poll(() => app.desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()))
    .toEqual(place)
  await app.close()
  expect(JSON.parse(readFileSync(join(app.dataDirectory, 'window', 'window-state.json'), 'utf8'))).toMatchObject(place)
  writeFileSync(join(app.dataDirectory, 'window', 'window-state.json'), '{"x":')
  await app.open()
  expect(await app.desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('brings a page back that died', async ({ app }) => {
  const page = await app.open()
  await page.getByRole('heading').first().waitFor()
  await app.desktop.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  await expect
    .poll(() =>
      app.desktop.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        return contents !== undefined && !contents.isCrashed() && !contents.isLoading() && contents.getTitle() !== ''
      }),
    )
    .toBe(true)
  // Playwright holds on to the page that died, and would wait for it.
  await app.kill()
})

const ended = async (child: ChildProcess, milliseconds: number): Promise<number | null> => {
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
  const [code] = await once(child, 'exit')
  clearTimeout(timer)
  return typeof code === 'number' ? code : null
}

const startBeside = async (directory: string) => {
  const display = await openDisplay()
  const child = spawn(electronExecutable() ?? '', [...rootArguments(), root, '--data', directory], {
    env: { ...process.env, ...display.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.once('exit', () => display.close())
  return child
}

test('starts once for one data folder', async ({ app }) => {
  await app.open()
  const second = await startBeside(app.dataDirectory)
  expect(await ended(second, 15_000)).toBe(0)
  expect(await app.desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('says that data cannot be opened and what can be done, and leaves it as it is', async ({ app }) => {
  mkdirSync(app.dataDirectory, { recursive: true })
  const file = join(app.dataDirectory, 'counterfoil.db')
  const content = 'This is no database. '.repeat(100)
  writeFileSync(file, content)
  const page = await app.open()
  await expect(page.getByRole('heading', { name: 'The data could not be opened' })).toBeVisible()
  await expect(page.getByText('Nothing was changed')).toBeVisible()
  await expect(page.locator('body')).not.toContainText(/at \w+ \(|node:internal/)
  await app.close()
  expect(readFileSync(file, 'utf8')).toBe(content)
})

test('encrypted, no word of before or after is left in the data folder, the profile of the window and the logs included', async ({
  app,
}) => {
  const canary = 'Quetzalcoatlus7731'
  const words = [canary, canary.toLowerCase()]
  const field = (name: string) => app.page.getByRole('textbox', { name, exact: true })
  const work = async (description: string) => {
    const { page } = app
    await goTo(page, `/clients?search=${canary}`)
    await expect(page.getByRole('searchbox').first()).toHaveValue(canary)
    await goTo(page, '/invoices')
    await page.getByRole('link', { name: 'New invoice' }).first().click()
    const screen = invoiceScreen(page)
    await screen.client.fill(canary)
    await page.getByRole('option', { name: `${canary} Ltd` }).click()
    await screen.item(1).fill(`${canary} ${description}`)
    await expect(screen.saving).toHaveAttribute('data-saving', 'saved')
    await goTo(page, `/clients?search=${canary}`)
    await expect(page.getByRole('searchbox').first()).toHaveValue(canary)
  }
  const signIn = async () => {
    await field('Password').fill(password)
    await app.page.keyboard.press('Enter')
    await expect(app.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  }
  await app.seed(async (workspace) => {
    await makeClient(workspace, `${canary} Ltd`)
    await withPassword(workspace)
  })
  await app.open()
  await signIn()
  await work('before')
  // A draft that never reached the core, and one of somebody else.
  await app.page.evaluate((word) => {
    localStorage.setItem('counterfoil.draft.somebody.business.document', JSON.stringify({ note: word }))
  }, canary)
  await app.close()
  const profile = join(app.dataDirectory, 'window')
  expect(leaks(profile, words)).not.toEqual([])

  await app.open()
  await expect(app.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await goTo(app.page, '/settings/security')
  await app.page.getByRole('button', { name: 'Encrypt the data' }).click()
  await field('Your password').fill(password)
  await app.page.keyboard.press('Enter')
  await app.page.getByRole('button', { name: 'I have kept it' }).click()
  await expect(app.page.getByText('Encrypted', { exact: true })).toBeVisible()
  await expect.poll(() => leaks(profile, words), { timeout: 20_000 }).toEqual([])
  await work('after')
  await app.close()
  expect(leaks(app.dataDirectory, [...words, password])).toEqual([])

  await app.open()
  await signIn()
  const kept = await app.page.evaluate(() => Object.keys(localStorage))
  expect(kept).toContain('counterfoil.draft.somebody.business.document')
})
