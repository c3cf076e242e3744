import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import {
  type FilteredList,
  type FilterField,
  type FilterOperator,
  type ListFilter,
  operatorsOf,
} from '../../../shared/contract/list-filter.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { useBranches } from '../branches.ts'
import {
  conditionOn,
  type DraftCondition,
  type DraftGroup,
  draftOf,
  filterOf,
  newGroup,
  unfinished,
  withGroup,
  withOperator,
} from './filter-draft.ts'
import { fieldsOf, isUnary } from './filter-text.ts'
import { FilterValue } from './filter-value.tsx'
import { operatorWords } from './filter-words.ts'
import classes from './filters.module.css'

const missing: Readonly<Record<FilterField['kind'], string>> = {
  text: 'Enter what to look for.',
  amount: 'Enter an amount.',
  whole: 'Enter a number.',
  date: 'Enter a date.',
  instant: 'Enter a date.',
  choice: 'Choose one.',
  tag: 'Choose a tag.',
  branch: 'Choose a branch.',
}

type MatchProps = {
  readonly label: string
  readonly value: 'all' | 'any'
  readonly onChange: (match: 'all' | 'any') => void
  readonly words: Readonly<Record<'all' | 'any', string>>
}

const Match = ({ label, value, onChange, words }: MatchProps) => (
  <SegmentedControl
    aria-label={label}
    value={value}
    data={[
      { value: 'all', label: words.all },
      { value: 'any', label: words.any },
    ]}
    onChange={(next) => onChange(next === 'any' ? 'any' : 'all')}
  />
)

type RowProps = {
  readonly list: FilteredList
  readonly name: string
  readonly condition: DraftCondition
  readonly isMissing: boolean
  readonly isFirst: boolean
  readonly onChange: (condition: DraftCondition) => void
  readonly onRemove: () => void
}

const ConditionRow = ({ list, name, condition, isMissing, isFirst, onChange, onRemove }: RowProps) => {
  const hasBranches = useBranches().all.length > 1
  const fields = fieldsOf(list)
  const field = fields[condition.field]
  // A saved filter keeps what it was made with.
  const offered = Object.entries(fields).filter(
    ([name, { kind }]) => kind !== 'branch' || hasBranches || name === condition.field,
  )
  if (field === undefined) return null
  return (
    <li className={classes['condition']}>
      <Select
        aria-label={`Field of ${name}`}
        searchable
        openOnFocus={false}
        data={offered.map(([value, { label }]) => ({ value, label }))}
        value={condition.field}
        onChange={(next) => onChange({ ...conditionOn(list, next ?? condition.field), key: condition.key })}
        {...(isFirst ? { 'data-autofocus': true } : {})}
      />
      <Select
        aria-label={`Comparison of ${name}`}
        data={operatorsOf[field.kind].map((value) => ({ value, label: operatorWords(field.kind, value) }))}
        value={condition.operator}
        // The list gives back one of the operators above.
        onChange={(next) => onChange(withOperator(condition, (next ?? condition.operator) as FilterOperator))}
      />
      {isUnary(condition.operator) ? (
        <span />
      ) : (
        <FilterValue
          key={condition.field}
          list={list}
          field={field}
          aria-label={`Value of ${name}`}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
          error={isMissing ? missing[field.kind] : undefined}
        />
      )}
      <ActionIcon size={32} aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
    </li>
  )
}

type GroupProps = {
  readonly list: FilteredList
  readonly group: DraftGroup
  readonly place: number
  readonly isOnly: boolean
  readonly missingKeys: ReadonlySet<string>
  readonly onChange: (change: (group: DraftGroup) => DraftGroup) => void
}

const Group = ({ list, group, place, isOnly, missingKeys, onChange }: GroupProps) => {
  const first = Object.keys(fieldsOf(list))[0] ?? ''
  return (
    <fieldset className={classes['group']} aria-label={isOnly ? 'Conditions' : `Group ${place + 1}`}>
      {group.conditions.length > 1 && (
        <Match
          label={isOnly ? 'Conditions that must hold' : `Conditions of group ${place + 1} that must hold`}
          value={group.match}
          words={{ all: 'All of these', any: 'Any of these' }}
          onChange={(match) => onChange((it) => ({ ...it, match }))}
        />
      )}
      <ul className={classes['conditions']}>
        {group.conditions.map((condition, at) => (
          <ConditionRow
            key={condition.key}
            list={list}
            name={isOnly ? `condition ${at + 1}` : `condition ${at + 1} of group ${place + 1}`}
            condition={condition}
            isMissing={missingKeys.has(condition.key)}
            isFirst={place === 0 && at === 0}
            onChange={(next) =>
              onChange((it) => ({
                ...it,
                conditions: it.conditions.map((one) => (one.key === next.key ? next : one)),
              }))
            }
            onRemove={() =>
              onChange((it) => ({ ...it, conditions: it.conditions.filter((one) => one.key !== condition.key) }))
            }
          />
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes['add']}
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        disabled={group.conditions.length >= 20}
        onClick={() => onChange((it) => ({ ...it, conditions: [...it.conditions, conditionOn(list, first)] }))}
      >
        Add condition
      </Button>
    </fieldset>
  )
}

type Props = {
  readonly list: FilteredList
  /** What is listed: `invoices`. */
  readonly many: string
  readonly filter: ListFilter | null
  readonly onApply: (filter: ListFilter | null) => void
  readonly onClose: () => void
}

/** Puts a filter together: conditions in groups, all or any of which must hold. */
export const FilterBuilder = ({ list, many, filter, onApply, onClose }: Props) => {
  const [draft, setDraft] = useState(() => draftOf(list, filter))
  const [missingKeys, setMissing] = useState<ReadonlySet<string>>(new Set())
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const open = unfinished(draft)
    setMissing(open)
    // A field whose text cannot be read says so itself.
    if (open.size === 0 && event.currentTarget.checkValidity()) onApply(filterOf(draft))
  }
  return (
    <Dialog open onClose={onClose} title={`Filter ${many}`} size="xl">
      <form onSubmit={submit} noValidate className={classes['builder']}>
        {draft.groups.map((group, place) => (
          <div key={group.key} className={classes['part']}>
            {place === 1 && (
              <Match
                label="Groups that must hold"
                value={draft.match}
                words={{ all: 'and', any: 'or' }}
                onChange={(match) => setDraft({ ...draft, match })}
              />
            )}
            {place > 1 && <span className={classes['joint']}>{draft.match === 'all' ? 'and' : 'or'}</span>}
            <Group
              list={list}
              group={group}
              place={place}
              isOnly={draft.groups.length === 1}
              missingKeys={missingKeys}
              onChange={(change) => setDraft(withGroup(draft, group.key, change))}
            />
          </div>
        ))}
        {draft.groups.length === 0 && <p className={classes['nothing']}>No condition: everything is listed.</p>}
        <Button
          variant="default"
          size="compact-sm"
          className={classes['add']}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={draft.groups.length >= 10}
          onClick={() => setDraft({ ...draft, groups: [...draft.groups, newGroup(list)] })}
        >
          Add group
        </Button>
        <DialogFooter>
          {filter !== null && (
            <Button variant="subtle" color="gray" onClick={() => onApply(null)}>
              Clear the filter
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Show {many}</Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
