import { Button, Switch } from '@mantine/core'
import { IconEraser, IconEye, IconFileExport, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { AuditEntry } from '../../../shared/contract/audit.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Timeline, type TimelineEntry } from '../../ui/timeline.tsx'
import { describeError } from '../errors.ts'
import { useMe } from '../me.ts'
import { useApiPages } from '../queries.ts'
import { ChangeValues, changedFields } from './change-values.tsx'
import { commandWords } from './command-words.ts'
import { isErasure, tableName } from './field-words.ts'
import classes from './record.module.css'

/** What to tell of: one thing with all its parts, or whole tables. */
export type ChangesOf =
  | { readonly table: string; readonly id: string }
  | { readonly tables: readonly string[]; readonly id?: never }

// More is a wall of text; the rest opens on demand.
const mostRows = 4

/** The changes of one command: the thing itself, then its parts in the order in which they were changed. */
type Group = { readonly commandSeq: number; readonly rows: readonly AuditEntry[] }

const grouped = (rows: readonly AuditEntry[], own: string | undefined): Group[] => {
  const groups = new Map<number, AuditEntry[]>()
  for (const row of rows) groups.set(row.commandSeq, [row, ...(groups.get(row.commandSeq) ?? [])])
  return [...groups].map(([commandSeq, all]) => {
    const main = all.filter((row) => row.rowId === own)
    return { commandSeq, rows: [...main, ...all.filter((row) => row.rowId !== own)] }
  })
}

const isDeletion = ({ newValues }: AuditEntry) => typeof newValues['deleted_at'] === 'string'

const signOf = (row: AuditEntry | undefined): Pick<TimelineEntry, 'icon' | 'tone'> => {
  if (row?.action === 'insert' && isErasure(row)) return { icon: IconEraser, tone: 'negative' }
  if (row?.action === 'insert') return { icon: IconPlus, tone: 'positive' }
  if (row?.action === 'read') return { icon: IconEye }
  if (row?.action === 'export') return { icon: IconFileExport, tone: 'caution' }
  return row !== undefined && isDeletion(row) ? { icon: IconTrash, tone: 'negative' } : { icon: IconPencil }
}

const Changes = ({ rows, own }: { readonly rows: readonly AuditEntry[]; readonly own: string | undefined }) => {
  const formats = useFormats()
  const [all, setAll] = useState(false)
  const shown = all ? rows : rows.slice(0, mostRows)
  return (
    <>
      {shown.map((row) => (
        <div key={row.seq} className={classes['row']}>
          {(row.rowId !== own || rows.length > 1) && (
            <div className={classes['of']}>
              {tableName(row.table)}
              {/* Where the changes of one thing are told, everybody knows of which. */}
              {own === undefined && row.subject?.label != null && (
                <span className={classes['label']}> {row.subject.label}</span>
              )}
            </div>
          )}
          <ChangeValues row={row} only={changedFields(row, formats)} />
        </div>
      ))}
      {rows.length > shown.length && (
        <Button className={classes['more']} variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {rows.length - shown.length} more
        </Button>
      )}
    </>
  )
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

// What was looked at or taken out says itself; the columns of its row say nothing more.
const titleOf = (row: AuditEntry | undefined) => {
  if (row === undefined) return ''
  if (row.table !== 'accesses') return commandWords(row.procedure)
  return `${row.action === 'read' ? 'Looked at' : 'Taken out'}: ${lowered(String(row.newValues['what'] ?? ''))}`
}

const entryOf = ({ commandSeq, rows }: Group, own: string | undefined, formats: LocaleFormats): TimelineEntry => {
  const first = rows.find((row) => row.rowId === own) ?? rows[0]
  // What changed nothing that can be shown is still told by its command.
  const telling = rows.filter((row) => row.table !== 'accesses' && changedFields(row, formats).length > 0)
  return {
    id: commandSeq,
    ...signOf(first),
    at: first?.at ?? '',
    title: titleOf(first),
    body: <Changes rows={telling} own={own} />,
    detail: [first?.userName ?? 'by itself', first?.deviceName].filter((word) => word != null).join(', on '),
  }
}

type Props = { readonly of: ChangesOf; readonly label: string }

/** Every change of something with old and new values: who, when, by which command; of a client also who looked. */
export const ChangeTimeline = (props: Props) => {
  const [withLooks, setWithLooks] = useState(false)
  const me = useMe()
  // Alone and without a password nobody's look is on record.
  const hasLooks = props.of.id !== undefined && props.of.table === 'clients' && me?.isAlone === false
  return (
    <>
      {hasLooks && (
        <Switch
          className={classes['looks']}
          label="Also who looked at it"
          description="Contact details, tax numbers and files; the same person once an hour."
          checked={withLooks}
          onChange={(event) => setWithLooks(event.currentTarget.checked)}
        />
      )}
      <Entries {...props} withLooks={withLooks} />
    </>
  )
}

const Entries = ({ of, label, withLooks }: Props & { readonly withLooks: boolean }) => {
  const formats = useFormats()
  const asked = of.id === undefined ? { tables: [...of.tables] } : { subject: { table: of.table, id: of.id } }
  const pages = useApiPages('audit', 'list', { ...asked, action: withLooks ? null : 'done', limit: 60 })
  if (pages.error !== null) return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  if (pages.isPending) return <Skeleton lines={4} label="Loading the changes" />
  if (pages.rows.length === 0)
    return <EmptyState sentence="Nothing of this was changed as far back as the record goes." />
  return (
    <>
      <Timeline label={label} entries={grouped(pages.rows, of.id).map((group) => entryOf(group, of.id, formats))} />
      {pages.hasMore && (
        <Button className={classes['foot']} variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          Show earlier
        </Button>
      )}
    </>
  )
}
