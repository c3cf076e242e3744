import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, type Page, test } from '@playwright/test'
import { bundledPackages } from '../../scripts/bundled-packages.ts'
import { rootArguments } from '../../scripts/desktop.ts'
import { root } from '../../scripts/parts.ts'
import { fuses, readFuses } from '../../scripts/set-fuses.ts'
import { type Display, openDisplay } from '../support/display.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace } from '../support/workspace.ts'

// The packed executable refuses a debugger of Node, which Playwright's own way in needs; the page can still be reached.
const executable = join(root, 'dist', 'linux-unpacked', 'counterfoil')

let display: Display
let directory: string
let organizationId: string
let invoiceId: string

// One copy of the app at a time: a second one would only wake the first and leave.
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  expect(existsSync(executable), 'run `npm run package` first').toBe(true)
  display = await openDisplay()
  directory = mkdtempSync(join(tmpdir(), 'counterfoil-packaged-'))
  const workspace = await openWorkspace({ directory, realClock: true })
  organizationId = (await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })).id
  workspace.use(organizationId)
  invoiceId = (await makeInvoice(workspace, await makeClient(workspace))).id
  await workspace.close()
})

test.afterAll(() => {
  display.close()
  rmSync(directory, { recursive: true, force: true })
})

const start = (...parameters: readonly string[]): ChildProcess =>
  spawn(executable, [...rootArguments(), '--data', directory, ...parameters], {
    env: { ...process.env, ...display.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const debuggerAddress = (app: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    app.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    })
    app.once('exit', (code) => reject(new Error(`ended with code ${code}: ${said}`)))
  })

/** Makes a call as the page does, over a port of its own; gives the answer as text, of bytes the first five. */
const callFromPage = (page: Page, path: string, organization: string, input: unknown): Promise<string> =>
  page.evaluate(
    ({ url, envelope }) => {
      const { port1, port2 } = new MessageChannel()
      const answer = new Promise<string>((resolve) => {
        const text = (_: string, value: unknown) =>
          value instanceof Uint8Array ? new TextDecoder('latin1').decode(value.subarray(0, 5)) : value
        port1.onmessage = (event) => resolve(JSON.stringify(event.data, text))
      })
      window.postMessage('counterfoil:port', location.origin, [port2])
      port1.postMessage(JSON.stringify({ i: '1', p: { u: url, b: { json: envelope } } }))
      return answer
    },
    { url: `http://orpc/${path}`, envelope: { organizationId: organization, idempotencyKey: null, input } },
  )

test('has every fuse set as it must be', async () => {
  const present = await readFuses(executable)
  expect(present.size).toBeGreaterThanOrEqual(8)
  const wanted: Readonly<Record<string, boolean>> = fuses
  for (const [fuse, state] of present) expect([fuse, state]).toEqual([fuse, wanted[fuse]])
})

test('carries its bill of materials and its licences, with every package that is in it', () => {
  const resources = join(root, 'dist', 'linux-unpacked', 'resources')
  const bill: { components: { name: string; version: string }[] } = JSON.parse(
    readFileSync(join(resources, 'legal', 'sbom.cdx.json'), 'utf8'),
  )
  const listed = new Set(bill.components.map(({ name, version }) => `${name}@${version}`))
  const inside = bundledPackages().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    return `${name}@${version}`
  })
  expect(inside.length).toBeGreaterThan(100)
  expect(inside.filter((id) => !listed.has(id))).toEqual([])
  expect([...listed].some((id) => id.startsWith('vite@') || id.startsWith('vitest@'))).toBe(false)
  const licences = readFileSync(join(resources, 'legal', 'licences.txt'), 'utf8')
  for (const name of ['react ', '@mantine/core ', 'zod ', 'better-sqlite3-multiple-ciphers '])
    expect(licences).toContain(name)
  expect(readFileSync(join(resources, 'app-update.yml'), 'utf8')).not.toMatch(/https?:/)
})

test('does not run as Node, nor with what NODE_OPTIONS says', async () => {
  const marker = join(directory, 'ran')
  const app = spawn(
    executable,
    [...rootArguments(), '-e', `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`],
    {
      env: {
        ...process.env,
        ...display.environment,
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: `--require ${marker}.cjs`,
      },
      stdio: 'ignore',
    },
  )
  await new Promise((resolve) => setTimeout(resolve, 2000))
  app.kill('SIGKILL')
  expect(existsSync(marker)).toBe(false)
})

test('starts from its archive, opens the data and renders a PDF', async () => {
  const app = start('--remote-debugging-port=0')
  try {
    const browser = await chromium.connectOverCDP(await debuggerAddress(app))
    await expect.poll(() => browser.contexts()[0]?.pages().length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0)
    const page = browser.contexts()[0]?.pages()[0]
    if (page === undefined) throw new Error('There is no window.')
    await expect(page).toHaveTitle(/Counterfoil/)
    expect(await callFromPage(page, 'invoices/pdf', organizationId, { id: invoiceId })).toMatch(/%PDF-|JVBERi0/)
    await browser.close()
  } finally {
    app.kill('SIGTERM')
    if (app.exitCode === null && app.signalCode === null) await once(app, 'exit')
  }
  const log = join(directory, 'logs', 'counterfoil.log')
  expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toContain('"level":50')
})
