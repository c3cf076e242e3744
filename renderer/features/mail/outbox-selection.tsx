import type { OutboxRow } from '../../../shared/contract/mail.ts'
import { api } from '../../api.ts'
import { type BulkOutcome, runBulk } from '../../app/bulk/bulk-run.ts'
import type { CsvColumn } from '../../app/bulk/csv.ts'
import { downloadCsv } from '../../app/bulk/download-csv.ts'
import { type SelectionAction, SelectionButtons } from '../../app/bulk/selection-buttons.tsx'
import { countWords } from '../../app/bulk/tag-rows.tsx'
import { useToday } from '../../app/organization.ts'
import { kindName } from './message-kinds.ts'
import { messageStates } from './message-state.tsx'

const words = (count: number) => countWords(count, 'message', 'messages')

const columns: readonly CsvColumn<OutboxRow>[] = [
  { header: 'State', value: (row) => messageStates[row.state].label },
  { header: 'Kind', value: (row) => kindName(row.kind) },
  { header: 'To', value: (row) => row.to.join('; ') },
  { header: 'Subject', value: (row) => row.subject },
  { header: 'Written', value: (row) => row.createdAt },
  { header: 'Not before', value: (row) => row.sendAt },
  { header: 'Sent', value: (row) => row.acceptedAt },
  { header: 'Seen', value: (row) => row.seenAt },
  { header: 'Attempts', value: (row) => String(row.attempts) },
  { header: 'Problem', value: (row) => row.lastError },
]

const common = {
  rowId: ({ id }: OutboxRow) => id,
  rowName: (row: OutboxRow) => `${row.subject} · ${row.to.join(', ')}`,
  reread: async (row: OutboxRow): Promise<OutboxRow> => ({ ...row, ...(await api.mail.message({ id: row.id })) }),
}

/** Tries messages again, each by itself. */
export const retryRows = (rows: readonly OutboxRow[], onEnd: () => void): void =>
  runBulk({
    ...common,
    title: `Try ${words(rows.length)} now`,
    rows,
    onEnd,
    act: async ({ id, version }) => {
      await api.mail.retry({ id, version })
      return { text: 'Is being tried now' }
    },
    done: (count) => (count === 1 ? 'It is being tried now.' : `${count} messages are being tried now.`),
  })

const cancelRows = (rows: readonly OutboxRow[], onEnd: () => void) =>
  runBulk({
    ...common,
    title: `Cancel ${words(rows.length)}`,
    rows,
    onEnd,
    act: async ({ id, version }) => {
      await api.mail.cancel({ id, version })
      return { text: 'Cancelled' }
    },
    done: (count) => `${words(count)} cancelled. They can be sent again at any time.`,
  })

const arrived = async ({ id, version, seenAt }: OutboxRow): Promise<BulkOutcome> => {
  if (seenAt !== null) return { text: 'Is known to have arrived', isSkipped: true }
  const saved = await api.mail.markSeen({ id, version, how: 'by-hand' })
  return { text: 'Noted that it arrived', undo: () => api.mail.markSeen({ ...saved, how: null }) }
}

const markArrived = (rows: readonly OutboxRow[], onEnd: () => void) =>
  runBulk({
    ...common,
    title: `${words(rows.length)} arrived`,
    rows,
    onEnd,
    act: arrived,
    done: (count) => `Noted that ${words(count)} arrived.`,
  })

type Props = { readonly rows: readonly OutboxRow[]; readonly onDone: () => void }

/** What can be done with the selected messages; each act takes those that it is for. */
export const OutboxSelection = ({ rows, onDone }: Props) => {
  const today = useToday()
  const open = rows.filter((row) => row.state === 'queued' || row.state === 'failed')
  const sent = rows.filter((row) => row.state === 'accepted')
  const some = (of: readonly OutboxRow[], ...actions: readonly SelectionAction[]) => (of.length === 0 ? [] : actions)
  return (
    <SelectionButtons
      actions={[
        ...some(
          open,
          {
            id: 'selection.retry',
            label: `Try ${open.length} now`,
            title: `Try the selected messages now (${open.length})`,
            calls: 'mail.retry',
            run: () => retryRows(open, onDone),
          },
          {
            id: 'selection.cancel',
            label: `Cancel ${open.length}`,
            title: `Cancel the selected messages (${open.length})`,
            calls: 'mail.cancel',
            run: () => cancelRows(open, onDone),
          },
        ),
        ...some(sent, {
          id: 'selection.arrived',
          label: `${sent.length} arrived`,
          title: `Note that the selected messages arrived (${sent.length})`,
          calls: 'mail.markSeen',
          run: () => markArrived(sent, onDone),
        }),
        {
          id: 'selection.export',
          label: 'Export',
          title: 'Export the selected messages as CSV',
          calls: 'nothing',
          run: () => downloadCsv(columns, rows, `outbox-${today}.csv`),
        },
      ]}
    />
  )
}
