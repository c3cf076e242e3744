import { ActionIcon, Button, Menu, Switch } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { add } from '../../../shared/money/arithmetic.ts'
import type { Amount as AmountValue } from '../../../shared/money/scaled.ts'
import { useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import { useFilterBar, useWhere } from '../../app/filters/filter-bar.tsx'
import { May, MayCall } from '../../app/may.tsx'
import { MenuAct } from '../../app/menu-act.tsx'
import { useApiPages } from '../../app/queries.ts'
import { SavedViews } from '../../app/saved-views.tsx'
import { type ClientListSearch, clientListSearch } from '../../app/search-params.ts'
import { useTagColumn } from '../../app/tags/tag-column.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { type ClientRow, clientColumns } from './client-columns.tsx'
import { NewClientDialog } from './client-dialogs.tsx'
import { GroupFilters } from './client-groups.tsx'
import classes from './client-list.module.css'
import { ClientSelection } from './client-selection.tsx'
import { useHealth } from './health/use-health.ts'

const statuses = [
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
  { value: 'archived', label: 'Archived' },
  { value: 'all', label: 'All' },
] as const

const clientSorts = ['name', 'created', 'open'] as const

/** What the chosen clients owe together, by currency. */
const owedBy = (rows: readonly ClientRow[]): ReadonlyMap<string, AmountValue> => {
  const sums = new Map<string, AmountValue>()
  for (const row of rows) {
    const before = sums.get(row.currency)
    sums.set(row.currency, before === undefined ? row.openE4 : add(before, row.openE4))
  }
  return sums
}

const SelectionSum = ({ rows }: { readonly rows: readonly ClientRow[] }) => {
  const formats = useFormats()
  const sums = [...owedBy(rows)].filter(([, value]) => value !== 0n)
  if (sums.length === 0) return <>nothing outstanding</>
  return <>{sums.map(([currency, value]) => formats.amount(value, currency)).join(' + ')} outstanding</>
}

/** What concerns the clients as a whole. */
const ListMenu = () => {
  const navigate = useNavigate()
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={32} aria-label="More for clients">
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuAct calls="clients.merge" onClick={() => void navigate({ to: '/clients/duplicates' })}>
          Find duplicates
        </MenuAct>
        <MenuAct
          calls="dataImports.run"
          onClick={() => void navigate({ to: '/import', search: { entity: 'clients' } })}
        >
          Import from a file
        </MenuAct>
        <Menu.Divider />
        <MenuAct
          calls="nothing"
          onClick={() => void navigate({ to: '/settings/$section', params: { section: 'clients' } })}
        >
          Client types and account managers
        </MenuAct>
      </Menu.Dropdown>
    </Menu>
  )
}

type EmptyProps = { readonly filtered: boolean; readonly onNew: () => void; readonly onClear: () => void }

const NoClients = ({ filtered, onNew, onClear }: EmptyProps) =>
  filtered ? (
    <EmptyState
      sentence="No client fits these filters."
      action={
        <Button variant="default" onClick={onClear}>
          Show all active clients
        </Button>
      }
    />
  ) : (
    <EmptyState
      sentence="Clients are the people and companies you bill: add the first one, and its invoices gather here."
      action={
        <MayCall call="clients.create">
          <Button onClick={onNew}>Add your first client</Button>
        </MayCall>
      }
      secondary={
        <>
          <Link to="/import" search={{ entity: 'clients' }}>
            Import them from a file
          </Link>
          <Link to="/invoices/new">Write an invoice instead; it makes the client on the way</Link>
        </>
      }
    />
  )

/** The people and companies that are billed: find, sort, filter, put away. */
export const ClientListPage = () => {
  const search = useSearch({ from: '/clients' })
  const navigate = useNavigate()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [adding, setAdding] = useState(false)
  const sorting = { key: search.sort ?? 'name', direction: search.direction ?? 'asc' }
  const pages = useApiPages('clients', 'list', {
    search: search.search ?? '',
    where: useWhere('clients', search.where),
    status: search.status ?? 'active',
    owing: search.owing ?? false,
    clientTypeId: search.type ?? null,
    accountManagerId: search.manager ?? null,
    sort: search.sort ?? 'name',
    direction: search.direction ?? 'asc',
  })
  useActions([
    {
      id: 'client.new',
      title: 'New client',
      needs: 'clients.write',
      group: 'Make',
      shortcut: 'c',
      keywords: 'customer add',
      calls: 'clients.create',
      run: () => setAdding(true),
    },
  ])
  const change = (patch: ClientListSearch) => {
    setSelected(new Set())
    void navigate({ to: '/clients', search: (old) => clientListSearch({ ...old, ...patch }), replace: true })
  }
  const replaceAll = (next: ClientListSearch) => {
    setSelected(new Set())
    void navigate({ to: '/clients', search: next })
  }
  const ids = useMemo(() => pages.rows.map(({ id }) => id), [pages.rows])
  const health = useHealth(ids)
  const columns = useTagColumn(
    useMemo(() => clientColumns(search.status === 'all', health), [search.status, health]),
    pages.rows,
    'terms',
  )
  const filterBar = useFilterBar({
    list: 'clients',
    many: 'clients',
    where: search.where,
    onChange: (where) => replaceAll(clientListSearch({ ...search, where })),
  })
  const definition = useMemo(() => ({ ...search }), [search])
  const filtered = Object.keys(search).some((key) => key !== 'sort' && key !== 'direction')
  return (
    <Page
      title="Clients"
      fill
      actions={
        <>
          <ListMenu />
          <May do="clients.write">
            <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setAdding(true)}>
              New client
            </Button>
          </May>
        </>
      }
      toolbar={
        <>
          <SearchField
            label="Search clients"
            value={search.search ?? ''}
            onChange={(text) => change({ search: text })}
            className={classes['search']}
          />
          <FilterTabs
            label="Status"
            tabs={statuses}
            value={search.status ?? 'active'}
            onChange={(status) => change({ status })}
          />
          <Switch
            label="Owing only"
            checked={search.owing ?? false}
            onChange={(event) => change({ owing: event.currentTarget.checked })}
          />
          <GroupFilters
            type={search.type}
            manager={search.manager}
            onType={(type) => replaceAll(clientListSearch({ ...search, type }))}
            onManager={(manager) => replaceAll(clientListSearch({ ...search, manager }))}
          />
          <span className={classes['tools']}>
            {filterBar.button}
            <SavedViews list="clients" current={definition} onApply={(view) => replaceAll(clientListSearch(view))} />
          </span>
          {filterBar.chips}
        </>
      }
    >
      {pages.error === null ? (
        <DataTable
          label="Clients"
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: '/clients/$id', params: { id: row.id } })}
          sorting={sorting}
          onSort={({ key, direction }) => {
            const sort = clientSorts.find((it) => it === key)
            if (sort !== undefined) change({ sort, direction })
          }}
          selected={selected}
          onSelect={setSelected}
          isPending={pages.isPending}
          hasMore={pages.hasMore}
          isLoadingMore={pages.isLoadingMore}
          onLoadMore={pages.loadMore}
          onLoadAll={pages.loadAll}
          {...(pages.first === undefined ? {} : { total: pages.first.total })}
          selectionSummary={(rows) => <SelectionSum rows={rows} />}
          selectionActions={(rows) => <ClientSelection rows={rows} onDone={() => setSelected(new Set())} />}
          empty={<NoClients filtered={filtered} onNew={() => setAdding(true)} onClear={() => replaceAll({})} />}
        />
      ) : (
        <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
      )}
      <NewClientDialog open={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}
