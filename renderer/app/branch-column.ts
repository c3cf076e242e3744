import { useMemo } from 'react'
import type { Column } from '../ui/data-table-types.ts'
import { useBranches } from './branches.ts'

type Row = { readonly branchId: string | null }

/** The columns of a list of documents with one for the branch, where there are several and none is chosen. */
export const useBranchColumn = <R extends Row>(
  columns: readonly Column<R>[],
  /** The column that the branch stands before. */
  before: string,
): readonly Column<R>[] => {
  const { all, chosen, nameOf } = useBranches()
  return useMemo(() => {
    if (all.length < 2 || chosen !== null) return columns
    const place = columns.findIndex(({ id }) => id === before)
    const column: Column<R> = {
      id: 'branch',
      header: 'Branch',
      width: 'minmax(118px, 0.8fr)',
      from: 900,
      cell: (row) => nameOf(row.branchId),
    }
    return [...columns.slice(0, place), column, ...columns.slice(place)]
  }, [columns, all, chosen, nameOf, before])
}
