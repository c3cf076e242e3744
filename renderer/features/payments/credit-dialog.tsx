import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Payment } from '../../../shared/contract/payments.ts'
import { zero } from '../../../shared/money/scaled.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type Allocation, allocationProblems, oldestFirst } from './allocation.ts'
import { OpenInvoices } from './open-invoices.tsx'

type Props = { readonly payment: Payment; readonly opened: boolean; readonly onClose: () => void }

/** Uses what is left of a payment for open invoices of its client. */
export const CreditDialog = ({ payment, opened, onClose }: Props) => {
  const today = useToday()
  const { clientId, currency, creditE4 } = payment
  const open = useApiQuery('payments', 'openInvoices', { clientId, currency }, { enabled: opened })
  const allocate = useCommand('payments', 'allocate')
  const [chosen, setChosen] = useState<Allocation | null>(null)
  const rows = open.data ?? []
  const allocation = chosen ?? oldestFirst(creditE4, rows)
  const problems = allocationProblems(creditE4, rows, allocation)
  const isSound = problems.rows.size === 0 && problems.total === null && allocation.size > 0
  const use = async () => {
    try {
      await allocate.mutateAsync({
        id: payment.id,
        version: payment.version,
        allocations: [...allocation].map(([invoiceId, amountE4]) => ({ invoiceId, amountE4 })),
      })
      showToast({ message: `Credit of payment ${payment.number} is used.` })
      setChosen(null)
      onClose()
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <Dialog
      open={opened}
      onClose={onClose}
      title={`Use the credit of ${payment.number}`}
      size="lg"
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!isSound} loading={allocate.isPending} onClick={() => void use()}>
            Use credit
          </Button>
        </>
      }
    >
      {open.error !== null && <ErrorPanel {...describeError(open.error)} />}
      {open.isPending && <Skeleton lines={3} label="Loading open invoices" />}
      {open.data !== undefined && rows.length === 0 && (
        <p>
          {payment.clientName} has no open invoice in {currency}. The credit stays until there is one.
        </p>
      )}
      {rows.length > 0 && (
        <OpenInvoices
          rows={rows}
          currency={currency}
          today={today}
          amountE4={creditE4}
          allocation={allocation}
          onChange={setChosen}
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
      )}
    </Dialog>
  )
}
