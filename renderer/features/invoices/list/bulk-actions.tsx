import { useState } from 'react'
import type { InvoiceRow } from '../../../../shared/contract/invoices.ts'
import { AppError } from '../../../../shared/errors.ts'
import { api } from '../../../api.ts'
import { type BulkOutcome, runBulk } from '../../../app/bulk/bulk-run.ts'
import { type CsvColumn, csvAmount, downloadCsv } from '../../../app/bulk/csv.ts'
import { sumsByCurrency } from '../../../app/bulk/currency-sums.ts'
import { type SelectionAction, SelectionButtons } from '../../../app/bulk/selection-buttons.tsx'
import { sendDocument } from '../../../app/bulk/send-rows.ts'
import { countWords, TagRowsDialog } from '../../../app/bulk/tag-rows.tsx'
import { useToday } from '../../../app/organization.ts'
import { confirmAct } from '../../../ui/confirm.tsx'
import { type LocaleFormats, useFormats } from '../../../ui/locale.tsx'

const words = (count: number) => countWords(count, 'invoice', 'invoices')
const rowName = (row: InvoiceRow) => `${row.number ?? 'Draft'} · ${row.clientName || 'no client'}`
const rowId = ({ id }: InvoiceRow) => id

const reread = async (row: InvoiceRow): Promise<InvoiceRow> => {
  const { version } = await api.invoices.get({ id: row.id })
  return { ...row, version }
}

const columns: readonly CsvColumn<InvoiceRow>[] = [
  { header: 'Number', value: (row) => row.number },
  { header: 'Client', value: (row) => row.clientName },
  { header: 'Reference', value: (row) => row.reference },
  { header: 'Date', value: (row) => row.issuedOn },
  { header: 'Due', value: (row) => row.dueOn },
  { header: 'State', value: (row) => row.paymentState },
  { header: 'Days overdue', value: (row) => String(row.overdueDays) },
  { header: 'Currency', value: (row) => row.currency },
  { header: 'Amount', value: (row) => csvAmount(row.payableE4) },
  { header: 'Paid', value: (row) => csvAmount(row.paidE4) },
  { header: 'Open', value: (row) => csvAmount(row.openE4) },
  { header: 'Sent', value: (row) => row.sentAt },
]

const together = (rows: readonly InvoiceRow[], formats: LocaleFormats) =>
  sumsByCurrency(rows, (row) => row.payableE4)
    .map(({ currency, sumE4 }) => formats.amount(sumE4, currency))
    .join(' + ')

const issueRows = async (rows: readonly InvoiceRow[], formats: LocaleFormats, onEnd: () => void) => {
  const isAgreed = await confirmAct({
    title: `Issue ${words(rows.length)}`,
    body: `Together ${together(rows, formats)}. Each takes the next number and can no longer be changed.`,
    verb: `Issue ${words(rows.length)}`,
    cancel: 'Keep as drafts',
  })
  if (!isAgreed) return
  runBulk({
    title: `Issue ${words(rows.length)}`,
    rows,
    rowId,
    rowName,
    reread,
    onEnd,
    isShown: true,
    act: async ({ id, version }) => ({ text: `Issued as ${(await api.invoices.issue({ id, version })).number}` }),
    done: (count) => `${words(count)} issued.`,
  })
}

const removeRows = (rows: readonly InvoiceRow[], onEnd: () => void) =>
  runBulk({
    title: `Delete ${countWords(rows.length, 'draft', 'drafts')}`,
    rows,
    rowId,
    rowName,
    reread,
    onEnd,
    act: async ({ id, version }) => {
      await api.invoices.deleteDraft({ id, version })
      return { text: 'Deleted', undo: () => api.invoices.restoreDraft({ id }) }
    },
    done: (count) => `${countWords(count, 'draft', 'drafts')} deleted.`,
  })

const sendRows = async (rows: readonly InvoiceRow[], onEnd: () => void) => {
  const again = rows.filter((row) => row.sentAt !== null).length
  const isAgreed = await confirmAct({
    title: `Send ${words(rows.length)}`,
    body: `Each goes by mail to its own client, in the words of your template${again === 0 ? '' : `; ${again === rows.length ? 'all of them were' : again === 1 ? 'one of them was' : `${again} of them were`} sent before`}.`,
    verb: `Send ${words(rows.length)}`,
    cancel: 'Cancel',
  })
  if (!isAgreed) return
  runBulk({
    title: `Send ${words(rows.length)}`,
    rows,
    rowId,
    rowName,
    onEnd,
    isShown: true,
    act: ({ id }) => sendDocument('invoice', id),
    done: (count) => `${words(count)} in the outbox.`,
  })
}

