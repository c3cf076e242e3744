import {
  type FilterCondition,
  type FilteredList,
  type FilterOperator,
  type ListFilter,
  operatorsOf,
} from '../../../shared/contract/list-filter.ts'
import { newId } from '../../ids.ts'
import { fieldsOf, isUnary } from './filter-text.ts'

export type DraftCondition = FilterCondition & { readonly key: string }
export type DraftGroup = {
  readonly key: string
  readonly match: 'all' | 'any'
  readonly conditions: readonly DraftCondition[]
}
/** A filter while it is put together; keys keep each row of the builder to itself. */
export type FilterDraft = { readonly match: 'all' | 'any'; readonly groups: readonly DraftGroup[] }

/** A condition on a field, its first operator chosen and no value yet. */
export const conditionOn = (list: FilteredList, field: string): DraftCondition => {
  const kind = fieldsOf(list)[field]?.kind ?? 'text'
  return { key: newId(), field, operator: operatorsOf[kind][0] ?? 'is', value: '' }
}

/** A group with one condition on the first field of the list. */
export const newGroup = (list: FilteredList): DraftGroup => ({
  key: newId(),
  match: 'all',
  conditions: [conditionOn(list, Object.keys(fieldsOf(list))[0] ?? '')],
})

/** The draft that the builder begins with. */
export const draftOf = (list: FilteredList, filter: ListFilter | null): FilterDraft =>
  filter === null
    ? { match: 'all', groups: [newGroup(list)] }
    : {
        match: filter.match,
        groups: filter.groups.map(({ match, conditions }) => ({
          key: newId(),
          match,
          conditions: conditions.map((condition) => ({ ...condition, key: newId() })),
        })),
      }

/** The draft with one of its groups changed; a group without conditions goes. */
export const withGroup = (draft: FilterDraft, key: string, change: (group: DraftGroup) => DraftGroup): FilterDraft => ({
  ...draft,
  groups: draft.groups
    .map((group) => (group.key === key ? change(group) : group))
    .filter((group) => group.conditions.length > 0),
})

/** The condition with another operator; one that asks for no value has none. */
export const withOperator = (condition: DraftCondition, operator: FilterOperator): DraftCondition => ({
  ...condition,
  operator,
  value: isUnary(operator) ? '' : condition.value,
})

/** The keys of conditions that still want a value. */
export const unfinished = (draft: FilterDraft): ReadonlySet<string> =>
  new Set(
    draft.groups
      .flatMap((group) => group.conditions)
      .filter(({ operator, value }) => value.trim() === '' && !isUnary(operator))
      .map(({ key }) => key),
  )

/** What a finished draft asks for; null for nothing. */
export const filterOf = ({ match, groups }: FilterDraft): ListFilter | null =>
  groups.length === 0
    ? null
    : {
        match,
        groups: groups.map((group) => ({
          match: group.match,
          conditions: group.conditions.map(({ field, operator, value }) => ({ field, operator, value: value.trim() })),
        })),
      }
