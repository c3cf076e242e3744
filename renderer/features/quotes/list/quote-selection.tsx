import { useState } from 'react'
import type { QuoteRow } from '../../../../shared/contract/quotes.ts'
import { runBulk } from '../../../app/bulk/bulk-run.ts'
import { type CsvColumn, csvAmount, downloadCsv } from '../../../app/bulk/csv.ts'
import { SelectionButtons } from '../../../app/bulk/selection-buttons.tsx'
import { sendDocument } from '../../../app/bulk/send-rows.ts'
import { countWords, TagRowsDialog } from '../../../app/bulk/tag-rows.tsx'
import { useToday } from '../../../app/organization.ts'
import { confirmAct } from '../../../ui/confirm.tsx'

const words = (count: number) => countWords(count, 'quote', 'quotes')
const rowName = (row: QuoteRow) => `${row.number ?? 'Draft'} · ${row.clientName || 'no client'}`

const columns: readonly CsvColumn<QuoteRow>[] = [
  { header: 'Number', value: (row) => row.number },
  { header: 'Client', value: (row) => row.clientName },
  { header: 'Reference', value: (row) => row.reference },
  { header: 'Date', value: (row) => row.issuedOn },
  { header: 'Valid until', value: (row) => row.validUntil },
  { header: 'State', value: (row) => row.state },
  { header: 'Currency', value: (row) => row.currency },
  { header: 'Total', value: (row) => csvAmount(row.payableE4) },
  { header: 'Invoiced', value: (row) => csvAmount(row.invoicedE4) },
  { header: 'Sent', value: (row) => row.sentAt },
]

const sendRows = async (rows: readonly QuoteRow[], onEnd: () => void) => {
  const isAgreed = await confirmAct({
    title: `Send ${words(rows.length)}`,
    body: 'Each goes by mail to its own client, in the words of your template.',
    verb: `Send ${words(rows.length)}`,
    cancel: 'Cancel',
  })
  if (!isAgreed) return
  runBulk({
    title: `Send ${words(rows.length)}`,
    rows,
    rowId: ({ id }) => id,
    rowName,
    onEnd,
    isShown: true,
    act: ({ id }) => sendDocument('quote', id),
    done: (count) => `${words(count)} in the outbox.`,
  })
}

type Props = { readonly rows: readonly QuoteRow[]; readonly onDone: () => void }

/** What can be done with the selected quotes. */
export const QuoteSelection = ({ rows, onDone }: Props) => {
  const today = useToday()
  const [tagging, setTagging] = useState(false)
  const sendable = rows.filter((row) => row.state !== 'draft' && row.state !== 'void')
  return (
    <>
      <SelectionButtons
        actions={[
          ...(sendable.length === 0
            ? []
            : [
                {
                  id: 'selection.send',
                  label: `Send ${sendable.length}`,
                  title: `Send the selected quotes by mail (${sendable.length})`,
                  run: () => sendRows(sendable, onDone),
                },
              ]),
          { id: 'selection.tag', label: 'Tag', title: 'Tag the selected quotes', run: () => setTagging(true) },
          {
            id: 'selection.export',
            label: 'Export',
            title: 'Export the selected quotes as CSV',
            run: () => downloadCsv(columns, rows, `quotes-${today}.csv`),
          },
        ]}
      />
      {tagging && (
        <TagRowsDialog
          entity="quote"
          rows={rows}
          rowName={rowName}
          one="quote"
          many="quotes"
          onClose={() => setTagging(false)}
        />
      )}
    </>
  )
}
