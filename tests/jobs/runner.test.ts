import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../db/open.ts'
import type { Engines } from '../../electron/engines.ts'
import { type Job, type JobHandler, type RunSystemCommand, settleJob } from '../../electron/jobs/job.ts'
import { createJobRunner, type JobRunner } from '../../electron/jobs/runner.ts'
import { openDeviceRecord } from '../../electron/record/open-device-record.ts'
import { createChangeFeed } from '../../electron/rpc/changes.ts'
import { openSessions } from '../../electron/rpc/sessions.ts'
import { createSystemCommand } from '../../electron/rpc/system-command.ts'
import { AppError } from '../../shared/errors.ts'
import { countedIds, fakeClock } from '../support/clock.ts'
import { openWorkspace } from '../support/workspace.ts'

let directory: string
let database: OpenDatabase
let organizationId: string
let runSystemCommand: RunSystemCommand
let runner: JobRunner | null = null
const clock = fakeClock('2026-11-22T09:00:00.000Z')
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'counterfoil-jobs-'))
  const workspace = await openWorkspace({ directory, empty: true })
  organizationId = (await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })).id
  await workspace.close()
  database = await openDatabase(directory)
  clock.advance(1000)
  const ids = countedIds(clock)
  const { deviceId } = await openDeviceRecord({ database, directory, name: 'Test desk', clock, ids })
  runSystemCommand = createSystemCommand({
    database,
    sessions: await openSessions(database.reader, deviceId, clock),
    clock,
    ids,
    // No job in this file renders, sends or reads a file.
    engines: {} as Engines,
    feed: createChangeFeed(),
    onWork: () => runner?.wake(),
  })
})
afterEach(async () => {
  await runner?.close()
  runner = null
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

const enqueue = (kind: string, ...subjects: readonly string[]) =>
  runSystemCommand({ name: 'test', organizationId, entities: [] }, async (context) => {
    for (const subjectId of subjects) await context.enqueue({ kind, subjectId })
  })

const open = (handlers: Readonly<Record<string, JobHandler['run']>>, graceMilliseconds = 100) => {
  runner = createJobRunner({
    db: database.reader,
    runSystemCommand,
    clock,
    log: silent,
    graceMilliseconds,
    handlers: Object.fromEntries(Object.entries(handlers).map(([kind, run]) => [kind, { run }])),
  })
  return runner
}

// Those of the tests: a new organization has some of its own.
const jobs = () =>
  database.reader
    .selectFrom('jobs')
    .selectAll()
    .where('kind', 'not in', ['notifications.scan', 'reminders.run'])
    .orderBy('subjectId')
    .execute()
const statesOf = async () => (await jobs()).map((job) => `${job.subjectId} ${job.state}`)
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('the runner', () => {
  it('does one job of a kind at a time, in order, and at most two in all', async () => {
    const active = new Set<string>()
    const order: string[] = []
    let most = 0
    const work = async (job: Job) => {
      expect([...active].some((one) => one.startsWith(job.kind))).toBe(false)
      active.add(`${job.kind} ${job.subjectId}`)
      most = Math.max(most, active.size)
      order.push(job.subjectId)
      await later(10)
      active.delete(`${job.kind} ${job.subjectId}`)
    }
    await enqueue('a', 'a1', 'a2', 'a3')
    await enqueue('b', 'b1', 'b2')
    await enqueue('c', 'c1')
    const opened = open({ a: work, b: work, c: work })
    await opened.start()
    await opened.settle()
    expect(most).toBe(2)
    expect(order.filter((subject) => subject.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
    expect(await statesOf()).toEqual(['a1 done', 'a2 done', 'a3 done', 'b1 done', 'b2 done', 'c1 done'])
  })

  it('leaves alone for a while what cannot even be begun, as on a full disk', async () => {
    await enqueue('a', 'a1')
    let tried = 0
    const begins = runSystemCommand
    runSystemCommand = async (command, work) => {
      if (command.name !== 'jobs.a') return await begins(command, work)
      tried += 1
      if (tried > 50) void runner?.close()
      throw new AppError('STORAGE_FULL', 'The disk is full.')
    }
    const opened = open({ a: () => Promise.resolve() })
    await opened.start()
    await later(50)
    opened.wake()
    await opened.settle()
    expect(tried).toBe(1)
    expect(await statesOf()).toEqual(['a1 queued'])
  })

  it('tries an unexpected failure again later, sets an expected one aside, and does the rest', async () => {
    let failures = 0
    const opened = open({
      a: async (job) => {
        if (job.subjectId === 'bug') {
          failures += 1
          throw new Error('boom')
        }
        if (job.subjectId === 'expected') throw new AppError('FILE_REFUSED', 'The file is gone.')
      },
    })
    await enqueue('a', 'bug', 'expected', 'fine')
    await opened.start()
    await opened.settle()
    expect(await statesOf()).toEqual(['bug queued', 'expected failed', 'fine done'])
    expect((await jobs())[1]?.lastError).toBe('The file is gone.')
    for (let attempt = 0; attempt < 10; attempt += 1) {
      clock.advance(24 * 3_600_000)
      await opened.settle()
    }
    expect(failures).toBe(8)
    expect((await jobs())[0]).toMatchObject({ state: 'failed', lastError: 'boom' })
  })

  it('leaves a job that does not end to the next start', async () => {
    const seen: AbortSignal[] = []
    const stuck = open({
      a: (_job, signal) => {
        seen.push(signal)
        return new Promise(() => undefined)
      },
    })
    await enqueue('a', 'x')
    await stuck.start()
    while (seen.length === 0) await later(5)
    await stuck.close()
    expect(seen[0]?.aborted).toBe(true)
    expect(await statesOf()).toEqual(['x running'])
    const next = open({ a: async () => undefined })
    await next.start()
    await next.settle()
    expect((await jobs())[0]).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('waits for a running job to end before it closes, and begins nothing more', async () => {
    let done = 0
    const opened = open(
      {
        a: async (job) => {
          await later(50)
          await runSystemCommand({ name: 'test', organizationId, entities: [] }, (context) =>
            settleJob(context, job, { state: 'done' }),
          )
          done += 1
        },
      },
      5000,
    )
    await enqueue('a', 'x', 'y')
    await opened.start()
    while (!(await statesOf()).includes('x running')) await later(2)
    await opened.close()
    expect(done).toBe(1)
    expect(await statesOf()).toEqual(['x done', 'y queued'])
  })

  it('runs what waits for a network as soon as there is one', async () => {
    let network = false
    const opened = open({
      a: async (job) => {
        if (network) return
        await runSystemCommand({ name: 'test', organizationId, entities: [] }, (context) =>
          settleJob(context, job, {
            state: 'queued',
            runAt: '2027-01-01T00:00:00.000Z',
            error: 'offline',
            waitsFor: 'network',
          }),
        )
      },
    })
    await enqueue('a', 'x')
    await opened.start()
    await opened.settle()
    expect(await statesOf()).toEqual(['x queued'])
    network = true
    await opened.networkBack()
    await opened.settle()
    expect(await statesOf()).toEqual(['x done'])
  })

  it('does not do a job twice when it is queued twice', async () => {
    const done: string[] = []
    const opened = open({ a: async (job) => void done.push(job.subjectId) })
    await enqueue('a', 'x', 'x')
    await enqueue('a', 'x')
    await opened.start()
    await opened.settle()
    expect(done).toEqual(['x'])
  })
})
