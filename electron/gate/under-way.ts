/** The calls that are under way behind the door, and how they come to an end. */
export type UnderWay = {
  readonly isBusy: () => boolean
  /** Counts a call while it runs. */
  readonly run: <T>(call: () => Promise<T>) => Promise<T>
  /** Aborts once streams have to end. */
  readonly lifetime: () => AbortSignal
  readonly stopStreams: () => void
  /** Ends streams, and waits for everything else, but not for ever. */
  readonly end: () => Promise<void>
}

/** Counts the calls of a gate; `patience` is how many milliseconds one may take before the data closes under it. */
export const createUnderWay = (patience = 10_000): UnderWay => {
  let lifetime = new AbortController()
  let running = 0
  let onQuiet: (() => void) | null = null

  const stopStreams = () => {
    lifetime.abort()
    lifetime = new AbortController()
  }

  const quiet = () =>
    new Promise<void>((resolve) => {
      if (running === 0) return resolve()
      const timer = setTimeout(resolve, patience)
      onQuiet = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  return {
    isBusy: () => running > 0,
    run: async (call) => {
      running += 1
      try {
        return await call()
      } finally {
        running -= 1
        if (running === 0) onQuiet?.()
      }
    },
    lifetime: () => lifetime.signal,
    stopStreams,
    end: async () => {
      stopStreams()
      await quiet()
    },
  }
}
