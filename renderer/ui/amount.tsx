import type { Amount as AmountValue } from '../../shared/money/scaled.ts'
import classes from './amount.module.css'
import { useFormats } from './locale.tsx'

type Props = {
  readonly value: AmountValue
  readonly currency?: string
  /** Leaves the currency out where the head of the column names it. */
  readonly bare?: boolean
  readonly strong?: boolean
}

/** An amount in tabular figures; negative and zero are told apart without relying on colour. */
export const Amount = ({ value, currency, bare = false, strong = false }: Props) => {
  const formats = useFormats()
  return (
    <span
      className={classes['amount']}
      data-zero={value === 0n || undefined}
      data-negative={value < 0n || undefined}
      data-strong={strong || undefined}
    >
      {bare ? formats.figures(value, currency) : formats.amount(value, currency)}
    </span>
  )
}
