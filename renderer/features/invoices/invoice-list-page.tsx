import { Button, FileButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type DragEvent, useEffect, useMemo, useState } from 'react'
import { useBranchColumn } from '../../app/branch-column.tsx'
import { SelectedSum } from '../../app/bulk/selected-sum.tsx'
import { describeError } from '../../app/errors.ts'
import { useWhere } from '../../app/filters/filter-bar.tsx'
import { ListSums, totalOf } from '../../app/list-sums.tsx'
import { May } from '../../app/may.tsx'
import { useOrganization, useOrganizationId } from '../../app/organization.ts'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { RemindersDueLink } from '../../app/reminders-due-link.tsx'
import { useTagColumn } from '../../app/tags/tag-column.tsx'
import { saveStrandedDrafts } from '../../documents/editor/stranded-drafts.ts'
import list from '../../documents/list/document-list.module.css'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { invoiceKind } from './invoice-kind.tsx'
import { BulkActions } from './list/bulk-actions.tsx'
import { ImportDialog } from './list/import-dialog.tsx'
import { invoiceColumns } from './list/invoice-columns.tsx'
import classes from './list/invoice-list.module.css'
import { useListState } from './list/invoice-list-state.ts'
import { InvoiceListToolbar } from './list/invoice-list-toolbar.tsx'

/** What is open and overdue; the business's own currency first, and only so many as fit. */
const OpenSums = () => {
  const stats = useApiQuery('invoices', 'stats', {})
  const own = useOrganization()?.currency
  const open = (stats.data?.open ?? [])
    .filter((it) => it.openE4 !== 0n)
    .toSorted((one, other) => Number(other.currency === own) - Number(one.currency === own))
  if (stats.data === undefined) return null
  if (open.length === 0) return 'Nothing is open.'
  return (
    <span className={list['sums']}>
      {open.slice(0, 1).map(({ currency, openE4, overdueE4 }) => (
        <span key={currency}>
          <Amount value={openE4} currency={currency} strong /> open
          {overdueE4 !== 0n && (
            <span data-late>
              , <Amount value={overdueE4} currency={currency} /> overdue
            </span>
          )}
        </span>
      ))}
    </span>
  )
}

const newButton = (
  <May do="invoices.write">
    <Button leftSection={<IconPlus size={15} />} renderRoot={(props) => <Link to="/invoices/new" {...props} />}>
      New invoice
    </Button>
  </May>
)

type EmptyProps = { readonly isFiltered: boolean; readonly onClear: () => void; readonly importButton: React.ReactNode }

const Empty = ({ isFiltered, onClear, importButton }: EmptyProps) =>
  isFiltered ? (
    <EmptyState
      sentence="No invoice matches these filters."
      action={
        <Button variant="default" onClick={onClear}>
          Show all invoices
        </Button>
      }
    />
  ) : (
    <EmptyState
      sentence="Your invoices will be here: written, sent, paid, and never lost."
      action={newButton}
      secondary={
        <>
          {importButton}
          <Link to="/import" search={{ entity: 'invoices' }}>
            Import past invoices from a file
          </Link>
        </>
      }
    />
  )

/** Dropping an electronic invoice anywhere on the page. */
const useFileDrop = (onFile: (file: File) => void) => {
  const [over, setOver] = useState(false)
  const props = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      const [file] = event.dataTransfer.files
      if (file !== undefined) onFile(file)
    },
  }
  return { over, props }
}

/** All invoices: by state, client, date and words; several at once. */
export const InvoiceListPage = () => {
  const formats = useFormats()
  const navigate = useNavigate()
  const organizationId = useOrganizationId()
  const state = useListState()
  const { search, change } = state
  const { sort = 'issuedOn', direction = 'desc' } = search
  const listed = {
    search: search.search ?? '',
    where: useWhere('invoices', search.where),
    filter: search.filter ?? 'all',
    clientId: search.clientId ?? null,
    from: search.from ?? null,
    to: search.to ?? null,
  }
  const pages = useApiPages('invoices', 'list', { ...listed, sort, direction })
  const totals = useApiQuery('invoices', 'totals', listed).data
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [file, setFile] = useState<File | null>(null)
  const columns = useTagColumn(
    useBranchColumn(
      useMemo(() => invoiceColumns(formats), [formats]),
      'issuedOn',
    ),
    pages.rows,
    'issuedOn',
  )
  const drop = useFileDrop(setFile)
  useEffect(() => {
    if (organizationId !== null) void saveStrandedDrafts(invoiceKind, organizationId)
  }, [organizationId])
  const { sort: _sort, direction: _direction, ...filtering } = search
  const importButton = (
    <May do="imports.run">
      <FileButton accept=".xml,application/xml,text/xml" onChange={setFile}>
        {(props) => (
          <Button variant="default" {...props}>
            Import e-invoice
          </Button>
        )}
      </FileButton>
    </May>
  )
  return (
    <div className={classes['drop']} {...drop.props}>
      <Page
        fill
        title="Invoices"
        subtitle={<OpenSums />}
        actions={
          <>
            <RemindersDueLink />
            {importButton}
            {newButton}
          </>
        }
        toolbar={<InvoiceListToolbar {...state} />}
      >
        {pages.error !== null ? (
          <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
        ) : (
          <DataTable
            label="Invoices"
            columns={columns}
            rows={pages.rows}
            rowId={(row) => row.id}
            onOpen={(row) => void navigate({ to: '/invoices/$id', params: { id: row.id } })}
            sorting={{ key: sort, direction }}
            // The table gives back the names of our own columns.
            onSort={(next) => change({ sort: next.key as typeof sort, direction: next.direction })}
            selected={selected}
            onSelect={setSelected}
            isPending={pages.isPending}
            hasMore={pages.hasMore}
            isLoadingMore={pages.isLoadingMore}
            onLoadMore={pages.loadMore}
            onLoadAll={pages.loadAll}
            {...totalOf(totals)}
            footer={<ListSums totals={totals} rest="open" />}
            empty={
              <Empty
                isFiltered={Object.keys(filtering).length > 0}
                onClear={() => change(() => ({}))}
                importButton={importButton}
              />
            }
            selectionSummary={(rows) => <SelectedSum rows={rows} of={(row) => row.payableE4} />}
            selectionActions={(rows) => <BulkActions rows={rows} onDone={() => setSelected(new Set())} />}
          />
        )}
        {drop.over && <div className={classes['over']}>Drop an electronic invoice (XML) to read it in</div>}
        <ImportDialog file={file} onFile={setFile} />
      </Page>
    </div>
  )
}
