import type { DataKey } from '../../db/key.ts'
import { isMigrationDue } from '../backup/migrate-data.ts'
import type { BackupPool } from '../backup/pool.ts'
import type { FrontDoor } from './front-door.ts'

type Parts = {
  readonly directory: string
  readonly pool: BackupPool
  readonly door: Pick<FrontDoor, 'set'>
  /** Not 0 once the process is to end. */
  readonly left: Int32Array<SharedArrayBuffer>
}

/**
 * Brings data of an earlier version up to date, told at the door. In the backup thread, so that a big file can be followed,
 * and left: the rest is done at the next opening.
 */
export const bringUpToDate = async ({ directory, pool, door, left }: Parts, key: DataKey): Promise<void> => {
  if (!isMigrationDue(directory, key)) return
  const title = 'Bringing your data up to date'
  await pool.run('migrate', { directory, key, left }, ({ step, done, total }) =>
    door.set({ work: { title: step === 'copy' ? `${title}: making a copy first` : title, done, total } }),
  )
}
