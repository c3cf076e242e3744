import { useEffect } from 'react'
import { create } from 'zustand'
import { type Action, currentActions } from './actions.ts'
import { useOverlay } from './overlays.ts'

const storageKey = 'counterfoil.single-keys'

/** Whether single letters act (WCAG 2.1.4 asks for a way to turn them off). */
export const useSingleKeys = create<{ readonly on: boolean }>(() => ({
  on: localStorage.getItem(storageKey) !== 'off',
}))

export const setSingleKeys = (on: boolean): void => {
  localStorage.setItem(storageKey, on ? 'on' : 'off')
  useSingleKeys.setState({ on })
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select') !== null)

const isModified = (event: KeyboardEvent) => event.ctrlKey || event.metaKey || event.altKey

const strokeOf = (event: KeyboardEvent): string => {
  const key = event.key.toLowerCase()
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  // A shifted sign is a key of its own (`?`); a shifted letter or name is told as such.
  const shift = event.shiftKey && (mod !== '' || key.length > 1) ? 'shift+' : ''
  return `${mod}${shift}${event.altKey ? 'alt+' : ''}${key}`
}

const sequenceTime = 1200

type Pressed = { readonly first: string; readonly at: number }

const findAction = (stroke: string, before: Pressed | null, at: number): Action | undefined => {
  const actions = currentActions()
  if (before !== null && at - before.at < sequenceTime) {
    const second = actions.find((action) => action.shortcut === `${before.first} ${stroke}`)
    if (second !== undefined) return second
  }
  return actions.find((action) => action.shortcut === stroke)
}

/** Listens for the shortcuts of all current actions; mounted once by the shell. */
export const useShortcuts = (): void => {
  useEffect(() => {
    let before: Pressed | null = null
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      const single = !isModified(event)
      if (single && isTyping(event.target)) return
      if (single && event.key.length === 1 && !useSingleKeys.getState().on) return
      const dialogOpen =
        document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null ||
        useOverlay.getState().open !== null
      const stroke = strokeOf(event)
      if (dialogOpen && stroke !== 'mod+k') return
      const action = findAction(stroke, before, event.timeStamp)
      before = single ? { first: stroke, at: event.timeStamp } : null
      if (action === undefined) return
      event.preventDefault()
      void action.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
