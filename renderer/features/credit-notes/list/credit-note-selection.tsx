import { useState } from 'react'
import type { CreditNoteRow } from '../../../../shared/contract/credit-notes.ts'
import { runBulk } from '../../../app/bulk/bulk-run.ts'
import { type CsvColumn, csvAmount, downloadCsv } from '../../../app/bulk/csv.ts'
import { SelectionButtons } from '../../../app/bulk/selection-buttons.tsx'
import { sendDocument } from '../../../app/bulk/send-rows.ts'
import { countWords, TagRowsDialog } from '../../../app/bulk/tag-rows.tsx'
import { useToday } from '../../../app/organization.ts'
import { confirmAct } from '../../../ui/confirm.tsx'

const words = (count: number) => countWords(count, 'credit note', 'credit notes')
const rowName = (row: CreditNoteRow) => `${row.number ?? 'Draft'} · ${row.clientName || 'no client'}`

const columns: readonly CsvColumn<CreditNoteRow>[] = [
  { header: 'Number', value: (row) => row.number },
  { header: 'Client', value: (row) => row.clientName },
  { header: 'Reference', value: (row) => row.reference },
  { header: 'Date', value: (row) => row.issuedOn },
  { header: 'Invoice', value: (row) => row.invoiceNumber },
  { header: 'Reason', value: (row) => row.reason },
  { header: 'State', value: (row) => row.state },
  { header: 'Currency', value: (row) => row.currency },
  { header: 'Credit', value: (row) => csvAmount(row.payableE4) },
  { header: 'Left', value: (row) => csvAmount(row.creditE4) },
  { header: 'Sent', value: (row) => row.sentAt },
]

const sendRows = async (rows: readonly CreditNoteRow[], onEnd: () => void) => {
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
    act: ({ id }) => sendDocument('credit-note', id),
    done: (count) => `${words(count)} in the outbox.`,
  })
}

type Props = { readonly rows: readonly CreditNoteRow[]; readonly onDone: () => void }

/** What can be done with the selected credit notes. */
export const CreditNoteSelection = ({ rows, onDone }: Props) => {
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
                  title: `Send the selected credit notes by mail (${sendable.length})`,
                  run: () => sendRows(sendable, onDone),
                },
              ]),
          { id: 'selection.tag', label: 'Tag', title: 'Tag the selected credit notes', run: () => setTagging(true) },
          {
            id: 'selection.export',
            label: 'Export',
            title: 'Export the selected credit notes as CSV',
            run: () => downloadCsv(columns, rows, `credit-notes-${today}.csv`),
          },
        ]}
      />
      {tagging && (
        <TagRowsDialog
          entity="credit-note"
          rows={rows}
          rowName={rowName}
          one="credit note"
          many="credit notes"
          onClose={() => setTagging(false)}
        />
      )}
    </>
  )
}