const remind = async ({ id }: InvoiceRow): Promise<BulkOutcome> => {
  const { next, stopReason } = await api.reminders.ofInvoice({ invoiceId: id })
  if (stopReason !== null) return { text: `Reminders are stopped: ${stopReason}`, isSkipped: true }
  if (next.why === 'all-steps-done') return { text: 'Every reminder of its plan went out', isSkipped: true }
  // Says in words why none can go.
  const { obstacle } = await api.reminders.preview({ invoiceId: id })
  if (obstacle !== null) throw new AppError('INVALID_STATE', obstacle)
  if (next.stepId === null) return { text: 'No reminder is planned', isSkipped: true }
  const { feeInvoiceNumber } = await api.reminders.send({ invoiceId: id, stepId: next.stepId })
  const fee = feeInvoiceNumber === null ? '' : `, its fee on ${feeInvoiceNumber}`
  return {
    text: `${next.tone === null ? 'Reminder' : `${next.tone.charAt(0).toUpperCase()}${next.tone.slice(1)} reminder`} in the outbox${fee}`,
  }
}

const remindRows = async (rows: readonly InvoiceRow[], onEnd: () => void) => {
  const isAgreed = await confirmAct({
    title: `Remind of ${words(rows.length)}`,
    body: 'The next reminder of each goes out now, with the fee that its plan names.',
    verb: `Remind of ${words(rows.length)}`,
    cancel: 'Cancel',
  })
  if (!isAgreed) return
  runBulk({
    title: `Remind of ${words(rows.length)}`,
    rows,
    rowId,
    rowName,
    onEnd,
    isShown: true,
    act: remind,
    done: (count) => `${countWords(count, 'reminder', 'reminders')} in the outbox.`,
  })
}

type Props = { readonly rows: readonly InvoiceRow[]; readonly onDone: () => void }

/** What can be done with the selected invoices; each act takes those that it is for. */
export const BulkActions = ({ rows, onDone }: Props) => {
  const today = useToday()
  const formats = useFormats()
  const [tagging, setTagging] = useState(false)
  const drafts = rows.filter((row) => row.paymentState === 'draft')
  const sendable = rows.filter((row) => row.paymentState !== 'draft' && row.paymentState !== 'void')
  const owed = rows.filter(
    (row) => row.paymentState === 'unpaid' || row.paymentState === 'partly-paid' || row.paymentState === 'overdue',
  )
  const some = (of: readonly InvoiceRow[], action: SelectionAction) => (of.length === 0 ? [] : [action])
  return (
    <>
      <SelectionButtons
        actions={[
          ...some(drafts, {
            id: 'selection.issue',
            label: `Issue ${drafts.length}`,
            title: `Issue the selected drafts (${drafts.length})`,
            run: () => issueRows(drafts, formats, onDone),
          }),
          ...some(sendable, {
            id: 'selection.send',
            label: `Send ${sendable.length}`,
            title: `Send the selected invoices by mail (${sendable.length})`,
            run: () => sendRows(sendable, onDone),
          }),
          ...some(owed, {
            id: 'selection.remind',
            label: `Remind ${owed.length}`,
            title: `Remind of the selected open invoices (${owed.length})`,
            run: () => remindRows(owed, onDone),
          }),
          { id: 'selection.tag', label: 'Tag', title: 'Tag the selected invoices', run: () => setTagging(true) },
          {
            id: 'selection.export',
            label: 'Export',
            title: 'Export the selected invoices as CSV',
            run: () => downloadCsv(columns, rows, `invoices-${today}.csv`),
          },
          ...some(drafts, {
            id: 'selection.delete',
            label: `Delete ${drafts.length}`,
            title: `Delete the selected drafts (${drafts.length})`,
            isDangerous: true,
            run: () => removeRows(drafts, onDone),
          }),
        ]}
      />
      {tagging && (
        <TagRowsDialog
          entity="invoice"
          rows={rows}
          rowName={rowName}
          one="invoice"
          many="invoices"
          onClose={() => setTagging(false)}
        />
      )}
    </>
  )
}
