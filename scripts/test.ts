import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureChromium, installDebianPackages } from '../tests/support/browser.ts'
import { runChecks } from './check.ts'
import { electronExecutable, hasDisplay } from './desktop.ts'
import { builtAlready, ensureBuilt, root } from './parts.ts'
import { run } from './run.ts'
import { type LeftOut, playwrightCounts, printSummary, type Suite, vitestCounts } from './summary.ts'

// `npm test`: everything that this machine can run; `npm run test:long`: the same with larger counts.
const env = {
  ...builtAlready,
  // Hundreds of threads read the same bundles: compiled once, as the product keeps them between starts.
  NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'),
  ...(process.argv.includes('--long') ? { COUNTERFOIL_LONG: '1' } : {}),
}
const results = join(root, 'test-results')
const suites: Suite[] = []
const leftOut: LeftOut[] = []

const title = (text: string) => console.log(`\n=== ${text} ===`)

const check = async () => {
  title('format, lint, types, import rules, architecture')
  const started = performance.now()
  const { passed, failed } = await runChecks()
  const seconds = (performance.now() - started) / 1000
  suites.push({ name: 'checks', passed: passed.length, failed: failed.length, skipped: 0, seconds, failures: failed })
}

const vitest = async () => {
  title('core, features, engines, hosts, screens')
  const report = join(results, 'vitest.json')
  const { code, seconds } = await run(
    'vitest',
    ['run', '--exclude=tests/architecture/**', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { env, live: true },
  )
  suites.push({ name: 'vitest', ...vitestCounts(report, code), seconds })
}

const playwright = async (project: 'web' | 'electron' | 'packaged') => {
  title(`end to end: ${project}`)
  const report = join(results, `e2e-${project}.json`)
  const { code, seconds } = await run('playwright', ['test', `--project=${project}`, '--reporter=list,json'], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    live: true,
  })
  suites.push({ name: `end to end, ${project}`, ...playwrightCounts(report, code), seconds })
}

const web = async () => {
  if (ensureChromium() !== null) return await playwright('web')
  leftOut.push({
    name: 'end to end, web',
    why: 'there is no Chromium here, and it could not be installed. Install one, or name it in CHROMIUM.',
  })
}

const hasXvfb = () =>
  existsSync('/usr/bin/Xvfb') || (installDebianPackages(['xvfb', 'xauth']) && existsSync('/usr/bin/Xvfb'))

const desktop = async () => {
  const why =
    electronExecutable() === null
      ? 'there is no Electron here. Name its folder in ELECTRON_OVERRIDE_DIST_PATH, or run: npx install-electron'
      : hasDisplay() || hasXvfb()
        ? null
        : 'there is no display and no Xvfb. Install the package xvfb.'
  if (why !== null) {
    leftOut.push({ name: 'end to end, electron (the desktop app and its package)', why })
    return
  }
  await playwright('electron')
  if (process.platform !== 'linux') return
  title('package')
  await run(process.execPath, ['scripts/package.ts'], { env, live: true })
  await playwright('packaged')
}

rmSync(results, { recursive: true, force: true })
title('build')
const built = await ensureBuilt()
console.log(built.length === 0 ? 'Nothing to build.' : `Built ${built.join(', ')}.`)
await check()
await vitest()
await web()
await desktop()
printSummary(suites, leftOut)
process.exitCode = suites.some((suite) => suite.failed > 0) ? 1 : 0
