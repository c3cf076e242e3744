import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { useBranchColumn } from '../../app/branch-column.tsx'
import { SelectedSum } from '../../app/bulk/selected-sum.tsx'
import { describeError } from '../../app/errors.ts'
import { useWhere } from '../../app/filters/filter-bar.tsx'
import { ListSums, totalOf } from '../../app/list-sums.tsx'
import { May } from '../../app/may.tsx'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { RecurringWaiting } from '../../app/recurring-waiting.tsx'
import { type RecurringListSearch, recurringListSearch } from '../../app/search-params.ts'
import { useTagColumn } from '../../app/tags/tag-column.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { recurringColumns } from './recurring-columns.tsx'
import { RecurringSelection } from './recurring-selection.tsx'
import { RecurringToolbar } from './recurring-toolbar.tsx'

const newButton = (clientId: string | undefined) => (
  <May do="recurring.write">
    <Button
      leftSection={<IconPlus size={15} />}
      renderRoot={(props) => (
        <Link to="/recurring/new" search={clientId === undefined ? {} : { clientId }} {...props} />
      )}
    >
      New recurring invoice
    </Button>
  </May>
)

/** Invoices that come again and again: what is next, how often, and what asks for somebody. */
export const RecurringListPage = () => {
  const formats = useFormats()
  const navigate = useNavigate()
  const search = useSearch({ from: '/recurring' })
  const { state = 'all', clientId } = search
  const listed = {
    search: search.search ?? '',
    where: useWhere('recurringInvoices', search.where),
    state,
    clientId: clientId ?? null,
  }
  const pages = useApiPages('recurringInvoices', 'list', listed)
  const totals = useApiQuery('recurringInvoices', 'totals', listed).data
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const columns = useTagColumn(
    useBranchColumn(
      useMemo(() => recurringColumns(formats), [formats]),
      'action',
    ),
    pages.rows,
    'action',
  )
  const change = (next: RecurringListSearch) =>
    void navigate({ to: '/recurring', search: recurringListSearch(next), replace: true })
  useActions([
    {
      id: 'recurring.add',
      title: 'New recurring invoice',
      group: 'Make',
      shortcut: 'r',
      keywords: 'repeat schedule',
      calls: 'recurringInvoices.create',
      run: () => navigate({ to: '/recurring/new', search: clientId === undefined ? {} : { clientId } }),
    },
  ])
  const isFiltered = Object.keys(search).length > 0
  return (
    <Page
      fill
      title="Recurring invoices"
      actions={newButton(clientId)}
      toolbar={<RecurringToolbar search={search} onChange={change} />}
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
          onLoadAll={pages.loadAll}
          selected={selected}
          onSelect={setSelected}
          selectionSummary={(rows) => <SelectedSum rows={rows} of={(row) => row.totalE4} />}
          selectionActions={(rows) => <RecurringSelection rows={rows} onDone={() => setSelected(new Set())} />}
          {...totalOf(totals)}
          footer={<ListSums totals={totals} per="a period" />}
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
