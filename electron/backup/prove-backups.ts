import { dirname } from 'node:path'
import type { Examination } from '../../db/examine.ts'
import { AppError } from '../../shared/errors.ts'
import { refuseInUse } from './bring.ts'
import type { Desk } from './desk.ts'
import { installationOf } from './installation.ts'
import { databaseIn, listBackups } from './place.ts'
import type { Verified } from './verify.ts'

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

// Pages that cannot be read as what they are. A reference that leads nowhere is told: writing on makes it no worse. As the
// data is open with this key, one that does not fit it any more and another program's mean that its beginning is destroyed.
const isDamaged = (examined: Examination): boolean =>
  !examined.sound &&
  (['empty', 'cut', 'foreign', 'wrong-key'].includes(examined.problem) ||
    (examined.problem === 'damaged' && examined.faults.some((fault) => !fault.endsWith('references lead nowhere'))))

/** Proofs that backups and the database in use are sound: checks, and the drill that restores for the sake of it. */
export const createProofs = (desk: Desk) => {
  const { directory, key, pool, clock, log } = desk

  // One word for both: what one of them found is not taken away by the other.
  const tell = () => {
    const { check, drill: last } = desk.state()
    const damaged = check?.problem == null ? null : `The database in use did not pass its check: ${check.problem}`
    return desk.tell('drill-failed', damaged ?? last?.problem ?? null)
  }

  const verify = (file: string): Promise<Verified> =>
    desk.inTurn('verify', async () => {
      refuseInUse(directory, file)
      const verified = await pool.run('verify', { file, key, full: true })
      desk.noteSoundness(file, verified.sound)
      return verified
    })

  // The newest of each place in turn, so that the second place is tried too.
  const next = () => {
    const newest = (['main', 'second'] as const).flatMap((place) => {
      const folder = desk.folderOf(place)
      if (folder === null) return []
      const own = listBackups(folder).filter(({ file }) => !desk.state().unsound.includes(file))
      const backup = place === 'main' ? own[0] : own.find(({ head }) => isOwn(head?.installation ?? null))
      return backup === undefined ? [] : [backup]
    })
    const last = desk.state().drill?.file
    return newest.find(({ file }) => last === undefined || dirname(file) !== dirname(last)) ?? newest[0] ?? null
  }

  // Of others that use the same place nothing is known.
  const isOwn = (installation: string | null) => {
    const own = installationOf(directory)
    return own === null || installation === null || installation === own
  }

  const drill = (): Promise<void> =>
    desk.inTurn('drill', async () => {
      const backup = next()
      if (backup === null) throw new AppError('NOT_FOUND', 'There is no backup yet. Make one first.')
      const ageMilliseconds = Math.max(0, desk.milliseconds() - Date.parse(backup.createdAt))
      const about = { at: clock.now(), file: backup.file, ageMilliseconds }
      try {
        const input = { directory, source: backup.file, key, at: clock.now() }
        const { milliseconds, missing, healed } = await pool.run('drill', input)
        if (healed > 0) log.warn({ healed, file: backup.file }, 'damaged kept files beside a backup were written anew')
        const problem = missing === 0 ? null : `${missing} kept files are missing or damaged beside the backup.`
        desk.save({ drill: { ...about, milliseconds, problem } })
        await tell()
      } catch (error) {
        desk.save({ drill: { ...about, milliseconds: null, problem: messageOf(error) } })
        // Said of this backup only where it is the backup's fault, not that of a full disk.
        if (!(error instanceof AppError && error.code === 'STORAGE_FULL')) desk.noteSoundness(backup.file, false)
        await tell()
      }
    })

  // What was read wrong once is read again before anything is made of it: a disk may have hesitated.
  const examineTwice = async (full: boolean): Promise<Examination> => {
    const input = { file: databaseIn(directory), key }
    const first = await pool.run('examine', { ...input, full })
    return first.sound ? first : await pool.run('examine', { ...input, full: true })
  }

  let isClosing = false
  const checkDatabase = (full: boolean): Promise<void> =>
    desk.inTurn('check', async () => {
      // Two that saw the damage ask at once: it is closed by the first.
      if (isClosing) return
      const examined = await examineTwice(full)
      const problem = examined.sound ? null : (examined.faults[0] ?? examined.problem)
      const before = desk.state().check?.problem ?? null
      const damaged = isDamaged(examined)
      desk.save({ check: { at: clock.now(), full, problem }, damaged })
      if (problem !== null) log.error({ problem }, 'the database in use is damaged')
      if (damaged) {
        isClosing = true
        return desk.onDamage?.(problem ?? '')
      }
      if (problem !== before || problem !== null) await tell()
    })

  return { verify, drill, checkDatabase }
}
