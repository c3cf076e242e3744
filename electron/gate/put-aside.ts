import type { DataKey } from '../../db/key.ts'
import { AppError } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ids.ts'
import type { BackupPool } from '../backup/pool.ts'
import { readState } from '../backup/state.ts'
import type { Vault } from '../keys/vault.ts'
import { setAside } from '../recovery/set-aside.ts'
import type { Log } from '../rpc/log.ts'
import type { FrontDoor, LockReason } from './front-door.ts'
import type { Remembered } from './remembered.ts'

type Parts = {
  readonly directory: string
  readonly clock: Clock
  readonly log: Log
  readonly door: Pick<FrontDoor, 'fail'>
  readonly isOpen: () => boolean
  readonly closeCore: () => Promise<void>
}

const damaged = (problem: string, how: string) =>
  new AppError('STORAGE_UNAVAILABLE', `The database is damaged inside: ${problem}. ${how}`)

/**
 * What follows where the data was found damaged while it was open: nothing is written to it any more. It is closed, copied
 * to `damaged/<date>` as it lies, and the door shows how to go on.
 */
export const createPutAside =
  ({ directory, clock, log, door, isOpen, closeCore }: Parts) =>
  async (problem: string): Promise<void> => {
    // Locked meanwhile: it is refused when somebody opens it.
    if (!isOpen()) return
    log.error({ problem }, 'the data is damaged and is closed')
    await closeCore().catch((error: unknown) => log.error({ error }, 'the damaged data did not close as it should'))
    let how = 'It was closed before more is written to it.'
    try {
      how = `${how} A copy of it as it is lies in ${setAside(directory, clock.now())}.`
    } catch (error) {
      // A disk without room: it lies where it is, and nobody writes to it.
      log.error({ error }, 'the damaged data could not be copied aside')
    }
    door.fail(damaged(problem, how))
  }

/**
 * The lock of data that is closed already, as damaged data is: whoever was here is not let in again unasked once it is
 * mended. Where it is encrypted the key goes too: then nobody mends it, or looks at what it says, who does not sign in first.
 */
export const createLockOfClosed =
  ({ door, vault, remembered }: { door: FrontDoor; vault: Vault; remembered: Remembered }) =>
  async (reason: LockReason): Promise<void> => {
    if (vault.key() !== null) {
      vault.lock()
      door.set({ phase: 'locked', reason, problem: null })
    }
    await remembered.forgetToken()
  }

/**
 * Refuses data whose last check found it damaged, unless it is whole now; looked at on a copy, before anything can write
 * to it. AppError STORAGE_UNAVAILABLE.
 */
export const refuseKnownDamage = async (pool: BackupPool, directory: string, key: DataKey): Promise<void> => {
  if (!readState(directory).damaged) return
  const { problem, what } = await pool.run('diagnose', { directory, key })
  // A key that opened the data and fits no more: the beginning of it is destroyed.
  if (problem !== null && ['damaged', 'cut', 'foreign', 'wrong-key'].includes(problem))
    throw damaged(what, 'Nothing was written to it.')
}
