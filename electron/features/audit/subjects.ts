import { type RawBuilder, sql } from 'kysely'
import type { AuditSubject } from '../../../shared/contract/audit.ts'
import type { Db } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'

// What a row belongs to, by its table: the table that a person knows, and how it is called there.
const documents = [
  ['invoices', 'invoice'],
  ['quotes', 'quote'],
  ['credit_notes', 'credit_note'],
] as const

const number = sql`coalesce(number, 'Draft')`
const name = sql`name`

const own: Readonly<Record<string, RawBuilder<unknown>>> = {
  clients: name,
  invoices: number,
  quotes: number,
  credit_notes: number,
  payments: number,
  refunds: number,
  items: name,
  recurring_invoices: name,
  account_managers: name,
  bank_accounts: name,
  branches: name,
  client_types: name,
  number_series: sql`pattern`,
  payment_accounts: sql`label`,
  roles: name,
  tags: name,
  tax_rates: name,
}

const parents: Readonly<Record<string, readonly [table: string, key: string]>> = {
  ...Object.fromEntries(
    documents.flatMap(([table, one]) =>
      ['lines', 'taxes', 'adjustments'].map((part) => [`${one}_${part}`, [table, `${one}_id`]] as const),
    ),
  ),
  client_contacts: ['clients', 'client_id'],
  client_notes: ['clients', 'client_id'],
  payment_allocations: ['payments', 'payment_id'],
  credit_allocations: ['credit_notes', 'credit_note_id'],
  write_offs: ['invoices', 'invoice_id'],
  invoice_reminders: ['invoices', 'invoice_id'],
  erasures: ['clients', 'client_id'],
  quote_invoices: ['quotes', 'quote_id'],
  recurring_runs: ['recurring_invoices', 'recurring_invoice_id'],
}

/** The rows of a thing with all its parts, as a list that a query can look in. */
export const rowsOf = ({ table, id }: { readonly table: string; readonly id: string }): RawBuilder<string> => {
  const parts = Object.entries(parents).filter(([, [parent]]) => parent === table)
  const rest = parts.map(
    ([part, [, key]]) => sql` UNION ALL SELECT id FROM ${sql.table(part)} WHERE ${sql.ref(key)} = ${id}`,
  )
  // Who looked at a client belongs to what happened to it.
  const looks = table === 'clients' ? sql` UNION ALL SELECT id FROM accesses WHERE subject_id = ${id}` : sql``
  return sql<string>`(SELECT ${id} AS id${sql.join(rest, sql``)}${looks})`
}

// What somebody looked at or took out: a client, or a person of this business.
const looked = (ids: readonly string[], organizationId: string) => sql<Found>`
  SELECT a.id AS row_id, s.id, s.name AS label, s.of FROM accesses a
    JOIN (SELECT id, name, 'clients' AS of FROM clients WHERE organization_id = ${organizationId}
      UNION ALL SELECT u.id, u.name, 'users' FROM users u WHERE EXISTS
        (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organization_id = ${organizationId})) s ON s.id = a.subject_id
    WHERE a.id IN (${sql.join([...ids])}) AND a.organization_id = ${organizationId}`

type Found = {
  readonly rowId: string
  readonly id: string
  readonly label: string | null
  /** The table that it is in, where the table of the row does not say so. */
  readonly of?: string
}

const selectFor = (table: string, ids: readonly string[], organizationId: string): RawBuilder<Found> | null => {
  if (table === 'accesses') return looked(ids, organizationId)
  const list = sql.join([...ids])
  if (table === 'memberships') {
    return sql<Found>`SELECT m.id AS row_id, u.id, u.name AS label, 'users' AS of FROM memberships m
      JOIN users u ON u.id = m.user_id WHERE m.id IN (${list}) AND m.organization_id = ${organizationId}`
  }
  // Whoever was erased stands under this name from then on.
  if (table === 'person_erasures') {
    return sql<Found>`SELECT id AS row_id, user_id AS id, stand_in AS label, 'users' AS of FROM person_erasures
      WHERE id IN (${list}) AND organization_id = ${organizationId}`
  }
  const label = own[table]
  if (label !== undefined) {
    return sql<Found>`SELECT id AS row_id, id, ${label} AS label FROM ${sql.table(table)}
      WHERE id IN (${list}) AND organization_id = ${organizationId}`
  }
  const [parent, key] = parents[table] ?? []
  if (parent === undefined || key === undefined) return null
  return sql<Found>`SELECT c.id AS row_id, p.id, p.label FROM ${sql.table(table)} c
    JOIN (SELECT id, ${own[parent] ?? sql`NULL`} AS label FROM ${sql.table(parent)}) p ON p.id = c.${sql.ref(key)}
    WHERE c.id IN (${list}) AND c.organization_id = ${organizationId}`
}

/** What rows of the record belong to, by table and row. */
export const subjectsOf = async (
  db: Db,
  organizationId: string,
  rows: readonly { readonly table: string; readonly rowId: string }[],
): Promise<ReadonlyMap<string, AuditSubject>> => {
  const subjects = new Map<string, AuditSubject>()
  for (const table of new Set(rows.map((row) => row.table))) {
    const ids = [...new Set(rows.filter((row) => row.table === table).map(({ rowId }) => rowId))]
    const select = selectFor(table, ids, organizationId)
    if (select === null) continue
    const of = parents[table]?.[0] ?? table
    for (const { rowId, id, label, of: own = of } of await rawRows(db, select)) {
      subjects.set(`${table} ${rowId}`, { table: own, id, label })
    }
  }
  return subjects
}
