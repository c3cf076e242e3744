import { IconGripVertical } from '@tabler/icons-react'
import { type DragEvent, memo, useState } from 'react'
import { type Amount as AmountValue, quantity, unitPrice } from '../../../shared/money/scaled.ts'
import { Amount } from '../../ui/amount.tsx'
import { PriceField, QuantityField } from '../../ui/number-fields.tsx'
import { type DocumentLine, isCounted } from '../document-content.ts'
import { changeLine, lineField, lineForm, moveLine } from './draft-edits.ts'
import { useContent, useEditor } from './editor-context.ts'
import { ItemCell } from './item-cell.tsx'
import { LineDetails } from './line-details.tsx'
import { handleLineKey } from './line-keys.ts'
import { LineMenu } from './line-menu.tsx'
import classes from './line-table.module.css'
import paper from './paper.module.css'
import { sameBut } from './same-line.ts'
import { TaxCell } from './tax-cell.tsx'
import { unitName, units } from './units.ts'

const dragType = 'application/x-counterfoil-line'

/** Dragging a line by its handle onto another one. */
const useDrag = (line: DocumentLine, index: number) => {
  const { store } = useEditor()
  const [over, setOver] = useState(false)
  const isLine = (event: DragEvent) => event.dataTransfer.types.includes(dragType)
  return {
    handle: {
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.setData(dragType, line.id)
        event.dataTransfer.effectAllowed = 'move'
      },
    },
    row: {
      'data-over': over || undefined,
      onDragOver: (event: DragEvent) => {
        if (!isLine(event)) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false)
        if (!isLine(event)) return
        event.preventDefault()
        store.edit(null, moveLine(event.dataTransfer.getData(dragType), index))
      },
    },
  }
}

type CellProps = { readonly line: DocumentLine; readonly position: number }

const QuantityCell = memo(
  ({ line, position }: CellProps) => {
    const { store } = useEditor()
    const field = lineField(line.id, 'quantity')
    return (
      <QuantityField
        className={paper['cell']}
        form={lineForm(line.id)}
        aria-label={`Quantity of line ${position}`}
        data-field={field}
        value={line.quantityE6}
        onChange={(value) => value !== null && store.edit(field, changeLine(line.id, { quantityE6: value }))}
        onBlur={(event) => {
          if (event.currentTarget.value.trim() === '')
            store.edit(null, changeLine(line.id, { quantityE6: quantity(0n) }))
        }}
      />
    )
  },
  sameBut('name', 'description', 'priceE6'),
)

const PriceCell = memo(
  ({ line, position }: CellProps) => {
    const { store } = useEditor()
    const currency = useContent((content) => content.currency)
    const field = lineField(line.id, 'price')
    return (
      <PriceField
        className={paper['cell']}
        form={lineForm(line.id)}
        aria-label={`Price of line ${position}`}
        data-field={field}
        leftSection={null}
        currency={currency}
        value={line.priceE6}
        onChange={(value) => value !== null && store.edit(field, changeLine(line.id, { priceE6: value }))}
        onBlur={(event) => {
          if (event.currentTarget.value.trim() === '') store.edit(null, changeLine(line.id, { priceE6: unitPrice(0n) }))
        }}
      />
    )
  },
  sameBut('name', 'description', 'quantityE6'),
)

const UnitCell = memo(
  ({ line, position }: CellProps) => {
    const { store } = useEditor()
    const isKnown = units.some((unit) => unit.code === line.unit)
    return (
      <select
        className={paper['select']}
        form={lineForm(line.id)}
        aria-label={`Unit of line ${position}`}
        data-field={lineField(line.id, 'unit')}
        value={line.unit}
        onChange={(event) => store.edit(null, changeLine(line.id, { unit: event.currentTarget.value }))}
      >
        {!isKnown && <option value={line.unit}>{unitName(line.unit)}</option>}
        {units.map((unit) => (
          <option key={unit.code} value={unit.code}>
            {unit.label}
          </option>
        ))}
      </select>
    )
  },
  sameBut('name', 'description', 'priceE6', 'quantityE6'),
)

type Props = {
  readonly line: DocumentLine
  readonly index: number
  readonly isLast: boolean
  readonly netE4: AmountValue | null
  /** Pixels below the first line. */
  readonly top: number
  readonly measure: (row: HTMLTableRowElement | null) => void
  readonly onEdit: (id: string) => void
}

/** A line of the document, edited in place. */
export const LineRow = memo(({ line, index, isLast, netE4, top, measure, onEdit }: Props) => {
  const editor = useEditor()
  const currency = useContent((content) => content.currency)
  const drag = useDrag(line, index)
  const position = index + 1
  return (
    <tr
      ref={measure}
      data-index={index}
      data-line={line.id}
      aria-rowindex={position + 1}
      aria-label={`Line ${position}`}
      className={classes['line']}
      style={{ top }}
      onFocus={() => onEdit(line.id)}
      onKeyDown={(event) => handleLineKey(event, line, editor)}
      {...drag.row}
    >
      <td className={classes['position']}>
        <span className={classes['grip']} {...drag.handle} aria-hidden="true">
          <IconGripVertical size={14} />
        </span>
        {position}
        <form id={lineForm(line.id)} hidden onSubmit={(event) => event.preventDefault()} />
      </td>
      <td>
        <ItemCell line={line} position={position} />
      </td>
      <td>
        <QuantityCell line={line} position={position} />
      </td>
      <td>
        <UnitCell line={line} position={position} />
      </td>
      <td>
        <PriceCell line={line} position={position} />
      </td>
      <td>
        <TaxCell line={line} position={position} />
      </td>
      <td className={classes['net']} data-apart={!isCounted(line) || undefined}>
        {netE4 === null ? '—' : <Amount value={netE4} currency={currency} bare />}
      </td>
      <td className={classes['more']}>
        <LineMenu line={line} position={position} isLast={isLast} />
      </td>
      <LineDetails line={line} position={position} />
    </tr>
  )
})
