import { type KeyboardEvent, useCallback, useState } from 'react'
import type { DataTableProps } from './data-table-types.ts'

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 12, PageUp: -12 }

const target = (key: string, from: number, count: number): number | null => {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined ? null : Math.min(count - 1, Math.max(0, from + step))
}

export type RowKeys = {
  /** The row that Tab comes to. */
  readonly current: number
  readonly setCurrent: (index: number) => void
  readonly select: (index: number, range: boolean) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Which row the keyboard is on, and the selection by click, shift, Space and Ctrl+A. */
export const useRowKeys = <Row>(
  props: DataTableProps<Row>,
  focusRow: (index: number) => void,
  /** Ctrl+A. */
  selectAll: () => void,
): RowKeys => {
  const { rows, rowId, selected, onSelect, onOpen } = props
  const [current, setCurrent] = useState(0)
  const [anchor, setAnchor] = useState(0)

  const select = useCallback(
    (index: number, range: boolean) => {
      const row = rows[index]
      if (row === undefined || selected === undefined || onSelect === undefined) return
      const next = new Set(selected)
      if (range) {
        const [from, to] = anchor < index ? [anchor, index] : [index, anchor]
        for (const it of rows.slice(from, to + 1)) next.add(rowId(it))
      } else if (next.has(rowId(row))) next.delete(rowId(row))
      else next.add(rowId(row))
      if (!range) setAnchor(index)
      onSelect(next)
    },
    [anchor, onSelect, rowId, rows, selected],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of a field or a button inside a row are its own.
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role="combobox"]'))
      return
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a' && onSelect !== undefined) {
      event.preventDefault()
      selectAll()
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = target(event.key, current, rows.length)
    const row = rows[current]
    if (next !== null && rows.length > 0) {
      event.preventDefault()
      if (event.shiftKey) select(next, true)
      setCurrent(next)
      focusRow(next)
    } else if (
      event.key === 'Enter' &&
      row !== undefined &&
      event.target === event.currentTarget.querySelector(':focus')
    ) {
      if (event.target instanceof HTMLElement && event.target.closest('a, button')) return
      event.preventDefault()
      onOpen?.(row)
    } else if ((event.key === ' ' || event.key === 'x') && onSelect !== undefined) {
      if (event.target instanceof HTMLElement && event.target.closest('a, button')) return
      event.preventDefault()
      select(current, event.shiftKey)
    }
  }

  return { current: Math.min(current, Math.max(0, rows.length - 1)), setCurrent, select, onKeyDown }
}
