import { useMemo } from 'react'
import type { Column } from '../ui/data-table-types.ts'
import classes from './branch-column.module.css'
import { type Branches, useBranches } from './branches.ts'

type Row = { readonly branchId: string | null }

/** A branch by its name, or where that has no room by its code. */
const BranchCell = ({ id, branches }: { readonly id: string | null; readonly branches: Branches }) => {
  const name = branches.nameOf(id)
  const code = branches.all.find((it) => it.id === id)?.code
  return (
    <span className={classes['cell']} data-whole={id === null || undefined}>
      <span className={classes['name']}>{name}</span>
      <abbr className={classes['code']} title={name}>
        {code ?? '—'}
      </abbr>
    </span>
  )
}

/** The columns of a list of documents with one for the branch, where there are several and none is chosen. */
export const useBranchColumn = <R extends Row>(
  columns: readonly Column<R>[],
  /** The column that the branch stands before. */
  before: string,
): readonly Column<R>[] => {
  const branches = useBranches()
  return useMemo(() => {
    if (branches.all.length < 2 || branches.chosen !== null) return columns
    const place = columns.findIndex(({ id }) => id === before)
    const column: Column<R> = {
      id: 'branch',
      header: 'Branch',
      width: 'minmax(118px, 0.8fr)',
      // It stays when others go: which branch a row is of is asked before what it refers to.
      narrow: '48px',
      from: 900,
      cell: (row) => <BranchCell id={row.branchId} branches={branches} />,
    }
    return [...columns.slice(0, place), column, ...columns.slice(place)]
  }, [columns, branches, before])
}
