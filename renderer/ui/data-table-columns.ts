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

type Sized = Pick<Column<unknown>, 'id' | 'width' | 'from'>

/**
 * The columns that a table of this width shows: those with a `from` above it go, then, while the rest does not fit,
 * the one with the largest `from`. Columns without `from` always stay; the table then scrolls sideways.
 */
export const fittingColumns = <C extends Sized>(
  columns: readonly C[],
  width: number,
  selectable: boolean,
): readonly C[] => {
  if (width === 0) return columns
  let shown = columns.filter((column) => (column.from ?? 0) <= width)
  while (needed(shown, selectable) > width) {
    const optional = shown.filter((column) => column.from !== undefined)
    const first = optional.reduce<C | null>(
      (most, it) => (most === null || (it.from ?? 0) > (most.from ?? 0) ? it : most),
      null,
    )
    if (first === null) break
    shown = shown.filter((column) => column !== first)
  }
  return shown
}
