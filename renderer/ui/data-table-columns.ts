import type { Column } from './data-table-types.ts'

const gap = 16
const sides = 24
const checkbox = 24

/** The least width of a grid track in pixels: `120px` is 120, `minmax(140px, 2fr)` is 140. */
export const leastWidth = (track: string): number => {
  const pixels = /(\d+(?:\.\d+)?)px/.exec(track)
  return pixels ? Number(pixels[1]) : 0
}

const needed = (columns: readonly { readonly width: string }[], selectable: boolean): number => {
  const tracks = columns.length + (selectable ? 1 : 0)
  const widths = columns.reduce((sum, column) => sum + leastWidth(column.width), selectable ? checkbox : 0)
  return widths + gap * Math.max(0, tracks - 1) + sides
}

type Sized = Pick<Column<unknown>, 'id' | 'width' | 'narrow' | 'from'>

// In place of a column that does not fit: itself, narrower and for good, or nothing.
const narrowed = <C extends Sized>(column: C): readonly C[] => {
  const { narrow, from: _from, ...rest } = column
  // The same column; only what it may be without is gone.
  return narrow === undefined ? [] : [{ ...rest, width: narrow } as C]
}

/**
 * The columns that a table of this width shows: those with a `from` above it go, then, while the rest does not fit,
 * the one with the largest `from`. One that can be narrow becomes so instead. Columns without `from` always stay; the
 * table then scrolls sideways.
 */
export const fittingColumns = <C extends Sized>(
  columns: readonly C[],
  width: number,
  selectable: boolean,
): readonly C[] => {
  if (width === 0) return columns
  let shown = columns.flatMap((column) => ((column.from ?? 0) <= width ? [column] : narrowed(column)))
  while (needed(shown, selectable) > width) {
    const optional = shown.filter((column) => column.from !== undefined)
    const first = optional.reduce<C | null>(
      (most, it) => (most === null || (it.from ?? 0) > (most.from ?? 0) ? it : most),
      null,
    )
    if (first === null) break
    shown = shown.flatMap((column) => (column === first ? narrowed(first) : [column]))
  }
  return shown
}
