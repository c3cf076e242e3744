import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type QuoteRow, quoteSorts } from '../../../shared/contract/quotes.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiPages } from '../../app/queries.ts'
import { QuoteStatus } from '../../app/quote-status.tsx'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column, Sorting } from '../../ui/data-table-types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import type { SavedClient } from './client-values.ts'

type State = { readonly sort: (typeof quoteSorts)[number]; readonly direction: Sorting['direction'] }

const columnsOf = (formats: LocaleFormats): readonly Column<QuoteRow>[] => [
  {
    id: 'number',
    header: 'Number',
    width: 'minmax(130px, 1fr)',
    sort: 'number',
    cell: (row) => (
      <Link to="/quotes/$id" params={{ id: row.id }}>
        {row.number ?? 'Draft'}
      </Link>
    ),
  },
  { id: 'issued', header: 'Date', width: '110px', sort: 'issuedOn', cell: (row) => formats.date(row.issuedOn) },
  {
    id: 'validUntil',
    header: 'Valid until',
    width: '110px',
    from: 620,
    sort: 'validUntil',
    cell: (row) => (row.validUntil === null ? '' : formats.date(row.validUntil)),
  },
  { id: 'reference', header: 'Reference', width: 'minmax(100px, 1fr)', from: 820, cell: (row) => row.reference },
  { id: 'status', header: 'Status', width: '130px', cell: (row) => <QuoteStatus state={row.state} /> },
  {
    id: 'payable',
    header: 'Total',
    width: '130px',
    align: 'end',
    sort: 'payable',
    cell: (row) => <Amount value={row.payableE4} currency={row.currency} />,
  },
  {
    id: 'invoiced',
    header: 'Invoiced',
    width: '130px',
    align: 'end',
    from: 720,
    cell: (row) => (row.invoicedE4 === 0n ? null : <Amount value={row.invoicedE4} currency={row.currency} />),
  },
]

/** Every quote of a client, drafts too. */
export const ClientQuotes = ({ client }: { readonly client: SavedClient }) => {
  const formats = useFormats()
  const navigate = useNavigate()
  const [{ sort, direction }, setState] = useState<State>({ sort: 'issuedOn', direction: 'desc' })
  const columns = useMemo(() => columnsOf(formats), [formats])
  const pages = useApiPages('quotes', 'list', { clientId: client.id, sort, direction })
  if (pages.error !== null) return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  return (
    <DataTable
      label={`Quotes of ${client.name}`}
      columns={columns}
      rows={pages.rows}
      rowId={(row) => row.id}
      onOpen={(row) => void navigate({ to: '/quotes/$id', params: { id: row.id } })}
      sorting={{ key: sort, direction }}
      onSort={(next) => {
        const known = quoteSorts.find((it) => it === next.key)
        if (known !== undefined) setState({ sort: known, direction: next.direction })
      }}
      isPending={pages.isPending}
      hasMore={pages.hasMore}
      isLoadingMore={pages.isLoadingMore}
      onLoadMore={pages.loadMore}
      empty={
        <EmptyState
          sentence={`${client.name} has no quotes yet.`}
          action={
            <MayCall call="quotes.saveDraft">
              <Button renderRoot={(props) => <Link to="/quotes/new" search={{ clientId: client.id }} {...props} />}>
                Write a quote
              </Button>
            </MayCall>
          }
        />
      }
    />
  )
}
