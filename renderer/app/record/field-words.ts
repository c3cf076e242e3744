import { amount, percent, quantity, unitPrice } from '../../../shared/money/scaled.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'

type Values = Readonly<Record<string, unknown>>

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const words = (name: string) => name.replaceAll('_', ' ')

const tableNames: Readonly<Record<string, string>> = {
  accesses: 'Look at something',
  bank_match_rules: 'Bank rule',
  client_contacts: 'Contact',
  client_notes: 'Note',
  credit_allocations: 'Credit used',
  erasures: 'Erasure',
  mail_log: 'Mail server answer',
  memberships: 'Role here',
  number_series: 'Number series',
  organizations: 'Business',
  outbox_messages: 'Message',
  payment_allocations: 'Payment used',
  person_erasures: 'Erasure',
  quote_invoices: 'Invoiced part of a quote',
  recurring_invoices: 'Recurring invoice',
  taggings: 'Tag on something',
  users: 'Person',
}

/** What a row is called, by its table. */
export const tableName = (table: string): string =>
  tableNames[table] ??
  upper(
    words(table)
      .replace(/ies$/, 'y')
      .replace(/(?:(ss|x|ch)es|([^s])s)$/, '$1$2'),
  )

/** Whether a row tells that somebody was erased: what it adds is that something is gone. */
export const isErasure = ({ table }: { readonly table: string }): boolean =>
  table === 'erasures' || table === 'person_erasures'

const columnNames: Readonly<Record<string, string>> = {
  address_line1: 'Address',
  address_line2: 'Address, second line',
  branch_ids: 'Branches',
  email: 'E-mail',
  erased_by_id: 'Erased by',
  found: 'Rows that named them',
  payment_terms_days: 'Days to pay',
  tax_ids: 'Tax numbers',
  client_id: 'Client',
  role_id: 'Own role',
  deleted_at: 'Deleted',
  is_chosen: 'Taken',
  issued_at: 'Issued',
  paid_e4: 'Paid',
  pdf_sha256: 'PDF (SHA-256)',
  procedure: 'Asked for by',
  resealed: 'Entries that stand without the name',
  stand_in: 'Shown in the place of the name',
  subject_id: 'Of',
  what: 'What',
}

/** What a column is called. */
export const columnName = (column: string): string =>
  columnNames[column] ?? upper(words(column.replace(/_(e4|e6|e10|at|on|id)$/, '').replace(/^is_/, '')))

const isDigits = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value))

const scaled = (column: string, digits: bigint, currency: string | undefined, formats: LocaleFormats): string => {
  if (column.endsWith('_e4')) return formats.figures(amount(digits), currency)
  if (column.endsWith('_e10')) return `${Number(digits) / 1e10}`
  if (/price/.test(column)) return formats.price(unitPrice(digits), currency)
  if (/percent|rate/.test(column)) return formats.percent(percent(digits))
  return formats.quantity(quantity(digits))
}

const list = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.map(list).filter(Boolean).join('; ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([key, held]) => [upper(key.replace(/([A-Z])/g, ' $1').toLowerCase()), list(held)] as const)
    .filter(([, text]) => text !== '')
    .map(([key, text]) => `${key}: ${text}`)
    .join(', ')
}

const structured = (text: string): string => {
  try {
    return list(JSON.parse(text))
  } catch {
    return text
  }
}

// Rows as "table id": how many of what, whichever they are.
const rowsInWords = (text: string): string => {
  const tables = structured(text)
    .split('; ')
    .map((row) => row.split(' ')[0] ?? '')
  return [...new Set(tables)]
    .map((table) => {
      const count = tables.filter((it) => it === table).length
      return count === 1 ? tableName(table) : `${tableName(table)} (${count})`
    })
    .join('; ')
}

// What proves something to a program is counted to a reader.
const spoken: Readonly<Record<string, (text: string) => string>> = {
  found: rowsInWords,
  resealed: (text) => (text === '{}' ? '' : String(structured(text).split(', ').length)),
}

// One of a few words that the code has for it.
const chosen = new Set(['kind', 'role', 'state', 'status'])

/** A stored value in words; null where there is none. `row` gives the currency that its amounts are in. */
export const valueInWords = (column: string, value: unknown, row: Values, formats: LocaleFormats): string | null => {
  if (value === null || value === undefined || value === '') return null
  if (/_(e4|e6|e10)$/.test(column) && isDigits(value)) {
    const currency = row['currency']
    return scaled(column, BigInt(value), typeof currency === 'string' ? currency : undefined, formats)
  }
  if ((/^is_/.test(column) || column === 'prices_include_tax') && isDigits(value))
    return String(value) === '0' ? 'No' : 'Yes'
  if (typeof value === 'string' && /_at$/.test(column)) return formats.instant(value)
  if (typeof value === 'string' && /_on$/.test(column)) return formats.date(value)
  if (typeof value === 'string' && /^[[{]/.test(value)) return (spoken[column] ?? structured)(value) || null
  if (typeof value === 'string' && chosen.has(column)) return upper(value.replaceAll(/[-_]/g, ' '))
  return typeof value === 'object' ? list(value) : String(value)
}
