import { sql } from 'kysely'
import { divideRounded } from '../../../shared/money/rounding.ts'
import { type Amount, amount } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/handles.ts'
import { rawRows } from '../raw-rows.ts'
import { type Figure, type FigureParts, keyOf, type Period } from './figures.ts'
import { isLargeSql } from './sizes.ts'

/**
 * Taxes by payment: a document's tax falls due in the proportion in which it is paid. Each share is the rounded tax on
 * all that is paid so far less the rounded tax on what was paid before, so that the shares of a fully paid document sum
 * to its tax (HMRC Notice 731, 4; the same for any part payment). Money and credit count, write-offs do not.
 */
export type PaidTax = Omit<FigureParts, 'place' | 'isLarge'> & {
  readonly place: string
  readonly isLarge: number
  readonly id: string
  readonly number: string
  readonly on: string
  readonly clientName: string
  readonly taxableE4: Amount
  readonly taxE4: Amount
}

type PaidRow = PaidTax & { readonly payableE4: Amount; readonly beforeE4: Amount; readonly throughE4: Amount }

// What settled invoices: money on the later of the day it came and the day of the invoice, credit, and what was taken back.
const invoiceEvents = (organizationId: string) => sql`
  SELECT a.invoice_id AS id, CASE WHEN a.reverses_id IS NULL THEN max(a.allocated_on, i.issued_on) ELSE a.allocated_on END AS day, a.amount_e4 AS amount_e4
  FROM payment_allocations a JOIN invoices i ON i.id = a.invoice_id WHERE a.organization_id = ${organizationId}
  UNION ALL
  SELECT a.invoice_id, CASE WHEN a.reverses_id IS NULL THEN max(a.allocated_on, i.issued_on) ELSE a.allocated_on END, a.amount_e4
  FROM credit_allocations a JOIN invoices i ON i.id = a.invoice_id WHERE a.organization_id = ${organizationId}`

const creditEvents = (organizationId: string) => sql`
  SELECT a.credit_note_id AS id, CASE WHEN a.reverses_id IS NULL THEN max(a.allocated_on, c.issued_on) ELSE a.allocated_on END AS day, a.amount_e4 AS amount_e4
  FROM credit_allocations a JOIN credit_notes c ON c.id = a.credit_note_id WHERE a.organization_id = ${organizationId}
  UNION ALL
  SELECT r.credit_note_id, r.refunded_on, r.amount_e4 FROM refunds r
  WHERE r.organization_id = ${organizationId} AND r.credit_note_id IS NOT NULL
  UNION ALL
  SELECT r.credit_note_id, r.cancelled_on, -r.amount_e4 FROM refunds r
  WHERE r.organization_id = ${organizationId} AND r.credit_note_id IS NOT NULL AND r.cancelled_on IS NOT NULL`

const paidRows = async (db: Db, period: Period, kind: 'invoice' | 'credit-note'): Promise<PaidRow[]> => {
  const { organizationId, from, to } = period
  const documents = sql.table(kind === 'invoice' ? 'invoices' : 'credit_notes')
  const taxes = sql.table(kind === 'invoice' ? 'invoice_taxes' : 'credit_note_taxes')
  const own = sql.ref(kind === 'invoice' ? 't.invoice_id' : 't.credit_note_id')
  const events = kind === 'invoice' ? invoiceEvents(organizationId) : creditEvents(organizationId)
  return await rawRows(
    db,
    sql<PaidRow>`
    WITH paid AS (
      SELECT id, sum(iif(day < ${from}, amount_e4, 0)) AS before_e4, sum(iif(day <= ${to}, amount_e4, 0)) AS through_e4
      FROM (${events}) GROUP BY id HAVING sum(iif(day BETWEEN ${from} AND ${to}, 1, 0)) > 0)
    SELECT ${sql.lit(kind)} AS kind, d.id AS id, d.number AS number, d.issued_on AS "on", d.client_name AS client_name,
      t.name AS name, t.category AS category, t.rate_e6 AS rate_e6, d.tax_treatment AS treatment,
      coalesce(d.place_of_supply, '') AS place,
      CASE WHEN json_array_length(d.buyer, '$.taxIds') > 0 THEN 'business' ELSE 'consumer' END AS buyer,
      ${isLargeSql(kind, period.large)} AS is_large,
      t.base_taxable_e4 AS taxable_e4, t.base_tax_e4 AS tax_e4, d.payable_e4 AS payable_e4,
      p.before_e4 AS before_e4, p.through_e4 AS through_e4
    FROM paid p JOIN ${documents} d ON d.id = p.id JOIN ${taxes} t ON ${own} = d.id AND t.deleted_at IS NULL
    WHERE d.organization_id = ${organizationId} AND d.payable_e4 <> 0 AND d.voided_at IS NULL
    ORDER BY d.issued_on, d.id, t.position`,
  )
}

/** What of a tax falls on what was paid in the period, in whole smallest units of the base currency. */
export const shareOf = (whole: bigint, before: bigint, through: bigint, payable: bigint, unit: bigint): bigint => {
  const upTo = (paid: bigint) => divideRounded(whole * paid, payable * unit, 'half-up') * unit
  return upTo(through) - upTo(before)
}

/** Each tax of each document that something was paid of in the period, with the share that falls on it. */
export const paidTaxes = async (db: Db, period: Period, minorUnitE4: bigint): Promise<PaidTax[]> => {
  const rows = [...(await paidRows(db, period, 'invoice')), ...(await paidRows(db, period, 'credit-note'))]
  return rows.flatMap(({ payableE4, beforeE4, throughE4, ...row }) => {
    const share = (whole: bigint) => amount(shareOf(whole, beforeE4, throughE4, payableE4, minorUnitE4))
    const shared = { ...row, taxableE4: share(row.taxableE4), taxE4: share(row.taxE4) }
    return shared.taxableE4 === 0n && shared.taxE4 === 0n ? [] : [shared]
  })
}

/** Figures of any days by payment. */
export const figuresByPayment = async (db: Db, period: Period, minorUnitE4: bigint): Promise<Figure[]> => {
  const figures = new Map<string, Figure>()
  for (const paid of await paidTaxes(db, period, minorUnitE4)) {
    const parts: FigureParts = {
      kind: paid.kind,
      name: paid.name,
      category: paid.category,
      rateE6: paid.rateE6,
      treatment: paid.treatment,
      place: paid.place === '' ? null : paid.place,
      buyer: paid.buyer,
      isLarge: paid.isLarge === 1,
    }
    const key = keyOf(parts)
    const known = figures.get(key)
    figures.set(key, {
      ...parts,
      key,
      taxableE4: amount((known?.taxableE4 ?? 0n) + paid.taxableE4),
      taxE4: amount((known?.taxE4 ?? 0n) + paid.taxE4),
    })
  }
  return [...figures.values()]
}
