import { type FocusPlace, named, nearest, placeOf } from './focus-place.ts'

// A dialog that closes gives the focus back by itself; it takes a moment for it.
const wait = 300

const isLost = () => document.activeElement === null || document.activeElement === document.body

const goal = (last: FocusPlace, earlier: FocusPlace | null): HTMLElement | null => {
  if (last.element.isConnected && last.element.matches('[data-loading]')) return null
  const near = nearest(last) ?? (earlier === null ? null : nearest(earlier))
  const to = near ?? named(document.querySelector('main h1') ?? document.querySelector('main'))
  const open = [...document.querySelectorAll('[role="dialog"]')].at(-1)
  // An open dialog says itself where the keyboard goes on.
  return open === undefined || open.contains(to) ? to : null
}

/**
 * Gives the keyboard a place again when what had the focus was taken away or can no longer have it: what stands nearest,
 * or the title of the page. A mouse needs none, and whoever left a field on purpose wants none.
 */
export const keepFocus = (signal: AbortSignal): void => {
  let last: FocusPlace | null = null
  // Where in the page it was before it went into a dialog, a menu or a message.
  let earlier: FocusPlace | null = null
  let byKeys = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const mend = () => {
    timer = undefined
    if (last !== null && byKeys && isLost()) goal(last, earlier)?.focus()
  }
  const later = () => {
    if (last !== null && byKeys && isLost()) timer ??= setTimeout(mend, wait)
  }
  const on = <Name extends keyof DocumentEventMap>(name: Name, act: (event: DocumentEventMap[Name]) => void) =>
    document.addEventListener(name, act, { capture: true, signal })
  on('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    const place = placeOf(target)
    if (place.isOfPage) earlier = null
    else if (last?.isOfPage === true) earlier = last
    last = place
  })
  on('focusout', ({ target }) => {
    queueMicrotask(() => {
      const wasLeft = last !== null && last.element === target && isLost() && nearest(last) === target
      // The window as a whole may have been left: it comes back with its focus.
      if (wasLeft && document.hasFocus()) last = null
    })
  })
  on('pointerdown', () => {
    byKeys = false
  })
  on('keydown', ({ key }) => {
    byKeys = true
    // The next Tab goes on from there, however soon it is pressed.
    if (key === 'Tab') mend()
  })
  const observer = new MutationObserver(later)
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] })
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
  })
}
