import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect } from 'react'

const stopsIn = (part: Element) => [...part.querySelectorAll<HTMLElement>('[data-column]')]
const columnOf = (stop: HTMLElement) => Number(stop.dataset['column'])
const inColumn = (row: readonly HTMLElement[] | undefined, column: number) =>
  row?.find((stop) => columnOf(stop) === column) ?? row?.at(-1)

// A page of keys up or down, as many rows as are seen at once on a small window.
const page = 10

type Grid = { readonly rows: readonly (readonly HTMLElement[])[]; readonly row: number; readonly at: number }

const goal = ({ key, ctrlKey }: KeyboardEvent, { rows, row, at }: Grid): HTMLElement | undefined => {
  const here = rows[row] ?? []
  const from = here[at]
  const column = from === undefined ? 0 : columnOf(from)
  const down = (by: number) => inColumn(rows[Math.min(Math.max(row + by, 0), rows.length - 1)], column)
  switch (key) {
    case 'ArrowDown':
      return down(1)
    case 'ArrowUp':
      return down(-1)
    case 'PageDown':
      return down(page)
    case 'PageUp':
      return down(-page)
    case 'ArrowRight':
      return here[at + 1]
    case 'ArrowLeft':
      return here[at - 1]
    case 'Home':
      return (ctrlKey ? rows[0] : here)?.[0]
    case 'End':
      return (ctrlKey ? rows.at(-1) : here)?.at(-1)
    default:
      return undefined
  }
}

const keys = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'ArrowRight', 'ArrowLeft', 'Home', 'End'])

const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
  if (!keys.has(event.key) || event.altKey || event.metaKey) return
  const rows = [...event.currentTarget.rows].map(stopsIn).filter(({ length }) => length > 0)
  const row = rows.findIndex((stops) => stops.some((stop) => stop === event.target))
  if (row === -1 || !(event.target instanceof HTMLElement)) return
  event.preventDefault()
  goal(event, { rows, row, at: (rows[row] ?? []).indexOf(event.target) })?.focus()
}

const onFocus = ({ currentTarget, target }: FocusEvent<HTMLTableElement>) => {
  if (!(target instanceof HTMLElement) || target.dataset['column'] === undefined) return
  for (const stop of stopsIn(currentTarget)) stop.tabIndex = stop === target ? 0 : -1
}

/** One stop of Tab for a whole table; arrows, Home, End and the page keys go from cell to cell, as in any grid. */
export const useGridKeys = (table: RefObject<HTMLTableElement | null>) => {
  // What had the stop may be gone since.
  useEffect(() => {
    const grid = table.current
    if (grid === null) return
    const stops = stopsIn(grid)
    if (stops.some(({ tabIndex }) => tabIndex === 0)) return
    const first = stops.find((stop) => stop instanceof HTMLInputElement) ?? stops[0]
    if (first !== undefined) first.tabIndex = 0
  })
  return { onKeyDown, onFocus }
}
