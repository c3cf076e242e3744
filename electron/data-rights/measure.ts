import { sql } from 'kysely'
import type { ErasureCounts } from '../../shared/contract/data-rights.ts'
import { freeFrom, lastFreeDate, type RetentionRule, retentionRuleOf } from '../../shared/retention.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { getRow } from '../rpc/rows.ts'
import { fateIn } from './find.ts'
import { type SubjectTable, subjectIds, subjectTables } from './subject.ts'

const dated = [
  { table: 'invoices', kind: 'invoice', on: 'issued_on' },
  { table: 'credit_notes', kind: 'credit-note', on: 'issued_on' },
  { table: 'quotes', kind: 'quote', on: 'issued_on' },
  { table: 'payments', kind: 'payment', on: 'received_on' },
  { table: 'refunds', kind: 'refund', on: 'refunded_on' },
] as const

const counted = {
  contacts: 'client_contacts',
  notes: 'client_notes',
  files: 'attachments',
  recurring: 'recurring_invoices',
  rules: 'bank_match_rules',
} as const

type Fated = { readonly fate: string; readonly count: number; readonly firstOn: string; readonly lastOn: string }
export type Kept = {
  readonly kind: (typeof dated)[number]['kind']
  readonly count: number
  readonly firstOn: string
  readonly lastOn: string
  readonly freeFrom: string
}

export type Measure = {
  readonly ids: readonly string[]
  readonly tables: readonly SubjectTable[]
  readonly rule: RetentionRule
  readonly lastFreeOn: string
  readonly counts: ErasureCounts
  readonly kept: readonly Kept[]
  readonly keptCount: number
  readonly retainedUntil: string | null
}

const countOf = async (db: Db | Trx, tables: readonly SubjectTable[], name: string, lastFreeOn: string) => {
  const where = tables.find(({ table }) => table === name)?.where ?? sql`0`
  const [row] = await rawRows<{ count: number }>(
    db,
    sql`SELECT count(*) AS count FROM ${sql.table(name)} t WHERE ${where} AND t.deleted_at IS NULL AND ${fateIn(name, lastFreeOn)} = 'erased'`,
  )
  return row?.count ?? 0
}

/** What an erasure of a client would find on a day: how much goes, and what the law keeps until when. */
export const measure = async (
  db: Db | Trx,
  organizationId: string,
  clientId: string,
  today: string,
): Promise<Measure> => {
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const rule = retentionRuleOf(organization.country, today)
  const lastFreeOn = lastFreeDate(rule, today, organization.fiscalYearStart)
  const ids = await subjectIds(db, organizationId, clientId)
  const tables = subjectTables(ids)
  const kept: Kept[] = []
  let drafts = 0
  let expired = 0
  for (const { table, kind, on } of dated) {
    const where = tables.find((it) => it.table === table)?.where ?? sql`0`
    const rows = await rawRows<Fated>(
      db,
      sql`SELECT fate, count(*) AS count, min("on") AS first_on, max("on") AS last_on FROM (
        SELECT ${fateIn(table, lastFreeOn)} AS fate, t.${sql.ref(on)} AS "on" FROM ${sql.table(table)} t
        WHERE ${where} AND t.deleted_at IS NULL AND t.client_name NOT GLOB 'Erased client ?*') GROUP BY fate`,
    )
    for (const { fate, count, firstOn, lastOn } of rows) {
      if (fate === 'erased') drafts += count
      else if (fate === 'expired') expired += count
      else kept.push({ kind, count, firstOn, lastOn, freeFrom: freeFrom(rule, lastOn, organization.fiscalYearStart) })
    }
  }
  const counts: Record<string, number> = {}
  for (const [name, table] of Object.entries(counted)) counts[name] = await countOf(db, tables, table, lastFreeOn)
  const [messages] = await rawRows<{ count: number }>(
    db,
    sql`SELECT count(*) AS count FROM outbox_messages t
      WHERE ${tables.find(({ table }) => table === 'outbox_messages')?.where ?? sql`0`} AND t.to_addresses <> '[]'`,
  )
  return {
    ids,
    tables,
    rule,
    lastFreeOn,
    counts: {
      contacts: counts['contacts'] ?? 0,
      notes: counts['notes'] ?? 0,
      files: counts['files'] ?? 0,
      recurring: counts['recurring'] ?? 0,
      rules: counts['rules'] ?? 0,
      drafts,
      messages: messages?.count ?? 0,
      expired,
    },
    kept,
    keptCount: kept.reduce((sum, { count }) => sum + count, 0),
    retainedUntil: kept.reduce<string | null>(
      (latest, it) => (latest === null || it.freeFrom > latest ? it.freeFrom : latest),
      null,
    ),
  }
}
