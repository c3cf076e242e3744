import { type RawBuilder, sql } from 'kysely'
import { rawRows } from '../features/raw-rows.ts'
import type { Db, Trx } from '../rpc/handles.ts'

/** The client and whoever was merged into it: they are one person. */
export const subjectIds = async (db: Db | Trx, organizationId: string, clientId: string): Promise<string[]> => {
  const rows = await rawRows<{ id: string }>(
    db,
    sql`SELECT id FROM (WITH RECURSIVE same (id) AS (
        SELECT id FROM clients WHERE id = ${clientId} AND organization_id = ${organizationId}
        UNION SELECT c.id FROM clients c JOIN same s ON c.merged_into_id = s.id)
      SELECT id FROM same)`,
  )
  return rows.map(({ id }) => id)
}

export const documentTables = [
  { table: 'invoices', one: 'invoice', kind: 'invoice' },
  { table: 'quotes', one: 'quote', kind: 'quote' },
  { table: 'credit_notes', one: 'credit_note', kind: 'credit-note' },
] as const

export type SubjectTable = {
  readonly table: string
  /** What it is, for who reads an export. */
  readonly about: string
  /** Which of its rows (as `t`) are of the person. */
  readonly where: RawBuilder<unknown>
}

/** Each table that can name a person, with the rows that do; the same for an export and an erasure. */
export const subjectTables = (ids: readonly string[]): SubjectTable[] => {
  const persons = sql`(${sql.join(ids)})`
  const own = (table: string) => sql`(SELECT id FROM ${sql.table(table)} WHERE client_id IN ${persons})`
  const byClient = sql`t.client_id IN ${persons}`
  const documents = sql`(SELECT id FROM invoices WHERE client_id IN ${persons} UNION SELECT id FROM quotes WHERE client_id IN ${persons}
    UNION SELECT id FROM credit_notes WHERE client_id IN ${persons} UNION SELECT id FROM payments WHERE client_id IN ${persons})`
  const messages = sql`(SELECT id FROM outbox_messages WHERE client_id IN ${persons} OR entity_id IN ${documents})`
  const anything = sql`(t.entity_id IN ${persons} OR t.entity_id IN ${documents} OR t.entity_id IN ${own('client_notes')}
    OR t.entity_id IN ${own('recurring_invoices')} OR t.entity_id IN ${messages})`
  return [
    { table: 'clients', about: 'Name, addresses, numbers and terms', where: sql`t.id IN ${persons}` },
    { table: 'client_contacts', about: 'People to talk to', where: byClient },
    { table: 'client_notes', about: 'What was written down', where: byClient },
    ...documentTables.flatMap(({ table, one, kind }) => [
      { table, about: `Each ${kind.replace('-', ' ')}`, where: byClient },
      ...['lines', 'adjustments', 'taxes'].map((part) => ({
        table: `${one}_${part}`,
        about: `The ${part} of each ${kind.replace('-', ' ')}`,
        where: sql`t.${sql.ref(`${one}_id`)} IN ${own(table)}`,
      })),
    ]),
    { table: 'payments', about: 'Money received', where: byClient },
    { table: 'refunds', about: 'Money given back', where: byClient },
    { table: 'payment_allocations', about: 'What payments pay', where: sql`t.payment_id IN ${own('payments')}` },
    {
      table: 'credit_allocations',
      about: 'What credit settles',
      where: sql`t.credit_note_id IN ${own('credit_notes')}`,
    },
    { table: 'write_offs', about: 'What is not asked for any more', where: sql`t.invoice_id IN ${own('invoices')}` },
    { table: 'invoice_reminders', about: 'Reminders', where: sql`t.invoice_id IN ${own('invoices')}` },
    { table: 'recurring_invoices', about: 'Invoices that come by themselves', where: byClient },
    { table: 'outbox_messages', about: 'Messages', where: sql`t.id IN ${messages}` },
    { table: 'mail_log', about: 'What mail servers answered', where: sql`t.outbox_message_id IN ${messages}` },
    { table: 'bank_match_rules', about: 'How payments of this client are known', where: byClient },
    {
      table: 'bank_transactions',
      about: 'Lines of bank statements with their payments',
      where: sql`(t.payment_id IN ${own('payments')} OR t.id IN (SELECT bank_transaction_id FROM payments WHERE id IN ${own('payments')}))`,
    },
    { table: 'attachments', about: 'Files', where: anything },
    { table: 'taggings', about: 'Tags', where: anything },
    { table: 'notifications', about: 'Notifications', where: anything },
  ]
}

/** The timeline of a person. */
export const subjectActivity = (ids: readonly string[]): RawBuilder<unknown> => {
  const persons = sql`(${sql.join(ids)})`
  return sql`(t.client_id IN ${persons} OR t.entity_id IN ${persons})`
}
