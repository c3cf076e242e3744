import { sql } from 'kysely'
import { formatAmount } from '../../../shared/money/format.ts'
import type { Hit, Scope } from './entries.ts'

const states = {
  draft: 'Draft',
  open: 'Open',
  paid: 'Paid',
  void: 'Void',
  accepted: 'Accepted',
  declined: 'Declined',
  issued: 'Issued',
  applied: 'Used up',
} as const

const tables = { invoice: 'invoices', quote: 'quotes', 'credit-note': 'creditNotes' } as const
const kinds = ['invoice', 'quote', 'credit-note'] as const

const factsOf = async ({ db, organizationId }: Scope, kind: (typeof kinds)[number], ids: readonly string[]) => {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom(`${tables[kind]} as d`)
    .innerJoin('organizations as o', 'o.id', 'd.organizationId')
    .select(['d.id', 'd.issuedOn', 'd.currency', 'd.payableE4', 'o.language'])
    .select(sql<keyof typeof states>`d.state`.as('state'))
    .where('d.id', 'in', ids)
    .where('d.organizationId', '=', organizationId)
    .execute()
  return rows.map((row): [string, string[]] => [
    row.id,
    [states[row.state], row.issuedOn, formatAmount(row.payableE4, row.currency, row.language)],
  ])
}

/** Adds to each document what tells it from the others: its state, date and amount. */
export const hitsWithSubtitles = async (scope: Scope, hits: readonly Hit[]): Promise<Hit[]> => {
  const byId = new Map<string, string[]>()
  for (const kind of kinds) {
    const ids = hits.filter((hit) => hit.kind === kind).map((hit) => hit.id)
    for (const [id, parts] of await factsOf(scope, kind, ids)) byId.set(id, parts)
  }
  return hits.map((hit) => {
    const parts = byId.get(hit.id)
    if (parts === undefined) return hit
    return { ...hit, subtitle: [...parts, ...(hit.subtitle === '' ? [] : [hit.subtitle])].join(' · ') }
  })
}
