import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Payment } from '../../../shared/contract/payments.ts'
import { add } from '../../../shared/money/arithmetic.ts'
import { api } from '../../api.ts'
import { activityEntries } from '../../app/activity-entries.tsx'
import { useBranches } from '../../app/branches.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useToday } from '../../app/organization.ts'
import { methodNames } from '../../app/payment-methods.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { ChangesButton } from '../../app/record/changes-button.tsx'
import { TagEditor } from '../../app/tags/tag-editor.tsx'
import type { CreditSource } from '../../documents/credit/credit-source.ts'
import { RefundDialog } from '../../documents/credit/refund-dialog.tsx'
import { UseCreditDialog } from '../../documents/credit/use-credit-dialog.tsx'
import { Amount } from '../../ui/amount.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TearLine } from '../../ui/tear-line.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { showToast } from '../../ui/toast.tsx'
import { PaymentStatus } from './payment-status.tsx'
import classes from './payments.module.css'
import { type FinalStatus, StatusDialog } from './status-dialog.tsx'

const isFinal = (payment: Payment) => payment.status === 'bounced' || payment.status === 'cancelled'

/** Takes an allocation back, with a way to put it there again. */
const useUnallocate = (payment: Payment) => {
  const command = useCommand('payments', 'unallocate')
  return async (part: Payment['allocations'][number]) => {
    try {
      await command.mutateAsync({ id: payment.id, version: payment.version, allocationId: part.id })
      showToast({
        message: `${part.invoiceNumber} no longer has money of ${payment.number}.`,
        undo: async () => {
          const { version } = await api.payments.get({ id: payment.id })
          const allocations = [{ invoiceId: part.invoiceId, amountE4: part.amountE4 }]
          await api.payments.allocate({ id: payment.id, version, allocations })
        },
      })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
}

const Parts = ({ payment }: { readonly payment: Payment }) => {
  const takeBack = useUnallocate(payment)
  if (payment.allocations.length === 0) {
    return (
      <p className={classes['nothing']}>{isFinal(payment) ? 'It pays nothing any more.' : 'It pays no invoice yet.'}</p>
    )
  }
  return (
    <ul className={classes['parts']} aria-label="Invoices it pays">
      {payment.allocations.map((part) => (
        <li key={part.id}>
          <Link to="/invoices/$id" params={{ id: part.invoiceId }}>
            {part.invoiceNumber}
          </Link>
          <span>
            <Amount value={part.amountE4} currency={payment.currency} />
          </span>
          {!isFinal(payment) && (
            <MayCall call="payments.unallocate">
              <ActionIcon
                size={24}
                aria-label={`Take back from ${part.invoiceNumber}`}
                onClick={() => void takeBack(part)}
              >
                <IconX size={14} />
              </ActionIcon>
            </MayCall>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What it once paid: the trace of a bounced cheque, or of a part that was taken back. */
const Reversals = ({ payment }: { readonly payment: Payment }) => {
  const formats = useFormats()
  if (payment.reversals.length === 0) return null
  return (
    <ul className={classes['parts']} aria-label="Taken back from">
      {payment.reversals.map((reversal) => (
        <li key={reversal.id}>
          <span>
            <Link to="/invoices/$id" params={{ id: reversal.invoiceId }}>
              {reversal.invoiceNumber}
            </Link>{' '}
            <span className={classes['quiet']}>taken back {formats.date(reversal.reversedOn)}</span>
          </span>
          <span className={classes['quiet']}>
            <s>
              <Amount value={reversal.amountE4} currency={payment.currency} />
            </s>
          </span>
        </li>
      ))}
    </ul>
  )
}

const Refunds = ({ payment }: { readonly payment: Payment }) => {
  const formats = useFormats()
  if (payment.refunds.length === 0) return null
  return (
    <ul className={classes['parts']} aria-label="Refunds of it">
      {payment.refunds.map((refund) => (
        <li key={refund.id}>
          <span>
            {refund.number} <span className={classes['quiet']}>refunded {formats.date(refund.refundedOn)}</span>
          </span>
          <span>
            <Amount value={refund.amountE4} currency={payment.currency} />
          </span>
        </li>
      ))}
    </ul>
  )
}

const Facts = ({ payment }: { readonly payment: Payment }) => {
  const formats = useFormats()
  const branches = useBranches()
  return (
    <dl className={classes['facts']}>
      <dt>Client</dt>
      <dd>
        <Link to="/clients/$id" params={{ id: payment.clientId }}>
          {payment.clientName}
        </Link>
      </dd>
      <dt>Received</dt>
      <dd>{formats.date(payment.receivedOn)}</dd>
      <dt>Method</dt>
      <dd>{methodNames[payment.method]}</dd>
      {branches.all.length > 0 && (
        <>
          <dt>Branch</dt>
          <dd>{branches.nameOf(payment.branchId)}</dd>
        </>
      )}
      {payment.reference !== null && (
        <>
          <dt>Reference</dt>
          <dd>{payment.reference}</dd>
        </>
      )}
      {payment.notes !== null && (
        <>
          <dt>Notes</dt>
          <dd>{payment.notes}</dd>
        </>
      )}
      {payment.roundingE4 !== 0n && (
        <>
          <dt>Cash rounding</dt>
          <dd>
            <Amount value={payment.roundingE4} currency={payment.currency} />
          </dd>
        </>
      )}
      {payment.creditE4 !== 0n && (
        <>
          <dt>Left as credit</dt>
          <dd>
            <Amount value={payment.creditE4} currency={payment.currency} strong />
          </dd>
        </>
      )}
    </dl>
  )
}

type ActsProps = {
  readonly payment: Payment
  readonly onFinal: (status: FinalStatus) => void
  readonly onCredit: () => void
  readonly onRefund: () => void
}

const Acts = ({ payment, onFinal, onCredit, onRefund }: ActsProps) => {
  const today = useToday()
  const set = useCommand('payments', 'setStatus')
  if (isFinal(payment)) return null
  const clear = async () => {
    try {
      await set.mutateAsync({ id: payment.id, version: payment.version, status: 'cleared', on: today })
      showToast({ message: `Payment ${payment.number} is cleared.` })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <div className={classes['acts']}>
      {payment.status === 'pending' && (
        <MayCall call="payments.setStatus">
          <Button loading={set.isPending} onClick={() => void clear()}>
            Mark as cleared
          </Button>
        </MayCall>
      )}
      {payment.creditE4 > 0n && (
        <MayCall call="payments.allocate">
          <Button variant={payment.status === 'pending' ? 'default' : 'filled'} onClick={onCredit}>
            Use credit
          </Button>
        </MayCall>
      )}
      {payment.creditE4 > 0n && payment.status === 'cleared' && (
        <MayCall call="refunds.create">
          <Button variant="default" onClick={onRefund}>
            Refund
          </Button>
        </MayCall>
      )}
      <MayCall call="payments.setStatus">
        <Button variant="default" onClick={() => onFinal('bounced')}>
          Bounced
        </Button>
      </MayCall>
      <MayCall call="payments.setStatus">
        <Button variant="default" color="red" onClick={() => onFinal('cancelled')}>
          Cancel payment
        </Button>
      </MayCall>
    </div>
  )
}

const History = ({ id, number }: Pick<Payment, 'id' | 'number'>) => {
  const formats = useFormats()
  const activity = useApiQuery('activity', 'list', { entityId: id })
  return (
    <>
      <Timeline label="Timeline" entries={activityEntries(activity.data?.rows ?? [], formats, { except: id })} />
      <ChangesButton of={{ table: 'payments', id }} name={number} compact />
    </>
  )
}

const Shown = ({ payment, onClose }: { readonly payment: Payment; readonly onClose: () => void }) => {
  const formats = useFormats()
  const [final, setFinal] = useState<FinalStatus | null>(null)
  const [using, setUsing] = useState(false)
  const [refunding, setRefunding] = useState(false)
  const source: CreditSource = { kind: 'payment', ...payment }
  return (
    <Panel torn>
      <div className={classes['panel-head']}>
        <div>
          <h2>{payment.number}</h2>
          <PaymentStatus status={payment.status} />
        </div>
        <ActionIcon size={28} aria-label="Close the payment" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <p className={classes['figure']}>
        <Amount value={add(payment.amountE4, payment.roundingE4)} currency={payment.currency} />
      </p>
      {payment.statusReason !== null && (
        <p className={classes['reason']}>
          {payment.statusOn === null ? '' : `${formats.date(payment.statusOn)}: `}
          {payment.statusReason}
        </p>
      )}
      <Facts payment={payment} />
      <TagEditor entity="payment" entityId={payment.id} />
      <TearLine />
      <Parts payment={payment} />
      <Reversals payment={payment} />
      <Refunds payment={payment} />
      <Acts payment={payment} onFinal={setFinal} onCredit={() => setUsing(true)} onRefund={() => setRefunding(true)} />
      <h3 className={classes['quiet']} style={{ margin: '20px 0 10px', fontSize: 12, fontWeight: 500 }}>
        What happened
      </h3>
      <MayCall call="activity.list">
        <History id={payment.id} number={payment.number} />
      </MayCall>
      <StatusDialog payment={payment} status={final} onClose={() => setFinal(null)} />
      <UseCreditDialog source={source} opened={using} onClose={() => setUsing(false)} />
      <RefundDialog source={source} opened={refunding} onClose={() => setRefunding(false)} />
    </Panel>
  )
}

type Props = { readonly id: string; readonly onClose: () => void }

/** A payment beside its list: what it pays, what became of it, what can be done. */
export const PaymentPanel = ({ id, onClose }: Props) => {
  const query = useApiQuery('payments', 'get', { id }, { keepPrevious: false })
  return (
    <aside aria-label="Payment" className={classes['panel']}>
      {query.isError && <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton lines={6} label="Loading the payment" />}
      {query.data !== undefined && <Shown payment={query.data} onClose={onClose} />}
    </aside>
  )
}
