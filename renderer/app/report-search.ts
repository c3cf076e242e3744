import type { Contract, Input } from '../../shared/contract/index.ts'
import { isCivilDate } from '../../shared/dates.ts'

type Run = Input<Contract['reports']['run']>
type Aged = Input<Contract['statements']['aged']>

// Written out, as the contract's own lists would bring every schema into the first chunk; a missing one does not compile.
type Names<T extends string> = Readonly<Record<T, true>>

const groups: Names<Run['groupBy']> = {
  month: true,
  quarter: true,
  'fiscal-year': true,
  client: true,
  item: true,
  'item-kind': true,
  'client-type': true,
  'account-manager': true,
  currency: true,
  method: true,
}
const compares: Names<NonNullable<Run['compare']>> = { none: true, 'period-before': true, 'year-before': true }
const bases: Names<'received' | NonNullable<Aged['basis']>> = { received: true, issued: true, due: true }

type Raw = Readonly<Record<string, unknown>>

const text = (raw: Raw, name: string) => {
  const value = raw[name]
  const words = typeof value === 'number' ? String(value) : value
  return typeof words === 'string' && words !== '' ? { [name]: words } : {}
}

const oneOf = <T extends string>(raw: Raw, name: string, allowed: Names<T>) => {
  const value = raw[name]
  return typeof value === 'string' && Object.hasOwn(allowed, value) ? { [name]: value } : {}
}

const date = (raw: Raw, name: string) => {
  const value = raw[name]
  return typeof value === 'string' && isCivilDate(value) ? { [name]: value } : {}
}

/** A row that stands for nothing said (no item, no type) in the address, where a key is missing. */
export const unsaidKey = '-'

export type ReportSearch = {
  /** A range by its name (`last-month`, `fy-2025-26`), or `custom` with its days. */
  readonly range?: string
  readonly from?: string
  readonly to?: string
  readonly group?: Run['groupBy']
  /** `received`, `issued`, `due`: what the report counts by, where not its own default. */
  readonly basis?: 'received' | 'issued' | 'due'
  readonly compare?: NonNullable<Run['compare']>
  readonly clientId?: string
  /** The day of a report as of one day. */
  readonly on?: string
  readonly currency?: string
  /** The row whose documents are open beside. */
  readonly row?: string
}

/** The state of a report as its address keeps it: whatever is missing or malformed takes the report's own default. */
export const reportSearch = (raw: Raw): ReportSearch => ({
  ...text(raw, 'range'),
  ...date(raw, 'from'),
  ...date(raw, 'to'),
  ...oneOf(raw, 'group', groups),
  ...oneOf(raw, 'basis', bases),
  ...oneOf(raw, 'compare', compares),
  ...text(raw, 'clientId'),
  ...date(raw, 'on'),
  ...text(raw, 'currency'),
  ...text(raw, 'row'),
})

export type StatementSearch = { readonly range?: string; readonly from?: string; readonly to?: string }

/** The period of a statement as its address keeps it. */
export const statementSearch = (raw: Raw): StatementSearch => ({
  ...text(raw, 'range'),
  ...date(raw, 'from'),
  ...date(raw, 'to'),
})
