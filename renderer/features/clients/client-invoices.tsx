import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { invoiceSorts } from '../../../shared/contract/invoices.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiPages } from '../../app/queries.ts'
import { DataTable } from '../../ui/data-table.tsx'
import type { Sorting } from '../../ui/data-table-types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import type { SavedClient } from './client-values.ts'
import { invoiceColumns } from './invoice-rows.tsx'

type State = { readonly sort: (typeof invoiceSorts)[number]; readonly direction: Sorting['direction'] }

/** Every invoice of a client, drafts too. */
export const ClientInvoices = ({ client }: { readonly client: SavedClient }) => {
  const formats = useFormats()
  const navigate = useNavigate()
  const [{ sort, direction }, setState] = useState<State>({ sort: 'issuedOn', direction: 'desc' })
  const columns = useMemo(() => invoiceColumns(formats), [formats])
  const pages = useApiPages('invoices', 'list', { clientId: client.id, sort, direction })
  if (pages.error !== null) return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  return (
    <DataTable
      label={`Invoices of ${client.name}`}
      columns={columns}
      rows={pages.rows}
      rowId={(row) => row.id}
      onOpen={(row) => void navigate({ to: '/invoices/$id', params: { id: row.id } })}
      sorting={{ key: sort, direction }}
      onSort={(next) => {
        const known = invoiceSorts.find((it) => it === next.key)
        if (known !== undefined) setState({ sort: known, direction: next.direction })
      }}
      isPending={pages.isPending}
      hasMore={pages.hasMore}
      isLoadingMore={pages.isLoadingMore}
      onLoadMore={pages.loadMore}
      empty={
        <EmptyState
          sentence={`${client.name} has no invoices yet.`}
          action={
            <MayCall call="invoices.saveDraft">
              <Button renderRoot={(props) => <Link to="/invoices/new" search={{ clientId: client.id }} {...props} />}>
                Write the first invoice
              </Button>
            </MayCall>
          }
        />
      }
    />
  )
}
