/** What a key cost in the page, in milliseconds. */
export type Key = {
  /** From the key to the end of everything it set off at once. */
  readonly handled: number
  /** Its frame: style, layout, paint. */
  readonly drawn: number
  /** Whether the totals were another text in that frame. */
  readonly moved: boolean
}

/** What the page tells after a stretch of typing. */
export type Typed = { readonly keys: readonly Key[]; readonly longTasks: readonly number[] }

declare global {
  interface Window {
    counterfoilTyped: () => Typed
  }
}

/**
 * Runs in the page: times each key from the moment the browser had it (waiting behind other work counts) to the end of
 * the tasks it set off, and the work of the frame that shows it. The wait for the screen between both is not counted.
 */
export const watchKeys = (): void => {
  let keys: Key[] = []
  let longTasks: number[] = []
  const later = (work: () => void) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = work
    port2.postMessage(null)
  }
  const totals = () => Array.from(document.querySelectorAll('dl'), (list) => list.textContent).join(' ')
  let pressed: { readonly at: number; readonly totals: string } | null = null
  const onKey = ({ timeStamp }: KeyboardEvent) => {
    pressed = { at: timeStamp, totals: totals() }
  }
  const onInput = () => {
    if (pressed === null) return
    const { at, totals: before } = pressed
    pressed = null
    later(() => {
      const handled = performance.now() - at
      requestAnimationFrame(() => {
        const began = performance.now()
        later(() => keys.push({ handled, drawn: performance.now() - began, moved: totals() !== before }))
      })
    })
  }
  addEventListener('keydown', onKey, { capture: true })
  addEventListener('input', onInput, { capture: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longTasks.push(entry.duration)
  }).observe({ type: 'longtask' })
  window.counterfoilTyped = () => {
    const typed = { keys, longTasks }
    keys = []
    longTasks = []
    return typed
  }
}
