import { DummyDriver, Kysely, type RawBuilder, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Shadow } from '../../../db/shadow.ts'
import type { Database } from '../../../db/tables/index.ts'
import { totalsFromRows } from '../tax-reports/figures.ts'
import { balancesOfShown, monthsOfShown } from './sums.ts'

/** What somebody is shown of an organization: documents of these branches, and nothing that names another. */
export type BranchScope = { readonly organizationId: string; readonly branchIds: readonly string[] }

/** Tables whose rows belong to a branch themselves; NULL is the whole business, which a branch does not see. */
export const branchTables = ['invoices', 'quotes', 'credit_notes', 'payments', 'recurring_invoices'] as const
type BranchTable = (typeof branchTables)[number]

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

type Condition = (row: string) => string

const has = (table: string, id: string): string => `EXISTS (SELECT 1 FROM ${table} shown WHERE shown.id = ${id})`
const shows =
  (table: BranchTable | 'outbox_messages', column: string): Condition =>
  (row) =>
    has(table, `${row}.${column}`)
const either =
  (...conditions: readonly Condition[]): Condition =>
  (row) =>
    conditions.map((condition) => condition(row)).join(' OR ')
const both =
  (...conditions: readonly Condition[]): Condition =>
  (row) =>
    conditions.map((condition) => `(${condition(row)})`).join(' AND ')

const isNotHiddenIn = (table: string, id: string): string =>
  `NOT (EXISTS (SELECT 1 FROM main.${table} there WHERE there.id = ${id}) AND NOT ${has(table, id)})`

// Whatever names a row by its id alone: shown unless that is a document of another branch, or what belongs to one.
const aboutNothingHidden =
  (column: string, alsoIn: readonly string[] = []): Condition =>
  (row) =>
    [...branchTables, 'refunds', 'write_offs', ...alsoIn]
      .map((table) => isNotHiddenIn(table, `${row}.${column}`))
      .join(' AND ')

const tableOf: Readonly<Record<string, string>> = {
  invoice: 'invoices',
  quote: 'quotes',
  'credit-note': 'credit_notes',
  payment: 'payments',
  'recurring-invoice': 'recurring_invoices',
  refund: 'refunds',
}

// What only somebody who sees everything may read; it says how much of it there is.
const ofTheWholeBusiness = ['import', 'bank-account']

// The same for a row that says what it names: one look instead of one into each table.
const aboutShown =
  (kind: string, column: string): Condition =>
  (row) => {
    const cases = Object.entries(tableOf).map(
      ([name, table]) => `WHEN ${quoted(name)} THEN ${has(table, `${row}.${column}`)}`,
    )
    cases.push(...ofTheWholeBusiness.map((name) => `WHEN ${quoted(name)} THEN 0`))
    return `CASE ${row}.${kind} WHEN 'client' THEN 1 WHEN 'item' THEN 1 ${cases.join(' ')} ELSE ${aboutNothingHidden(column)(row)} END`
  }

// A message belongs where the document does that it is about. Not in `tableOf`, by which messages themselves are shown.
const aboutShownOrMail: Condition = (row) =>
  `CASE ${row}.entity WHEN 'mail' THEN ${has('outbox_messages', `${row}.entity_id`)}
    ELSE ${aboutShown('entity', 'entity_id')(row)} END`

const partsOf = (kind: 'invoice' | 'quote' | 'credit_note') =>
  ['lines', 'adjustments', 'taxes'].map(
    (part) => [`${kind}_${part}`, shows(`${kind}s`, `${kind}_id`)] satisfies [string, Condition],
  )

const settles = (payer: 'payments' | 'credit_notes', column: string) => ({
  // What settles a document counts for it whoever it came from; its other side is not shown.
  shown: either(shows('invoices', 'invoice_id'), shows(payer, column)),
  written: both(shows('invoices', 'invoice_id'), shows(payer, column)),
})

/** Tables whose rows belong to a document: which are shown, and which may be written where that is less. */
const belonging: Readonly<Record<string, { readonly shown: Condition; readonly written?: Condition }>> = {
  ...Object.fromEntries(
    [...partsOf('invoice'), ...partsOf('quote'), ...partsOf('credit_note')].map(([table, shown]) => [table, { shown }]),
  ),
  payment_allocations: settles('payments', 'payment_id'),
  credit_allocations: settles('credit_notes', 'credit_note_id'),
  refunds: { shown: either(shows('payments', 'payment_id'), shows('credit_notes', 'credit_note_id')) },
  write_offs: { shown: shows('invoices', 'invoice_id') },
  quote_invoices: {
    shown: either(shows('quotes', 'quote_id'), shows('invoices', 'invoice_id')),
    written: both(shows('quotes', 'quote_id'), shows('invoices', 'invoice_id')),
  },
  recurring_runs: { shown: shows('recurring_invoices', 'recurring_invoice_id') },
  invoice_reminders: { shown: shows('invoices', 'invoice_id') },
  attachments: { shown: aboutShown('entity', 'entity_id') },
  taggings: { shown: aboutShown('entity', 'entity_id') },
  outbox_messages: {
    // A statement says what a client owes the whole business.
    shown: both(aboutShown('entity', 'entity_id'), (row) => `${row}.kind <> 'statement'`),
    written: aboutShown('entity', 'entity_id'),
  },
}

