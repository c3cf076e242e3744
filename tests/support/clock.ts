import { v7 } from 'uuid'
import type { Clock, IdSource } from '../../shared/ids.ts'

/** A clock that stands still until it is told to move; each reading of `now` is the same. */
export const fakeClock = (start = '2026-11-21T09:00:00.000Z') => {
  let at = Date.parse(start)
  const clock: Clock & { readonly advance: (milliseconds: number) => void; readonly set: (instant: string) => void } = {
    now: () => new Date(at).toISOString(),
    advance: (milliseconds) => {
      at += milliseconds
    },
    set: (instant) => {
      at = Date.parse(instant)
    },
  }
  return clock
}

/** Ids that repeat from run to run: a counter in the random part, the time of the clock in front. */
export const countedIds = (clock: Clock): IdSource => {
  let count = 0
  return {
    next: () => {
      count += 1
      const random = new Uint8Array(16)
      new DataView(random.buffer).setUint32(12, count)
      return v7({ random, msecs: Date.parse(clock.now()), seq: count })
    },
  }
}
