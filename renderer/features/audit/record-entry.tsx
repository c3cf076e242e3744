import { IconEraser, IconEye, IconFileExport, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import type { AuditEntry } from '../../../shared/contract/audit.ts'
import { columnName, isErasure, tableName } from '../../app/record/field-words.ts'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './audit.module.css'

type Props = { readonly row: AuditEntry }

const isDeletion = ({ newValues }: AuditEntry) => typeof newValues['deleted_at'] === 'string'

/** What was done, in a word. */
export const ActionChip = ({ row }: Props) => {
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
  if (row.action === 'insert' && isErasure(row)) {
    return (
      <StatusChip tone="negative" icon={IconEraser}>
        Erased
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

const whatOf = ({ newValues }: AuditEntry) => String(newValues['what'] ?? '')

// A look at a list has nobody's name: it says itself what it is.
const thingOf = (row: AuditEntry) => {
  if (row.table !== 'accesses') return tableName(row.table)
  return row.subject === null ? whatOf(row) : tableName(row.subject.table)
}

const fieldsOf = (row: AuditEntry): string => {
  if (row.table === 'accesses') return row.subject === null ? '' : whatOf(row)
  if (row.action === 'insert') return ''
  return Object.keys(row.newValues).map(columnName).join(', ')
}

/** What an entry of the record is about; whole in the title, as a narrow column cuts it. */
export const Thing = ({ row }: Props) => {
  const label = row.subject?.label ?? ''
  return (
    <span title={`${thingOf(row)} ${label}`.trim()}>
      {thingOf(row)} <strong className={classes['label']}>{label}</strong>
    </span>
  )
}

/** The fields that it changed, or what was looked at of somebody; whole in the title as well. */
export const Fields = ({ row }: Props) => (
  <span className={classes['quiet']} title={fieldsOf(row)}>
    {fieldsOf(row)}
  </span>
)
