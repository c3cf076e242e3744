import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { z } from 'zod'

export type Suite = {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
  /** The tests that failed, by their names: whoever reads only the end of a log must find them. */
  readonly failures: readonly string[]
}
export type LeftOut = { readonly name: string; readonly why: string }

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})
const playwrightSuite = z.object({
  specs: z.array(z.object({ title: z.string(), ok: z.boolean(), file: z.string(), line: z.int() })).default([]),
  get suites() {
    return z.array(playwrightSuite).default([])
  },
})
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  suites: z.array(playwrightSuite),
})

type Counts = Pick<Suite, 'passed' | 'failed' | 'skipped' | 'failures'>

const read = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

// A runner that ends badly without a failed test (a file that does not load, a crash) has failed all the same.
const honest = (counts: Counts, code: number): Counts =>
  code !== 0 && counts.failed === 0
    ? { ...counts, failed: 1, failures: [`the runner ended with ${code} and names no test`] }
    : counts

const noReport: Counts = { passed: 0, failed: 1, skipped: 0, failures: ['the runner left no report'] }

/** What Vitest's JSON report counts; a run without one has failed. */
export const vitestCounts = (file: string, code: number): Counts => {
  const report = vitestReport.safeParse(read(file))
  if (!report.success) return noReport
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests, testResults } = report.data
  const failures = testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const tests = assertionResults.filter(({ status }) => status === 'failed')
      const file = relative(process.cwd(), name)
      return tests.length === 0 ? [file] : tests.map(({ fullName }) => `${file}: ${fullName}`)
    })
  return honest({ passed, failed, skipped: numPendingTests + numTodoTests, failures }, code)
}

const failedSpecs = ({ specs, suites }: z.infer<typeof playwrightSuite>): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `${file}:${line}: ${title}`),
  ...suites.flatMap(failedSpecs),
]

/** What Playwright's JSON report counts; a test that passed only at a second try has failed. */
export const playwrightCounts = (file: string, code: number): Counts => {
  const report = playwrightReport.safeParse(read(file))
  if (!report.success) return noReport
  const { expected, unexpected, flaky, skipped } = report.data.stats
  return honest(
    { passed: expected, failed: unexpected + flaky, skipped, failures: report.data.suites.flatMap(failedSpecs) },
    code,
  )
}

/** Prints a line a suite, what was left out and why, and the sum as one plain line. */
export const printSummary = (suites: readonly Suite[], leftOut: readonly LeftOut[]): void => {
  const sum = (key: 'passed' | 'failed' | 'skipped') => suites.reduce((total, suite) => total + suite[key], 0)
  console.log('\nSuites')
  for (const { name, passed, failed, skipped, seconds } of suites) {
    console.log(
      `  ${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed}/${passed + failed}, ${skipped} left out (${seconds.toFixed(0)} s)`,
    )
  }
  const failures = suites.flatMap((suite) => suite.failures.map((test) => `${suite.name}: ${test}`))
  if (failures.length > 0) console.log(`\nFailed\n  ${failures.join('\n  ')}`)
  for (const { name, why } of leftOut) console.log(`\n!!!! LEFT OUT: ${name}\n!!!! because ${why}`)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped') + leftOut.length} skipped`)
}
