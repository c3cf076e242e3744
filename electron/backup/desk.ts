import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import type { Clock } from '../../shared/ids.ts'
import type { Log } from '../rpc/log.ts'
import { beginVisits } from './installation.ts'
import type { FoundBackup } from './place.ts'
import { listBackups } from './place.ts'
import type { BackupPool } from './pool.ts'
import { type BackupState, readState, writeState } from './state.ts'
import type { OnProgress, TaskProgress } from './tasks.ts'

export type PlaceName = 'main' | 'second'

/** What goes on just now. */
export type Running = TaskProgress & { readonly kind: 'backup' | 'verify' | 'drill' | 'check'; readonly since: string }

export type BackupServiceParts = {
  readonly directory: string
  readonly key: DataKey
  readonly pool: BackupPool
  /** For sealing alone, which may be cut off. */
  readonly sealingPool: BackupPool
  readonly clock: Clock
  readonly log: Log
  readonly appVersion: string
  /** The number of the last command that changed anything. */
  readonly headSeq: () => Promise<number>
  /** Puts a lasting failure before people, or takes it away again. */
  readonly tell: (kind: 'backup-failed' | 'drill-failed', problem: string | null) => Promise<void>
  /** The data in use is damaged, seen twice: nothing more may be written to it. Not waited for: it ends this service. */
  readonly onDamage?: (problem: string) => void
}

/** What every work on backups shares: what is known, where they lie, and whose turn it is. */
export type Desk = BackupServiceParts & {
  readonly mainFolder: string
  readonly state: () => BackupState
  readonly save: (change: Partial<BackupState>) => void
  readonly running: () => Running | null
  readonly folderOf: (place: PlaceName) => string | null
  readonly milliseconds: () => number
  /** The newest backup that is not known to be damaged. */
  readonly newest: () => FoundBackup | null
  readonly noteSoundness: (file: string, sound: boolean) => void
  /** One thing at a time, in the order in which it was asked for. */
  readonly inTurn: <T>(kind: Running['kind'], work: (onProgress: OnProgress) => Promise<T>) => Promise<T>
  /** The same for what is too short to be told of. */
  readonly behindTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** Ends once everything that was asked for is done. */
  readonly quiet: () => Promise<void>
}

const createTurns = (clock: Clock) => {
  let running: Running | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const take = async <T>(kind: Running['kind'], work: (onProgress: OnProgress) => Promise<T>) => {
    const since = clock.now()
    running = { kind, since, step: 'starting', done: 0, total: 0 }
    try {
      return await work((progress) => {
        running = { kind, since, ...progress }
      })
    } finally {
      running = null
    }
  }
  const inTurn: Desk['inTurn'] = (kind, work) => {
    const next = turn.catch(() => undefined).then(() => take(kind, work))
    turn = next
    return next
  }
  const behindTurn: Desk['behindTurn'] = (work) => {
    const next = turn.catch(() => undefined).then(work)
    turn = next
    return next
  }
  const quiet = async () => {
    await turn.catch(() => undefined)
  }
  return { running: () => running, inTurn, behindTurn, quiet }
}

/** Lays out the desk of one data folder. */
export const openDesk = (parts: BackupServiceParts): Desk => {
  const { directory, clock, log } = parts
  const mainFolder = join(directory, 'backups')
  let state = readState(directory)
  if (state.settings.secondPlace !== null) beginVisits(directory)
  const save = (change: Partial<BackupState>) => {
    state = { ...state, ...change }
    try {
      writeState(directory, state)
    } catch (error) {
      log.warn({ error }, 'the state of backups could not be written')
    }
  }
  return {
    ...parts,
    ...createTurns(clock),
    mainFolder,
    state: () => state,
    save,
    folderOf: (place) => (place === 'main' ? mainFolder : state.settings.secondPlace),
    milliseconds: () => Date.parse(clock.now()),
    newest: () => listBackups(mainFolder).find(({ file }) => !state.unsound.includes(file)) ?? null,
    noteSoundness: (file, sound) => {
      const others = state.unsound.filter((it) => it !== file && existsSync(it))
      save({ unsound: sound ? others : [...others, file] })
    },
  }
}
