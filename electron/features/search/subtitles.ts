import { sql } from 'kysely'
import { formatAmount } from '../../../shared/money/format.ts'
import type { Hit, Scope } from './entries.ts'

const states = { draft: 'Draft', open: 'Open', paid: 'Paid', void: 'Void' } as const

/** Adds to each invoice what tells it from the others: its state, date and amount. */
export const hitsWithSubtitles = async ({ db, organizationId }: Scope, hits: readonly Hit[]): Promise<Hit[]> => {
  const ids = hits.filter((hit) => hit.kind === 'invoice').map((hit) => hit.id)
  if (ids.length === 0) return [...hits]
  const rows = await db
    .selectFrom('invoices')
    .innerJoin('organizations', 'organizations.id', 'invoices.organizationId')
    .select(['invoices.id', 'issuedOn', 'invoices.currency', 'payableE4', 'organizations.language'])
    .select(sql<keyof typeof states>`state`.as('state'))
    .where('invoices.id', 'in', ids)
    .where('invoices.organizationId', '=', organizationId)
    .execute()
  const byId = new Map(
    rows.map((row) => [
      row.id,
      [states[row.state], row.issuedOn, formatAmount(row.payableE4, row.currency, row.language)],
    ]),
  )
  return hits.map((hit) => {
    const parts = byId.get(hit.id)
    if (parts === undefined) return hit
    return { ...hit, subtitle: [...parts, ...(hit.subtitle === '' ? [] : [hit.subtitle])].join(' · ') }
  })
}
