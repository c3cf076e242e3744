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
import { creditNoteListSearch } from '../../app/search-params.ts'
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
import { creditNoteKind } from './credit-note-kind.tsx'
import { creditNoteColumns } from './list/credit-note-columns.tsx'
import { useListState } from './list/credit-note-list-state.ts'
import { CreditNoteSelection } from './list/credit-note-selection.tsx'

const filters = [
  { value: 'all', label: 'All' },
  { value: 'draft', label: 'Drafts' },
  { value: 'issued', label: 'Credit left' },
  { value: 'applied', label: 'Used' },
  { value: 'void', label: 'Void' },
] as const

/** What clients have left as credit; the business's own currency first, and only so many as fit. */
const Sums = () => {
  const stats = useApiQuery('creditNotes', 'stats', {}).data
  const own = useOrganization()?.currency
  if (stats === undefined) return null
  const sums = stats.sums
    .filter((it) => it.creditE4 !== 0n)
    .toSorted((one, other) => Number(other.currency === own) - Number(one.currency === own))
  if (sums.length === 0) return 'No credit is left to use.'
  return (
    <span className={classes['sums']}>
      {sums.slice(0, 1).map(({ currency, creditE4 }) => (
        <span key={currency}>
          <Amount value={creditE4} currency={currency} strong /> left to use
        </span>
      ))}
    </span>
  )
}

const newButton = (
  <May do="creditNotes.write">
    <Button leftSection={<IconPlus size={15} />} renderRoot={(props) => <Link to="/credit-notes/new" {...props} />}>
      New credit note
    </Button>
  </May>
)

type EmptyProps = { readonly isFiltered: boolean; readonly onClear: () => void }

const Empty = ({ isFiltered, onClear }: EmptyProps) =>
  isFiltered ? (
    <EmptyState
      sentence="No credit note matches these filters."
      action={
        <Button variant="default" onClick={onClear}>
          Show all credit notes
        </Button>
      }
    />
  ) : (
    <EmptyState
      sentence="Credit notes give back what was invoiced: open an invoice and choose Credit, or write one freely."
      action={newButton}
    />
  )

/** All credit notes: by state, client, date and words. */
export const CreditNoteListPage = () => {
  const formats = useFormats()
  const navigate = useNavigate()
  const organizationId = useOrganizationId()
  const { search, change } = useListState()
  const { sort = 'issuedOn', direction = 'desc', ...filtering } = search
  const counts = useApiQuery('creditNotes', 'stats', { clientId: search.clientId ?? null }).data?.counts
  const listed = {
    search: search.search ?? '',
    where: useWhere('creditNotes', search.where),
    filter: search.filter ?? 'all',
    clientId: search.clientId ?? null,
    from: search.from ?? null,
    to: search.to ?? null,
  }
  const pages = useApiPages('creditNotes', 'list', { ...listed, sort, direction })
  const totals = useApiQuery('creditNotes', 'totals', listed).data
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const columns = useTagColumn(
    useBranchColumn(
      useMemo(() => creditNoteColumns(formats), [formats]),
      'issuedOn',
    ),
    pages.rows,
    'issuedOn',
  )
  useEffect(() => {
    if (organizationId !== null) void saveStrandedDrafts(creditNoteKind, organizationId)
  }, [organizationId])
  return (
    <Page
      fill
      title="Credit notes"
      subtitle={<Sums />}
      actions={newButton}
      toolbar={
        <DocumentListToolbar
          many="credit notes"
          list="credit-notes"
          filtered="creditNotes"
          all="all"
          tabs={filters.map((tab) => ({ ...tab, count: counts?.[tab.value] }))}
          search={search}
          onChange={(next) => change((old) => creditNoteListSearch({ ...old, ...next }))}
          onView={(view) => change(() => creditNoteListSearch(view))}
        />
      }
    >
      {pages.error !== null ? (
        <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
      ) : (
        <DataTable
          label="Credit notes"
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: '/credit-notes/$id', params: { id: row.id } })}
          sorting={{ key: sort, direction }}
          onSort={(next) =>
            change((old) => creditNoteListSearch({ ...old, sort: next.key, direction: next.direction }))
          }
          isPending={pages.isPending}
          hasMore={pages.hasMore}
          isLoadingMore={pages.isLoadingMore}
          onLoadMore={pages.loadMore}
          onLoadAll={pages.loadAll}
          selected={selected}
          onSelect={setSelected}
          selectionSummary={(rows) => <SelectedSum rows={rows} of={(row) => row.payableE4} />}
          selectionActions={(rows) => <CreditNoteSelection rows={rows} onDone={() => setSelected(new Set())} />}
          {...totalOf(totals)}
          footer={<ListSums totals={totals} rest="left to use" />}
          empty={<Empty isFiltered={Object.keys(filtering).length > 0} onClear={() => change(() => ({}))} />}
        />
      )}
    </Page>
  )
}
