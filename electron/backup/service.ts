import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { DataKey } from '../../db/key.ts'
import { AppError } from '../../shared/errors.ts'
import { type BackupServiceParts, openDesk, type PlaceName, type Running } from './desk.ts'
import { beginVisits, installationOf } from './installation.ts'
import { createBackupMaker } from './make-backups.ts'
import type { BackupReason } from './manifest.ts'
import { databaseIn, type FoundBackup, listBackups } from './place.ts'
import type { Preview } from './preview.ts'
import { createProofs } from './prove-backups.ts'
import { createOpeners } from './refresh-openers.ts'
import { createSealing } from './seal-in-pieces.ts'
import type { BackupState } from './state.ts'
import type { Verified } from './verify.ts'
import { isGone } from './visits.ts'
import { betweenBackups, createSchedule } from './what-is-due.ts'

export type { BackupServiceParts, PlaceName, Running }

export type BackupStatus = {
  readonly state: BackupState
  readonly running: Running | null
  /** When the next automatic backup is due at the earliest; null where it is off or nothing was done since. */
  readonly nextAt: string | null
  readonly mainFolder: string
  /** Whether backups of a place still open with a password or a code of before. */
  readonly openersPending: Readonly<Record<PlaceName, boolean>>
  readonly isEncrypted: boolean
}

export type ListedBackup = FoundBackup & { readonly place: PlaceName; readonly sound: boolean }

export type BackupService = {
  readonly start: () => void
  /** One look at what is due: the timer's, and a test's. */
  readonly tick: () => Promise<void>
  readonly status: () => Promise<BackupStatus>
  readonly list: () => readonly ListedBackup[]
  /** What tells this data folder from others with the same data; null where that cannot be kept. */
  readonly installation: () => string | null
  /** Makes a backup in each place. AppError where none of them could be made. */
  readonly backUp: (reason: BackupReason) => Promise<void>
  readonly verify: (file: string) => Promise<Verified>
  readonly drill: () => Promise<void>
  readonly preview: (file: string, key?: DataKey) => Promise<Preview>
  /** Who can open the data has changed: the same holds for its backups, once this has ended. */
  readonly openersChanged: () => Promise<void>
  /** Seals what of encrypted data is left in the clear, and notes what stays; ends early where the data is closed. */
  readonly seal: () => Promise<void>
  /** Makes what was ours in the second place, before this data folder met a copy of itself, ours again. */
  readonly takeOver: () => Promise<void>
  /** Begins anew in a second place that is gone: what was in it is not looked for any longer. */
  readonly beginAnew: () => Promise<void>
  /** Something that read or wrote the data found it damaged: it is checked at once, at most once a minute. */
  readonly suspect: () => void
  readonly setSettings: (settings: BackupState['settings']) => void
  /** A last backup where something changed and it is quick, then the end. */
  readonly close: () => Promise<void>
}

const tickMilliseconds = 60_000
const betweenSuspicions = 60_000
// A backup that would hold up the end of the program is left to the next start.
const quickBytes = 200_000_000
const longestEnd = 20_000

const none = { last: null, problem: null }

