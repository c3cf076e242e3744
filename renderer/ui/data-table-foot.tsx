import { Button } from '@mantine/core'
import classes from './data-table.module.css'
import type { SelectAll } from './data-table-all.ts'
import type { DataTableProps } from './data-table-types.ts'

type Props<Row> = DataTableProps<Row> & { readonly chosen: readonly Row[]; readonly all: SelectAll }

type MoreProps = { readonly all: SelectAll; readonly total: number | undefined; readonly loaded: number }

/** Offers what is not loaded yet, once everything that is loaded is selected. */
const SelectMore = ({ all, total, loaded }: MoreProps) =>
  all.isBusy ? (
    <Button variant="subtle" size="compact-sm" onClick={all.stop}>
      Stop at {loaded}
    </Button>
  ) : (
    <Button variant="subtle" size="compact-sm" onClick={all.select}>
      {total === undefined ? 'Select all that match' : `Select all ${total} that match`}
    </Button>
  )

/** The foot of a table: counts, or what is selected with its sum and actions. */
export const TableFoot = <Row,>({ chosen, all, rows, total, hasMore, isLoadingMore, footer, ...props }: Props<Row>) => {
  if (chosen.length > 0) {
    const isMore = hasMore === true && props.onLoadAll !== undefined && chosen.length === rows.length
    return (
      <div className={classes['foot']} data-selection>
        <span role="status">
          {chosen.length} selected
          {props.selectionSummary === undefined ? null : <> · {props.selectionSummary(chosen)}</>}
        </span>
        {(isMore || all.isBusy) && <SelectMore all={all} total={total} loaded={rows.length} />}
        <span className={classes['foot-actions']}>
          {props.selectionActions?.(chosen)}
          <Button variant="subtle" size="compact-sm" onClick={() => props.onSelect?.(new Set())}>
            Clear
          </Button>
        </span>
      </div>
    )
  }
  const count = total ?? rows.length
  return (
    <div className={classes['foot']}>
      <span>
        {total === undefined && hasMore ? `${rows.length} loaded, more below` : `${count} in all`}
        {isLoadingMore ? ' · loading more' : ''}
      </span>
      <span>{footer}</span>
    </div>
  )
}
