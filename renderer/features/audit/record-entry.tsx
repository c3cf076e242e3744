import type { AuditEntry } from '../../../shared/contract/audit.ts'
import { columnName, tableName } from '../../app/record/field-words.ts'
import classes from './audit.module.css'

type Props = { readonly row: AuditEntry }

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
