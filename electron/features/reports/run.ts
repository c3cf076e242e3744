import type { ReportGroup, ReportKind, ReportRow } from '../../../shared/contract/reports.ts'
import {
  addDays,
  addMonths,
  civilParts,
  daysBetween,
  firstDayOfMonth,
  fiscalYearOf,
  lastDayOfMonth,
} from '../../../shared/dates.ts'
import { add, subtract, sum } from '../../../shared/money/arithmetic.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/handles.ts'
import {
  type Fact,
  type FactScope,
  issuedFacts,
  paymentFacts,
  quoteFacts,
  receivedFacts,
  settledFacts,
} from './facts.ts'

export type ReportInput = {
  readonly organizationId: string
  readonly fiscalYearStart: string
  readonly report: ReportKind
  readonly groupBy: ReportGroup
  readonly basis: 'issued' | 'received'
  readonly from: string
  readonly to: string
  readonly clientId: string | null
}

const factsOf = (db: Db, input: ReportInput): Promise<Fact[]> => {
  const byItem = input.groupBy === 'item' || input.groupBy === 'item-kind'
  const scope: FactScope = { ...input, byItem }
  switch (input.report) {
    case 'revenue':
      return input.basis === 'issued' ? issuedFacts(db, scope) : receivedFacts(db, scope)
    case 'payments':
      return paymentFacts(db, scope)
    case 'days-to-pay':
      return settledFacts(db, scope)
    case 'quotes':
      return quoteFacts(db, scope)
  }
}

type Keys = { readonly keyOf: (fact: Fact) => string | null; readonly labelOf: (key: string | null) => string }

const quarterOf = (date: string) => {
  const { year, month } = civilParts(date)
  return `${year}-Q${Math.ceil(month / 3)}`
}

type Named = { readonly id: string; readonly name: string }

const named = (rows: readonly Named[], none: string) => {
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return (key: string | null) => (key === null ? none : (names.get(key) ?? none))
}

const clientsBy = async (db: Db, organizationId: string) =>
  db
    .selectFrom('clients')
    .select(['id', 'name', 'clientTypeId', 'accountManagerId'])
    .where('organizationId', '=', organizationId)
    .execute()

const own = (value: string | null) => value ?? ''

const byTime = (keyOf: (date: string) => string): Keys => ({ keyOf: (fact) => keyOf(fact.on), labelOf: own })

const keysOf = async (db: Db, { groupBy, organizationId, fiscalYearStart }: ReportInput): Promise<Keys> => {
  switch (groupBy) {
    case 'month':
      return byTime((date) => date.slice(0, 7))
    case 'quarter':
      return byTime(quarterOf)
    case 'fiscal-year':
      return byTime((date) => fiscalYearOf(date, fiscalYearStart).label)
    case 'currency':
      return { keyOf: (fact) => fact.currency, labelOf: own }
    case 'method':
      return { keyOf: (fact) => fact.method, labelOf: own }
    case 'client':
      return { keyOf: (fact) => fact.clientId, labelOf: named(await clientsBy(db, organizationId), '') }
    case 'client-type': {
      const clients = new Map((await clientsBy(db, organizationId)).map((client) => [client.id, client.clientTypeId]))
      const types = await db
        .selectFrom('clientTypes')
        .select(['id', 'name'])
        .where('organizationId', '=', organizationId)
        .execute()
      return { keyOf: (fact) => clients.get(fact.clientId) ?? null, labelOf: named(types, 'No type') }
    }
    case 'account-manager': {
      const clients = new Map(
        (await clientsBy(db, organizationId)).map((client) => [client.id, client.accountManagerId]),
      )
      const managers = await db
        .selectFrom('accountManagers')
        .select(['id', 'name'])
        .where('organizationId', '=', organizationId)
        .execute()
      return { keyOf: (fact) => clients.get(fact.clientId) ?? null, labelOf: named(managers, 'No account manager') }
    }
    case 'item':
    case 'item-kind': {
      const items = await db
        .selectFrom('items')
        .select(['id', 'name', 'kind'])
        .where('organizationId', '=', organizationId)
        .execute()
      if (groupBy === 'item') return { keyOf: (fact) => fact.itemId, labelOf: named(items, 'Without an item') }
      const kinds = new Map(items.map((item) => [item.id, item.kind]))
      const words: Readonly<Record<string, string>> = { product: 'Products', service: 'Services' }
      return {
        keyOf: (fact) => (fact.itemId === null ? null : (kinds.get(fact.itemId) ?? null)),
        labelOf: (key) => (key === null ? 'Without an item' : (words[key] ?? key)),
      }
    }
  }
}

