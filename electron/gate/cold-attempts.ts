import { AppError } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ids.ts'
import { inWords, waitAfter } from '../people/attempts.ts'
import type { Remembered } from './remembered.ts'

/** Wrong tries before the data is open, kept beside it: a restart does not forget them. */
export type AttemptCounter = {
  /** AppError SIGN_IN_FAILED with the time left where a try is not looked at yet. */
  readonly assertMayTry: (who: string) => Promise<void>
  readonly countFailure: (who: string) => Promise<void>
  /** Forgets the wrong tries after a right one; gives how many there were. */
  readonly forget: (who: string) => Promise<number>
}

/** Counts wrong tries to open encrypted data. Whoever removes the file still has the stretched password before them. */
export const createAttemptCounter = (remembered: Remembered, clock: Clock): AttemptCounter => ({
  assertMayTry: async (who) => {
    const { blockedUntil = null } = (await remembered.attempts())[who] ?? {}
    const now = clock.now()
    if (blockedUntil === null || now >= blockedUntil) return
    const seconds = Math.ceil((Date.parse(blockedUntil) - Date.parse(now)) / 1000)
    throw new AppError('SIGN_IN_FAILED', `Too many wrong tries. Wait ${inWords(seconds)} and try again.`, {
      details: { blockedUntil, seconds },
    })
  },
  countFailure: async (who) => {
    const all = await remembered.attempts()
    const before = all[who]
    const failures = (before?.failures ?? 0) + 1
    const now = clock.now()
    // A clock that was set back makes the wait longer, not shorter.
    const latest = [now, before?.latest ?? now, before?.blockedUntil ?? now].sort().at(-1) ?? now
    const wait = waitAfter(failures)
    const blockedUntil = wait === 0 ? null : new Date(Date.parse(latest) + wait * 1000).toISOString()
    await remembered.keepAttempts({ ...all, [who]: { failures, latest, blockedUntil } })
  },
  forget: async (who) => {
    const { [who]: known, ...others } = await remembered.attempts()
    if (known !== undefined) await remembered.keepAttempts(others)
    return known?.failures ?? 0
  },
})
