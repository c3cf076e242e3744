import { statSync } from 'node:fs'
import { isDamage } from '../../db/errors.ts'
import { AppError } from '../../shared/errors.ts'
import type { MadeBackup } from './create.ts'
import type { Desk, PlaceName } from './desk.ts'
import type { BackupReason } from './manifest.ts'
import { databaseIn, listBackups } from './place.ts'
import type { Openers } from './refresh-openers.ts'
import type { PlaceState } from './state.ts'
import type { OnProgress } from './tasks.ts'
import { isGone } from './visits.ts'

const day = 24 * 60 * 60_000
// Up to here every index is checked each time; beyond, once a day.
const smallBytes = 64_000_000

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const isFullDue = ({ directory, mainFolder, milliseconds }: Desk, reason: BackupReason): boolean => {
  if (reason !== 'auto' && reason !== 'exit') return true
  if (statSync(databaseIn(directory)).size <= smallBytes) return true
  return !listBackups(mainFolder).some(
    ({ head, createdAt }) => head?.check === 'full' && milliseconds() - Date.parse(createdAt) < day,
  )
}

const lastOf = ({ file, manifest, milliseconds }: MadeBackup, headSeq: number): PlaceState['last'] => ({
  file,
  createdAt: manifest.createdAt,
  reason: manifest.reason,
  size: manifest.size,
  check: manifest.check,
  missing: manifest.missing.length,
  headSeq,
  milliseconds,
})

/**
 * Makes backups: in each place, one after the other, so that a disk that is gone does not hold up the other. `onDamage` is
 * told where the data in use seems damaged.
 */
export const createBackupMaker = (desk: Desk, openers: Openers, onDamage: () => void) => {
  const { directory, key, pool, clock, log } = desk
  const setPlace = (place: PlaceName, state: PlaceState) =>
    desk.save({ places: { ...desk.state().places, [place]: state } })

  /** What went wrong, in words; null where it is made. */
  const backUpTo = async (
    place: PlaceName,
    destination: string,
    reason: BackupReason,
    onProgress: OnProgress,
  ): Promise<string | null> => {
    try {
      const headSeq = await desk.headSeq()
      const input = { directory, key, destination, reason, createdAt: clock.now(), appVersion: desk.appVersion }
      const made = await pool.run('create', { ...input, full: isFullDue(desk, reason) }, onProgress)
      setPlace(place, { last: lastOf(made, headSeq), problem: null })
      const old = { directory, folder: destination, key, appVersion: desk.appVersion, now: clock.now() }
      const { formerly } = await pool.run('removeOld', { ...old, unsound: desk.state().unsound })
      if (place === 'second') desk.save({ formerly })
      if (place === 'second') await pool.run('carryCopies', { directory, place: destination, key })
      await openers.refreshPlace(place)
      return null
    } catch (error) {
      const message = messageOf(error)
      log.warn({ error, place }, 'a backup failed')
      if (isDamage(error)) onDamage()
      const problem = { at: clock.now(), message, isGone: isGone({ directory, folder: destination }) }
      setPlace(place, { ...desk.state().places[place], problem })
      return message
    }
  }

  return (reason: BackupReason): Promise<void> =>
    desk.inTurn('backup', async (onProgress) => {
      const problems: string[] = []
      let tried = 0
      for (const place of ['main', 'second'] as const) {
        const folder = desk.folderOf(place)
        if (folder === null) continue
        tried += 1
        const problem = await backUpTo(place, folder, reason, onProgress)
        if (problem !== null) problems.push(problem)
      }
      await desk.tell('backup-failed', problems[0] ?? null)
      if (problems.length === tried)
        throw new AppError('STORAGE_UNAVAILABLE', problems[0] ?? 'No backup could be made.')
    })
}
