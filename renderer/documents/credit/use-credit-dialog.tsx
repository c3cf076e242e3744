import { Button } from '@mantine/core'
import { useState } from 'react'
import { zero } from '../../../shared/money/scaled.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type Allocation, allocationProblems, oldestFirst } from './allocation.ts'
import { type CreditSource, sourceWord } from './credit-source.ts'
import { OpenInvoices } from './open-invoices.tsx'

/** Uses credit for invoices: of a payment by an allocation, of a credit note by an application. */
const useCredit = (source: CreditSource) => {
  const today = useToday()
  const allocate = useCommand('payments', 'allocate')
  const apply = useCommand('creditNotes', 'apply')
  const use = (allocation: Allocation) => {
    const named = { id: source.id, version: source.version }
    const parts = [...allocation].map(([invoiceId, amountE4]) => ({ invoiceId, amountE4 }))
    return source.kind === 'payment'
      ? allocate.mutateAsync({ ...named, allocations: parts })
      : apply.mutateAsync({ ...named, on: today, applications: parts })
  }
  return { use, isPending: allocate.isPending || apply.isPending }
}

type Props = { readonly source: CreditSource; readonly opened: boolean; readonly onClose: () => void }

const Content = ({ source, onClose }: Omit<Props, 'opened'>) => {
  const today = useToday()
  const { clientId, currency, creditE4 } = source
  const open = useApiQuery('payments', 'openInvoices', { clientId, currency }, { keepPrevious: false })
  const { use, isPending } = useCredit(source)
  const [chosen, setChosen] = useState<Allocation | null>(null)
  const rows = open.data ?? []
  const allocation = chosen ?? oldestFirst(creditE4, rows)
  const problems = allocationProblems(creditE4, rows, allocation)
  const isSound = problems.rows.size === 0 && problems.total === null && allocation.size > 0
  const save = async () => {
    try {
      await use(allocation)
      showToast({ message: `Credit of ${sourceWord(source)} is used.` })
      onClose()
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <>
      {open.error !== null && <ErrorPanel {...describeError(open.error)} onRetry={() => void open.refetch()} />}
      {open.isPending && <Skeleton lines={3} label="Loading open invoices" />}
      {open.data !== undefined && rows.length === 0 && (
        <p>
          {source.clientName} has no open invoice in {currency}. The credit stays until there is one.
        </p>
      )}
      {rows.length > 0 && (
        <OpenInvoices
          rows={rows}
          now="Used now"
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
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!isSound} loading={isPending} onClick={() => void save()}>
          Use credit
        </Button>
      </DialogFooter>
    </>
  )
}

/** Uses what is left of a payment or a credit note for open invoices of its client. */
export const UseCreditDialog = ({ source, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Use the credit of ${source.number}`} size="lg">
    {opened && <Content key={source.version} source={source} onClose={onClose} />}
  </Dialog>
)
