import type { Clock } from '../../shared/ids.ts'

/** Locks what nobody has touched for a while. */
export type IdleWatch = {
  /** Somebody was there: the time begins anew. Null minutes: nobody is to be locked out. */
  readonly touch: (minutes: number | null) => void
  /** Looks at once, and says whether the time is over: whoever comes back must not put off a lock that is due. */
  readonly look: () => boolean
  readonly stop: () => void
}

/** Calls `look` again and again; gives what ends it. */
export type Every = (look: () => unknown) => () => void

// A timer of the whole time would stand still while the computer sleeps; looking often does not.
export const everyFiveSeconds: Every = (look) => {
  const timer = setInterval(look, 5000)
  timer.unref()
  return () => clearInterval(timer)
}

type Parts = { readonly clock: Clock; readonly every?: Every | undefined; readonly onIdle: () => void }

/**
 * Watches for a screen that was left. The time is one that nobody sets; as it stands still while some systems sleep, a
 * clock on the wall that leapt by more than the limit between two looks counts too.
 */
export const createIdleWatch = ({ clock, every = everyFiveSeconds, onIdle }: Parts): IdleWatch => {
  let end: (() => void) | null = null
  let limit = Number.POSITIVE_INFINITY
  let until = Number.POSITIVE_INFINITY
  let seen = 0
  const stop = () => {
    end?.()
    end = null
    limit = Number.POSITIVE_INFINITY
    until = Number.POSITIVE_INFINITY
  }
  const wall = () => Date.parse(clock.now())
  const look = () => {
    const leapt = wall() - seen
    seen += leapt
    if (end === null || (performance.now() < until && leapt <= limit)) return false
    stop()
    onIdle()
    return true
  }
  return {
    touch: (minutes) => {
      if (minutes === null) return stop()
      limit = minutes * 60_000
      until = performance.now() + limit
      seen = wall()
      end ??= every(look)
    },
    look,
    stop,
  }
}
