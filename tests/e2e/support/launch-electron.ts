import { once } from 'node:events'
import { _electron } from '@playwright/test'
import { electronExecutable } from '../../../scripts/desktop.ts'
import { root } from '../../../scripts/parts.ts'
import type { Display } from '../../support/display.ts'
import type { Launcher } from './launch.ts'
import { collectProblems, listenForViolations } from './problems.ts'

const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))

/** Starts the desktop app on the given screen. */
export const electronLauncher =
  (display: Display): Launcher =>
  async ({ dataDirectory, problems, colorScheme, size, parameters }) => {
    const executablePath = electronExecutable()
    if (executablePath === null) throw new Error('There is no Electron on this machine.')
    const app = await _electron.launch({
      executablePath,
      args: [root, '--data', dataDirectory, ...parameters],
      env: { ...definedEnvironment(), ...display.environment, LANG: 'en_GB.UTF-8' },
      colorScheme,
    })
    // Asked for now: of an app that has ended it is no longer known.
    const child = app.process()
    collectProblems(app.context(), problems)
    const page = await app.firstWindow()
    await listenForViolations(app.context(), page)
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
    }, size)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    return {
      page,
      desktop: app,
      close: () => app.close(),
      kill: async () => {
        // A test may have ended it already.
        if (child.exitCode !== null || child.signalCode !== null) return
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
      },
    }
  }
