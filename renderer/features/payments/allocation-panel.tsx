import { useEffect } from 'react'
import { zero } from '../../../shared/money/scaled.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { allocationProblems, oldestFirst } from '../../documents/credit/allocation.ts'
import { OpenInvoices } from '../../documents/credit/open-invoices.tsx'
import { Amount } from '../../ui/amount.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { PaymentDraft } from './payment-draft.ts'
import classes from './payments.module.css'

type AllocationProps = { readonly draft: PaymentDraft; readonly change: (change: Partial<PaymentDraft>) => void }

/** The open invoices of the client and what each gets; it follows the amount until a person decides. */
export const AllocationPanel = ({ draft, change }: AllocationProps) => {
  const today = useToday()
  const { client, currency, amountE4, follows } = draft
  const open = useApiQuery(
    'payments',
    'openInvoices',
    { clientId: client?.id ?? '', currency },
    { enabled: client !== null, keepPrevious: false },
  )
  const rows = client === null ? undefined : open.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: the allocation follows the amount and the invoices, not itself
  useEffect(() => {
    if (follows && rows !== undefined) change({ allocation: oldestFirst(amountE4 ?? zero, rows) })
  }, [follows, amountE4, rows])
  if (client === null) return <p className={classes['quiet']}>Choose a client to see what is open.</p>
  if (open.error !== null) return <ErrorPanel {...describeError(open.error)} onRetry={() => void open.refetch()} />
  if (rows === undefined) return <Skeleton lines={3} label="Loading open invoices" />
  if (rows.length === 0) {
    return (
      <p>
        {client.label} has no open invoice in {currency}. The whole amount stays as their credit, to be used for a later
        one.
      </p>
    )
  }
  return (
    <OpenInvoices
      rows={rows}
      currency={currency}
      today={today}
      amountE4={amountE4 ?? zero}
      allocation={draft.allocation}
      onChange={(allocation) => change({ allocation, follows: false })}
      leftOver={(left) =>
        left === zero ? (
          'All of it is used.'
        ) : (
          <>
            <Amount value={left} currency={currency} strong /> stays as credit
          </>
        )
      }
    />
  )
}

/** Whether what is allocated can be recorded. */
export const useIsAllocationSound = (draft: PaymentDraft): boolean => {
  const open = useApiQuery(
    'payments',
    'openInvoices',
    { clientId: draft.client?.id ?? '', currency: draft.currency },
    { enabled: draft.client !== null, keepPrevious: false },
  )
  const problems = allocationProblems(draft.amountE4 ?? zero, open.data ?? [], draft.allocation)
  return problems.rows.size === 0 && problems.total === null
}
