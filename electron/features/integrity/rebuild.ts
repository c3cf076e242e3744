import { sql } from 'kysely'
import type { Trx } from '../../rpc/handles.ts'
import { totalsFromRows } from '../tax-reports/figures.ts'
import { balancesFromRows, monthsFromRows } from './summaries.ts'

const balanceColumns = sql.raw(
  'client_id, currency, organization_id, billed_e4, paid_e4, open_e4, credit_e4, credited_e4, written_off_e4, refunded_e4, invoice_count, settled_count, settled_days',
)
const monthColumns = sql.raw(
  'organization_id, month, issued_base_e4, received_base_e4, issued_count, credited_base_e4, refunded_base_e4',
)
const taxColumns = sql.raw(
  'organization_id, month, kind, name, category, rate_e6, treatment, place, buyer, taxable_e4, tax_e4, documents',
)

/**
 * Computes the summary tables of an organization anew from its documents; gives how many rows they have. They hold
 * nothing of their own, so they are emptied and filled; documents are never touched here.
 */
export const rebuildSummaries = async (trx: Trx, organizationId: string): Promise<number> => {
  await trx.deleteFrom('clientBalances').where('organizationId', '=', organizationId).execute()
  await trx.deleteFrom('monthlyTotals').where('organizationId', '=', organizationId).execute()
  const balances = await sql`INSERT INTO client_balances (${balanceColumns})
    SELECT ${balanceColumns} FROM (${balancesFromRows(organizationId)})`.execute(trx)
  const months = await sql`INSERT INTO monthly_totals (${monthColumns})
    SELECT ${monthColumns} FROM (${monthsFromRows(organizationId)})`.execute(trx)
  await trx.deleteFrom('taxTotals').where('organizationId', '=', organizationId).execute()
  const taxes = await sql`INSERT INTO tax_totals (${taxColumns})
    SELECT ${taxColumns} FROM (${totalsFromRows(organizationId)})`.execute(trx)
  return Number([balances, months, taxes].reduce((all, it) => all + (it.numAffectedRows ?? 0n), 0n))
}
