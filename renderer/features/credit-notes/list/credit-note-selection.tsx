import type { CreditNoteRow } from '../../../../shared/contract/credit-notes.ts'
import { type CsvColumn, csvAmount } from '../../../app/bulk/csv.ts'
import { DocumentSelection } from '../../../app/bulk/document-selection.tsx'

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

type Props = { readonly rows: readonly CreditNoteRow[]; readonly onDone: () => void }

/** What can be done with the selected credit notes. */
export const CreditNoteSelection = (props: Props) => (
  <DocumentSelection
    {...props}
    entity="credit-note"
    one="credit note"
    many="credit notes"
    isDraft={(row) => row.state === 'draft'}
    isVoid={(row) => row.state === 'void'}
    columns={columns}
  />
)
