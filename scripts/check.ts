import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from './parts.ts'
import { run } from './run.ts'

type Check = {
  readonly name: string
  readonly command: string
  readonly parameters: readonly string[]
  /** What it must have printed: a check that looked at nothing has not passed. */
  readonly proof?: RegExp
}

const projects = ['shared', 'db', 'electron', 'electron/preload', 'renderer', 'scripts', 'tests']

const checks: readonly Check[] = [
  { name: 'biome (format and lint)', command: 'biome', parameters: ['check', '--max-diagnostics=50', '.'] },
  ...projects
    .filter((project) => existsSync(join(root, project, 'tsconfig.json')))
    .map((project) => ({ name: `types: ${project}`, command: 'tsc', parameters: ['-p', project] })),
  {
    name: 'import rules',
    command: 'depcruise',
    parameters: ['--config', '.dependency-cruiser.cjs', 'shared', 'db', 'electron', 'renderer'],
    proof: /\(\d{3,} modules, /,
  },
  { name: 'architecture', command: 'vitest', parameters: ['run', 'tests/architecture'] },
]

/** Runs every check, as many at once as there are cores; prints what failed; returns names by outcome. */
export const runChecks = async (): Promise<{ readonly passed: string[]; readonly failed: string[] }> => {
  const waiting = [...checks]
  const passed: string[] = []
  const failed: string[] = []
  const next = async (): Promise<void> => {
    const check = waiting.shift()
    if (check === undefined) return
    const { code, output, seconds } = await run(check.command, check.parameters)
    const ok = code === 0 && (check.proof === undefined || check.proof.test(output))
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${check.name} (${seconds.toFixed(1)} s)`)
    if (!ok) console.log(output)
    ;(ok ? passed : failed).push(check.name)
    await next()
  }
  await Promise.all(cpus().map(next))
  return { passed, failed }
}

if (process.argv[1] === join(root, 'scripts', 'check.ts')) {
  const { failed } = await runChecks()
  process.exitCode = failed.length === 0 ? 0 : 1
}
