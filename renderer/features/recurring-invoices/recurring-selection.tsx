import { useState } from 'react'
import type { RecurringInvoiceRow } from '../../../shared/contract/recurring-invoices.ts'
import { api } from '../../api.ts'
import { runBulk } from '../../app/bulk/bulk-run.ts'
import { type CsvColumn, csvAmount } from '../../app/bulk/csv.ts'
import { downloadCsv } from '../../app/bulk/download-csv.ts'
import { type SelectionAction, SelectionButtons } from '../../app/bulk/selection-buttons.tsx'
import { countWords, TagRowsDialog } from '../../app/bulk/tag-rows.tsx'
import { useToday } from '../../app/organization.ts'
import { actionTexts, rhythmText } from './rhythm.ts'

type Row = RecurringInvoiceRow
type State = 'active' | 'paused'

const words = (count: number) => countWords(count, 'recurring invoice', 'recurring invoices')
const rowName = (row: Row) => `${row.name} · ${row.clientName}`

const columns: readonly CsvColumn<Row>[] = [
  { header: 'Name', value: (row) => row.name },
  { header: 'Client', value: (row) => row.clientName },
  { header: 'How often', value: rhythmText },
  { header: 'Begins', value: (row) => row.startsOn },
  { header: 'Ends', value: (row) => row.endsOn },
  { header: 'Times', value: (row) => (row.count === null ? null : String(row.count)) },
  { header: 'Next', value: (row) => (row.state === 'active' ? row.nextOn : null) },
  { header: 'Then', value: (row) => actionTexts[row.action].label },
  { header: 'Status', value: (row) => row.state },
  { header: 'Waiting', value: (row) => String(row.waiting) },
  { header: 'Problem', value: (row) => row.problem },
  { header: 'Currency', value: (row) => row.currency },
  { header: 'Amount', value: (row) => csvAmount(row.totalE4) },
]

// A run may have moved a schedule on since the list was read; what is done here does not depend on it.
const reread = async (row: Row): Promise<Row> => {
  const { version, state } = await api.recurringInvoices.get({ id: row.id })
  return { ...row, version, state }
}

const setState = (rows: readonly Row[], state: State, onEnd: () => void) =>
  runBulk({
    title: `${state === 'paused' ? 'Pause' : 'Resume'} ${words(rows.length)}`,
    rows,
    rowId: ({ id }) => id,
    rowName,
    reread,
    onEnd,
    act: async (row) => {
      const now = await reread(row)
      if (now.state === state)
        return { text: state === 'paused' ? 'Is paused already' : 'Goes on already', isSkipped: true }
      await api.recurringInvoices.setState({ id: row.id, version: now.version, state })
      return {
        text: state === 'paused' ? 'Paused' : 'Goes on',
        undo: async () => {
          const { version } = await reread(row)
          return api.recurringInvoices.setState({ id: row.id, version, state: now.state })
        },
      }
    },
    done: (count) =>
      `${words(count)} ${state === 'paused' ? (count === 1 ? 'is paused' : 'are paused') : count === 1 ? 'goes on' : 'go on'}.`,
  })

const removeRows = (rows: readonly Row[], onEnd: () => void) =>
  runBulk({
    title: `Delete ${words(rows.length)}`,
    rows,
    rowId: ({ id }) => id,
    rowName,
    reread,
    onEnd,
    act: async (row) => {
      const { version } = await reread(row)
      await api.recurringInvoices.delete({ id: row.id, version })
      return { text: 'Deleted; its invoices stay', undo: () => api.recurringInvoices.restore({ id: row.id }) }
    },
    done: (count) => `${words(count)} deleted. Their invoices stay.`,
  })

type Props = { readonly rows: readonly Row[]; readonly onDone: () => void }

/** What can be done with the selected schedules. */
export const RecurringSelection = ({ rows, onDone }: Props) => {
  const today = useToday()
  const [tagging, setTagging] = useState(false)
  const running = rows.filter((row) => row.state === 'active')
  const resting = rows.filter((row) => row.state !== 'active')
  const some = (of: readonly Row[], action: SelectionAction) => (of.length === 0 ? [] : [action])
  return (
    <>
      <SelectionButtons
        actions={[
          ...some(running, {
            id: 'selection.pause',
            label: `Pause ${running.length}`,
            title: `Pause the selected recurring invoices (${running.length})`,
            calls: 'recurringInvoices.setState',
            run: () => setState(running, 'paused', onDone),
          }),
          ...some(resting, {
            id: 'selection.resume',
            label: `Resume ${resting.length}`,
            title: `Resume the selected recurring invoices (${resting.length})`,
            calls: 'recurringInvoices.setState',
            run: () => setState(resting, 'active', onDone),
          }),
          {
            id: 'selection.tag',
            label: 'Tag',
            title: 'Tag the selected recurring invoices',
            calls: 'tags.assign',
            run: () => setTagging(true),
          },
          {
            id: 'selection.export',
            label: 'Export',
            title: 'Export the selected recurring invoices as CSV',
            calls: 'nothing',
            run: () => downloadCsv(columns, rows, `recurring-invoices-${today}.csv`),
          },
          {
            id: 'selection.delete',
            label: `Delete ${rows.length}`,
            title: `Delete the selected recurring invoices (${rows.length})`,
            isDangerous: true,
            calls: 'recurringInvoices.delete',
            run: () => removeRows(rows, onDone),
          },
        ]}
      />
      {tagging && (
        <TagRowsDialog
          entity="recurring-invoice"
          rows={rows}
          rowName={rowName}
          one="recurring invoice"
          many="recurring invoices"
          onClose={() => setTagging(false)}
        />
      )}
    </>
  )
}
