import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export type Suite = {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
}
export type LeftOut = { readonly name: string; readonly why: string }

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
})
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
})

type Counts = Pick<Suite, 'passed' | 'failed' | 'skipped'>

const read = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

// A runner that ends badly without a failed test (a file that does not load, a crash) has failed all the same.
const honest = (counts: Counts, code: number): Counts =>
  code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts

/** What Vitest's JSON report counts; a run without one has failed. */
export const vitestCounts = (file: string, code: number): Counts => {
  const report = vitestReport.safeParse(read(file))
  if (!report.success) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report.data
  return honest({ passed, failed, skipped: numPendingTests + numTodoTests }, code)
}

/** What Playwright's JSON report counts; a test that passed only at a second try has failed. */
export const playwrightCounts = (file: string, code: number): Counts => {
  const report = playwrightReport.safeParse(read(file))
  if (!report.success) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.data.stats
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, code)
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
  for (const { name, why } of leftOut) console.log(`\n!!!! LEFT OUT: ${name}\n!!!! because ${why}`)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped') + leftOut.length} skipped`)
}
