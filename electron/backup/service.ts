import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { AppError } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ids.ts'
import type { Log } from '../rpc/log.ts'
import type { MadeBackup } from './create.ts'
import type { BackupReason } from './manifest.ts'
import { databaseIn, type FoundBackup, listBackups } from './place.ts'
import type { BackupPool } from './pool.ts'
import type { Preview } from './preview.ts'
import { type BackupState, type PlaceState, readState, writeState } from './state.ts'
import type { TaskProgress } from './tasks.ts'
import type { Verified } from './verify.ts'

export type PlaceName = 'main' | 'second'

/** What goes on just now. */
export type Running = TaskProgress & { readonly kind: 'backup' | 'verify' | 'drill' | 'check'; readonly since: string }

export type BackupStatus = {
  readonly state: BackupState
  readonly running: Running | null
  /** When the next automatic backup is due at the earliest; null where it is off or nothing was done since. */
  readonly nextAt: string | null
  readonly mainFolder: string
}

export type BackupServiceParts = {
  readonly directory: string
  readonly key: DataKey
  readonly pool: BackupPool
  readonly clock: Clock
  readonly log: Log
  readonly appVersion: string
  /** The number of the last command that changed anything. */
  readonly headSeq: () => Promise<number>
  /** Puts a lasting failure before people, or takes it away again. */
  readonly tell: (kind: 'backup-failed' | 'drill-failed', problem: string | null) => Promise<void>
}

export type BackupService = {
  readonly start: () => void
  /** One look at what is due: the timer's, and a test's. */
  readonly tick: () => Promise<void>
  readonly status: () => Promise<BackupStatus>
  readonly list: () => readonly (FoundBackup & { readonly place: PlaceName; readonly sound: boolean })[]
  /** Makes a backup in each place. AppError where none of them could be made. */
  readonly backUp: (reason: BackupReason) => Promise<void>
  readonly verify: (file: string) => Promise<Verified>
  readonly drill: () => Promise<void>
  readonly preview: (file: string, key?: DataKey) => Promise<Preview>
  readonly setSettings: (settings: BackupState['settings']) => void
  /** A last backup where something changed and it is quick, then the end. */
  readonly close: () => Promise<void>
}

