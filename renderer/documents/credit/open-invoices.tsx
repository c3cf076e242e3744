import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { subtract } from '../../../shared/money/arithmetic.ts'
import { type Amount as AmountValue, zero } from '../../../shared/money/scaled.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { AmountField } from '../../ui/number-fields.tsx'
import { type Allocation, allocated, allocationProblems, oldestInCash, roundingOf } from './allocation.ts'
import classes from './open-invoices.module.css'

export type OpenRow = ApiOutput<'payments', 'openInvoices'>[number]

type RowProps = {
  readonly row: OpenRow
  readonly currency: string
  readonly today: string
  readonly part: AmountValue | undefined
  readonly problem: string | undefined
  readonly onChange: (part: AmountValue | null) => void
}

const Row = ({ row, currency, today, part, problem, onChange }: RowProps) => {
  const formats = useFormats()
  const isLate = row.dueOn !== null && row.dueOn < today
  return (
    <tr>
      <th scope="row">{row.number}</th>
      <td>{formats.date(row.issuedOn)}</td>
      <td data-late={isLate || undefined}>
        {row.dueOn === null ? '—' : formats.date(row.dueOn)}
        {isLate && <span className="visually-hidden"> overdue</span>}
      </td>
      <td data-align="end">
        <Amount value={row.openE4} currency={currency} bare />
      </td>
      <td data-align="end">
        <AmountField
          aria-label={`Amount for ${row.number}`}
          leftSection={null}
          currency={currency}
          placeholder={formats.figures(zero, currency)}
          value={part ?? null}
          error={problem}
          onChange={onChange}
        />
      </td>
      <td>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Pay ${row.number} in full`}
          disabled={part === row.openE4}
          onClick={() => onChange(row.openE4)}
        >
          In full
        </Button>
      </td>
    </tr>
  )
}

type Props = {
  readonly rows: readonly OpenRow[]
  readonly currency: string
  readonly today: string
  /** What there is to allocate. */
  readonly amountE4: AmountValue
  readonly allocation: Allocation
  /** The coin that the money is rounded to, if it is. */
  readonly step?: AmountValue | null
  /** The heading of what each gets. */
  readonly now?: string
  readonly onChange: (allocation: Allocation) => void
  /** What is said of what is left over. */
  readonly leftOver: (left: AmountValue, rounding: AmountValue) => ReactNode
}

/** The open invoices of a client, oldest first, and how much of a payment each gets. */
export const OpenInvoices = ({
  now = 'Paid now',
  rows,
  currency,
  today,
  amountE4,
  allocation,
  step = null,
  onChange,
  leftOver,
}: Props) => {
  const problems = allocationProblems(amountE4, rows, allocation, step)
  const rounding = roundingOf(amountE4, rows, allocation, step)
  const used = allocated(allocation)
  const change = (id: string) => (part: AmountValue | null) => {
    const next = new Map(allocation)
    if (part === null || part === zero) next.delete(id)
    else next.set(id, part)
    onChange(next)
  }
  return (
    <div className={classes['allocation']}>
      <div className={classes['table-place']}>
        <table className={classes['table']} aria-label="Open invoices">
          <thead>
            <tr>
              <th scope="col">Invoice</th>
              <th scope="col">Date</th>
              <th scope="col">Due</th>
              <th scope="col" data-align="end">
                Open {currency}
              </th>
              <th scope="col" data-align="end">
                {now}
              </th>
              <th scope="col">
                <span className="visually-hidden">In full</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                currency={currency}
                today={today}
                part={allocation.get(row.id)}
                problem={problems.rows.get(row.id)}
                onChange={change(row.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes['sum']}>
        <Button variant="light" onClick={() => onChange(oldestInCash(amountE4, rows, step))}>
          Oldest first
        </Button>
        <Button variant="subtle" disabled={allocation.size === 0} onClick={() => onChange(new Map())}>
          Clear
        </Button>
        <span
          role="status"
          aria-label="Left over"
          className={classes['left-over']}
          data-problem={problems.total !== null || undefined}
        >
          {problems.total ?? leftOver(subtract(subtract(amountE4, rounding), used), rounding)}
        </span>
      </div>
    </div>
  )
}
