import { Link } from '@tanstack/react-router'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { subtract } from '../../../../shared/money/arithmetic.ts'
import { ClientLink } from '../../../app/client-link.tsx'
import { Amount } from '../../../ui/amount.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { TearLine } from '../../../ui/tear-line.tsx'
import classes from './money-panel.module.css'
import { Credits, Origins, WriteOffs } from './settled-otherwise.tsx'

const methodText = (method: string) => method.replace('-', ' ')

const Payments = ({ invoice }: { readonly invoice: Invoice }) => {
  const formats = useFormats()
  const { currency } = invoice.content
  return (
    <ul className={classes['payments']} aria-label="Payments">
      {invoice.payments.map((payment) => (
        <li key={payment.allocationId}>
          <span>
            <Link to="/payments" search={{ payment: payment.paymentId }}>
              {payment.number}
            </Link>
            <span className={classes['quiet']}>
              {formats.date(payment.receivedOn)} · {methodText(payment.method)}
              {payment.status === 'pending' ? ' · pending' : ''}
            </span>
          </span>
          <Amount value={payment.amountE4} currency={currency} />
        </li>
      ))}
    </ul>
  )
}

const dueText = (invoice: Invoice, date: (civil: string) => string): string => {
  if (invoice.paymentState === 'paid')
    return invoice.settledOn === null ? 'Settled' : `Paid on ${date(invoice.settledOn)}`
  if (invoice.paymentState === 'void') return invoice.voidReason ?? 'Void'
  if (invoice.content.dueOn === null) return 'No due date'
  if (invoice.overdueDays > 0) return `Was due ${date(invoice.content.dueOn)}`
  return `Due ${date(invoice.content.dueOn)}`
}

type Props = { readonly invoice: Invoice }

/** The stub of the invoice: what is open, what was paid, by which payments. */
export const MoneyPanel = ({ invoice }: Props) => {
  const formats = useFormats()
  const { currency } = invoice.content
  const isVoid = invoice.state === 'void'
  // The core counts whatever settles it as paid.
  const paidE4 = subtract(subtract(invoice.paidE4, invoice.creditedE4), invoice.writtenOffE4)
  return (
    <Panel torn>
      <h2 className="visually-hidden">Money</h2>
      <div className={classes['head']} data-void={isVoid || undefined}>
        <span className={classes['label']}>{isVoid ? 'Was billed' : 'Open'}</span>
        <span className={classes['figure']}>
          <Amount value={isVoid ? invoice.totals.payableE4 : invoice.openE4} currency={currency} />
        </span>
        <span className={classes['due']} data-late={invoice.overdueDays > 0 || undefined}>
          {dueText(invoice, formats.date)}
        </span>
      </div>
      <TearLine />
      <dl className={classes['sums']}>
        <div>
          <dt>Client</dt>
          <dd>
            {invoice.content.clientId === null ? (
              invoice.clientName
            ) : (
              <ClientLink id={invoice.content.clientId} name={invoice.clientName} />
            )}
          </dd>
        </div>
        <div>
          <dt>Billed</dt>
          <dd>
            <Amount value={invoice.totals.payableE4} currency={currency} />
          </dd>
        </div>
        <div>
          <dt>Paid</dt>
          <dd>
            <Amount value={paidE4} currency={currency} />
          </dd>
        </div>
        {invoice.creditedE4 !== 0n && (
          <div>
            <dt>Credited</dt>
            <dd>
              <Amount value={invoice.creditedE4} currency={currency} />
            </dd>
          </div>
        )}
        {invoice.writtenOffE4 !== 0n && (
          <div>
            <dt>Written off</dt>
            <dd>
              <Amount value={invoice.writtenOffE4} currency={currency} />
            </dd>
          </div>
        )}
        <Origins invoice={invoice} />
      </dl>
      {invoice.payments.length > 0 && <Payments invoice={invoice} />}
      <Credits invoice={invoice} />
      <WriteOffs invoice={invoice} />
    </Panel>
  )
}
