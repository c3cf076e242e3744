import { Select } from '@mantine/core'
import type { MessageKind } from '../../../shared/contract/mail.ts'
import { useFilterBar } from '../../app/filters/filter-bar.tsx'
import { SavedViews } from '../../app/saved-views.tsx'
import type { OutboxSearch } from '../../app/search-params.ts'
import { SearchField } from '../../ui/search-field.tsx'
import classes from './mail.module.css'
import { kindGroups, kindNames } from './message-kinds.ts'

type KindFilterProps = { readonly value: MessageKind | null; readonly onChange: (kind: MessageKind | null) => void }

const KindFilter = ({ value, onChange }: KindFilterProps) => (
  <Select
    aria-label="Kind of message"
    placeholder="All kinds"
    w={168}
    clearable
    value={value}
    data={kindGroups.map(({ title, kinds }) => ({
      group: title,
      items: kinds.map((kind) => ({ value: kind, label: kindNames[kind] })),
    }))}
    // The list has the kinds and nothing else.
    onChange={(kind) => onChange(kind as MessageKind | null)}
  />
)

type Props = {
  readonly search: OutboxSearch
  /** Takes over what the list is narrowed to; what is undefined leaves the address. */
  readonly onChange: (search: Readonly<Record<string, unknown>>) => void
}

/** Words, kind, conditions and saved views of the outbox. */
export const OutboxFinders = ({ search: { message: _open, ...search }, onChange }: Props) => {
  const filterBar = useFilterBar({
    list: 'outbox',
    many: 'messages',
    where: search.where,
    onChange: (where) => onChange({ ...search, where }),
  })
  return (
    <>
      <div className={classes['finders']}>
        <SearchField
          label="Search messages"
          value={search.search ?? ''}
          onChange={(text) => onChange({ ...search, search: text })}
          className={classes['search']}
        />
        <KindFilter value={search.kind ?? null} onChange={(kind) => onChange({ ...search, kind: kind ?? undefined })} />
        {filterBar.button}
        <SavedViews list="outbox" current={{ ...search }} onApply={onChange} />
      </div>
      {filterBar.chips}
    </>
  )
}
