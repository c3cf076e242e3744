import { Link } from '@tanstack/react-router'
import type { CreditNoteRow } from '../../../../shared/contract/credit-notes.ts'
import { CreditNoteStatus } from '../../../app/credit-note-status.tsx'
import classes from '../../../documents/list/document-list.module.css'
import { SentSign } from '../../../documents/list/sent-sign.tsx'
import { Amount } from '../../../ui/amount.tsx'
import type { Column } from '../../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../../ui/locale.tsx'

/** The columns of the list of credit notes. */
export const creditNoteColumns = (formats: LocaleFormats): readonly Column<CreditNoteRow>[] => [
  {
    id: 'number',
    header: 'Number',
    width: '128px',
    sort: 'number',
    cell: (row) => (
      <Link to="/credit-notes/$id" params={{ id: row.id }} tabIndex={-1} className={classes['number']}>
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
    id: 'invoice',
    header: 'Invoice',
    width: '128px',
    from: 860,
    cell: (row) =>
      row.invoiceId === null ? (
        <span className={classes['quiet']}>Free</span>
      ) : (
        <Link to="/invoices/$id" params={{ id: row.invoiceId }} tabIndex={-1}>
          {row.invoiceNumber}
        </Link>
      ),
  },
  {
    id: 'reason',
    header: 'Reason',
    width: 'minmax(110px, 1.4fr)',
    from: 1080,
    cell: (row) => <span className={classes['quiet']}>{row.reason}</span>,
  },
  { id: 'issuedOn', header: 'Date', width: '100px', sort: 'issuedOn', cell: (row) => formats.date(row.issuedOn) },
  {
    id: 'status',
    header: 'Status',
    width: '140px',
    cell: (row) => (
      <span className={classes['status']}>
        <CreditNoteStatus state={row.state} />
        <SentSign sentAt={row.sentAt} />
      </span>
    ),
  },
  {
    id: 'payable',
    header: 'Credit',
    width: 'minmax(100px, 128px)',
    align: 'end',
    sort: 'payable',
    cell: (row) => <Amount value={row.payableE4} currency={row.currency} />,
  },
  {
    id: 'left',
    header: 'Left',
    width: 'minmax(100px, 128px)',
    align: 'end',
    from: 760,
    cell: (row) => (row.state === 'issued' ? <Amount value={row.creditE4} currency={row.currency} /> : null),
  },
]
