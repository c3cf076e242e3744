import { useState } from 'react'
import type { PaymentRow } from '../../../shared/contract/payments.ts'
import { api } from '../../api.ts'
import { runBulk } from '../../app/bulk/bulk-run.ts'
import { type CsvColumn, csvAmount } from '../../app/bulk/csv.ts'
import { downloadCsv } from '../../app/bulk/download-csv.ts'
import { SelectionButtons } from '../../app/bulk/selection-buttons.tsx'
import { countWords, TagRowsDialog } from '../../app/bulk/tag-rows.tsx'
import { useToday } from '../../app/organization.ts'
import { methodNames } from '../../app/payment-methods.ts'

const words = (count: number) => countWords(count, 'payment', 'payments')
const rowName = (row: PaymentRow) => `${row.number} · ${row.clientName}`

const columns: readonly CsvColumn<PaymentRow>[] = [
  { header: 'Number', value: (row) => row.number },
  { header: 'Received', value: (row) => row.receivedOn },
  { header: 'Client', value: (row) => row.clientName },
  { header: 'Method', value: (row) => methodNames[row.method] },
  { header: 'Reference', value: (row) => row.reference },
  { header: 'Status', value: (row) => row.status },
  { header: 'Currency', value: (row) => row.currency },
  { header: 'Amount', value: (row) => csvAmount(row.amountE4) },
  { header: 'Left as credit', value: (row) => csvAmount(row.creditE4) },
]

const clearRows = (rows: readonly PaymentRow[], today: string, onEnd: () => void) =>
  runBulk({
    title: `Mark ${words(rows.length)} as cleared`,
    rows,
    rowId: ({ id }) => id,
    rowName,
    onEnd,
    reread: async (row) => ({ ...row, version: (await api.payments.get({ id: row.id })).version }),
    act: async ({ id, version }) => {
      await api.payments.setStatus({ id, version, status: 'cleared', on: today, reason: null })
      return { text: 'Cleared' }
    },
    done: (count) => `${words(count)} marked as cleared.`,
  })

type Props = { readonly rows: readonly PaymentRow[]; readonly onDone: () => void }

/** What can be done with the selected payments. */
export const PaymentSelection = ({ rows, onDone }: Props) => {
  const today = useToday()
  const [tagging, setTagging] = useState(false)
  const pending = rows.filter((row) => row.status === 'pending')
  return (
    <>
      <SelectionButtons
        actions={[
          ...(pending.length === 0
            ? []
            : [
                {
                  id: 'selection.clear',
                  label: `Mark ${pending.length} as cleared`,
                  title: `Mark the selected pending payments as cleared (${pending.length})`,
                  calls: 'payments.setStatus' as const,
                  run: () => clearRows(pending, today, onDone),
                },
              ]),
          {
            id: 'selection.tag',
            label: 'Tag',
            title: 'Tag the selected payments',
            calls: 'tags.assign',
            run: () => setTagging(true),
          },
          {
            id: 'selection.export',
            label: 'Export',
            title: 'Export the selected payments as CSV',
            calls: 'nothing',
            run: () => downloadCsv(columns, rows, `payments-${today}.csv`),
          },
        ]}
      />
      {tagging && (
        <TagRowsDialog
          entity="payment"
          rows={rows}
          rowName={rowName}
          one="payment"
          many="payments"
          onClose={() => setTagging(false)}
        />
      )}
    </>
  )
}
