import { Link } from '@tanstack/react-router'
import type { QuoteRow } from '../../../../shared/contract/quotes.ts'
import { QuoteStatus } from '../../../app/quote-status.tsx'
import classes from '../../../documents/list/document-list.module.css'
import { SentSign } from '../../../documents/list/sent-sign.tsx'
import { Amount } from '../../../ui/amount.tsx'
import type { Column } from '../../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../../ui/locale.tsx'

/** The columns of the list of quotes. */
export const quoteColumns = (formats: LocaleFormats): readonly Column<QuoteRow>[] => [
  {
    id: 'number',
    header: 'Number',
    width: '128px',
    sort: 'number',
    cell: (row) => (
      <Link to="/quotes/$id" params={{ id: row.id }} tabIndex={-1} className={classes['number']}>
        {row.number ?? 'Draft'}
      </Link>
    ),
  },
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
    id: 'validUntil',
    header: 'Valid until',
    width: '104px',
    sort: 'validUntil',
    from: 760,
    cell: (row) =>
      row.validUntil === null ? <span className={classes['quiet']}>—</span> : formats.date(row.validUntil),
  },
  {
    id: 'status',
    header: 'Status',
    width: '140px',
    cell: (row) => (
      <span className={classes['status']}>
        <QuoteStatus state={row.state} />
        <SentSign sentAt={row.sentAt} />
      </span>
    ),
  },
  {
    id: 'payable',
    header: 'Total',
    width: 'minmax(100px, 128px)',
    align: 'end',
    sort: 'payable',
    cell: (row) => <Amount value={row.payableE4} currency={row.currency} />,
  },
  {
    id: 'invoiced',
    header: 'Invoiced',
    width: 'minmax(100px, 128px)',
    align: 'end',
    from: 900,
    cell: (row) => (row.invoicedE4 === 0n ? null : <Amount value={row.invoicedE4} currency={row.currency} />),
  },
]