/** The backups of one open data folder: when, where, how long they are kept, and whether they could be restored. */
export const createBackupService = (parts: BackupServiceParts): BackupService => {
  const desk = openDesk(parts)
  const { directory, key, pool, log } = desk
  const openers = createOpeners(desk)
  const sealing = createSealing(desk)
  const proofs = createProofs(desk)
  let suspectedAt = Number.NEGATIVE_INFINITY
  // Whatever fails on a bad page fails again and again.
  const suspect = () => {
    if (closing || desk.milliseconds() - suspectedAt < betweenSuspicions) return
    suspectedAt = desk.milliseconds()
    proofs.checkDatabase(true).catch((error: unknown) => log.warn({ error }, 'the check did not end'))
  }
  const backUp = createBackupMaker(desk, openers, suspect)
  const tick = createSchedule(desk, { backUp, proofs })
  let timer: NodeJS.Timeout | null = null
  let closing = false

  const plan = () => {
    if (closing) return
    timer = setTimeout(() => {
      tick()
        .catch((error: unknown) => log.warn({ error }, 'what is due of backups could not be looked at'))
        .finally(plan)
    }, tickMilliseconds)
    timer.unref()
  }

  const wantsLast = async (): Promise<boolean> => {
    const { open, settings, places, damaged } = desk.state()
    const file = databaseIn(directory)
    if (!open || damaged || !settings.automatic || !existsSync(file) || statSync(file).size > quickBytes) return false
    const seq = await desk.headSeq().catch(() => 0)
    return seq > 0 && seq !== places.main.last?.headSeq
  }

  // As of a place in which nothing was made yet.
  const secondAnew = () => {
    const { places, openers: known, otherOpeners, inClear } = desk.state()
    return {
      places: { ...places, second: none },
      openers: { ...known, second: null },
      otherOpeners: { ...otherOpeners, second: 0 },
      inClear: { ...inClear, second: null },
      formerly: 0,
    }
  }

  return {
    start: () => {
      desk.save({ open: true })
      // What was cut off, or a place that was away.
      desk.behindTurn(openers.refresh).catch((error: unknown) => log.warn({ error }, 'backups keep old passwords'))
      plan()
    },
    tick,
    backUp,
    suspect,
    verify: proofs.verify,
    drill: proofs.drill,
    status: async () => {
      const state = desk.state()
      const { last } = state.places.main
      const isNothingNew = last !== null && last.headSeq === (await desk.headSeq())
      const earliest = last === null ? 0 : Date.parse(last.createdAt) + betweenBackups
      const due = new Date(Math.max(desk.milliseconds(), earliest)).toISOString()
      const nextAt = !state.settings.automatic || isNothingNew ? null : due
      const openersPending = { main: openers.isPending('main'), second: openers.isPending('second') }
      return {
        state,
        running: desk.running(),
        mainFolder: desk.mainFolder,
        nextAt,
        openersPending,
        isEncrypted: key !== null,
      }
    },
    installation: () => installationOf(directory),
    list: () =>
      (['main', 'second'] as const).flatMap((place) => {
        const folder = desk.folderOf(place)
        const { unsound } = desk.state()
        if (folder === null) return []
        return listBackups(folder).map((backup) => ({ ...backup, place, sound: !unsound.includes(backup.file) }))
      }),
    preview: (file, backupKey = key) =>
      pool.run('preview', {
        directory,
        source: file,
        key: backupKey,
        presentKey: key,
        isEncrypted: key !== null,
        openers: null,
      }),
    takeOver: () =>
      desk.behindTurn(async () => {
        const folder = desk.folderOf('second')
        if (folder === null) return
        if (!existsSync(folder))
          throw new AppError('STORAGE_UNAVAILABLE', `${folder} is not there. Plug its disk in first.`)
        await pool.run('takeOver', { directory, folder, key })
        desk.save({ formerly: 0 })
        await openers.refreshPlace('second')
      }),
    beginAnew: async () => {
      await desk.behindTurn(() => {
        const folder = desk.folderOf('second')
        if (folder === null || !isGone({ directory, folder })) return Promise.resolve()
        if (!existsSync(folder) && !existsSync(dirname(folder)))
          throw new AppError('STORAGE_UNAVAILABLE', `${folder} is not there. Plug its disk in first.`)
        beginVisits(directory)
        desk.save(secondAnew())
        return Promise.resolve()
      })
      await backUp('manual')
    },
    setSettings: (settings) => {
      const isSame = settings.secondPlace === desk.state().settings.secondPlace
      if (!isSame && settings.secondPlace !== null) beginVisits(directory)
      desk.save({ settings, ...(isSame ? {} : secondAnew()) })
    },
    seal: sealing.seal,
    openersChanged: () => desk.behindTurn(openers.refresh),
    close: async () => {
      closing = true
      if (timer !== null) clearTimeout(timer)
      // A disk that does not answer must not keep the program from ending: the next start makes up for it.
      const patience = new AbortController()
      const end = async () => {
        await sealing.stop()
        if (await wantsLast()) await backUp('exit').catch(() => undefined)
        else await desk.quiet()
      }
      await Promise.race([end(), wait(longestEnd, undefined, { signal: patience.signal }).catch(() => undefined)])
      patience.abort()
      if (desk.state().open) desk.save({ open: false })
      await pool.close()
    },
  }
}
