import { useEffect, useRef, useState } from 'react'
import type { DataTableProps } from './data-table-types.ts'

export type SelectAll = {
  /** Rows are being read so that all of them are selected. */
  readonly isBusy: boolean
  /** Selects every row that matches, read or not. */
  readonly select: () => void
  readonly stop: () => void
  /** What Ctrl+A does: all that is loaded, and then all that matches. */
  readonly selectNext: () => void
}

/** Selecting everything that a list holds, also what it has not read yet. */
export const useSelectAll = <Row>(props: DataTableProps<Row>): SelectAll => {
  const { rows, rowId, selected, onSelect, onLoadAll, hasMore = false } = props
  const [isBusy, setBusy] = useState(false)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const take = (some: readonly Row[]) => onSelect?.(new Set(some.map(rowId)))
  const select = async () => {
    if (onLoadAll === undefined || running.current !== null) return
    const stop = new AbortController()
    running.current = stop
    setBusy(true)
    try {
      take(await onLoadAll(stop.signal))
    } finally {
      running.current = null
      setBusy(false)
    }
  }
  return {
    isBusy,
    select: () => void select(),
    stop: () => running.current?.abort(),
    selectNext: () => {
      const isAllLoaded = selected !== undefined && rows.every((row) => selected.has(rowId(row)))
      if (isAllLoaded && hasMore && onLoadAll !== undefined) void select()
      else take(rows)
    },
  }
}
