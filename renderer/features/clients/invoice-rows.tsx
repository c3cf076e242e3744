import { Link } from '@tanstack/react-router'
import { InvoiceStatus } from '../../app/invoice-status.tsx'
import type { RowOf } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'

export type InvoiceRow = RowOf<'invoices', 'list'>

/** The columns of a client's invoices; the client itself is known. */
export const invoiceColumns = (formats: LocaleFormats): readonly Column<InvoiceRow>[] => [
  {
    id: 'number',
    header: 'Number',
    width: 'minmax(130px, 1fr)',
    sort: 'number',
    cell: (row) => (
      <Link to="/invoices/$id" params={{ id: row.id }}>
        {row.number ?? 'Draft'}
      </Link>
    ),
  },
  { id: 'issued', header: 'Issued', width: '110px', sort: 'issuedOn', cell: (row) => formats.date(row.issuedOn) },
  {
    id: 'due',
    header: 'Due',
    width: '110px',
    from: 620,
    sort: 'dueOn',
    cell: (row) => (row.dueOn === null ? '' : formats.date(row.dueOn)),
  },
  { id: 'reference', header: 'Reference', width: 'minmax(100px, 1fr)', from: 820, cell: (row) => row.reference },
  {
    id: 'status',
    header: 'Status',
    width: '144px',
    cell: (row) => <InvoiceStatus state={row.paymentState} overdueDays={row.overdueDays} />,
  },
  {
    id: 'payable',
    header: 'Total',
    width: '130px',
    align: 'end',
    sort: 'payable',
    cell: (row) => <Amount value={row.payableE4} currency={row.currency} />,
  },
  {
    id: 'open',
    header: 'Open',
    width: '130px',
    align: 'end',
    cell: (row) => <Amount value={row.openE4} currency={row.currency} />,
  },
]
