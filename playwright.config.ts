import { defineConfig } from '@playwright/test'

const files = (...names: readonly string[]) => names.map((name) => `${name}.spec.ts`)

// Flows of screens alone, with nothing of a host in them: each is shown by one host, half of them by each, and by both in
// `npm run test:long`. What a host does itself (start, files, windows, lock, keys, people, backups) is always seen on both.
const shownByWeb = [
  ...files(
    'bank',
    'data-import',
    'mail',
    'numbering',
    'quotes',
    'recurring',
    'reminders',
    'reports',
    'tax',
    'templates',
  ),
]
const shownByElectron = [
  ...files('bulk', 'cash-rounding', 'client-groups', 'credit-notes', 'einvoice', 'filters', 'lists', 'notifications'),
  ...files('bad-input', 'statements'),
]
const isLong = process.env['COUNTERFOIL_LONG'] === '1'
const elsewhere = (specs: readonly string[]) => (isLong ? [] : specs)

/**
 * The same flows for both hosts: `playwright test --project=web`, `--project=electron`. A spec of one host alone begins
 * with its name (`electron-shell.spec.ts`).
 */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // A test waits for what a person would: two processors have time for a third.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  projects: [
    { name: 'web', testIgnore: ['packaged.spec.ts', 'electron-*.spec.ts', ...elsewhere(shownByElectron)] },
    // The same pages in the same engine: axe looks at all of them once, in the browser, and here where a spec asks.
    {
      name: 'electron',
      testIgnore: ['packaged.spec.ts', 'web-*.spec.ts', 'axe.spec.ts', ...elsewhere(shownByWeb)],
    },
    // The folder that `npm run package` makes.
    { name: 'packaged', testMatch: 'packaged.spec.ts' },
  ],
})
