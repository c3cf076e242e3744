/** Locks what nobody has touched for a while. */
export type IdleWatch = {
  /** Somebody was there: the time begins anew. Null minutes: nobody is to be locked out. */
  readonly touch: (minutes: number | null) => void
  readonly stop: () => void
}

/** Watches for a screen that was left. A computer that slept wakes up to a time that is over. */
export const createIdleWatch = (onIdle: () => void): IdleWatch => {
  let timer: NodeJS.Timeout | null = null
  let until = Number.POSITIVE_INFINITY
  const stop = () => {
    if (timer !== null) clearInterval(timer)
    timer = null
    until = Number.POSITIVE_INFINITY
  }
  return {
    touch: (minutes) => {
      if (minutes === null) return stop()
      until = performance.now() + minutes * 60_000
      // A timer of the whole time would stand still while the computer sleeps; looking often does not.
      timer ??= setInterval(() => {
        if (performance.now() < until) return
        stop()
        onIdle()
      }, 5000)
      timer.unref()
    },
    stop,
  }
}
