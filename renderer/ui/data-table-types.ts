import type { ReactNode } from 'react'

export type Direction = 'asc' | 'desc'

export type Column<Row> = {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** A grid track: `120px`, `minmax(160px, 2fr)`. */
  readonly width: string
  /** `end` for amounts and numbers. */
  readonly align?: 'start' | 'end'
  /** The name that `onSort` is told; without it the column does not sort. */
  readonly sort?: string
  /** The grid track where there is no room for `width`: it then stays instead of being left out. */
  readonly narrow?: string
  /** May be left out: below this many pixels, and wherever the columns do not fit, the largest first. */
  readonly from?: number
}

export type Sorting = { readonly key: string; readonly direction: Direction }

export type DataTableProps<Row> = {
  /** What the rows are, for screen readers: `Invoices`. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  /** Enter, or a click on a row. */
  readonly onOpen?: (row: Row) => void
  readonly sorting?: Sorting
  readonly onSort?: (sorting: Sorting) => void
  /** Ids of the selected rows; give both to show checkboxes. */
  readonly selected?: ReadonlySet<string>
  readonly onSelect?: (selected: ReadonlySet<string>) => void
  readonly isPending?: boolean
  readonly hasMore?: boolean
  readonly isLoadingMore?: boolean
  readonly onLoadMore?: () => void
  /** Reads every row that matches, so that all of them can be selected; with `selected` and `onSelect`. */
  readonly onLoadAll?: (signal: AbortSignal) => Promise<readonly Row[]>
  /** How many rows there are in all, where it is known. */
  readonly total?: number
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode
  /** What the foot says of the selection, such as its sum. */
  readonly selectionSummary?: (rows: readonly Row[]) => ReactNode
  /** Buttons for the selection. */
  readonly selectionActions?: (rows: readonly Row[]) => ReactNode
  /** At the right of the foot while nothing is selected. */
  readonly footer?: ReactNode
  /** The row that is open beside the list. */
  readonly openId?: string | null
}
