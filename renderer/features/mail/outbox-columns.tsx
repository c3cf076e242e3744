import type { OutboxRow } from '../../../shared/contract/mail.ts'
import type { Column } from '../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import classes from './mail.module.css'
import { kindName } from './message-kinds.ts'
import { isScheduled, MessageState } from './message-state.tsx'

const nameOf = ({ to }: OutboxRow) => (to.length > 1 ? `${to[0] ?? ''} and ${to.length - 1} more` : (to[0] ?? ''))

/** That a message arrived, and how that is known. */
export const arrivedText = (
  { seenAt, seenHow }: Pick<OutboxRow, 'seenAt' | 'seenHow'>,
  formats: LocaleFormats,
): string =>
  seenAt === null
    ? ''
    : `${seenHow === 'reply' ? 'Answered' : 'Known to have arrived'}, noted ${formats.instant(seenAt)}`

/** What to know of a message beside its state: why it is not there yet, or when it went. */
const detailOf = (row: OutboxRow, formats: LocaleFormats): string => {
  if (row.state === 'accepted' && row.seenAt !== null) return arrivedText(row, formats)
  if (row.state === 'accepted') return row.lastError ?? (row.acceptedAt === null ? '' : formats.instant(row.acceptedAt))
  if (isScheduled(row) && row.sendAt !== null) return `Goes out ${formats.instant(row.sendAt)}`
  if (row.state === 'queued' && row.lastError === null) return 'Goes out in a moment'
  if (row.state === 'queued' && row.nextAttemptAt !== null) {
    return `Next try ${formats.time(row.nextAttemptAt)}. ${row.lastError ?? ''}`
  }
  return row.lastError ?? ''
}

/** The columns of the outbox. */
export const outboxColumns = (formats: LocaleFormats): readonly Column<OutboxRow>[] => [
  { id: 'state', header: 'State', width: '116px', cell: (row) => <MessageState {...row} /> },
  {
    id: 'kind',
    header: 'Kind',
    width: '132px',
    from: 1000,
    cell: (row) => <span className={classes['quiet']}>{kindName(row.kind)}</span>,
  },
  {
    id: 'to',
    header: 'To',
    width: 'minmax(150px, 1.2fr)',
    cell: (row) => <span title={row.to.join(', ')}>{nameOf(row)}</span>,
  },
  {
    id: 'subject',
    header: 'Subject',
    width: 'minmax(160px, 1.6fr)',
    cell: (row) => <strong className={classes['subject']}>{row.subject}</strong>,
  },
  {
    id: 'detail',
    header: 'What happened',
    width: 'minmax(140px, 1.6fr)',
    from: 880,
    cell: (row) => <span className={classes['quiet']}>{detailOf(row, formats)}</span>,
  },
  {
    id: 'created',
    header: 'Written',
    width: '148px',
    align: 'end',
    from: 680,
    cell: (row) => <span className={classes['quiet']}>{formats.instant(row.createdAt)}</span>,
  },
]
