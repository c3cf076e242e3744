import type {
  FilterCondition,
  FilteredList,
  FilterField,
  FilterOperator,
} from '../../../shared/contract/list-filter.ts'
import { fromDecimalString } from '../../../shared/money/decimal-string.ts'
import { amount, digits } from '../../../shared/money/scaled.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { fieldsOf, isUnary } from './filter-text.ts'

const plain: Readonly<Record<FilterOperator, string>> = {
  is: 'is',
  'is-not': 'is not',
  contains: 'contains',
  'begins-with': 'begins with',
  less: 'is less than',
  'at-most': 'is at most',
  more: 'is more than',
  'at-least': 'is at least',
  'is-empty': 'is empty',
  'is-not-empty': 'is not empty',
}

const ofDates: Partial<Record<FilterOperator, string>> = {
  is: 'is on',
  less: 'is before',
  'at-most': 'is on or before',
  more: 'is after',
  'at-least': 'is on or after',
}

const ofTags: Partial<Record<FilterOperator, string>> = {
  'is-empty': 'is none',
  'is-not-empty': 'is any',
}

const ofBranches: Partial<Record<FilterOperator, string>> = {
  'is-empty': 'is the whole business',
  'is-not-empty': 'is any branch',
}

const ownOperators: Partial<Record<FilterField['kind'], Partial<Record<FilterOperator, string>>>> = {
  date: ofDates,
  instant: ofDates,
  tag: ofTags,
  branch: ofBranches,
}

/** An operator in words, as it reads behind a field of this kind. */
export const operatorWords = (kind: FilterField['kind'], operator: FilterOperator): string =>
  ownOperators[kind]?.[operator] ?? plain[operator]

const ownWords: Readonly<Record<string, string>> = {
  upi: 'UPI',
  'creditNotes.issued': 'Credit left',
  'creditNotes.applied': 'Used',
  'quotes.void': 'Withdrawn',
  'recurringInvoices.draft': 'Make a draft',
  'recurringInvoices.send': 'Issue and send',
  'recurringInvoices.day': 'By days',
  'recurringInvoices.week': 'By weeks',
  'recurringInvoices.month': 'By months',
  'recurringInvoices.quarter': 'By quarters',
  'recurringInvoices.year': 'By years',
  'outbox.queued': 'Waiting',
  'outbox.accepted': 'Sent',
  'outbox.bounced': 'Came back',
  'bankLines.new': 'To match',
  'bankLines.ignored': 'Set aside',
}

/** A choice of a field as the list itself calls it: `Bank transfer`. */
export const choiceWords = (list: FilteredList, choice: string): string =>
  ownWords[`${list}.${choice}`] ??
  ownWords[choice] ??
  `${choice.charAt(0).toUpperCase()}${choice.slice(1).replaceAll('-', ' ')}`

const relative = /^today(?:([+-])(\d{1,4}))?$/

/** A date value apart: days from today, or a civil date. */
export const readDateValue = (value: string): { readonly days: number } | { readonly on: string } => {
  const match = relative.exec(value)
  return match === null ? { on: value } : { days: Number(match[2] ?? 0) * (match[1] === '-' ? -1 : 1) }
}

/** Days from today as a filter keeps them: `today-30`. */
export const daysValue = (days: number): string =>
  days === 0 ? 'today' : `today${days < 0 ? '-' : '+'}${Math.abs(days)}`

const dateWords = (value: string, formats: LocaleFormats): string => {
  const date = readDateValue(value)
  if ('on' in date) return /^\d{4}-\d\d-\d\d$/.test(date.on) ? formats.date(date.on) : date.on
  if (date.days === 0) return 'today'
  const count = Math.abs(date.days)
  return `${count} ${count === 1 ? 'day' : 'days'} ${date.days < 0 ? 'ago' : 'from now'}`
}

const amountWords = (value: string, formats: LocaleFormats): string => {
  const parsed = fromDecimalString(value, digits.amount)
  return parsed.ok ? formats.figures(amount(parsed.value)) : value
}

type Names = {
  readonly formats: LocaleFormats
  /** The name of a tag by its id. */
  readonly tagName: (id: string) => string
  readonly branchName: (id: string) => string
}

const valueWords = (list: FilteredList, field: FilterField, value: string, names: Names): string => {
  const { formats, tagName, branchName } = names
  switch (field.kind) {
    case 'amount':
      return amountWords(value, formats)
    case 'date':
    case 'instant':
      return dateWords(value, formats)
    case 'choice':
      return choiceWords(list, value)
    case 'tag':
      return tagName(value)
    case 'branch':
      return branchName(value)
    case 'whole':
      return value
    default:
      return `“${value}”`
  }
}

/** A condition as a sentence without its dot: `Total is more than 1,000.00`. */
export const conditionWords = (list: FilteredList, condition: FilterCondition, names: Names): string => {
  const field = fieldsOf(list)[condition.field]
  if (field === undefined) return condition.field
  const start = `${field.label} ${operatorWords(field.kind, condition.operator)}`
  return isUnary(condition.operator) ? start : `${start} ${valueWords(list, field, condition.value, names)}`
}
