import type { Amount as AmountValue } from '../../../shared/money/scaled.ts'
import { Amount } from '../../ui/amount.tsx'
import { sumsByCurrency } from './currency-sums.ts'

type Props<R> = { readonly rows: readonly R[]; readonly of: (row: R) => AmountValue }

/** What the selected rows come to, in each currency by itself. */
export const SelectedSum = <R extends { readonly currency: string }>({ rows, of }: Props<R>) => (
  <>
    {sumsByCurrency(rows, of).map(({ currency, sumE4 }, index) => (
      <span key={currency}>
        {index > 0 && ' + '}
        <Amount value={sumE4} currency={currency} strong />
      </span>
    ))}
  </>
)
