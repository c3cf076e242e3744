/** What one side puts and another reads in order, until it is ended. */
export type Queue<T> = {
  readonly put: (value: T) => void
  readonly end: () => void
  readonly all: () => AsyncGenerator<T, void>
}

/** Makes a queue between a callback and a loop. */
export const createQueue = <T>(): Queue<T> => {
  const waiting: T[] = []
  let ended = false
  let wake = (): void => undefined
  return {
    put: (value) => {
      waiting.push(value)
      wake()
    },
    end: () => {
      ended = true
      wake()
    },
    all: async function* () {
      for (;;) {
        const next = waiting.shift()
        if (next !== undefined) {
          yield next
          continue
        }
        if (ended) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
