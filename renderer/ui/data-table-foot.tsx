import { Button } from '@mantine/core'
import classes from './data-table.module.css'
import type { DataTableProps } from './data-table-types.ts'

type Props<Row> = DataTableProps<Row> & { readonly chosen: readonly Row[] }

/** The foot of a table: counts, or what is selected with its sum and actions. */
export const TableFoot = <Row,>({ chosen, rows, total, hasMore, isLoadingMore, footer, ...props }: Props<Row>) => {
  if (chosen.length > 0) {
    return (
      <div className={classes['foot']} data-selection>
        <span role="status">
          {chosen.length} selected
          {props.selectionSummary === undefined ? null : <> · {props.selectionSummary(chosen)}</>}
        </span>
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
