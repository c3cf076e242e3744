import { AppError } from '../../shared/errors.ts'
import { nextAttemptAt } from '../mail/backoff.ts'
import { instantAt, type Job, type JobHandlers, type JobParts, type Settlement, settleJob, spreadOf } from './job.ts'
import { watchNetwork } from './network-watch.ts'
import { bringForward, recoverRunning } from './requeue.ts'

export type { JobHandler, JobHandlers, RunSystemCommand } from './job.ts'

export type JobRunnerParts = JobParts & {
  readonly handlers: JobHandlers
  /** Jobs at the same time, of different kinds or organizations; 2 if left out. */
  readonly concurrency?: number
  /** How long `close` waits for running jobs, in milliseconds; 5000 if left out. */
  readonly graceMilliseconds?: number
}

export type JobRunner = {
  /** Puts right what a crash left, then begins to work. */
  readonly start: () => Promise<void>
  /** There may be new work: call after a commit that enqueued some, and when the computer wakes up. */
  readonly wake: () => void
  /** A network is there again: what waits for one goes now. Noticed by itself too, a little later. */
  readonly networkBack: () => Promise<void>
  /** Resolves when nothing is running and nothing is due. */
  readonly settle: () => Promise<void>
  /** Begins nothing more, waits a moment for running jobs, then leaves them to the next start. */
  readonly close: () => Promise<void>
}

// Timers do not count while a computer sleeps, so the clock is looked at this often whatever is planned.
const longestSleep = 30_000
const shortestSleep = 50
const mostAttempts = 8

const laneOf = ({ kind, organizationId }: Pick<Job, 'kind' | 'organizationId'>) => `${kind} ${organizationId}`

/** Writes the end of a job whose handler did not: done, or after a failure a later time, or set aside. */
const settlementOf = (job: Job, error: unknown, parts: JobParts): Settlement => {
  if (error === undefined) return { state: 'done' }
  const text = error instanceof Error ? error.message : String(error)
  // An expected problem stays until somebody acts; only the unexpected may pass by itself.
  if (error instanceof AppError || job.attempts >= mostAttempts) return { state: 'failed', error: text }
  const next = nextAttemptAt(job.attempts, Date.parse(parts.clock.now()), parts.random ?? (() => spreadOf(job)))
  return { state: 'queued', runAt: instantAt(next), error: text }
}

const claim = (job: Job, parts: JobParts): Promise<Job | undefined> =>
  parts.runSystemCommand(
    { name: `jobs.${job.kind}`, organizationId: job.organizationId, entities: [] },
    async ({ trx, now }) =>
      await trx
        .updateTable('jobs')
        .set({ state: 'running', attempts: job.attempts + 1, updatedAt: now, version: job.version + 1 })
        .where('id', '=', job.id)
        .where('state', '=', 'queued')
        .returningAll()
        .executeTakeFirst(),
  )

const runJob = async (waiting: Job, parts: JobParts, handlers: JobHandlers, signal: AbortSignal): Promise<void> => {
  const job = await claim(waiting, parts)
  const handler = handlers[waiting.kind]
  if (job === undefined || handler === undefined) return
  const error = await handler.run(job, signal).then(
    () => undefined,
    (thrown: unknown) => thrown ?? new Error('A job failed without saying why.'),
  )
  // Closing, nobody knows whether it came to its end: the next start does it again.
  const { state } = await parts.db.selectFrom('jobs').select('state').where('id', '=', job.id).executeTakeFirstOrThrow()
  if (state !== 'running' || signal.aborted) return
  if (error !== undefined) parts.log.error({ job: job.kind, subject: job.subjectId, error }, 'a job failed')
  await parts.runSystemCommand(
    { name: `jobs.${job.kind}.settled`, organizationId: job.organizationId, entities: [] },
    (context) => settleJob(context, job, settlementOf(job, error, parts)),
  )
}

/** The next queued jobs that are due and whose lane is free, oldest first. */
const dueJobs = (parts: JobParts, kinds: readonly string[], busy: readonly string[]): Promise<Job[]> => {
  let query = parts.db
    .selectFrom('jobs')
    .selectAll()
    .where('state', '=', 'queued')
    .where('kind', 'in', kinds)
    .where('runAt', '<=', parts.clock.now())
  for (const lane of busy) {
    const [kind = '', organizationId = ''] = lane.split(' ')
    query = query.where(({ not, and, eb }) =>
      not(and([eb('kind', '=', kind), eb('organizationId', '=', organizationId)])),
    )
  }
  return query.orderBy('runAt').orderBy('id').limit(1).execute()
}

