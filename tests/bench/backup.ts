import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openConnection } from '../../db/open.ts'
import { type BackupPool, createBackupPool } from '../../electron/backup/pool.ts'
import { compare, type Measure, percentile } from './compare.ts'
import { openBenchCore } from './core.ts'
import { generate } from './generate.ts'

const run = promisify(execFile)
const size = { clients: 5000, invoices: 30_000, linesEach: 5 }

/** What somebody does by hand: a copy of the closed file, and SQLite's own quick look at it. */
const copyAndCheck = async (file: string, target: string) => {
  await run('cp', [file, target])
  const copy = openConnection(target, { readonly: true })
  const [row] = copy.prepare('PRAGMA quick_check').pluck().all()
  copy.close()
  if (row !== 'ok') throw new Error(`quick_check says ${String(row)}.`)
}

type Writer = () => Promise<void>

/** Times one small command after the other until told to stop. */
const writeUntil = async (write: Writer, isOver: () => boolean): Promise<number[]> => {
  const times: number[] = []
  while (!isOver()) {
    const started = performance.now()
    await write()
    times.push(performance.now() - started)
    // A person does not write without a pause; and the core's other work has to come in between.
    await setTimeout(1)
  }
  return times
}

const measureWrites = async (backUp: () => Promise<unknown>, write: Writer): Promise<Measure> => {
  const rounds = 5
  const idle: number[] = []
  const busy: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const end = performance.now() + 1500
    idle.push(...(await writeUntil(write, () => performance.now() > end)))
    let over = false
    const backup = backUp().finally(() => {
      over = true
    })
    busy.push(...(await writeUntil(write, () => over)))
    await backup
  }
  const [ours, theirs] = [percentile(busy, 0.99), percentile(idle, 0.99)]
  return {
    name: 'a command while a backup is made, p99, against p99 without',
    ratio: ours / theirs,
    lowest: percentile(busy, 0.5) / percentile(idle, 0.5),
    highest: ours / theirs,
    oursMilliseconds: percentile(busy, 0.5),
    theirsMilliseconds: percentile(idle, 0.5),
    p95: percentile(busy, 0.95),
    p99: ours,
    selfRatio: null,
    target: '<= 3',
    reached: ours / theirs <= 3,
    note: `${busy.length} commands during ${rounds} backups, ${idle.length} without; p99 ${ours.toFixed(2)} and ${theirs.toFixed(2)} ms`,
  }
}

const measureFolder = async (pool: BackupPool, directory: string, organizationId: string, scratch: string) => {
  const file = join(directory, 'counterfoil.db')
  const destination = join(scratch, 'backups')
  const backUp = async (full: boolean) => {
    rmSync(destination, { recursive: true, force: true })
    mkdirSync(destination)
    await pool.run('create', {
      directory,
      key: null,
      destination,
      reason: 'auto',
      createdAt: '2026-11-21T12:00:00.000Z',
      appVersion: '0.0.0-bench',
      full,
    })
  }
  const byHand = () => copyAndCheck(file, join(scratch, 'copy.db'))
  const settings = { theirs: byHand, pairs: 5, repeat: 1, warmUp: 1, target: 2 }
  const quick = await compare({
    ...settings,
    name: 'a backup of 30,000 invoices, checked, hashed and on the disk, against cp and quick_check',
    ours: () => backUp(false),
  })
  const full = await compare({
    ...settings,
    name: 'the same with every index checked (once a day), against cp and quick_check',
    ours: () => backUp(true),
  })
  const core = await openBenchCore(directory)
  try {
    const write = async () => {
      const input = { name: 'Written meanwhile Ltd' }
      await core.call('clients.create', { organizationId, idempotencyKey: null, input })
    }
    return [quick, full, await measureWrites(() => backUp(false), write)]
  } finally {
    await core.close()
  }
}

/** Backups: what they cost beside a plain copy, and what a person notices of them. */
export const measureBackup = async (): Promise<Measure[]> => {
  const { directory, organizationId } = await generate(size)
  const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'))
  const pool = createBackupPool(new URL('../../out/main/backup-worker.js', import.meta.url).href)
  try {
    // Once through, so that the tables are those of today.
    await (await openBenchCore(directory)).close()
    return await measureFolder(pool, directory, organizationId, scratch)
  } finally {
    await pool.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}
