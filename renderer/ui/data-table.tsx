import { Checkbox } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type MouseEvent, useEffect, useRef } from 'react'
import classes from './data-table.module.css'
import { useSelectAll } from './data-table-all.ts'
import { fittingColumns } from './data-table-columns.ts'
import { TableFoot } from './data-table-foot.tsx'
import { type RowKeys, useRowKeys } from './data-table-keys.ts'
import type { Column, DataTableProps, Sorting } from './data-table-types.ts'
import { useRowHeight } from './density.ts'
import { Skeleton } from './skeleton.tsx'

type HeadCellProps<Row> = {
  readonly column: Column<Row>
  readonly sorting: Sorting | undefined
  readonly onSort: ((sorting: Sorting) => void) | undefined
}

const HeadCell = <Row,>({ column, sorting, onSort }: HeadCellProps<Row>) => {
  const key = column.sort
  const active = key !== undefined && sorting?.key === key
  const direction = active ? sorting.direction : undefined
  const Arrow = direction === 'desc' ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      className={classes['head-cell']}
      data-align={column.align}
      aria-sort={direction === undefined ? undefined : direction === 'asc' ? 'ascending' : 'descending'}
    >
      {key === undefined || onSort === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          className={classes['sort']}
          onClick={() => onSort({ key, direction: direction === 'asc' ? 'desc' : 'asc' })}
        >
          {column.header}
          <Arrow size={12} aria-hidden="true" data-active={active || undefined} />
        </button>
      )}
    </th>
  )
}

type HeadProps<Row> = DataTableProps<Row> & { readonly chosen: readonly Row[] }

const Head = <Row,>({ columns, rows, rowId, sorting, onSort, selected, onSelect, chosen }: HeadProps<Row>) => {
  const all = chosen.length === rows.length
  return (
    <thead>
      <tr className={classes['head']} aria-rowindex={1}>
        {selected !== undefined && onSelect !== undefined && (
          <th scope="col" className={classes['check']}>
            <Checkbox
              aria-label="Select all loaded rows"
              checked={all}
              indeterminate={!all && chosen.length > 0}
              onChange={() => onSelect(all ? new Set() : new Set(rows.map(rowId)))}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sorting={sorting} onSort={onSort} />
        ))}
      </tr>
    </thead>
  )
}

type BodyRowProps<Row> = {
  readonly props: DataTableProps<Row>
  readonly columns: readonly Column<Row>[]
  readonly row: Row
  readonly index: number
  readonly offset: number
  readonly keys: RowKeys
}

const BodyRow = <Row,>({ props, columns, row, index, offset, keys }: BodyRowProps<Row>) => {
  const { rowId, selected, onSelect, onOpen, openId } = props
  const id = rowId(row)
  const selectable = selected !== undefined && onSelect !== undefined
  const onClick = (event: MouseEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest('a, button, input, label')) return
    if (event.shiftKey && selectable) keys.select(index, true)
    else onOpen?.(row)
  }
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected.has(id) : undefined}
      tabIndex={index === keys.current ? 0 : -1}
      className={classes['row']}
      data-open={id === openId || undefined}
      data-clickable={onOpen !== undefined || undefined}
      style={{ transform: `translateY(${offset}px)` }}
      onFocus={() => keys.setCurrent(index)}
      onClick={onClick}
    >
      {selectable && (
        <td className={classes['check']}>
          <Checkbox
            aria-label="Select this row"
            tabIndex={-1}
            checked={selected.has(id)}
            onChange={() => undefined}
            onClick={(event) => keys.select(index, event.shiftKey)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={classes['cell']} data-align={column.align}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

/** A list of rows: virtual, sortable, selectable, all by keyboard; it fills and scrolls in the height that it is given. */
export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const { label, rows, rowId, selected, onSelect, hasMore = false, onLoadMore } = props
  const rowHeight = useRowHeight()
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizer, width } = useElementSize()
  const selectable = selected !== undefined && onSelect !== undefined
  const columns = fittingColumns(props.columns, width, selectable)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : rowId(row)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height is chosen anew
  useEffect(() => virtual.measure(), [rowHeight])
  const focusRow = (index: number) => {
    virtual.scrollToIndex(index)
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus())
  }
  const all = useSelectAll(props)
  const keys = useRowKeys(props, focusRow, all.selectNext)
  const visible = virtual.getVirtualItems()
  const last = visible.at(-1)?.index ?? -1
  useEffect(() => {
    if (hasMore && last >= rows.length - 15) onLoadMore?.()
  }, [hasMore, last, rows.length, onLoadMore])

  if (props.isPending) return <Skeleton lines={9} label={`Loading ${label}`} />
  if (rows.length === 0) return props.empty

  const tracks = `${selectable ? '24px ' : ''}${columns.map((column) => column.width).join(' ')}`
  const chosen = selectable ? rows.filter((row) => selected.has(rowId(row))) : []
  // Tracks and height are custom properties, which the style object's type does not know.
  const gridStyle = { '--tracks': tracks, '--row-height': `${rowHeight}px` } as CSSProperties
  return (
    <div className={classes['frame']} ref={sizer}>
      <div className={classes['scroller']} ref={scroller}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are chosen and opened by keyboard
          role="grid"
          aria-label={label}
          aria-rowcount={props.total === undefined ? (hasMore ? -1 : rows.length + 1) : props.total + 1}
          aria-multiselectable={selectable || undefined}
          className={classes['grid']}
          style={gridStyle}
          onKeyDown={keys.onKeyDown}
        >
          <Head {...props} columns={columns} chosen={chosen} />
          <tbody className={classes['body']} style={{ height: virtual.getTotalSize() }}>
            {visible.map((item) => {
              const row = rows[item.index]
              return row === undefined ? null : (
                <BodyRow
                  key={item.key}
                  props={props}
                  columns={columns}
                  row={row}
                  index={item.index}
                  offset={item.start}
                  keys={keys}
                />
              )
            })}
          </tbody>
        </table>
      </div>
      <TableFoot {...props} chosen={chosen} all={all} />
    </div>
  )
}
