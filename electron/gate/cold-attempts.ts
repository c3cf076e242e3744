import { AppError } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ids.ts'
import { inWords, isOfAnotherClock, waitAfter } from '../people/attempts.ts'
import type { ColdAttempts, Remembered } from './remembered.ts'

/** Whose try it is: a person's, by the id that was sent, or one with something handed over or printed. */
export type Tries = { readonly userId: string } | 'invitation' | 'recovery'

/** Wrong tries before the data is open, kept beside it: a restart does not forget them. */
export type AttemptCounter = {
  /** AppError SIGN_IN_FAILED with the time left where a try is not looked at yet. */
  readonly assertMayTry: (who: Tries) => Promise<void>
  readonly countFailure: (who: Tries) => Promise<void>
  /** Forgets the wrong tries after a right one; gives how many there were. */
  readonly forget: (who: Tries) => Promise<number>
}

// Whoever has no key here: all of them are one, or each made-up id would have tries of its own and a line in the file.
const nobody = 'nobody'

/** Counts wrong tries to open encrypted data. Whoever removes the file still has the stretched password before them. */
export const createAttemptCounter = (
  remembered: Remembered,
  clock: Clock,
  /** The ids of those whose password opens the data. */
  people: () => Promise<readonly string[]>,
): AttemptCounter => {
  const read = async (who: Tries): Promise<{ name: string; known: ColdAttempts }> => {
    const ids = await people()
    const name = typeof who === 'string' ? who : ids.find((id) => id === who.userId)
    const kept = new Set(['invitation', 'recovery', nobody, ...ids])
    const all = Object.entries(await remembered.attempts())
    return { name: name ?? nobody, known: Object.fromEntries(all.filter(([key]) => kept.has(key))) }
  }
  return {
    assertMayTry: async (who) => {
      const { name, known } = await read(who)
      const now = clock.now()
      const kept = known[name]
      let blockedUntil = kept?.blockedUntil ?? null
      // By a clock that was far ahead nobody is kept out for years: the whole wait begins anew.
      if (kept !== undefined && isOfAnotherClock(blockedUntil, now)) {
        blockedUntil = new Date(Date.parse(now) + waitAfter(kept.failures) * 1000).toISOString()
        await remembered.keepAttempts({ ...known, [name]: { ...kept, latest: now, blockedUntil } })
      }
      if (blockedUntil === null || now >= blockedUntil) return
      const seconds = Math.ceil((Date.parse(blockedUntil) - Date.parse(now)) / 1000)
      throw new AppError('SIGN_IN_FAILED', `Too many wrong tries. Wait ${inWords(seconds)} and try again.`, {
        details: { blockedUntil, seconds },
      })
    },
    countFailure: async (who) => {
      const { name, known } = await read(who)
      const before = known[name]
      const failures = (before?.failures ?? 0) + 1
      const now = clock.now()
      // A clock that was set back a little makes the wait longer, not shorter.
      const instants = [now, before?.latest ?? now, before?.blockedUntil ?? now]
      const latest =
        instants
          .filter((it) => !isOfAnotherClock(it, now))
          .sort()
          .at(-1) ?? now
      const wait = waitAfter(failures)
      const blockedUntil = wait === 0 ? null : new Date(Date.parse(latest) + wait * 1000).toISOString()
      await remembered.keepAttempts({ ...known, [name]: { failures, latest, blockedUntil } })
    },
    forget: async (who) => {
      const { name, known } = await read(who)
      const { [name]: own, ...others } = known
      if (own !== undefined) await remembered.keepAttempts(others)
      return own?.failures ?? 0
    },
  }
}
