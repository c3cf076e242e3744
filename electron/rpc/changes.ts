import type { ChangeEvent } from './change-event.ts'

/** Tells every listener what a commit may have changed. */
export type ChangeFeed = {
  readonly publish: (event: ChangeEvent) => void
  readonly watch: (signal: AbortSignal | undefined) => AsyncIterable<ChangeEvent>
}

/** Makes a feed; a listener that falls behind gets its events in order, one after the other. */
export const createChangeFeed = (): ChangeFeed => {
  const listeners = new Set<(event: ChangeEvent) => void>()
  async function* watch(signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent, void, undefined> {
    const waiting: ChangeEvent[] = []
    let wake = (): void => undefined
    const listen = (event: ChangeEvent) => {
      waiting.push(event)
      wake()
    }
    const stop = () => wake()
    listeners.add(listen)
    signal?.addEventListener('abort', stop)
    try {
      while (signal?.aborted !== true) {
        const event = waiting.shift()
        if (event !== undefined) {
          yield event
          continue
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      listeners.delete(listen)
      signal?.removeEventListener('abort', stop)
    }
  }
  return {
    publish: (event) => {
      for (const listen of listeners) listen(event)
    },
    watch,
  }
}
