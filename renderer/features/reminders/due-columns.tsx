import { IconAlertTriangle } from '@tabler/icons-react'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { DueRow } from './due-preview.tsx'
import { awayText, shortObstacles } from './reminder-words.ts'
import classes from './reminders.module.css'
import { ToneChip } from './tone-chip.tsx'

/** The columns of the reminders that are due. */
export const dueColumns = (formats: LocaleFormats, today: string): readonly Column<DueRow>[] => [
  {
    id: 'client',
    header: 'Client',
    width: 'minmax(140px, 1.6fr)',
    cell: (row) => <span className={classes['strong']}>{row.clientName}</span>,
  },
  { id: 'number', header: 'Invoice', width: 'minmax(120px, 1fr)', cell: (row) => row.number },
  { id: 'tone', header: 'Reminder', width: '104px', cell: (row) => <ToneChip tone={row.tone} /> },
  {
    id: 'why',
    header: 'In the way',
    width: 'minmax(120px, 1fr)',
    from: 820,
    cell: (row) =>
      row.why !== null && (
        <StatusChip tone="caution" icon={IconAlertTriangle}>
          {shortObstacles[row.why]}
        </StatusChip>
      ),
  },
  {
    id: 'planned',
    header: 'Planned',
    width: '110px',
    from: 900,
    cell: (row) => (
      <span className={classes['quiet']} title={awayText(row.plannedOn, today)}>
        {formats.date(row.plannedOn)}
      </span>
    ),
  },
  {
    id: 'due',
    header: 'Due',
    width: '110px',
    from: 620,
    cell: (row) => <span className={classes['quiet']}>{formats.date(row.dueOn)}</span>,
  },
  {
    id: 'fee',
    header: 'Fee',
    width: '92px',
    align: 'end',
    from: 700,
    cell: (row) => (row.feeE4 === 0n ? '' : <Amount value={row.feeE4} currency={row.currency} />),
  },
  {
    id: 'open',
    header: 'Open',
    width: '116px',
    align: 'end',
    cell: (row) => <Amount value={row.openE4} currency={row.currency} strong />,
  },
]
