import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useBranchColumn } from '../../app/branch-column.tsx'
import { SelectedSum } from '../../app/bulk/selected-sum.tsx'
import { describeError } from '../../app/errors.ts'
import { useWhere } from '../../app/filters/filter-bar.tsx'
import { ListSums, totalOf } from '../../app/list-sums.tsx'
import { May } from '../../app/may.tsx'
import { useOrganization, useOrganizationId } from '../../app/organization.ts'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { quoteListSearch } from '../../app/search-params.ts'
import { useTagColumn } from '../../app/tags/tag-column.tsx'
import { saveStrandedDrafts } from '../../documents/editor/stranded-drafts.ts'
import classes from '../../documents/list/document-list.module.css'
import { DocumentListToolbar } from '../../documents/list/document-list-toolbar.tsx'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { quoteColumns } from './list/quote-columns.tsx'
import { useListState } from './list/quote-list-state.ts'
import { QuoteSelection } from './list/quote-selection.tsx'
import { quoteKind } from './quote-kind.tsx'

const filters = [
  { value: 'all', label: 'All' },
  { value: 'draft', label: 'Drafts' },
  { value: 'open', label: 'Open' },
  { value: 'expired', label: 'Expired' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'invoiced', label: 'Invoiced' },
  { value: 'declined', label: 'Declined' },
  { value: 'void', label: 'Withdrawn' },
] as const

/** What is offered and what is accepted; the business's own currency first, and only so many as fit. */
const Sums = () => {
  const stats = useApiQuery('quotes', 'stats', {}).data
  const own = useOrganization()?.currency
  if (stats === undefined) return null
  const sums = stats.sums
    .filter((it) => it.openE4 !== 0n || it.acceptedE4 !== 0n)
    .toSorted((one, other) => Number(other.currency === own) - Number(one.currency === own))
  if (sums.length === 0) return 'No offer is open.'
  return (
    <span className={classes['sums']}>
      {sums.slice(0, 1).map(({ currency, openE4, acceptedE4 }) => (
        <span key={currency}>
          <Amount value={openE4} currency={currency} strong /> open
          {acceptedE4 !== 0n && (
            <>
              , <Amount value={acceptedE4} currency={currency} /> accepted
            </>
          )}
        </span>
      ))}
    </span>
  )
}

const newButton = (
  <May do="quotes.write">
    <Button leftSection={<IconPlus size={15} />} renderRoot={(props) => <Link to="/quotes/new" {...props} />}>
      New quote
    </Button>
  </May>
)

type EmptyProps = { readonly isFiltered: boolean; readonly onClear: () => void }

const Empty = ({ isFiltered, onClear }: EmptyProps) =>
  isFiltered ? (
    <EmptyState
      sentence="No quote matches these filters."
      action={
        <Button variant="default" onClick={onClear}>
          Show all quotes
        </Button>
      }
    />
  ) : (
    <EmptyState sentence="Quotes are what you offer: accepted, they turn into invoices." action={newButton} />
  )

/** All quotes: by state, client, date and words. */
export const QuoteListPage = () => {
  const formats = useFormats()
  const navigate = useNavigate()
  const organizationId = useOrganizationId()
  const { search, change } = useListState()
  const { sort = 'issuedOn', direction = 'desc', ...filtering } = search
  const counts = useApiQuery('quotes', 'stats', { clientId: search.clientId ?? null }).data?.counts
  const listed = {
    search: search.search ?? '',
    where: useWhere('quotes', search.where),
    filter: search.filter ?? 'all',
    clientId: search.clientId ?? null,
    from: search.from ?? null,
    to: search.to ?? null,
  }
  const pages = useApiPages('quotes', 'list', { ...listed, sort, direction })
  const totals = useApiQuery('quotes', 'totals', listed).data
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const columns = useTagColumn(
    useBranchColumn(
      useMemo(() => quoteColumns(formats), [formats]),
      'issuedOn',
    ),
    pages.rows,
    'issuedOn',
  )
  useEffect(() => {
    if (organizationId !== null) void saveStrandedDrafts(quoteKind, organizationId)
  }, [organizationId])
  return (
    <Page
      fill
      title="Quotes"
      subtitle={<Sums />}
      actions={newButton}
      toolbar={
        <DocumentListToolbar
          many="quotes"
          list="quotes"
          filtered="quotes"
          all="all"
          tabs={filters.map((tab) => ({ ...tab, count: counts?.[tab.value] }))}
          search={search}
          onChange={(next) => change((old) => quoteListSearch({ ...old, ...next }))}
          onView={(view) => change(() => quoteListSearch(view))}
        />
      }
    >
      {pages.error !== null ? (
        <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
      ) : (
        <DataTable
          label="Quotes"
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: '/quotes/$id', params: { id: row.id } })}
          sorting={{ key: sort, direction }}
          onSort={(next) => change((old) => quoteListSearch({ ...old, sort: next.key, direction: next.direction }))}
          isPending={pages.isPending}
          hasMore={pages.hasMore}
          isLoadingMore={pages.isLoadingMore}
          onLoadMore={pages.loadMore}
          onLoadAll={pages.loadAll}
          selected={selected}
          onSelect={setSelected}
          selectionSummary={(rows) => <SelectedSum rows={rows} of={(row) => row.payableE4} />}
          selectionActions={(rows) => <QuoteSelection rows={rows} onDone={() => setSelected(new Set())} />}
          {...totalOf(totals)}
          footer={<ListSums totals={totals} rest="to invoice" />}
          empty={<Empty isFiltered={Object.keys(filtering).length > 0} onClear={() => change(() => ({}))} />}
        />
      )}
    </Page>
  )
}
