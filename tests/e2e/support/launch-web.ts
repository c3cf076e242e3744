import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { root } from '../../../scripts/parts.ts'
import type { Launcher } from './launch.ts'
import { collectProblems, listenForViolations } from './problems.ts'

const addressOf = (host: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(said)?.[0]
      if (address !== undefined) resolve(address)
    }
    host.stdout?.on('data', read)
    host.stderr?.on('data', read)
    host.once('exit', (code) => reject(new Error(`The web host ended with code ${code}: ${said}`)))
  })

const end = async (host: ChildProcess, signal: NodeJS.Signals) => {
  if (host.exitCode !== null || host.signalCode !== null) return
  host.kill(signal)
  await once(host, 'exit')
}

/** Starts web hosts and opens each in the given Chromium. */
export const webLauncher =
  (browser: Browser): Launcher =>
  async ({ dataDirectory, problems, colorScheme, size, parameters }) => {
    const host = spawn(
      process.execPath,
      [join(root, 'out/main/web-host.js'), '--no-open', '--data', dataDirectory, ...parameters],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const address = await addressOf(host)
    const context = await browser.newContext({ colorScheme, viewport: size, reducedMotion: 'reduce', locale: 'en-GB' })
    collectProblems(context, problems)
    await listenForViolations(context)
    const page = await context.newPage()
    await page.goto(address)
    return {
      page,
      desktop: null,
      close: async () => {
        await context.close()
        await end(host, 'SIGTERM')
      },
      kill: async () => {
        await end(host, 'SIGKILL')
        await context.close()
      },
    }
  }
