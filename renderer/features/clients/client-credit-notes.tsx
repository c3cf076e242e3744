import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type CreditNoteRow, creditNoteSorts } from '../../../shared/contract/credit-notes.ts'
import { CreditNoteStatus } from '../../app/credit-note-status.tsx'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiPages } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column, Sorting } from '../../ui/data-table-types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import type { SavedClient } from './client-values.ts'

type State = { readonly sort: (typeof creditNoteSorts)[number]; readonly direction: Sorting['direction'] }

const columnsOf = (formats: LocaleFormats): readonly Column<CreditNoteRow>[] => [
  {
    id: 'number',
    header: 'Number',
    width: 'minmax(130px, 1fr)',
    sort: 'number',
    cell: (row) => (
      <Link to="/credit-notes/$id" params={{ id: row.id }}>
        {row.number ?? 'Draft'}
      </Link>
    ),
  },
  { id: 'issued', header: 'Date', width: '110px', sort: 'issuedOn', cell: (row) => formats.date(row.issuedOn) },
  {
    id: 'invoice',
    header: 'Invoice',
    width: '130px',
    from: 720,
    cell: (row) =>
      row.invoiceId === null ? null : (
        <Link to="/invoices/$id" params={{ id: row.invoiceId }}>
          {row.invoiceNumber}
        </Link>
      ),
  },
  { id: 'reason', header: 'Reason', width: 'minmax(100px, 1fr)', from: 860, cell: (row) => row.reason },
  { id: 'status', header: 'Status', width: '130px', cell: (row) => <CreditNoteStatus state={row.state} /> },
  {
    id: 'payable',
    header: 'Credit',
    width: '130px',
    align: 'end',
    sort: 'payable',
    cell: (row) => <Amount value={row.payableE4} currency={row.currency} />,
  },
  {
    id: 'left',
    header: 'Left',
    width: '130px',
    align: 'end',
    cell: (row) => (row.state === 'issued' ? <Amount value={row.creditE4} currency={row.currency} /> : null),
  },
]

/** Every credit note of a client, drafts too. */
export const ClientCreditNotes = ({ client }: { readonly client: SavedClient }) => {
  const formats = useFormats()
  const navigate = useNavigate()
  const [{ sort, direction }, setState] = useState<State>({ sort: 'issuedOn', direction: 'desc' })
  const columns = useMemo(() => columnsOf(formats), [formats])
  const pages = useApiPages('creditNotes', 'list', { clientId: client.id, sort, direction })
  if (pages.error !== null) return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  return (
    <DataTable
      label={`Credit notes of ${client.name}`}
      columns={columns}
      rows={pages.rows}
      rowId={(row) => row.id}
      onOpen={(row) => void navigate({ to: '/credit-notes/$id', params: { id: row.id } })}
      sorting={{ key: sort, direction }}
      onSort={(next) => {
        const known = creditNoteSorts.find((it) => it === next.key)
        if (known !== undefined) setState({ sort: known, direction: next.direction })
      }}
      isPending={pages.isPending}
      hasMore={pages.hasMore}
      isLoadingMore={pages.isLoadingMore}
      onLoadMore={pages.loadMore}
      empty={
        <EmptyState
          sentence={`${client.name} has no credit notes.`}
          action={
            <MayCall call="creditNotes.saveDraft">
              <Button
                renderRoot={(props) => <Link to="/credit-notes/new" search={{ clientId: client.id }} {...props} />}
              >
                Write a credit note
              </Button>
            </MayCall>
          }
        />
      }
    />
  )
}
