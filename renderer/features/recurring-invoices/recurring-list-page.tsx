import { Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { RecurringWaiting } from '../../app/recurring-waiting.tsx'
import { type RecurringListSearch, recurringListSearch } from '../../app/search-params.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { recurringColumns } from './recurring-columns.tsx'

const states = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'waiting', label: 'Waiting for you' },
  { value: 'paused', label: 'Paused' },
  { value: 'ended', label: 'Ended' },
] as const

type FilterProps = { readonly clientId: string; readonly onClear: () => void }

const ClientFilter = ({ clientId, onClear }: FilterProps) => {
  const name = useApiQuery('clients', 'get', { id: clientId }).data?.name ?? '…'
  return (
    <Button
      variant="light"
      rightSection={<IconX size={13} />}
      aria-label={`All clients instead of ${name}`}
      onClick={onClear}
    >
      {name}
    </Button>
  )
}

const newButton = (clientId: string | undefined) => (
  <Button
    leftSection={<IconPlus size={15} />}
    renderRoot={(props) => <Link to="/recurring/new" search={clientId === undefined ? {} : { clientId }} {...props} />}
  >
    New recurring invoice
  </Button>
)

/** Invoices that come again and again: what is next, how often, and what asks for somebody. */
export const RecurringListPage = () => {
  const formats = useFormats()
  const navigate = useNavigate()
  const search = useSearch({ from: '/recurring' })
  const { state = 'all', clientId } = search
  const pages = useApiPages('recurringInvoices', 'list', { state, clientId: clientId ?? null })
  const columns = useMemo(() => recurringColumns(formats), [formats])
  const change = (next: RecurringListSearch) =>
    void navigate({ to: '/recurring', search: recurringListSearch(next), replace: true })
  useActions([
    {
      id: 'recurring.add',
      title: 'New recurring invoice',
      group: 'Make',
      shortcut: 'r',
      keywords: 'repeat schedule',
      run: () => navigate({ to: '/recurring/new', search: clientId === undefined ? {} : { clientId } }),
    },
  ])
  const isFiltered = state !== 'all' || clientId !== undefined
  return (
    <Page
      fill
      title="Recurring invoices"
      actions={newButton(clientId)}
      toolbar={
        <>
          <FilterTabs
            label="Recurring invoices by state"
            tabs={states}
            value={state}
            onChange={(next) => change({ ...search, state: next })}
          />
          {clientId !== undefined && <ClientFilter clientId={clientId} onClear={() => change({ state })} />}
        </>
      }
    >
      <RecurringWaiting />
      {pages.error !== null ? (
        <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
      ) : (
        <DataTable
          label="Recurring invoices"
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: '/recurring/$id', params: { id: row.id } })}
          isPending={pages.isPending}
          hasMore={pages.hasMore}
          isLoadingMore={pages.isLoadingMore}
          onLoadMore={pages.loadMore}
          empty={
            isFiltered ? (
              <EmptyState
                sentence={
                  state === 'waiting' ? 'Nothing waits for you.' : 'No recurring invoice matches these filters.'
                }
                action={
                  <Button variant="default" onClick={() => change({})}>
                    Show all recurring invoices
                  </Button>
                }
              />
            ) : (
              <EmptyState
                sentence="Recurring invoices make themselves, every month or in any rhythm you set."
                action={newButton(undefined)}
                secondary={<Link to="/invoices">Or open an invoice and make it recurring from its menu</Link>}
              />
            )
          }
        />
      )}
    </Page>
  )
}
