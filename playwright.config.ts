import { defineConfig } from '@playwright/test'

/**
 * The same flows on both hosts: `playwright test --project=web`, `--project=electron`. A spec of one host alone begins
 * with its name (`electron-shell.spec.ts`).
 */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  projects: [
    { name: 'web', testIgnore: ['packaged.spec.ts', 'electron-*.spec.ts'] },
    // The same pages in the same engine: axe looks at all of them once, in the browser, and here where a spec asks.
    { name: 'electron', testIgnore: ['packaged.spec.ts', 'web-*.spec.ts', 'axe.spec.ts'] },
    // The folder that `npm run package` makes.
    { name: 'packaged', testMatch: 'packaged.spec.ts' },
  ],
})
