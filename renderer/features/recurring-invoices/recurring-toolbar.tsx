import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useFilterBar } from '../../app/filters/filter-bar.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { SavedViews } from '../../app/saved-views.tsx'
import { type RecurringListSearch, recurringListSearch } from '../../app/search-params.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import classes from './recurring.module.css'

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

type Props = { readonly search: RecurringListSearch; readonly onChange: (search: RecurringListSearch) => void }

/** Which schedules are shown: by state, client, words, conditions, and saved views of these. */
export const RecurringToolbar = ({ search, onChange }: Props) => {
  // What is empty leaves the address.
  const change = (patch: Readonly<Record<string, unknown>>) => onChange(recurringListSearch({ ...search, ...patch }))
  const filterBar = useFilterBar({
    list: 'recurringInvoices',
    many: 'recurring invoices',
    where: search.where,
    onChange: (where) => change({ where }),
  })
  return (
    <>
      <FilterTabs
        label="Recurring invoices by state"
        tabs={states}
        value={search.state ?? 'all'}
        onChange={(state) => change({ state: state === 'all' ? undefined : state })}
      />
      <div className={classes['finders']}>
        {search.clientId !== undefined && (
          <ClientFilter clientId={search.clientId} onClear={() => change({ clientId: undefined })} />
        )}
        <SearchField
          label="Search recurring invoices"
          value={search.search ?? ''}
          onChange={(text) => change({ search: text })}
          className={classes['search']}
        />
        {filterBar.button}
        <SavedViews list="recurring" current={{ ...search }} onApply={(view) => onChange(recurringListSearch(view))} />
      </div>
      {filterBar.chips}
    </>
  )
}
