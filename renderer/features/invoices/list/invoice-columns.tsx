import { Link } from '@tanstack/react-router'
import type { InvoiceRow } from '../../../../shared/contract/invoices.ts'
import { InvoiceStatus } from '../../../app/invoice-status.tsx'
import classes from '../../../documents/list/document-list.module.css'
import { SentSign } from '../../../documents/list/sent-sign.tsx'
import { Amount } from '../../../ui/amount.tsx'
import type { Column } from '../../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../../ui/locale.tsx'

const NumberLink = ({ row }: { readonly row: InvoiceRow }) => (
  <Link to="/invoices/$id" params={{ id: row.id }} tabIndex={-1} className={classes['number']}>
    {row.number ?? 'Draft'}
  </Link>
)

const Status = ({ row }: { readonly row: InvoiceRow }) => (
  <span className={classes['status']}>
    <InvoiceStatus state={row.paymentState} overdueDays={row.overdueDays} />
    <SentSign sentAt={row.sentAt} />
  </span>
)

/** The columns of the list of invoices. */
export const invoiceColumns = (formats: LocaleFormats): readonly Column<InvoiceRow>[] => [
  { id: 'number', header: 'Number', width: '128px', sort: 'number', cell: (row) => <NumberLink row={row} /> },
  {
    id: 'client',
    header: 'Client',
    width: 'minmax(120px, 2fr)',
    sort: 'client',
    cell: (row) => row.clientName || <span className={classes['quiet']}>No client yet</span>,
  },
  {
    id: 'reference',
    header: 'Reference',
    width: 'minmax(90px, 1fr)',
    from: 1080,
    cell: (row) => <span className={classes['quiet']}>{row.reference}</span>,
  },
  { id: 'issuedOn', header: 'Date', width: '100px', sort: 'issuedOn', cell: (row) => formats.date(row.issuedOn) },
  {
    id: 'dueOn',
    header: 'Due',
    width: '100px',
    sort: 'dueOn',
    from: 760,
    cell: (row) => (row.dueOn === null ? <span className={classes['quiet']}>—</span> : formats.date(row.dueOn)),
  },
  { id: 'status', header: 'Status', width: '158px', cell: (row) => <Status row={row} /> },
  {
    id: 'payable',
    header: 'Amount',
    width: 'minmax(100px, 128px)',
    align: 'end',
    sort: 'payable',
    cell: (row) => <Amount value={row.payableE4} currency={row.currency} />,
  },
  {
    id: 'open',
    header: 'Open',
    width: 'minmax(100px, 128px)',
    align: 'end',
    from: 860,
    // A draft and a void document ask for nothing.
    cell: (row) =>
      row.paymentState === 'draft' || row.paymentState === 'void' ? null : (
        <Amount value={row.openE4} currency={row.currency} />
      ),
  },
]
