import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AuditEntry, AuditSubject } from '../../../shared/contract/audit.ts'
import { AsItWas } from '../../app/past/as-it-was.tsx'
import { ChangeValues, changedFields } from '../../app/record/change-values.tsx'
import { commandWords } from '../../app/record/command-words.ts'
import { tableName } from '../../app/record/field-words.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { TearLine } from '../../ui/tear-line.tsx'
import classes from './audit.module.css'
import { ActionChip } from './record-entry.tsx'

type LinkProps = { readonly subject: AuditSubject }

/** Opens the page of what a change belongs to, whose timeline tells the rest. */
const SubjectLink = ({ subject: { table, id, label } }: LinkProps): ReactNode => {
  const name = `${tableName(table)} ${label ?? ''}`.trim()
  switch (table) {
    case 'invoices':
      return (
        <Link to="/invoices/$id" params={{ id }}>
          {name}
        </Link>
      )
    case 'quotes':
      return (
        <Link to="/quotes/$id" params={{ id }}>
          {name}
        </Link>
      )
    case 'credit_notes':
      return (
        <Link to="/credit-notes/$id" params={{ id }}>
          {name}
        </Link>
      )
    case 'clients':
      return (
        <Link to="/clients/$id" params={{ id }}>
          {name}
        </Link>
      )
    case 'payments':
      return (
        <Link to="/payments" search={{ payment: id }}>
          {name}
        </Link>
      )
    case 'items':
      return (
        <Link to="/items" search={{ item: id }}>
          {name}
        </Link>
      )
    default:
      return name
  }
}

type Props = {
  readonly row: AuditEntry
  readonly onClose: () => void
  readonly onShowRow: () => void
  readonly onShowCommand: () => void
}

/** One change: who, when, which command, and each value as it was and became. */
export const ChangePanel = ({ row, onClose, onShowRow, onShowCommand }: Props) => {
  const formats = useFormats()
  // Of a look there is one row, and never a change of it.
  const isLook = row.table === 'accesses'
  const asked = String(row.newValues['procedure'] ?? '')
  const name = isLook ? String(row.newValues['what'] ?? '') : tableName(row.table)
  const fields = changedFields(row, formats)
  return (
    <aside className={classes['panel']} aria-label="One change">
      <Panel torn>
        <div className={classes['panel-head']}>
          <h2>{row.subject === null ? name : <SubjectLink subject={row.subject} />}</h2>
          <span className={classes['panel-acts']}>
            <AsItWas at={row.at} />
            <ActionIcon aria-label="Close the change" onClick={onClose}>
              <IconX size={16} />
            </ActionIcon>
          </span>
        </div>
        <p className={classes['by']}>
          <ActionChip row={row} /> {formats.instant(row.at)}, {row.userName ?? 'by itself'}
          {row.deviceName !== null && ` on ${row.deviceName}`}
        </p>
        <p className={classes['quiet']}>
          {commandWords(row.procedure)}
          {!isLook && <> · {tableName(row.table)}</>} · <code>{isLook ? asked : row.procedure}</code>
          {row.entry === null ? ' · before the record began' : ` · entry ${row.entry}`}
        </p>
        <TearLine />
        <ChangeValues row={row} {...(isLook ? { only: fields.filter(({ column }) => column === 'what') } : {})} />
        <div className={classes['acts']}>
          {!isLook && (
            <Button variant="default" onClick={onShowRow}>
              All changes of this
            </Button>
          )}
          <Button variant="subtle" onClick={onShowCommand}>
            More of this kind
          </Button>
        </div>
      </Panel>
    </aside>
  )
}
