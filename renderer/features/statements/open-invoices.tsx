import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useToday } from '../../app/organization.ts'
import { type ApiOutput, useApiPages } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { type AgedRow, statementOn } from './aged-state.ts'
import classes from './statements.module.css'

type Open = ApiOutput<'statements', 'openInvoices'>['rows'][number]

const Rows = ({ rows, row }: { readonly rows: readonly Open[]; readonly row: AgedRow }) => {
  const formats = useFormats()
  const age = (invoice: Open) => {
    if (invoice.dueOn === null) return `Issued ${formats.date(invoice.issuedOn)}`
    if (invoice.daysOverdue === 0) return `Due ${formats.date(invoice.dueOn)}`
    return `${invoice.daysOverdue} ${invoice.daysOverdue === 1 ? 'day' : 'days'} overdue`
  }
  return (
    <table className={classes['documents']}>
      <caption className="visually-hidden">Open invoices of {row.clientName}</caption>
      <thead>
        <tr>
          <th scope="col">Invoice</th>
          <th scope="col" data-align="end">
            Open
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((invoice) => (
          <tr key={invoice.id}>
            <th scope="row">
              <Link to="/invoices/$id" params={{ id: invoice.id }} className={classes['link']}>
                {invoice.number}
              </Link>
              <span className={classes['whose']} data-late={invoice.daysOverdue > 0 || undefined}>
                {age(invoice)}
              </span>
            </th>
            <td data-align="end">
              {formats.figures(invoice.openE4, invoice.currency)}
              {invoice.openE4 !== invoice.payableE4 && (
                <span className={classes['whose']}>of {formats.figures(invoice.payableE4, invoice.currency)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          {/* Of all of them, read yet or not. */}
          <th scope="row">{rows.length < row.invoiceCount ? `Sum of all ${row.invoiceCount}` : 'Sum'}</th>
          <td data-align="end">{formats.figures(row.openE4, row.currency)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

type Props = { readonly row: AgedRow; readonly on: string; readonly onClose: () => void }

/** The open invoices behind a row of aged receivables, with the ways on. */
export const OpenInvoices = ({ row, on, onClose }: Props) => {
  const today = useToday()
  const { clientId, currency } = row
  const invoices = useApiPages('statements', 'openInvoices', { on, clientId, currency, limit: 100 })
  return (
    <div className={classes['behind']}>
      <Panel
        title={`${row.clientName}, ${currency}`}
        actions={
          <ActionIcon aria-label="Close the invoices" onClick={onClose}>
            <IconX size={15} />
          </ActionIcon>
        }
        torn
      >
        {invoices.error !== null && <ErrorPanel {...describeError(invoices.error)} onRetry={invoices.retry} />}
        {invoices.isPending && <Skeleton />}
        {invoices.first !== undefined && invoices.rows.length === 0 && (
          <p className={classes['none']}>No open invoice: what stands here is credit that is not used yet.</p>
        )}
        {invoices.rows.length > 0 && <Rows rows={invoices.rows} row={row} />}
        {invoices.hasMore && (
          <Button variant="subtle" size="compact-sm" loading={invoices.isLoadingMore} onClick={invoices.loadMore}>
            More invoices
          </Button>
        )}
        <div className={classes['ways']}>
          <Button
            variant="default"
            size="compact-sm"
            renderRoot={(props) => (
              <Link to="/clients/$id/statement" params={{ id: clientId }} search={statementOn(on, today)} {...props} />
            )}
          >
            Statement
          </Button>
          <MayCall call="payments.create">
            <Button
              variant="default"
              size="compact-sm"
              renderRoot={(props) => <Link to="/payments/new" search={{ clientId }} {...props} />}
            >
              Record payment
            </Button>
          </MayCall>
        </div>
      </Panel>
    </div>
  )
}
