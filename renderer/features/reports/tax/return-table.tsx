import type { Amount } from '../../../../shared/money/scaled.ts'
import type { ReturnCell, ReturnTable as Table } from '../../../../shared/tax/regimes/regime.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { AmountField } from '../../../ui/number-fields.tsx'
import { cellText } from './tax-paper.ts'
import classes from './tax-report.module.css'

export type Chosen = { readonly label: string; readonly keys: readonly string[] }

type CellProps = {
  readonly id: string
  readonly label: string
  readonly cell: ReturnCell | undefined
  readonly currency: string
  readonly isOpen: boolean
  readonly onOpen: (chosen: Chosen) => void
  /** null for whoever only reads. */
  readonly onType: ((id: string, value: Amount | null) => void) | null
}

const Cell = ({ id, label, cell, currency, isOpen, onOpen, onType }: CellProps) => {
  const formats = useFormats()
  if (cell === undefined) return <td />
  const figures = cellText(cell, currency, formats)
  if (cell.isTyped) {
    return (
      <td data-align="end">
        <AmountField
          size="xs"
          className={classes['typed']}
          aria-label={`${label}: type it from your purchases`}
          currency={currency}
          value={cell.amountE4 === 0n ? null : cell.amountE4}
          placeholder={figures}
          disabled={onType === null}
          onChange={(value) => onType?.(id, value)}
        />
      </td>
    )
  }
  const isPlain = cell.sources.length === 0
  return (
    <td data-align="end" data-zero={cell.amountE4 === 0n || undefined}>
      {isPlain ? (
        <span>{figures}</span>
      ) : (
        <button
          type="button"
          className={classes['figure']}
          aria-pressed={isOpen}
          aria-label={`${label}: ${figures}, show its documents`}
          onClick={() => onOpen({ label, keys: cell.sources })}
        >
          {figures}
        </button>
      )}
    </td>
  )
}

type Props = {
  readonly table: Table
  readonly currency: string
  readonly chosen: Chosen | null
  readonly onOpen: (chosen: Chosen) => void
  /** null for whoever only reads. */
  readonly onType: ((id: string, value: Amount | null) => void) | null
}

/** A return as its form has it; a figure opens the documents behind it. */
export const ReturnTable = ({ table, currency, chosen, onOpen, onType }: Props) => (
  <section aria-label={table.title}>
    <h2 className={classes['title']}>{table.title}</h2>
    {table.rows.length === 0 ? (
      <p className={classes['none']}>Nothing in this period.</p>
    ) : (
      <div className={classes['scroll']}>
        <table className={classes['table']}>
          <caption className="visually-hidden">{table.title}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">What</span>
              </th>
              {table.columns.map((column) => (
                <th key={column.id} scope="col" data-align="end">
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.id} data-total={row.id === 'total' || undefined}>
                <th scope="row">{row.label}</th>
                {table.columns.map((column) => {
                  const label = table.columns.length === 1 ? row.label : `${row.label}, ${column.label}`
                  return (
                    <Cell
                      key={column.id}
                      id={`${row.id}.${column.id}`}
                      label={label}
                      cell={row.cells[column.id]}
                      currency={currency}
                      isOpen={chosen?.label === label}
                      onOpen={onOpen}
                      onType={onType}
                    />
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
    {table.notes.map((note) => (
      <p key={note} className={classes['note']}>
        {note}
      </p>
    ))}
  </section>
)
