import {
  type FilterCondition,
  type FilteredList,
  type FilterField,
  filterFields,
  filterOperators,
  type ListFilter,
  operatorsOf,
} from '../../../shared/contract/list-filter.ts'

// The marks of the text itself are written as codes within a value.
const written = (value: string) =>
  encodeURIComponent(value).replace(/[().,!'*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)

const read = (value: string): string | null => {
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}

const conditionText = ({ field, operator, value }: FilterCondition) =>
  value === '' ? `${field}.${operator}` : `${field}.${operator}.${written(value)}`

/** A filter as the address keeps it: `all:any(clientName.contains.Acme,total.more.100)`; undefined for none. */
export const writeFilter = (filter: ListFilter | null): string | undefined => {
  const groups = filter?.groups.filter((group) => group.conditions.length > 0) ?? []
  if (filter === null || groups.length === 0) return undefined
  return `${filter.match}:${groups.map(({ match, conditions }) => `${match}(${conditions.map(conditionText).join(',')})`).join('')}`
}

/** The fields that a list can be filtered by. */
export const fieldsOf = (list: FilteredList): Readonly<Record<string, FilterField>> => filterFields[list]

/** Operators that ask for no value. */
export const isUnary = (operator: FilterCondition['operator']) => operator === 'is-empty' || operator === 'is-not-empty'

const readCondition = (list: FilteredList, text: string): FilterCondition | null => {
  const [name = '', sign = '', coded = ''] = text.split('.')
  const fields = fieldsOf(list)
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  const operator = filterOperators.find((it) => it === sign)
  const value = read(coded)
  if (field === undefined || operator === undefined || value === null || value.length > 200) return null
  if (!operatorsOf[field.kind].includes(operator) || (value === '' && !isUnary(operator))) return null
  return { field: name, operator, value }
}

const matchOf = (text: string | undefined): ListFilter['match'] => (text === 'any' ? 'any' : 'all')

/** The filter that an address keeps; what does not fit the list is left out, null where nothing is left. */
export const readFilter = (list: FilteredList, text: string | undefined): ListFilter | null => {
  const whole = /^(any|all):(.*)$/.exec(text ?? '')
  if (whole === null) return null
  const groups = [...(whole[2] ?? '').matchAll(/(any|all)\(([^()]*)\)/g)]
    .slice(0, 10)
    .map(([, match, inner = '']) => ({
      match: matchOf(match),
      conditions: inner
        .split(',')
        .slice(0, 20)
        .flatMap((it) => readCondition(list, it) ?? []),
    }))
    .filter((group) => group.conditions.length > 0)
  return groups.length === 0 ? null : { match: matchOf(whole[1]), groups }
}

/** The filter without one of its conditions. */
export const withoutCondition = (filter: ListFilter, group: number, condition: number): ListFilter => ({
  ...filter,
  groups: filter.groups
    .map((it, at) =>
      at === group ? { ...it, conditions: it.conditions.filter((_, place) => place !== condition) } : it,
    )
    .filter((it) => it.conditions.length > 0),
})

/** How many conditions a filter has. */
export const conditionCount = (filter: ListFilter | null): number =>
  filter?.groups.reduce((sum, group) => sum + group.conditions.length, 0) ?? 0
