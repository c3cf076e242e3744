import { subtract } from '../../../../shared/money/arithmetic.ts'
import { zero } from '../../../../shared/money/scaled.ts'
import type { ApiOutput } from '../../../app/queries.ts'
import { Amount } from '../../../ui/amount.tsx'
import classes from './credit.module.css'
import type { CreditLeft } from './credit-scope.ts'

type Props = {
  readonly left: CreditLeft
  readonly currency: string
  /** What the choice comes to; undefined while nothing is chosen or it is being worked out. */
  readonly result: ApiOutput<'creditNotes', 'fromInvoice'> | undefined
  readonly problem: string | null
}

/** What the credit note will give back, and what is left to credit after it. */
export const CreditSum = ({ left, currency, result, problem }: Props) => {
  if (problem !== null) {
    return (
      <p role="alert" className={classes['problem']}>
        {problem}
      </p>
    )
  }
  const rows = [
    { label: 'Net', value: result?.netE4 },
    { label: 'Tax', value: result?.taxE4 },
    { label: 'Credit', value: result?.totalE4, strong: true },
    {
      label: 'Left to credit after it',
      value: subtract(left.totalE4, result?.totalE4 ?? zero),
    },
  ]
  return (
    <div role="status" aria-label="Credit">
      <dl className={classes['sums']}>
        {rows.map(({ label, value, strong = false }) => (
          <div key={label} data-strong={strong || undefined}>
            <dt>{label}</dt>
            <dd>{value === undefined ? '–' : <Amount value={value} currency={currency} strong={strong} />}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
