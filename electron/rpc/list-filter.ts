import { type RawBuilder, type SqlBool, sql } from 'kysely'
import {
  type FilterCondition,
  type FilteredList,
  type FilterField,
  filterFields,
  type ListFilter,
  operatorsOf,
} from '../../shared/contract/list-filter.ts'
import { addDays, isCivilDate, startOfDayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import { fromDecimalString } from '../../shared/money/decimal-string.ts'
import { digits } from '../../shared/money/scaled.ts'
import { likeAnywhere } from './pages.ts'

/** The column or expression behind each field of a list; the row's id, for tags. */
export type FilterColumns<L extends FilteredList> = Readonly<
  Record<Exclude<keyof (typeof filterFields)[L], 'tag'>, RawBuilder<unknown>> & { id: RawBuilder<unknown> }
>

const problem = (field: FilterField, text: string): AppError =>
  new AppError('VALIDATION', `${field.label}: ${text}`, { fields: { where: `${field.label}: ${text}` } })

const relative = /^today(?:([+-])(\d{1,4}))?$/

const dateOf = (field: FilterField, value: string, today: string): string => {
  const match = relative.exec(value)
  if (match) return addDays(today, Number(match[2] ?? 0) * (match[1] === '-' ? -1 : 1))
  if (!isCivilDate(value)) throw problem(field, 'enter a date as YYYY-MM-DD, or today-30.')
  return value
}

const numberOf = (field: FilterField, value: string): bigint | number => {
  if (field.kind === 'whole') {
    if (!/^-?\d{1,9}$/.test(value)) throw problem(field, 'enter a whole number.')
    return Number(value)
  }
  const parsed = fromDecimalString(value, digits.amount)
  if (!parsed.ok) throw problem(field, 'enter an amount, such as 1500.00.')
  return parsed.value
}

const given = (field: FilterField, { value }: FilterCondition, today: string): string | bigint | number => {
  if (field.kind === 'date') return dateOf(field, value, today)
  if (field.kind === 'amount' || field.kind === 'whole') return numberOf(field, value)
  if (field.kind === 'choice' && !field.choices?.includes(value)) {
    throw problem(field, `choose one of ${field.choices?.join(', ') ?? ''}.`)
  }
  return value
}

type Days = { readonly today: string; readonly timezone: string }

// A day of an instant is the one that it fell on where the business is.
const onDay = (
  column: RawBuilder<unknown>,
  field: FilterField,
  { operator, value }: FilterCondition,
  { today, timezone }: Days,
): RawBuilder<SqlBool> => {
  const day = dateOf(field, value, today)
  const begins = startOfDayIn(timezone, day)
  const ends = startOfDayIn(timezone, addDays(day, 1))
  switch (operator) {
    case 'less':
      return sql<SqlBool>`${column} < ${begins}`
    case 'at-most':
      return sql<SqlBool>`${column} < ${ends}`
    case 'more':
      return sql<SqlBool>`${column} >= ${ends}`
    case 'at-least':
      return sql<SqlBool>`${column} >= ${begins}`
    default:
      return sql<SqlBool>`(${column} >= ${begins} AND ${column} < ${ends})`
  }
}

const tagged = (id: RawBuilder<unknown>, { operator, value }: FilterCondition): RawBuilder<SqlBool> => {
  const own = sql`SELECT 1 FROM taggings g WHERE g.entity_id = ${id} AND g.deleted_at IS NULL`
  switch (operator) {
    case 'is':
      return sql<SqlBool>`EXISTS (${own} AND g.tag_id = ${value})`
    case 'is-not':
      return sql<SqlBool>`NOT EXISTS (${own} AND g.tag_id = ${value})`
    case 'is-empty':
      return sql<SqlBool>`NOT EXISTS (${own})`
    default:
      return sql<SqlBool>`EXISTS (${own})`
  }
}

const comparisons = { less: sql`<`, 'at-most': sql`<=`, more: sql`>`, 'at-least': sql`>=` } as const

const compare = (
  column: RawBuilder<unknown>,
  field: FilterField,
  condition: FilterCondition,
  days: Days,
): RawBuilder<SqlBool> => {
  const { operator, value } = condition
  const { today } = days
  if (field.kind === 'instant' && operator !== 'is-empty' && operator !== 'is-not-empty')
    return onDay(column, field, condition, days)
  switch (operator) {
    case 'is-empty':
      return sql<SqlBool>`(${column} IS NULL OR ${column} = '')`
    case 'is-not-empty':
      return sql<SqlBool>`(${column} IS NOT NULL AND ${column} <> '')`
    case 'contains':
      return sql<SqlBool>`${column} LIKE ${likeAnywhere(value)} ESCAPE '\\'`
    case 'begins-with':
      return sql<SqlBool>`${column} LIKE ${likeAnywhere(value).slice(1)} ESCAPE '\\'`
    case 'is':
      return field.kind === 'text'
        ? sql<SqlBool>`${column} = ${value} COLLATE NOCASE`
        : sql<SqlBool>`${column} = ${given(field, condition, today)}`
    case 'is-not':
      // What belongs to no branch is not of this one either.
      if (field.kind === 'branch') return sql<SqlBool>`${column} IS NOT ${value}`
      return field.kind === 'text'
        ? sql<SqlBool>`(${column} IS NULL OR ${column} <> ${value} COLLATE NOCASE)`
        : sql<SqlBool>`${column} <> ${given(field, condition, today)}`
    default:
      return sql<SqlBool>`${column} ${comparisons[operator]} ${given(field, condition, today)}`
  }
}

const joined = (match: 'all' | 'any', parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  parts.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(parts, match === 'all' ? sql` AND ` : sql` OR `)})`

/**
 * The condition of a filter over a list; null without one. Fields and operators are those of the contract and values
 * are bound, so that nothing typed becomes SQL. AppError VALIDATION says which condition does not fit.
 */
export const filterCondition = <L extends FilteredList>(
  list: L,
  filter: ListFilter | null,
  columns: FilterColumns<L>,
  today: string,
  /** Of the business: in which zone an instant falls on a day. */
  timezone = 'UTC',
): RawBuilder<SqlBool> | null => {
  if (filter === null) return null
  const fields: Readonly<Record<string, FilterField>> = filterFields[list]
  const known: Readonly<Record<string, RawBuilder<unknown>>> = columns
  const one = (condition: FilterCondition): RawBuilder<SqlBool> => {
    const field = Object.hasOwn(fields, condition.field) ? fields[condition.field] : undefined
    if (field === undefined) throw new AppError('VALIDATION', `This list has no field ${condition.field}.`)
    if (!operatorsOf[field.kind].includes(condition.operator)) {
      throw problem(field, `"${condition.operator}" does not go with this field.`)
    }
    if (field.kind === 'tag') return tagged(columns.id, condition)
    const column = known[condition.field]
    if (column === undefined) throw new AppError('VALIDATION', `This list has no field ${condition.field}.`)
    return compare(column, field, condition, { today, timezone })
  }
  return joined(
    filter.match,
    filter.groups.map((group) => joined(group.match, group.conditions.map(one))),
  )
}
