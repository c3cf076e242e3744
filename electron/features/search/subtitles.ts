import { sql } from 'kysely'
import { formatAmount } from '../../../shared/money/format.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { rawRows } from '../raw-rows.ts'
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

const tables = { invoice: 'invoices', quote: 'quotes', 'credit-note': 'credit_notes' } as const
const kinds = ['invoice', 'quote', 'credit-note'] as const

type Facts = {
  readonly id: string
  readonly issuedOn: string
  readonly currency: string
  readonly payableE4: Amount
  readonly state: keyof typeof states
  readonly language: string
}

const factsOf = async ({ db, organizationId }: Scope, kind: (typeof kinds)[number], ids: readonly string[]) => {
  if (ids.length === 0) return []
  const rows = await rawRows(
    db,
    sql<Facts>`SELECT d.id, d.issued_on, d.currency, d.payable_e4, d.state, o.language
      FROM ${sql.table(tables[kind])} d JOIN organizations o ON o.id = d.organization_id
      WHERE d.id IN (${sql.join(ids)}) AND d.organization_id = ${organizationId}`,
  )
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
