import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RecurringInvoiceRow } from '../../../shared/contract/recurring-invoices.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './recurring.module.css'
import { RecurringStatus } from './recurring-status.tsx'
import { actionTexts, endText, rhythmText } from './rhythm.ts'

const State = ({ row }: { readonly row: RecurringInvoiceRow }) => {
  if (row.problem !== null && row.state === 'active') {
    return (
      <span className={classes['problem']} title={row.problem}>
        <IconAlertTriangle size={14} aria-hidden="true" />
        <span>{row.problem}</span>
      </span>
    )
  }
  if (row.waiting > 0) {
    return (
      <StatusChip tone="caution" icon={IconHelpCircle}>
        {row.waiting} waiting
      </StatusChip>
    )
  }
  return <RecurringStatus state={row.state} />
}

/** The columns of the list of schedules. */
export const recurringColumns = (formats: LocaleFormats): readonly Column<RecurringInvoiceRow>[] => [
  {
    id: 'next',
    header: 'Next',
    width: '104px',
    cell: (row) =>
      row.nextOn === null || row.state !== 'active' ? (
        <span className={classes['quiet']}>—</span>
      ) : (
        formats.date(row.nextOn)
      ),
  },
  {
    id: 'name',
    header: 'What',
    width: 'minmax(100px, 1.5fr)',
    cell: (row) => (
      <Link to="/recurring/$id" params={{ id: row.id }} tabIndex={-1} className={classes['name']}>
        {row.name}
      </Link>
    ),
  },
  { id: 'client', header: 'Client', width: 'minmax(110px, 1.5fr)', cell: (row) => row.clientName },
  {
    id: 'rhythm',
    header: 'How often',
    width: 'minmax(140px, 2fr)',
    from: 640,
    cell: (row) => {
      const end = endText(row, formats.date)
      const words = end === null ? rhythmText(row) : `${rhythmText(row)}, ${end}`
      return <span title={words}>{words}</span>
    },
  },
  {
    id: 'action',
    header: 'Then',
    width: '124px',
    from: 900,
    cell: (row) => <span className={classes['quiet']}>{actionTexts[row.action].label}</span>,
  },
  { id: 'state', header: 'Status', width: 'minmax(108px, 1fr)', cell: (row) => <State row={row} /> },
  {
    id: 'total',
    header: 'Amount',
    width: '104px',
    align: 'end',
    cell: (row) => <Amount value={row.totalE4} currency={row.currency} />,
  },
]
