import type { InvoiceRow } from '../../../../shared/contract/invoices.ts'
import { AppError } from '../../../../shared/errors.ts'
import { api } from '../../../api.ts'
import { type BulkOutcome, runBulk } from '../../../app/bulk/bulk-run.ts'
import { type CsvColumn, csvAmount } from '../../../app/bulk/csv.ts'
import { documentName } from '../../../app/bulk/document-rows.ts'
import { DocumentSelection } from '../../../app/bulk/document-selection.tsx'
import { countWords } from '../../../app/bulk/tag-rows.tsx'
import { confirmAct } from '../../../ui/confirm.tsx'

const words = (count: number) => countWords(count, 'invoice', 'invoices')

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
    rowId: ({ id }) => id,
    rowName: documentName,
    onEnd,
    isShown: true,
    act: remind,
    done: (count) => `${countWords(count, 'reminder', 'reminders')} in the outbox.`,
  })
}

type Props = { readonly rows: readonly InvoiceRow[]; readonly onDone: () => void }

/** What can be done with the selected invoices; each act takes those that it is for. */
export const BulkActions = ({ rows, onDone }: Props) => {
  const owed = rows.filter(
    (row) => row.paymentState === 'unpaid' || row.paymentState === 'partly-paid' || row.paymentState === 'overdue',
  )
  return (
    <DocumentSelection
      rows={rows}
      onDone={onDone}
      entity="invoice"
      one="invoice"
      many="invoices"
      isDraft={(row) => row.paymentState === 'draft'}
      isVoid={(row) => row.paymentState === 'void'}
      columns={columns}
      more={
        owed.length === 0
          ? []
          : [
              {
                id: 'selection.remind',
                label: `Remind ${owed.length}`,
                title: `Remind of the selected open invoices (${owed.length})`,
                calls: ['reminders.preview', 'reminders.send'],
                run: () => remindRows(owed, onDone),
              },
            ]
      }
    />
  )
}
