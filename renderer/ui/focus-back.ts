import { useEffect, useRef } from 'react'

let open = 0
let opener: HTMLElement | null = null

// The library gives the focus back by itself where one dialog was opened by one button; it takes a moment for it.
const wait = 200

const isOutside = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement && element !== document.body && element.closest('[role="dialog"]') === null

const giveBack = () => {
  if (open > 0 || (document.activeElement !== null && document.activeElement !== document.body)) return
  if (opener?.isConnected) opener.focus()
}

/** Gives the focus back to what opened the first of several dialogs in a row, when the last of them is closed. */
export const useFocusBack = (isOpen: boolean): void => {
  const wasOpen = useRef(false)
  // While it is drawn: afterwards the dialog has taken the focus already.
  if (isOpen && !wasOpen.current && isOutside(document.activeElement)) opener = document.activeElement
  wasOpen.current = isOpen
  useEffect(() => {
    if (!isOpen) return
    open += 1
    return () => {
      open -= 1
      setTimeout(giveBack, wait)
    }
  }, [isOpen])
}
