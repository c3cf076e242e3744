import { useEffect, useRef } from 'react'
import { type Amount as AmountValue, zero } from '../../../shared/money/scaled.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { allocated, allocationProblems, amountInCash, oldestInCash } from '../../documents/credit/allocation.ts'
import { OpenInvoices } from '../../documents/credit/open-invoices.tsx'
import { Amount } from '../../ui/amount.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { PaymentDraft } from './payment-draft.ts'
import classes from './payments.module.css'

/** The coin that money of the draft's currency and method is rounded to; null where it is not. */
export const useCashStep = ({ currency, method }: Pick<PaymentDraft, 'currency' | 'method'>): AmountValue | null =>
  useApiQuery('payments', 'rounding', { currency, method }, { keepPrevious: false }).data?.stepE4 ?? null

/** The invoices that the draft's money can pay. */
export const useOpenInvoices = ({ client, currency }: Pick<PaymentDraft, 'client' | 'currency'>) =>
  useApiQuery(
    'payments',
    'openInvoices',
    { clientId: client?.id ?? '', currency },
    { enabled: client !== null, keepPrevious: false },
  )

/** What is due becomes what is asked for in coins as the method changes, and back. */
const useDueInCash = (draft: PaymentDraft, change: AllocationProps['change'], step: AmountValue | null) => {
  const before = useRef<AmountValue | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the amount follows the step; a person may write another one
  useEffect(() => {
    const { amountE4, allocation } = draft
    if (amountE4 !== null && allocation.size > 0) {
      const next = amountInCash(amountE4, allocated(allocation), before.current, step)
      if (next !== amountE4) change({ amountE4: next })
    }
    before.current = step
  }, [step])
}

type AllocationProps = { readonly draft: PaymentDraft; readonly change: (change: Partial<PaymentDraft>) => void }

/** The open invoices of the client and what each gets; it follows the amount until a person decides. */
export const AllocationPanel = ({ draft, change }: AllocationProps) => {
  const today = useToday()
  const { client, currency, amountE4, follows } = draft
  const step = useCashStep(draft)
  useDueInCash(draft, change, step)
  const open = useOpenInvoices(draft)
  const rows = client === null ? undefined : open.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: the allocation follows the amount and the invoices, not itself
  useEffect(() => {
    if (follows && rows !== undefined) change({ allocation: oldestInCash(amountE4 ?? zero, rows, step) })
  }, [follows, amountE4, rows, step])
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
      step={step}
      onChange={(allocation) => change({ allocation, follows: false })}
      leftOver={(left, rounding) =>
        rounding !== zero ? (
          <>
            All of it is used, with <Amount value={rounding} currency={currency} strong /> of cash rounding.
          </>
        ) : left === zero ? (
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
  const open = useOpenInvoices(draft)
  const step = useCashStep(draft)
  const problems = allocationProblems(draft.amountE4 ?? zero, open.data ?? [], draft.allocation, step)
  return problems.rows.size === 0 && problems.total === null
}