type Sums = {
  amountE4: Amount
  taxE4: Amount
  wonE4: Amount
  wonCount: number
  days: number
  dayCount: number
  readonly documents: Set<string>
}

const noSums = (): Sums => ({
  amountE4: zero,
  taxE4: zero,
  wonE4: zero,
  wonCount: 0,
  days: 0,
  dayCount: 0,
  documents: new Set(),
})

const addFact = (sums: Sums, fact: Fact) => {
  sums.amountE4 = add(sums.amountE4, fact.amountE4)
  sums.taxE4 = add(sums.taxE4, fact.taxE4)
  sums.documents.add(fact.id)
  if (fact.isWon) {
    sums.wonE4 = add(sums.wonE4, fact.amountE4)
    sums.wonCount += 1
  }
  if (fact.days !== null) {
    sums.days += fact.days
    sums.dayCount += 1
  }
}

const averageOf = (sums: Sums | undefined) =>
  sums === undefined || sums.dayCount === 0 ? null : Math.round((sums.days / sums.dayCount) * 10) / 10

const rowOf = (
  key: string | null,
  label: string,
  sums: Sums,
  before: Sums | undefined,
  compared: boolean,
): ReportRow => ({
  key,
  label,
  amountE4: sums.amountE4,
  netE4: subtract(sums.amountE4, sums.taxE4),
  taxE4: sums.taxE4,
  count: sums.documents.size,
  wonCount: sums.wonCount,
  wonE4: sums.wonE4,
  averageDays: averageOf(sums),
  previousE4: compared ? (before?.amountE4 ?? zero) : null,
  previousCount: compared ? (before?.documents.size ?? 0) : null,
  previousDays: averageOf(before),
})

/** The range that a comparison is with: as many days right before, or the same days a year earlier. */
export const comparedRange = (from: string, to: string, compare: 'none' | 'period-before' | 'year-before') => {
  if (compare === 'none') return null
  if (compare === 'year-before') {
    // A month's end stays a month's end: February of a leap year is compared with the whole of February.
    const end = addMonths(to, -12)
    return { from: addMonths(from, -12), to: to === lastDayOfMonth(to) ? lastDayOfMonth(end) : end }
  }
  const isWholeMonths = from === firstDayOfMonth(from) && to === lastDayOfMonth(to)
  if (!isWholeMonths) return { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) }
  const [first, last] = [civilParts(from), civilParts(to)]
  const months = (last.year - first.year) * 12 + last.month - first.month + 1
  return { from: addMonths(from, -months), to: addDays(from, -1) }
}

const isTime = (group: ReportGroup) => group === 'month' || group === 'quarter' || group === 'fiscal-year'

const timeKeys = ({ groupBy, from, to, fiscalYearStart }: ReportInput): string[] => {
  const keyOf =
    groupBy === 'month'
      ? (date: string) => date.slice(0, 7)
      : groupBy === 'quarter'
        ? quarterOf
        : (date: string) => fiscalYearOf(date, fiscalYearStart).label
  const keys = new Set<string>()
  for (let date = firstDayOfMonth(from); date <= to; date = addMonths(date, 1))
    keys.add(keyOf(date < from ? from : date))
  keys.add(keyOf(to))
  return [...keys]
}

// Periods are compared by their place: the first month with the first, whatever they are called.
const sumsBy = (facts: readonly Fact[], keyOf: (fact: Fact) => string | null) => {
  const groups = new Map<string | null, Sums>()
  for (const fact of facts) {
    const key = keyOf(fact)
    const sums = groups.get(key) ?? noSums()
    groups.set(key, sums)
    addFact(sums, fact)
  }
  return groups
}

