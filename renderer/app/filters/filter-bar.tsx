import { ActionIcon, Button } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import type { FilteredList, ListFilter } from '../../../shared/contract/list-filter.ts'
import { useFormats } from '../../ui/locale.tsx'
import { useActions } from '../actions.ts'
import { useBranches } from '../branches.ts'
import { useApiQuery } from '../queries.ts'
import { conditionCount, readFilter, withoutCondition, writeFilter } from './filter-text.ts'
import { conditionWords } from './filter-words.ts'
import classes from './filters.module.css'

const FilterBuilder = lazy(async () => ({ default: (await import('./filter-builder.tsx')).FilterBuilder }))

type ChipsProps = {
  readonly list: FilteredList
  readonly filter: ListFilter
  readonly onEdit: () => void
  readonly onChange: (filter: ListFilter | null) => void
}

const FilterChips = ({ list, filter, onEdit, onChange }: ChipsProps) => {
  const formats = useFormats()
  const tags = useApiQuery('tags', 'list', {}).data ?? []
  const { nameOf } = useBranches()
  const names = { formats, tagName: (id: string) => tags.find((tag) => tag.id === id)?.name ?? '…', branchName: nameOf }
  const isGrouped = filter.groups.length > 1
  return (
    <ul className={classes['chips']} aria-label="Active filter">
      {filter.groups.map((group, place) => (
        // A group has nothing of its own but its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the chips hold no state
        <li key={place} className={classes['chip-part']}>
          {place > 0 && <span className={classes['joint']}>{filter.match === 'all' ? 'and' : 'or'}</span>}
          <span className={classes['chip-group']} data-boxed={(isGrouped && group.conditions.length > 1) || undefined}>
            {group.conditions.map((condition, at) => {
              const words = conditionWords(list, condition, names)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: the chips hold no state
                <span key={at} className={classes['chip-part']}>
                  {at > 0 && <span className={classes['joint']}>{group.match === 'all' ? 'and' : 'or'}</span>}
                  <span className={classes['chip']}>
                    <button type="button" className={classes['chip-text']} onClick={onEdit} title="Change the filter">
                      {words}
                    </button>
                    <ActionIcon
                      size={24}
                      aria-label={`Remove: ${words}`}
                      onClick={() => onChange(withoutCondition(filter, place, at))}
                    >
                      <IconX size={13} />
                    </ActionIcon>
                  </span>
                </span>
              )
            })}
          </span>
        </li>
      ))}
      <li>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(null)}>
          Clear filter
        </Button>
      </li>
    </ul>
  )
}

type Input = {
  readonly list: FilteredList
  /** What is listed: `invoices`. */
  readonly many: string
  /** The filter as the address keeps it. */
  readonly where: string | undefined
  /** Puts the filter into the address; undefined takes it out. */
  readonly onChange: (where: string | undefined) => void
}

export type FilterBar = {
  /** Opens the builder; stands among the other tools of the list. */
  readonly button: ReactNode
  /** The active filter in words, on a row of its own; nothing without one. */
  readonly chips: ReactNode
}

/** The filter that the address of a list keeps; null for none, and for one that does not fit the list. */
export const useWhere = (list: FilteredList, where: string | undefined): ListFilter | null =>
  useMemo(() => readFilter(list, where), [list, where])

/** The filter of a list: its button (and `f`), its builder, and the chips that say it. */
export const useFilterBar = ({ list, many, where, onChange }: Input): FilterBar => {
  const [isOpen, setOpen] = useState(false)
  const filter = useWhere(list, where)
  const count = conditionCount(filter)
  const apply = (next: ListFilter | null) => {
    setOpen(false)
    onChange(writeFilter(next))
  }
  useActions([
    {
      id: `${list}.filter`,
      title: `Filter ${many}`,
      group: 'This page',
      shortcut: 'f',
      keywords: 'conditions where only',
      calls: 'nothing',
      run: () => setOpen(true),
    },
    ...(filter === null
      ? []
      : [
          {
            id: `${list}.filter.clear`,
            title: 'Clear the filter',
            group: 'This page',
            calls: 'nothing',
            run: () => apply(null),
          } as const,
        ]),
  ])
  return {
    button: (
      <>
        <Button
          variant={count === 0 ? 'default' : 'light'}
          leftSection={<IconFilter size={14} aria-hidden="true" />}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          {count === 0 ? 'Filter' : `Filter (${count})`}
        </Button>
        {isOpen && (
          <Suspense fallback={null}>
            <FilterBuilder list={list} many={many} filter={filter} onApply={apply} onClose={() => setOpen(false)} />
          </Suspense>
        )}
      </>
    ),
    chips:
      filter === null ? null : (
        <FilterChips list={list} filter={filter} onEdit={() => setOpen(true)} onChange={apply} />
      ),
  }
}
