import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, chromium, type ElectronApplication, expect, type Page } from '@playwright/test'
import { ensureBuilt } from '../../../scripts/parts.ts'
import { findChromium } from '../../support/browser.ts'
import { openDisplay } from '../../support/display.ts'
import { openWorkspace, type Workspace } from '../../support/workspace.ts'
import type { HostName, Launcher, Running } from './launch.ts'
import { electronLauncher } from './launch-electron.ts'
import { webLauncher } from './launch-web.ts'
import { collectProblems, type Problem } from './problems.ts'

export type App = {
  readonly host: HostName
  readonly dataDirectory: string
  /** The page of the running host; throws before `open`. */
  readonly page: Page
  /** The desktop app's main process; throws on the web host. */
  readonly desktop: ElectronApplication
  /** What went wrong in any page so far; a test that provokes a problem empties it. */
  readonly problems: Problem[]
  /** Fills the data folder through real procedure calls while no host runs. */
  readonly seed: <T>(work: (workspace: Workspace) => Promise<T>, options?: { readonly empty?: boolean }) => Promise<T>
  /** Starts the host on the data folder and gives its page; `parameters` are the host's own, such as `--demo`. */
  readonly open: (...parameters: readonly string[]) => Promise<Page>
  /** Ends the host as a user would. */
  readonly close: () => Promise<void>
  /** Ends the host at once, as a power cut would. */
  readonly kill: () => Promise<void>
}

type Options = { readonly size: { readonly width: number; readonly height: number }; readonly theme: 'light' | 'dark' }
type Fixtures = Options & { readonly app: App }
type WorkerFixtures = { readonly launcher: { readonly host: HostName; readonly launch: Launcher } }

const seedWorkspace: (directory: string) => App['seed'] =
  (directory) =>
  async (work, options = {}) => {
    const empty = options.empty ?? false
    const workspace = await openWorkspace({ directory, realClock: true, empty })
    try {
      if (!empty && workspace.organizationId === '') {
        const made = await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })
        workspace.use(made.id)
      }
      return await work(workspace)
    } finally {
      await workspace.close()
    }
  }

/** Playwright's `test` with `app`: a host of the project's kind on an empty data folder of its own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  size: [{ width: 1440, height: 900 }, { option: true }],
  theme: ['light', { option: true }],
  launcher: [
    // Playwright reads the names of the fixtures that it needs from this pattern.
    // biome-ignore lint/correctness/noEmptyPattern: an empty pattern is how a fixture says that it needs none
    async ({}, use, workerInfo) => {
      // The hosts are tested as they are built, never from the sources.
      await ensureBuilt()
      if (workerInfo.project.name === 'electron') {
        const display = await openDisplay()
        await use({ host: 'electron', launch: electronLauncher(display) })
        display.close()
        return
      }
      const executablePath = findChromium()
      const browser = await chromium.launch(executablePath === null ? {} : { executablePath })
      await use({ host: 'web', launch: webLauncher(browser) })
      await browser.close()
    },
    { scope: 'worker' },
  ],
  app: async ({ launcher, size, theme }, use, testInfo) => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'counterfoil-e2e-'))
    const problems: Problem[] = []
    let running: Running | null = null
    const app: App = {
      host: launcher.host,
      dataDirectory,
      problems,
      get page() {
        if (running === null) throw new Error('No host runs: call app.open() first.')
        return running.page
      },
      get desktop() {
        if (!running?.desktop) throw new Error('No desktop app runs.')
        return running.desktop
      },
      seed: seedWorkspace(dataDirectory),
      open: async (...parameters) => {
        running = await launcher.launch({ dataDirectory, problems, colorScheme: theme, size, parameters })
        return running.page
      },
      close: async () => {
        await running?.close()
        running = null
      },
      kill: async () => {
        await running?.kill()
        running = null
      },
    }
    await use(app)
    // `running` is set by the closures above, which the compiler does not follow.
    const last = running as Running | null
    if (testInfo.status !== testInfo.expectedStatus) {
      await last?.page.screenshot({ path: testInfo.outputPath('end.png') }).catch(() => undefined)
    }
    // Before the end: a page whose host goes away while it loads something says so, which is no problem of the app.
    const found = [...problems]
    // What a clean end does (a last backup, for one) is for the tests that ask for it: this folder goes away.
    await app.kill()
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 20 })
    expect(found, 'problems on the page').toEqual([])
  },
})

export { collectProblems, expect }
