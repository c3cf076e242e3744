import type { AuditEntry } from '../../../shared/contract/audit.ts'
import { ActorFace } from '../../app/person-face.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import classes from './audit.module.css'
import { ActionChip, Fields, Thing } from './record-entry.tsx'

/** The columns of the record. */
export const recordColumns = (formats: LocaleFormats): readonly Column<AuditEntry>[] => [
  { id: 'at', header: 'When', width: '150px', cell: (row) => formats.instant(row.at) },
  { id: 'action', header: 'Done', width: '104px', from: 440, cell: (row) => <ActionChip row={row} /> },
  {
    id: 'what',
    header: 'To',
    width: 'minmax(190px, 2.2fr)',
    cell: (row) => <Thing row={row} />,
  },
  {
    id: 'fields',
    header: 'What',
    width: 'minmax(110px, 1.1fr)',
    from: 760,
    cell: (row) => <Fields row={row} />,
  },
  {
    id: 'who',
    header: 'Who',
    width: '110px',
    from: 560,
    cell: (row) => (
      <span className={classes['actor']}>
        <ActorFace userId={row.userId} />
        {row.userName ?? 'By itself'}
      </span>
    ),
  },
  {
    id: 'device',
    header: 'Device',
    width: '120px',
    from: 1080,
    cell: (row) => <span className={classes['quiet']}>{row.deviceName}</span>,
  },
  {
    id: 'entry',
    header: 'Entry',
    width: '76px',
    align: 'end',
    from: 900,
    cell: (row) => <span className={classes['quiet']}>{row.entry}</span>,
  },
]
