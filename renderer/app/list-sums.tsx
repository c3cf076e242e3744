import type { ListTotals } from '../../shared/contract/fields.ts'
import { Amount } from '../ui/amount.tsx'
import classes from './list-sums.module.css'
import { useOrganization } from './organization.ts'

const most = 4

type Props = {
  /** What the filtered rows come to; undefined while it is being added up. */
  readonly totals: ListTotals | undefined
  /** What is left of the amounts, in a word: `open`; without it only the sums are shown. */
  readonly rest?: string
  /** Behind each sum: `a period`. */
  readonly per?: string
}

/** The sums of everything that a list holds with its filters, in each currency; one's own first. */
export const ListSums = ({ totals, rest, per }: Props) => {
  const own = useOrganization()?.currency
  if (totals === undefined || totals.sums.length === 0) return null
  const sums = totals.sums.toSorted((one, other) => Number(other.currency === own) - Number(one.currency === own))
  return (
    <span className={classes['sums']} role="status" aria-label="Sum of the list">
      {sums.slice(0, most).map(({ currency, totalE4, restE4 }) => (
        <span key={currency}>
          <Amount value={totalE4} currency={currency} strong />
          {per !== undefined && ` ${per}`}
          {rest !== undefined && restE4 !== 0n && (
            <span className={classes['rest']}>
              , <Amount value={restE4} currency={currency} /> {rest}
            </span>
          )}
        </span>
      ))}
      {sums.length > most && <span className={classes['rest']}>and {sums.length - most} more currencies</span>}
    </span>
  )
}

/** How many rows a table has in all, once that is known. */
export const totalOf = (totals: ListTotals | undefined): { readonly total?: number } =>
  totals === undefined ? {} : { total: totals.count }