const timeOfNext = async (parts: JobParts, kinds: readonly string[], now: string): Promise<string | null> => {
  const next = await parts.db
    .selectFrom('jobs')
    .select(({ fn }) => fn.min('runAt').as('runAt'))
    .where('state', '=', 'queued')
    .where('kind', 'in', kinds)
    .where('runAt', '>', now)
    .executeTakeFirst()
  return next?.runAt ?? null
}

const within = async (work: Promise<unknown>, milliseconds: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

/** Looks for due jobs when woken and when the next is due, and begins them; the state behind a JobRunner. */
const createLoop = (parts: JobParts, handlers: JobHandlers, concurrency: number) => {
  const kinds = Object.keys(handlers)
  const running = new Map<string, Promise<void>>()
  const resting = new Set<string>()
  const closing = new AbortController()
  const isClosing = () => closing.signal.aborted
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let lookAgain = false
  let listeners: (() => void)[] = []

  // On a disk that is full it is as due as before: begun again at once it would leave no time for anything else.
  const rest = (lane: string) => {
    resting.add(lane)
    setTimeout(() => {
      resting.delete(lane)
      wake()
    }, longestSleep).unref()
  }

  const begin = (job: Job) => {
    const lane = laneOf(job)
    const work = runJob(job, parts, handlers, closing.signal)
      .catch((error: unknown) => {
        rest(lane)
        // Left behind at the end of the grace, it finds the database closed.
        if (!isClosing()) parts.log.error({ job: job.kind, error }, 'a job could not be recorded')
      })
      .then(() => {
        running.delete(lane)
        wake()
      })
    running.set(lane, work)
  }

  const look = async () => {
    while (running.size < concurrency) {
      const [job] = await dueJobs(parts, kinds, [...running.keys(), ...resting])
      if (job === undefined || isClosing()) break
      begin(job)
    }
    const now = parts.clock.now()
    const next = isClosing() ? null : await timeOfNext(parts, kinds, now)
    const wait = next === null ? longestSleep : Date.parse(next) - Date.parse(now)
    clearTimeout(timer)
    if (!isClosing()) timer = setTimeout(wake, Math.min(longestSleep, Math.max(shortestSleep, wait))).unref()
  }

  const tellSettled = () => {
    for (const listener of listeners) listener()
    listeners = []
  }

  const wake = (): void => {
    lookAgain = looking !== null
    if (isClosing() || looking !== null) return
    looking = look()
      .catch((error: unknown) => parts.log.error({ error }, 'the jobs could not be read'))
      .then(() => {
        looking = null
        if (lookAgain) wake()
        else if (running.size === 0) tellSettled()
      })
  }

  const close = async (graceMilliseconds: number) => {
    closing.abort()
    clearTimeout(timer)
    await within(Promise.all([...running.values(), looking]), graceMilliseconds)
    tellSettled()
  }

  const settled = () =>
    new Promise<void>((resolve) => {
      listeners.push(resolve)
      wake()
    })
  return { wake, close, settled, isClosing }
}

/** Makes the runner of the jobs table: durable work after a commit, at most one job at a time per kind and organization. */
export const createJobRunner = (given: JobRunnerParts): JobRunner => {
  const { handlers, concurrency = 2, graceMilliseconds = 5000, ...parts } = given
  const loop = createLoop(parts, handlers, concurrency)
  let started = false
  let stopWatching = (): void => undefined
  const wake = () => {
    if (started) loop.wake()
  }
  const networkBack = async () => {
    await bringForward(parts)
    wake()
  }
  const attempt = (what: string, work: () => Promise<void>) =>
    work().catch((error: unknown) => {
      if (!loop.isClosing()) parts.log.error({ error }, what)
    })
  return {
    start: async () => {
      await attempt('running jobs could not be recovered', () => recoverRunning(parts))
      for (const { recover } of Object.values(handlers)) {
        if (recover !== undefined) await attempt('work of the last run could not be recovered', recover)
      }
      stopWatching = watchNetwork(() => void attempt('waiting jobs could not be brought forward', networkBack))
      started = true
      wake()
    },
    wake,
    networkBack,
    settle: async () => {
      if (started && !loop.isClosing()) await loop.settled()
    },
    close: async () => {
      stopWatching()
      await loop.close(graceMilliseconds)
    },
  }
}
