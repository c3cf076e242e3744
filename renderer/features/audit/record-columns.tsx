import { IconEye, IconFileExport, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import type { AuditEntry } from '../../../shared/contract/audit.ts'
import { ActorFace } from '../../app/person-face.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './audit.module.css'
import { Fields, Thing } from './record-entry.tsx'

const isDeletion = ({ newValues }: AuditEntry) => typeof newValues['deleted_at'] === 'string'

/** What was done, in a word. */
export const ActionChip = ({ row }: { readonly row: AuditEntry }) => {
  if (row.action === 'read') {
    return (
      <StatusChip tone="neutral" icon={IconEye}>
        Looked at
      </StatusChip>
    )
  }
  if (row.action === 'export') {
    return (
      <StatusChip tone="caution" icon={IconFileExport}>
        Taken out
      </StatusChip>
    )
  }
  if (row.action === 'insert') {
    return (
      <StatusChip tone="positive" icon={IconPlus}>
        Added
      </StatusChip>
    )
  }
  return isDeletion(row) ? (
    <StatusChip tone="negative" icon={IconTrash}>
      Deleted
    </StatusChip>
  ) : (
    <StatusChip tone="neutral" icon={IconPencil}>
      Changed
    </StatusChip>
  )
}

/** The columns of the record. */
export const recordColumns = (formats: LocaleFormats): readonly Column<AuditEntry>[] => [
  { id: 'at', header: 'When', width: '150px', cell: (row) => formats.instant(row.at) },
  { id: 'action', header: 'Done', width: '104px', from: 440, cell: (row) => <ActionChip row={row} /> },
  {
    id: 'what',
    header: 'To',
    width: 'minmax(190px, 1.6fr)',
    cell: (row) => <Thing row={row} />,
  },
  {
    id: 'fields',
    header: 'What',
    width: 'minmax(110px, 1.7fr)',
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
