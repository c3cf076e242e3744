import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { useFilterBar } from '../../app/filters/filter-bar.tsx'
import { SavedViews } from '../../app/saved-views.tsx'
import { FilterTabs, type Tab } from '../../ui/tabs.tsx'
import classes from './bank.module.css'
import type { BankingState } from './list-state.ts'

type View = 'to-match' | 'money-out' | 'matched' | 'ignored' | 'all' | 'statements'

type Props = BankingState & { readonly counts: { readonly toMatch: number; readonly moneyOut: number } | undefined }

/** Which lines are shown, and the search among them. */
export const BankingToolbar = ({ search, change, clear, replace, counts }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.search ?? '')
  const apply = useDebouncedCallback((text: string) => (text === '' ? clear('search') : change({ search: text })), 120)
  const { line: _open, view: _view, ...kept } = search
  const filterBar = useFilterBar({
    list: 'bankLines',
    many: 'bank lines',
    where: search.where,
    onChange: (where) => (where === undefined ? clear('where') : change({ where })),
  })
  const view: View = search.view === 'statements' ? 'statements' : (search.filter ?? 'to-match')
  const tabs: readonly Tab<View>[] = [
    { value: 'to-match', label: 'To match', count: counts?.toMatch },
    { value: 'money-out', label: 'Money out', count: counts?.moneyOut },
    { value: 'matched', label: 'Matched' },
    { value: 'ignored', label: 'Set aside' },
    { value: 'all', label: 'All lines' },
    { value: 'statements', label: 'Statements' },
  ]
  const show = (next: View) => {
    clear('line', 'view', 'filter')
    if (next === 'statements') change({ view: 'statements' })
    else if (next !== 'to-match') change({ filter: next })
  }
  useActions([
    {
      id: 'bank.search',
      title: 'Search bank lines',
      group: 'This page',
      shortcut: '/',
      calls: 'nothing',
      run: () => input.current?.focus(),
    },
  ])
  return (
    <>
      <FilterTabs label="Bank lines by state" tabs={tabs} value={view} onChange={show} />
      {view !== 'statements' && (
        <>
          <div className={classes['finders']}>
            <TextInput
              ref={input}
              className={classes['search']}
              aria-label="Search bank lines"
              placeholder="Name, text, reference"
              type="search"
              leftSection={<IconSearch size={14} />}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value)
                apply(event.currentTarget.value)
              }}
            />
            {filterBar.button}
            <SavedViews
              list="banking"
              current={kept}
              onApply={(definition) => {
                setTyped(typeof definition['search'] === 'string' ? definition['search'] : '')
                replace(definition)
              }}
            />
          </div>
          {filterBar.chips}
        </>
      )}
    </>
  )
}
