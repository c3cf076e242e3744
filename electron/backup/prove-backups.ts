import { AppError } from '../../shared/errors.ts'
import { refuseInUse } from './bring.ts'
import type { Desk } from './desk.ts'
import { databaseIn } from './place.ts'
import type { Verified } from './verify.ts'

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

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

  const drill = (): Promise<void> =>
    desk.inTurn('drill', async () => {
      const backup = desk.newest()
      if (backup === null) throw new AppError('NOT_FOUND', 'There is no backup yet. Make one first.')
      const ageMilliseconds = Math.max(0, desk.milliseconds() - Date.parse(backup.createdAt))
      const about = { at: clock.now(), file: backup.file, ageMilliseconds }
      try {
        const { milliseconds, missing } = await pool.run('drill', { directory, source: backup.file, key })
        const problem = missing === 0 ? null : `${missing} kept files are missing beside the backup.`
        desk.save({ drill: { ...about, milliseconds, problem } })
        await tell()
      } catch (error) {
        desk.save({ drill: { ...about, milliseconds: null, problem: messageOf(error) } })
        // Said of this backup only where it is the backup's fault, not that of a full disk.
        if (!(error instanceof AppError && error.code === 'STORAGE_FULL')) desk.noteSoundness(backup.file, false)
        await tell()
      }
    })

  const checkDatabase = (full: boolean): Promise<void> =>
    desk.inTurn('check', async () => {
      const examined = await pool.run('examine', { file: databaseIn(directory), key, full })
      const problem = examined.sound ? null : (examined.faults[0] ?? examined.problem)
      const before = desk.state().check?.problem ?? null
      desk.save({ check: { at: clock.now(), full, problem } })
      if (problem !== null) log.error({ problem }, 'the database in use is damaged')
      if (problem !== before || problem !== null) await tell()
    })

  return { verify, drill, checkDatabase }
}