/** Tables that only tell of others; the product writes them, whoever is at work. */
const telling: Readonly<Record<string, Condition>> = {
  notifications: aboutShownOrMail,
  search_entries: aboutShown('kind', 'entity_id'),
  jobs: aboutNothingHidden('subject_id', ['outbox_messages']),
  accesses: aboutNothingHidden('subject_id'),
  mail_log: shows('outbox_messages', 'outbox_message_id'),
  bank_transactions: shows('payments', 'payment_id'),
  // What they hold of documents cannot be told apart, and what reads them asks for somebody who sees everything.
  imports: () => '0',
  erasure_rows: () => '0',
}

// What has no changes in the log: logs and what is looked up.
const unrecorded: ReadonlySet<string> = new Set(['search_entries', 'erasure_rows'])

// A change is shown where the row that it changed is.
const changedRow: Condition = (row) => {
  const recorded = Object.keys(telling).filter((table) => !unrecorded.has(table))
  const tables = [...branchTables, ...Object.keys(belonging), ...recorded]
  const cases = tables.map((table) => `WHEN ${quoted(table)} THEN ${has(table, `${row}.row_id`)}`)
  return `CASE ${row}.table_name ${cases.join(' ')} ELSE 1 END`
}
const changeTables = ['audit_log', 'sync_log', 'chain_documents']

const writer = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

// A view takes no parameters; the only one of these is the id of the organization.
const asText = (query: RawBuilder<unknown>): string => {
  const { sql, parameters } = query.compile(writer)
  const values = parameters.map((value) => quoted(String(value)))
  return sql.replace(/\?/g, () => values.shift() ?? 'NULL')
}

// What happened to a document of one's own can name the document of another branch that it came by: it is left out. That a
// message went to a client is told where the message is shown: a statement is about the whole business.
const activityView = () => {
  const naming = `SELECT 1 FROM json_each(held.data) told WHERE told.type = 'text' AND NOT (${aboutNothingHidden('value')('told')})`
  const rest = `SELECT json_group_object(told.key, told.value) FROM json_each(held.data) told
    WHERE told.key IN ('number', 'currency', 'amountE4')`
  const message = isNotHiddenIn('outbox_messages', `json_extract(held.data, '$.messageId')`)
  return `SELECT seq, command_seq, organization_id, kind, entity, entity_id, client_id, at,
    CASE WHEN EXISTS (${naming}) THEN (${rest}) ELSE data END AS data
  FROM main.activity AS held WHERE ${aboutShown('entity', 'entity_id')('held')}
    AND (held.kind NOT LIKE 'mail.%' OR ${message})`
}

const filtered = (table: string, condition: string) => `SELECT * FROM main.${table} AS held WHERE ${condition}`

// A client's new name reaches every draft of theirs; whoever writes on a document raises its version.
const isRenamed = 'OLD.version = NEW.version AND OLD.branch_id IS NEW.branch_id'

const guardOf = (allows: Condition, besides = '0') => ({
  insert: allows('NEW'),
  update: `((${allows('NEW')}) AND (${allows('OLD')})) OR (${besides})`,
})

/** Every table that says something of documents, as a member sees it who is limited to branches. */
export const shadowOf = ({ organizationId, branchIds }: BranchScope): Shadow => {
  const ids = branchIds.map(quoted).join(', ')
  const own: Condition = (row) => `${row}.branch_id IN (${ids})`
  const shown: [string, Condition][] = [
    ...branchTables.map((table): [string, Condition] => [table, own]),
    ...Object.entries(belonging).map(([table, it]): [string, Condition] => [table, it.shown]),
    ...Object.entries(telling),
    ...changeTables.map((table): [string, Condition] => [table, changedRow]),
  ]
  return {
    key: [organizationId, ...branchIds].join(' '),
    views: {
      ...Object.fromEntries(shown.map(([table, condition]) => [table, filtered(table, condition('held'))])),
      activity: activityView(),
      // Sums that triggers keep are those of the whole business: here they are made of what is shown.
      client_balances: asText(balancesOfShown(organizationId)),
      monthly_totals: asText(monthsOfShown(organizationId)),
      tax_totals: asText(totalsFromRows(organizationId)),
    },
    sums: { client_balances: ['client_id', 'currency'], monthly_totals: ['month'] },
    guards: Object.fromEntries([
      ...branchTables.map((table) => [table, guardOf((row) => `coalesce(${own(row)}, 0)`, isRenamed)]),
      ...Object.entries(belonging).map(([table, it]) => [table, guardOf(it.written ?? it.shown)]),
    ]),
  }
}
