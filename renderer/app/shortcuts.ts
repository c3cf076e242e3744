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

/** What stands above the page: a dialog takes every key, a menu or a list of choices the plain ones. */
const layerAbove = (): 'dialog' | 'list' | null => {
  if (useOverlay.getState().open !== null || document.querySelector('[role="dialog"]') !== null) return 'dialog'
  // Closed lists stay in the document, hidden.
  const lists = [...document.querySelectorAll('[role="menu"], [role="listbox"]')]
  return lists.some((list) => list.checkVisibility()) ? 'list' : null
}

const isIgnored = (event: KeyboardEvent): boolean => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return true
  if (isModified(event)) return false
  return isTyping(event.target) || (event.key.length === 1 && !useSingleKeys.getState().on)
}

/** Listens for the shortcuts of all current actions; mounted once by the shell. */
export const useShortcuts = (): void => {
  useEffect(() => {
    let before: Pressed | null = null
    let layer: ReturnType<typeof layerAbove> = null
    // Looked at first: the Escape that closes a dialog must not also go back.
    const look = (event: KeyboardEvent) => {
      // What is typed into a field is never a shortcut: a letter need not wait for the looking.
      if (isModified(event) || !isTyping(event.target)) layer = layerAbove()
    }
    const act = (event: KeyboardEvent) => {
      if (isIgnored(event)) return
      const plain = !isModified(event)
      const stroke = strokeOf(event)
      if ((layer === 'dialog' && stroke !== 'mod+k') || (layer === 'list' && plain)) return
      const action = findAction(stroke, before, event.timeStamp)
      before = plain ? { first: stroke, at: event.timeStamp } : null
      if (action === undefined) return
      event.preventDefault()
      void action.run()
    }
    window.addEventListener('keydown', look, { capture: true })
    window.addEventListener('keydown', act)
    return () => {
      window.removeEventListener('keydown', look, { capture: true })
      window.removeEventListener('keydown', act)
    }
  }, [])
}
