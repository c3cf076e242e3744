import { Button, FileButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type DragEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { InvoiceRow } from '../../../shared/contract/invoices.ts'
import { useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import { useOrganization, useOrganizationId, useToday } from '../../app/organization.ts'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { SavedViews } from '../../app/saved-views.tsx'
import { type InvoiceListSearch, invoiceListSearch } from '../../app/search-params.ts'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { BulkActions, type Outcome, OutcomeDialog } from './bulk-actions.tsx'
import { sumsByCurrency } from './currency-sums.ts'
import { ImportDialog } from './import-dialog.tsx'
import { invoiceColumns } from './invoice-columns.tsx'
import classes from './invoice-list.module.css'
import { saveStrandedDrafts } from './stranded-drafts.ts'

const filters = [
  { value: 'all', label: 'All' },
  { value: 'draft', label: 'Drafts' },
  { value: 'open', label: 'Open' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'partly-paid', label: 'Part-paid' },
  { value: 'paid', label: 'Paid' },
  { value: 'void', label: 'Void' },
] as const

/** The state of the list in its address, and how to change it. */
const useListState = () => {
  const search = useSearch({ from: '/invoices' })
  const navigate = useNavigate()
  const change = (next: Partial<InvoiceListSearch> | ((old: InvoiceListSearch) => InvoiceListSearch)) =>
    void navigate({
      to: '/invoices',
      search: (old) =>
        typeof next === 'function' ? next(invoiceListSearch(old)) : { ...invoiceListSearch(old), ...next },
      replace: true,
    })
  /** Leaves one part of it out of the address. */
  const clear = (...names: readonly (keyof InvoiceListSearch)[]) =>
    change((old) =>
      invoiceListSearch(Object.fromEntries(Object.entries(old).filter(([name]) => !names.some((it) => it === name)))),
    )
  return { search, change, clear }
}

type ListState = ReturnType<typeof useListState>

/** What is open and overdue; the business's own currency first, and only so many as fit. */
const OpenSums = ({ most }: { readonly most: number }) => {
  const stats = useApiQuery('invoices', 'stats', {})
  const own = useOrganization()?.currency
  const open = (stats.data?.open ?? [])
    .filter((it) => it.openE4 !== 0n)
    .toSorted((one, other) => Number(other.currency === own) - Number(one.currency === own))
  if (stats.data === undefined) return null
  if (open.length === 0) return 'Nothing is open.'
  return (
    <span className={classes['sums']}>
      {open.slice(0, most).map(({ currency, openE4, overdueE4 }) => (
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

const ClientFilter = ({ clientId, onClear }: { readonly clientId: string; readonly onClear: () => void }) => {
  const client = useApiQuery('clients', 'get', { id: clientId })
  const name = client.data?.name ?? '…'
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

const Toolbar = ({ search, change, clear }: ListState) => {
  const today = useToday()
  const stats = useApiQuery('invoices', 'stats', { clientId: search.clientId ?? null })
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.search ?? '')
  const apply = useDebouncedCallback((text: string) => (text === '' ? clear('search') : change({ search: text })), 120)
  useActions([
    {
      id: 'invoices.search',
      title: 'Search invoices',
      group: 'This page',
      shortcut: '/',
      run: () => input.current?.focus(),
    },
  ])
  const counts = stats.data?.counts
  const setDate = (name: 'from' | 'to') => (date: string | null) =>
    date === null ? clear(name) : change({ [name]: date })
  return (
    <>
      <FilterTabs
        label="Invoices by state"
        tabs={filters.map((tab) => ({ ...tab, count: counts?.[tab.value] }))}
        value={search.filter ?? 'all'}
        onChange={(filter) => (filter === 'all' ? clear('filter') : change({ filter }))}
      />
      <span className={classes['spring']} />
      {search.clientId !== undefined && <ClientFilter clientId={search.clientId} onClear={() => clear('clientId')} />}
      <TextInput
        ref={input}
        className={classes['search']}
        aria-label="Search invoices"
        placeholder="Number, client, words"
        type="search"
        leftSection={<IconSearch size={14} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          apply(event.currentTarget.value)
        }}
      />
      <DateField
        className={classes['dates']}
        aria-label="From date"
        placeholder="From"
        today={today}
        value={search.from}
        onChange={setDate('from')}
      />
      <DateField
        className={classes['dates']}
        aria-label="To date"
        placeholder="To"
        today={today}
        value={search.to}
        onChange={setDate('to')}
      />
      <SavedViews
        list="invoices"
        current={{ ...search }}
        onApply={(view) => {
          setTyped(typeof view['search'] === 'string' ? view['search'] : '')
          change(() => invoiceListSearch(view))
        }}
      />
    </>
  )
}

const Selected = ({ rows }: { readonly rows: readonly InvoiceRow[] }) => (
  <>
    {sumsByCurrency(rows, (row) => row.payableE4).map(({ currency, sumE4 }, index) => (
      <span key={currency}>
        {index > 0 && ' + '}
        <Amount value={sumE4} currency={currency} strong />
      </span>
    ))}
  </>
)

const newButton = (
  <Button leftSection={<IconPlus size={15} />} renderRoot={(props) => <Link to="/invoices/new" {...props} />}>
    New invoice
  </Button>
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
      secondary={importButton}
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
  const pages = useApiPages('invoices', 'list', {
    search: search.search ?? '',
    filter: search.filter ?? 'all',
    clientId: search.clientId ?? null,
    from: search.from ?? null,
    to: search.to ?? null,
    sort,
    direction,
  })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const [file, setFile] = useState<File | null>(null)
  const columns = useMemo(() => invoiceColumns(formats), [formats])
  const drop = useFileDrop(setFile)
  useEffect(() => {
    if (organizationId !== null) void saveStrandedDrafts(organizationId)
  }, [organizationId])
  const { sort: _sort, direction: _direction, ...filtering } = search
  const importButton = (
    <FileButton accept=".xml,application/xml,text/xml" onChange={setFile}>
      {(props) => (
        <Button variant="default" {...props}>
          Import e-invoice
        </Button>
      )}
    </FileButton>
  )
  return (
    <div className={classes['drop']} {...drop.props}>
      <Page
        fill
        title="Invoices"
        subtitle={<OpenSums most={1} />}
        actions={
          <>
            {importButton}
            {newButton}
          </>
        }
        toolbar={<Toolbar {...state} />}
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
            footer={<OpenSums most={4} />}
            empty={
              <Empty
                isFiltered={Object.keys(filtering).length > 0}
                onClear={() => change(() => ({}))}
                importButton={importButton}
              />
            }
            selectionSummary={(rows) => <Selected rows={rows} />}
            selectionActions={(rows) => (
              <BulkActions rows={rows} onDone={() => setSelected(new Set())} onOutcomes={setOutcomes} />
            )}
          />
        )}
        {drop.over && <div className={classes['over']}>Drop an electronic invoice (XML) to read it in</div>}
        <ImportDialog file={file} onFile={setFile} />
        <OutcomeDialog outcomes={outcomes} onClose={() => setOutcomes([])} />
      </Page>
    </div>
  )
}
