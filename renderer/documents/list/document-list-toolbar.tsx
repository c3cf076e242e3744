import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { FilteredList } from '../../../shared/contract/list-filter.ts'
import { useActions } from '../../app/actions.ts'
import { useFilterBar } from '../../app/filters/filter-bar.tsx'
import { useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { SavedViews } from '../../app/saved-views.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { FilterTabs, type Tab } from '../../ui/tabs.tsx'
import classes from './document-list.module.css'

/** What the address of every list of documents may hold. */
export type DocumentSearch<F extends string> = {
  readonly search?: string
  readonly where?: string
  readonly filter?: F
  readonly clientId?: string
  readonly from?: string
  readonly to?: string
}

type FilterProps = { readonly clientId: string; readonly onClear: () => void }

const ClientFilter = ({ clientId, onClear }: FilterProps) => {
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

type Props<F extends string> = {
  /** What is listed: `invoices`. */
  readonly many: string
  /** The name that saved views of this list are kept by. */
  readonly list: string
  /** The name that its fields for filters are listed by. */
  readonly filtered: FilteredList
  readonly tabs: readonly Tab<F>[]
  readonly search: DocumentSearch<F>
  /** Puts values into the address; undefined takes one out. */
  readonly onChange: (change: { readonly [K in keyof DocumentSearch<F>]?: DocumentSearch<F>[K] | undefined }) => void
  /** Takes over a saved view as it was kept. */
  readonly onView: (view: Readonly<Record<string, unknown>>) => void
  /** The first of the tabs shows everything, and stands for no filter. */
  readonly all: F
}

/** Filters of a list of documents: state, client, words, dates, saved views. */
export const DocumentListToolbar = <F extends string>({
  many,
  list,
  filtered,
  tabs,
  search,
  onChange,
  onView,
  all,
}: Props<F>) => {
  const today = useToday()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.search ?? '')
  const apply = useDebouncedCallback((text: string) => onChange({ search: text === '' ? undefined : text }), 120)
  useActions([
    {
      id: `${list}.search`,
      title: `Search ${many}`,
      group: 'This page',
      shortcut: '/',
      calls: 'nothing',
      run: () => input.current?.focus(),
    },
  ])
  const filterBar = useFilterBar({
    list: filtered,
    many,
    where: search.where,
    onChange: (where) => onChange({ where }),
  })
  const dates = [
    { name: 'from', label: 'From' },
    { name: 'to', label: 'To' },
  ] as const
  return (
    <>
      <FilterTabs
        label={`${many.charAt(0).toUpperCase()}${many.slice(1)} by state`}
        tabs={tabs}
        value={search.filter ?? all}
        onChange={(filter) => onChange({ filter: filter === all ? undefined : filter })}
      />
      <div className={classes['finders']}>
        {search.clientId !== undefined && (
          <ClientFilter clientId={search.clientId} onClear={() => onChange({ clientId: undefined })} />
        )}
        <TextInput
          ref={input}
          className={classes['search']}
          aria-label={`Search ${many}`}
          placeholder="Number, client, words"
          type="search"
          leftSection={<IconSearch size={14} />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            apply(event.currentTarget.value)
          }}
        />
        {dates.map(({ name, label }) => (
          <DateField
            key={name}
            className={classes['dates']}
            aria-label={`${label} date`}
            placeholder={label}
            today={today}
            value={search[name]}
            onChange={(date) => onChange({ [name]: date ?? undefined })}
          />
        ))}
        {filterBar.button}
        <SavedViews
          list={list}
          current={{ ...search }}
          onApply={(view) => {
            setTyped(typeof view['search'] === 'string' ? view['search'] : '')
            onView(view)
          }}
        />
      </div>
      {filterBar.chips}
    </>
  )
}
