import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Item } from '../../../shared/contract/items.ts'
import { useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import { useFilterBar, useWhere } from '../../app/filters/filter-bar.tsx'
import { May, MayCall } from '../../app/may.tsx'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { SavedViews } from '../../app/saved-views.tsx'
import { type ItemListSearch, itemListSearch } from '../../app/search-params.ts'
import { useTagColumn } from '../../app/tags/tag-column.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { itemColumns } from './item-columns.tsx'
import { EditItemDialog, NewItemDialog } from './item-dialogs.tsx'
import { ItemSelection } from './item-selection.tsx'
import classes from './items.module.css'
import { QuickAdd } from './quick-add.tsx'

const statuses = [
  { value: 'active', label: 'Active' },
  { value: 'archived', label: 'Archived' },
  { value: 'all', label: 'All' },
] as const

const kinds = [
  { value: 'all', label: 'Everything' },
  { value: 'service', label: 'Services' },
  { value: 'product', label: 'Products' },
] as const

const noRates: readonly never[] = []

/** The item that the address names as open, wherever it is in the list. */
const useOpenItem = (id: string | undefined) =>
  useApiQuery('items', 'get', { id: id ?? '' }, { enabled: id !== undefined, keepPrevious: false }).data

/** Products and services with their prices. */
export const ItemListPage = () => {
  const search = useSearch({ from: '/items' })
  const navigate = useNavigate()
  const formats = useFormats()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [adding, setAdding] = useState(false)
  const rates = useApiQuery('taxRates', 'list', { status: 'all' }).data ?? noRates
  const open = useOpenItem(search.item)
  const pages = useApiPages('items', 'list', {
    search: search.search ?? '',
    where: useWhere('items', search.where),
    status: search.status ?? 'active',
    kind: search.kind ?? 'all',
  })
  const columns = useTagColumn(
    useMemo(() => itemColumns(formats, rates, search.status === 'all'), [formats, rates, search.status]),
    pages.rows,
    'tax',
  )
  useActions([
    {
      id: 'item.new',
      title: 'New item',
      needs: 'items.write',
      group: 'Make',
      shortcut: 'c',
      keywords: 'product service',
      calls: 'items.create',
      run: () => setAdding(true),
    },
  ])
  const change = (patch: ItemListSearch) => {
    setSelected(new Set())
    void navigate({ to: '/items', search: (old) => itemListSearch({ ...old, ...patch }), replace: true })
  }
  const openItem = (item: Item | null) =>
    void navigate({ to: '/items', search: (old) => itemListSearch({ ...old, item: item?.id }) })
  const replaceAll = (view: Readonly<Record<string, unknown>>) => {
    setSelected(new Set())
    void navigate({ to: '/items', search: itemListSearch(view), replace: true })
  }
  const filterBar = useFilterBar({
    list: 'items',
    many: 'items',
    where: search.where,
    onChange: (where) => replaceAll({ ...search, where }),
  })
  const { item: _open, ...view } = search
  const filtered = Object.keys(search).length > 0
  return (
    <Page
      title="Items"
      fill
      actions={
        <May do="items.write">
          <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setAdding(true)}>
            New item
          </Button>
        </May>
      }
      toolbar={
        <>
          <SearchField
            label="Search items"
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
          <span className={classes['rule']} />
          <FilterTabs label="Kind" tabs={kinds} value={search.kind ?? 'all'} onChange={(kind) => change({ kind })} />
          <span className={classes['tools']}>
            {filterBar.button}
            <SavedViews list="items" current={view} onApply={replaceAll} />
          </span>
          {filterBar.chips}
        </>
      }
    >
      <MayCall call="items.create">
        <QuickAdd rates={rates} />
      </MayCall>
      {pages.error === null ? (
        <DataTable
          label="Items"
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onOpen={openItem}
          selected={selected}
          onSelect={setSelected}
          isPending={pages.isPending}
          hasMore={pages.hasMore}
          isLoadingMore={pages.isLoadingMore}
          onLoadMore={pages.loadMore}
          onLoadAll={pages.loadAll}
          openId={search.item ?? null}
          {...(pages.first === undefined ? {} : { total: pages.first.total })}
          selectionActions={(rows) => <ItemSelection rows={rows} onDone={() => setSelected(new Set())} />}
          empty={
            filtered ? (
              <EmptyState
                sentence="No item fits these filters."
                action={
                  <Button variant="default" onClick={() => void navigate({ to: '/items', search: {} })}>
                    Show all active items
                  </Button>
                }
              />
            ) : (
              <EmptyState
                sentence="Items are what you sell, with price and tax, so that a line on an invoice is one word and Enter."
                action={
                  <MayCall call="items.create">
                    <Button onClick={() => setAdding(true)}>Add your first item</Button>
                  </MayCall>
                }
                secondary={
                  <Link to="/import" search={{ entity: 'items' }}>
                    Import them from a file
                  </Link>
                }
              />
            )
          }
        />
      ) : (
        <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
      )}
      {adding && <NewItemDialog rates={rates} onClose={() => setAdding(false)} />}
      {open !== undefined && <EditItemDialog key={open.id} item={open} rates={rates} onClose={() => openItem(null)} />}
    </Page>
  )
}
