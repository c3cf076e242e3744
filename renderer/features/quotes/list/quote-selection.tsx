import type { QuoteRow } from '../../../../shared/contract/quotes.ts'
import { type CsvColumn, csvAmount } from '../../../app/bulk/csv.ts'
import { DocumentSelection } from '../../../app/bulk/document-selection.tsx'

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

type Props = { readonly rows: readonly QuoteRow[]; readonly onDone: () => void }

/** What can be done with the selected quotes. */
export const QuoteSelection = (props: Props) => (
  <DocumentSelection
    {...props}
    entity="quote"
    one="quote"
    many="quotes"
    isDraft={(row) => row.state === 'draft'}
    isVoid={(row) => row.state === 'void'}
    columns={columns}
  />
)
