import type { KeyboardEvent } from 'react'
import type { DocumentLine } from '../document-content.ts'
import { isBlankLine } from './draft-edits.ts'
import type { Editor } from './editor-context.ts'
import { addLine, goToLine, repeatLine, shiftLine, takeLineOff } from './line-actions.ts'

const fieldOf = (target: EventTarget): string =>
  target instanceof HTMLElement ? (target.dataset['field']?.split('.').at(-1) ?? 'name') : 'name'

const isInput = (target: EventTarget): target is HTMLInputElement => target instanceof HTMLInputElement

type Handler = (event: KeyboardEvent, line: DocumentLine, editor: Editor) => boolean

const enter: Handler = (event, line, { store, newLine }) => {
  if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey || !isInput(event.target)) return false
  const { lines } = store.getState().content
  const isLast = lines.at(-1)?.id === line.id
  // A blank line at the end stays the only one.
  if (isBlankLine(line) && isLast) return true
  addLine(store, line.id, newLine)
  return true
}

const upOrDown: Handler = (event, line, { store }) => {
  const step = event.key === 'ArrowUp' ? -1 : 1
  if (event.altKey) {
    shiftLine(store, line.id, step, fieldOf(event.target))
    return true
  }
  if (event.shiftKey || event.ctrlKey || event.metaKey || !isInput(event.target)) return false
  return goToLine(store, line.id, step, fieldOf(event.target))
}

const duplicate: Handler = (event, line, { store }) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return false
  repeatLine(store, line.id)
  return true
}

const remove: Handler = (event, line, { store }) => {
  const isWhole = event.key === 'Delete' && (event.ctrlKey || event.metaKey) && event.shiftKey
  const isEmpty = isBlankLine(line) && isInput(event.target) && event.target.value === ''
  if (!isWhole && !(isEmpty && store.getState().content.lines.length > 1)) return false
  takeLineOff(store, line.id)
  return true
}

const handlers: Readonly<Record<string, Handler>> = {
  Enter: enter,
  ArrowUp: upOrDown,
  ArrowDown: upOrDown,
  d: duplicate,
  D: duplicate,
  Delete: remove,
  Backspace: remove,
}

/** The keys of a line: Enter, arrows, Alt with arrows, Ctrl+D, Delete. */
export const handleLineKey = (event: KeyboardEvent, line: DocumentLine, editor: Editor): void => {
  // An open list has taken the key already; a key of an input method is not ours.
  if (event.defaultPrevented || event.nativeEvent.isComposing) return
  if (handlers[event.key]?.(event, line, editor) === true) event.preventDefault()
}
