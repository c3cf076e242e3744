import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { freshDirectory } from '../support/database.ts'

const script = fileURLToPath(new URL('commit-and-count.ts', import.meta.url))
const hasStrace = spawnSync('strace', ['-V']).status === 0
if (!hasStrace) process.stderr.write('LEFT OUT: counting syncs, because there is no strace on this machine.\n')

const syncs = (count: number, key: string): number => {
  const { directory, remove } = freshDirectory()
  const trace = join(directory, 'trace.txt')
  const watched = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', trace]
  const data = join(directory, 'data')
  const run = spawnSync('strace', [...watched, process.execPath, script, data, String(count), key], {
    encoding: 'utf8',
  })
  expect(run.stderr).not.toContain('Error')
  expect(run.status).toBe(0)
  const calls = readFileSync(trace, 'utf8').match(/\b(fsync|fdatasync)\(/g)?.length ?? 0
  remove()
  return calls
}

describe.skipIf(!hasStrace)('what was acknowledged is on the disk', () => {
  test.each([
    ['in the clear', ''],
    ['encrypted', '5c'.repeat(32)],
  ])('%s, every commit waits for at least one sync', { timeout: 120_000 }, (_, key) => {
    // The opening and the end sync as well: what more commits add is what counts.
    const few = syncs(10, key)
    const many = syncs(110, key)
    expect(many - few).toBeGreaterThanOrEqual(100)
  })
})