const minute = 60_000
const day = 24 * 60 * minute
const tickMilliseconds = minute
/** At most one automatic backup in this time. */
export const betweenBackups = 15 * minute
const betweenDrills = 7 * day
const idleMilliseconds = 2 * minute
// Up to here every index is checked each time; beyond, once a day.
const smallBytes = 64_000_000
// A backup that would hold up the end of the program is left to the next start.
const quickBytes = 200_000_000

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** The backups of one open data folder: when, where, how long they are kept, and whether they could be restored. */
export const createBackupService = (parts: BackupServiceParts): BackupService => {
  const { directory, key, pool, clock, log } = parts
  const mainFolder = join(directory, 'backups')
  let state = readState(directory)
  let running: Running | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  let closing = false
  const seen = { seq: 0, at: clock.now(), quickCheckDone: false, crashed: state.open, triedAt: 0 }

  const now = () => Date.parse(clock.now())
  const save = (change: Partial<BackupState>) => {
    state = { ...state, ...change }
    try {
      writeState(directory, state)
    } catch (error) {
      log.warn({ error }, 'the state of backups could not be written')
    }
  }
  const setPlace = (name: PlaceName, place: PlaceState) => save({ places: { ...state.places, [name]: place } })
  const folderOf = (name: PlaceName) => (name === 'main' ? mainFolder : state.settings.secondPlace)

  /** One thing at a time, in the order in which it was asked for. */
  const inTurn = <T>(
    kind: Running['kind'],
    work: (onProgress: (it: TaskProgress) => void) => Promise<T>,
  ): Promise<T> => {
    const next = turn
      .catch(() => undefined)
      .then(async () => {
        const since = clock.now()
        running = { kind, since, step: 'starting', done: 0, total: 0 }
        try {
          return await work((progress) => {
            running = { kind, since, ...progress }
          })
        } finally {
          running = null
        }
      })
    turn = next
    return next
  }

  const isFullDue = (reason: BackupReason): boolean => {
    if (reason !== 'auto' && reason !== 'exit') return true
    if (statSync(databaseIn(directory)).size <= smallBytes) return true
    return !listBackups(mainFolder).some(
      ({ head, createdAt }) => head?.check === 'full' && now() - Date.parse(createdAt) < day,
    )
  }

  const noteMade = (name: PlaceName, made: MadeBackup, headSeq: number) => {
    const { manifest } = made
    const last = {
      file: made.file,
      createdAt: manifest.createdAt,
      reason: manifest.reason,
      size: manifest.size,
      check: manifest.check,
      missing: manifest.missing.length,
      headSeq,
      milliseconds: made.milliseconds,
    }
    setPlace(name, { last, problem: null })
  }

  const backUpTo = async (
    name: PlaceName,
    destination: string,
    reason: BackupReason,
    onProgress: (it: TaskProgress) => void,
  ): Promise<string | null> => {
    try {
      const headSeq = await parts.headSeq()
      const input = { directory, key, destination, reason, createdAt: clock.now(), appVersion: parts.appVersion }
      const made = await pool.run('create', { ...input, full: isFullDue(reason) }, onProgress)
      noteMade(name, made, headSeq)
      await pool.run('removeOld', { folder: destination, key, now: clock.now(), unsound: state.unsound })
      return null
    } catch (error) {
      const message = messageOf(error)
      log.warn({ error, place: name }, 'a backup failed')
      setPlace(name, { ...state.places[name], problem: { at: clock.now(), message } })
      return message
    }
  }

  const backUp = (reason: BackupReason) =>
    inTurn('backup', async (onProgress) => {
      seen.triedAt = now()
      const problems: string[] = []
      let tried = 0
      for (const name of ['main', 'second'] as const) {
        const folder = folderOf(name)
        if (folder === null) continue
        tried += 1
        const problem = await backUpTo(name, folder, reason, onProgress)
        if (problem !== null) problems.push(problem)
      }
      await parts.tell('backup-failed', problems[0] ?? null)
      if (problems.length === tried)
        throw new AppError('STORAGE_UNAVAILABLE', problems[0] ?? 'No backup could be made.')
    })

  const newest = (): FoundBackup | null =>
    listBackups(mainFolder).find(({ file }) => !state.unsound.includes(file)) ?? null

  const noteSoundness = (file: string, sound: boolean) => {
    const others = state.unsound.filter((it) => it !== file && existsSync(it))
    save({ unsound: sound ? others : [...others, file] })
  }

  const verify = (file: string) =>
    inTurn('verify', async () => {
      const verified = await pool.run('verify', { file, key, full: true })
      noteSoundness(file, verified.sound)
      return verified
    })

  const drill = () =>
    inTurn('drill', async () => {
      const backup = newest()
      if (backup === null) throw new AppError('NOT_FOUND', 'There is no backup yet. Make one first.')
      const at = clock.now()
      const ageMilliseconds = Math.max(0, now() - Date.parse(backup.createdAt))
      const about = { at, file: backup.file, ageMilliseconds }
      try {
        const { milliseconds, missing } = await pool.run('drill', { directory, source: backup.file, key })
        const problem = missing === 0 ? null : `${missing} kept files are missing beside the backup.`
        save({ drill: { ...about, milliseconds, problem } })
        await parts.tell('drill-failed', problem)
      } catch (error) {
        save({ drill: { ...about, milliseconds: null, problem: messageOf(error) } })
        // Said of this backup only where it is the backup's fault, not that of a full disk.
        if (!(error instanceof AppError && error.code === 'STORAGE_FULL')) noteSoundness(backup.file, false)
        await parts.tell('drill-failed', messageOf(error))
      }
    })

  const checkDatabase = (full: boolean) =>
    inTurn('check', async () => {
      const examined = await pool.run('examine', { file: databaseIn(directory), key, full })
      const problem = examined.sound ? null : (examined.faults[0] ?? examined.problem)
      save({ check: { at: clock.now(), full, problem } })
      if (problem !== null) log.error({ problem }, 'the database in use is damaged')
    })

  const isBackupDue = (seq: number): boolean => {
    if (!state.settings.automatic || seq === 0) return false
    const { last, problem } = state.places.main
    const second = state.settings.secondPlace !== null && state.places.second.problem !== null
    const changed = last === null || seq !== last.headSeq || problem !== null || second
    const lastAt = last === null ? 0 : Date.parse(last.createdAt)
    // A clock that was set back must not stop backups until it has caught up.
    const since = (at: number) => at > now() || now() - at >= betweenBackups
    return changed && since(lastAt) && since(seen.triedAt)
  }

  const tick = async () => {
    const seq = await parts.headSeq()
    if (seq !== seen.seq) Object.assign(seen, { seq, at: clock.now() })
    if (isBackupDue(seq)) await backUp('auto').catch(() => undefined)
    const idle = now() - Date.parse(seen.at) >= idleMilliseconds
    const isOld = (at: string | undefined) => at === undefined || now() - Date.parse(at) >= betweenDrills
    if (!seen.quickCheckDone) {
      seen.quickCheckDone = true
      await checkDatabase(seen.crashed).catch((error: unknown) => log.warn({ error }, 'the check did not end'))
    } else if (idle && isOld(state.check?.full === true ? state.check.at : undefined)) {
      await checkDatabase(true).catch((error: unknown) => log.warn({ error }, 'the check did not end'))
    }
    if (idle && newest() !== null && isOld(state.drill?.at)) await drill().catch(() => undefined)
  }

  const plan = () => {
    if (closing) return
    timer = setTimeout(() => {
      tick()
        .catch((error: unknown) => log.warn({ error }, 'what is due of backups could not be looked at'))
        .finally(plan)
    }, tickMilliseconds)
    timer.unref()
  }

  return {
    start: () => {
      save({ open: true })
      plan()
    },
    tick,
    backUp,
    verify,
    drill,
    status: async () => {
      const seq = await parts.headSeq()
      const { last } = state.places.main
      const due = last === null ? now() : Math.max(now(), Date.parse(last.createdAt) + betweenBackups)
      const nothing = !state.settings.automatic || (last !== null && last.headSeq === seq)
      return { state, running, mainFolder, nextAt: nothing ? null : new Date(due).toISOString() }
    },
    list: () =>
      (['main', 'second'] as const).flatMap((place) => {
        const folder = folderOf(place)
        if (folder === null) return []
        return listBackups(folder).map((backup) => ({ ...backup, place, sound: !state.unsound.includes(backup.file) }))
      }),
    preview: (file, backupKey = key) =>
      pool.run('preview', { directory, source: file, key: backupKey, presentKey: key }),
    setSettings: (settings) => {
      const same = settings.secondPlace === state.settings.secondPlace
      save({ settings, ...(same ? {} : { places: { ...state.places, second: { last: null, problem: null } } }) })
    },
    close: async () => {
      closing = true
      if (timer !== null) clearTimeout(timer)
      const seq = await parts.headSeq().catch(() => 0)
      const isQuick = existsSync(databaseIn(directory)) && statSync(databaseIn(directory)).size <= quickBytes
      const started = state.open
      if (started && isQuick && state.settings.automatic && seq > 0 && seq !== state.places.main.last?.headSeq) {
        await backUp('exit').catch(() => undefined)
      }
      await turn.catch(() => undefined)
      if (started) save({ open: false })
      await pool.close()
    },
  }
}
