import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useActions } from '../../../app/actions.ts'
import { useToday } from '../../../app/organization.ts'
import { useApiQuery } from '../../../app/queries.ts'
import { SavedViews } from '../../../app/saved-views.tsx'
import { invoiceListSearch } from '../../../app/search-params.ts'
import { DateField } from '../../../ui/date-field.tsx'
import { FilterTabs } from '../../../ui/tabs.tsx'
import classes from './invoice-list.module.css'
import type { ListState } from './invoice-list-state.ts'

const filters = [
  { value: 'all', label: 'All' },
  { value: 'draft', label: 'Drafts' },
  { value: 'open', label: 'Open' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'partly-paid', label: 'Part-paid' },
  { value: 'paid', label: 'Paid' },
  { value: 'void', label: 'Void' },
] as const

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

/** Filters of the list: state, client, words, dates, saved views. */
export const InvoiceListToolbar = ({ search, change, clear }: ListState) => {
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
      <div className={classes['finders']}>
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
      </div>
    </>
  )
}
