import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { hostFlags } from '../../scripts/parts.ts'
import type { Measure } from './compare.ts'
import { generate } from './generate.ts'
import { benchSize } from './list.ts'

type Held = { readonly before: number; readonly after: number }

const held = (...parameters: readonly string[]): Held => {
  const script = join(import.meta.dirname, 'mixed-calls.ts')
  const run = spawnSync(process.execPath, ['--expose-gc', script, ...parameters], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  // Printed by mixed-calls.ts.
  return JSON.parse(run.stdout) as Held
}

const pssOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN) / 1000

/** Megabytes that a process holds once it has been idle for a moment. */
const idle = async (parameters: readonly string[], isReady: (said: string) => boolean): Promise<number> => {
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += String(chunk)
  })
  while (!isReady(said)) await pause(50)
  await pause(3000)
  const megabytes = pssOf(child.pid ?? 0)
  child.kill('SIGTERM')
  await once(child, 'close')
  return megabytes
}

const figure = (name: string, ratio: number, ours: number, theirs: number, target: number): Measure => ({
  name,
  ratio,
  lowest: ratio,
  highest: ratio,
  oursMilliseconds: ours,
  theirsMilliseconds: theirs,
  p95: null,
  p99: null,
  selfRatio: null,
  target: `<= ${target}`,
  reached: ratio <= target,
  note: 'the two figures are megabytes, not milliseconds',
})

/** Measure 16: what the core holds idle on the big database, and whether it grows over 10,000 mixed calls. */
export const measureMemory = async (): Promise<Measure[]> => {
  const { directory, organizationId } = await generate(benchSize)
  const host = join(import.meta.dirname, '../../out/main/web-host.js')
  const ours = await idle([...hostFlags, host, '--data', directory, '--no-open'], (said) =>
    said.includes('http://127.0.0.1'),
  )
  const nothing = await idle(['-e', 'console.log(1); setInterval(() => {}, 1000)'], (said) => said.includes('1'))
  const { before, after } = held(directory, organizationId, '10000')
  return [
    figure('16 memory of the idle core, 200,000 invoices / bare node (PSS)', ours / nothing, ours, nothing, 2.5),
    figure('16 heap after 10,000 mixed calls / before', after / before, after / 1e6, before / 1e6, 1.01),
  ]
}