const totalOf = (facts: readonly Fact[]) => {
  const sums = noSums()
  for (const fact of facts) addFact(sums, fact)
  return sums
}

/** The rows of a report with their sum; times in order, anything else by amount. */
export const runReport = async (
  db: Db,
  input: ReportInput & { readonly compare: 'none' | 'period-before' | 'year-before' },
) => {
  const keys = await keysOf(db, input)
  const facts = await factsOf(db, input)
  const previous = comparedRange(input.from, input.to, input.compare)
  const before = previous === null ? [] : await factsOf(db, { ...input, ...previous })
  const groups = sumsBy(facts, keys.keyOf)
  const earlier = sumsBy(before, keys.keyOf)
  const compared = previous !== null
  const total = rowOf(null, 'Total', totalOf(facts), totalOf(before), compared)
  if (isTime(input.groupBy)) {
    const own = timeKeys(input)
    const theirs = previous === null ? [] : timeKeys({ ...input, ...previous })
    const rows = own.map((key, index) =>
      rowOf(key, key, groups.get(key) ?? noSums(), earlier.get(theirs[index] ?? ''), compared),
    )
    return { rows, total, previous }
  }
  const found = [...new Set([...groups.keys(), ...earlier.keys()])]
  const rows = found.map((key) =>
    rowOf(key, keys.labelOf(key), groups.get(key) ?? noSums(), earlier.get(key), compared),
  )
  return { rows: rows.sort(byAmount), total, previous }
}

const byAmount = (a: ReportRow, b: ReportRow) =>
  a.amountE4 === b.amountE4 ? (a.label < b.label ? -1 : 1) : a.amountE4 < b.amountE4 ? 1 : -1

// A row of one month, or of one client, is found in that month, or with that client, alone.
const narrowed = (input: ReportInput, key: string | null): ReportInput => {
  if (key === null) return input
  if (input.groupBy === 'client') return { ...input, clientId: input.clientId ?? key }
  if (input.groupBy !== 'month' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(key)) return input
  const first = `${key}-01`
  const [, from = first] = [first, input.from].sort()
  const [to = input.to] = [lastDayOfMonth(first), input.to].sort()
  return { ...input, from, to }
}

const placeOf = ({ on, number, id }: Pick<Fact, 'on' | 'number' | 'id'>) => [`${on} ${number}`, id] as const

const isAfter = (fact: Fact, [value, id]: readonly [string, string]) => {
  const [own, ownId] = placeOf(fact)
  return own === value ? ownId > id : own > value
}

const inOrder = (a: Fact, b: Fact) => (isAfter(a, placeOf(b)) ? 1 : -1)

/** One page of the documents behind a row: parts of one document are one line, so that all sum to the row. */
export const reportDocuments = async (
  db: Db,
  input: ReportInput & {
    readonly key: string | null
    /** Where the page before ended: date with number, and id. */
    readonly after: readonly [string, string] | null
    readonly limit: number
  },
) => {
  const { key, after, limit } = input
  const keys = await keysOf(db, input)
  const byDocument = new Map<string, Fact>()
  for (const fact of await factsOf(db, narrowed(input, key))) {
    if (keys.keyOf(fact) !== key) continue
    const seen = byDocument.get(fact.id)
    byDocument.set(
      fact.id,
      seen === undefined
        ? fact
        : { ...seen, amountE4: add(seen.amountE4, fact.amountE4), documentE4: add(seen.documentE4, fact.documentE4) },
    )
  }
  const names = named(await clientsBy(db, input.organizationId), '')
  const found = [...byDocument.values()]
  const left = found.filter((fact) => after === null || isAfter(fact, after)).sort(inOrder)
  return {
    rows: left.slice(0, limit + 1).map(({ kind, id, number, clientId, on, currency, documentE4, amountE4 }) => ({
      kind,
      id,
      number,
      clientName: names(clientId),
      on,
      currency,
      amountE4: documentE4,
      baseE4: amountE4,
    })),
    total: { count: found.length, baseE4: sum(found.map(({ amountE4 }) => amountE4)) },
  }
}
