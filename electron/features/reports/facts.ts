import { sql } from 'kysely'
import { subtract, sum } from '../../../shared/money/arithmetic.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/handles.ts'
import { rawRows } from '../raw-rows.ts'
import { partOf, splitOver } from './shares.ts'

/** What a document, or a part of one, adds to a report; amounts without a currency are in the base currency. */
export type Fact = {
  readonly kind: 'invoice' | 'credit-note' | 'payment' | 'refund' | 'quote'
  readonly id: string
  readonly number: string
  readonly clientId: string
  readonly on: string
  readonly currency: string
  readonly documentE4: Amount
  readonly amountE4: Amount
  readonly taxE4: Amount
  /** Set where the report is by item: null for what no item stands behind. */
  readonly itemId: string | null
  readonly method: string | null
  /** Days from issue to full payment. */
  readonly days: number | null
  readonly isWon: boolean
}

export type FactScope = {
  readonly organizationId: string
  readonly from: string
  readonly to: string
  readonly clientId: string | null
  /** Whether each document is spread over its lines. */
  readonly byItem: boolean
}

type Row = Omit<Fact, 'itemId' | 'days' | 'isWon' | 'method'> & {
  readonly method?: string
  readonly days?: number | null
  readonly isWon?: number
}

const only = ({ clientId }: FactScope) => (clientId === null ? sql`` : sql`AND client_id = ${clientId}`)

const whole = (row: Row): Fact => ({
  ...row,
  itemId: null,
  method: row.method ?? null,
  days: row.days ?? null,
  isWon: row.isWon === 1,
})

type Line = { readonly documentId: string; readonly itemId: string | null; readonly netE4: Amount }

const linesOf = async (db: Db, organizationId: string, table: 'invoice' | 'credit_note') => {
  const lines = await rawRows<Line>(
    db,
    sql`SELECT ${sql.ref(`${table}_id`)} AS document_id, item_id, net_e4 FROM ${sql.table(`${table}_lines`)}
      WHERE organization_id = ${organizationId} AND deleted_at IS NULL ORDER BY ${sql.ref(`${table}_id`)}, position`,
  )
  const byDocument = new Map<string, Line[]>()
  for (const line of lines) {
    const own = byDocument.get(line.documentId)
    if (own === undefined) byDocument.set(line.documentId, [line])
    else own.push(line)
  }
  return byDocument
}

// The parts sum to the document to the last digit, so that a report by item has the sum of the report by month.
const overLines = (fact: Fact, lines: readonly Line[]): Fact[] => {
  const weights = lines.map((line) => line.netE4)
  const amounts = splitOver(fact.amountE4, weights)
  const taxes = splitOver(fact.taxE4, weights)
  const documents = splitOver(fact.documentE4, weights)
  if (amounts === null || taxes === null || documents === null) return [fact]
  return lines.map((line, index) => ({
    ...fact,
    itemId: line.itemId,
    amountE4: amounts[index] ?? fact.amountE4,
    taxE4: taxes[index] ?? fact.taxE4,
    documentE4: documents[index] ?? fact.documentE4,
  }))
}

/** Invoices and, below zero, credit notes by their date of issue; what is void counts for nothing. */
export const issuedFacts = async (db: Db, scope: FactScope): Promise<Fact[]> => {
  const { organizationId, from, to } = scope
  const rows = await rawRows<Row>(
    db,
    sql`SELECT 'invoice' AS kind, id, number, client_id, issued_on AS "on", currency, total_e4 AS document_e4,
        base_total_e4 AS amount_e4, base_tax_e4 AS tax_e4
      FROM invoices WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL AND voided_at IS NULL
        AND issued_on BETWEEN ${from} AND ${to} ${only(scope)}
      UNION ALL
      SELECT 'credit-note', id, number, client_id, issued_on, currency, -total_e4, -base_total_e4, -base_tax_e4
      FROM credit_notes WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL AND voided_at IS NULL
        AND issued_on BETWEEN ${from} AND ${to} ${only(scope)}
      ORDER BY "on", number`,
  )
  const facts = rows.map(whole)
  if (!scope.byItem) return facts
  const invoiceLines = await linesOf(db, organizationId, 'invoice')
  const creditLines = await linesOf(db, organizationId, 'credit_note')
  return facts.flatMap((fact) =>
    overLines(fact, (fact.kind === 'invoice' ? invoiceLines : creditLines).get(fact.id) ?? []),
  )
}

type Allocation = {
  readonly paymentId: string
  readonly invoiceId: string
  readonly amountE4: Amount
  readonly taxE4: Amount
  readonly totalE4: Amount
}

const standingAllocations = async (db: Db, organizationId: string) => {
  const rows = await rawRows<Allocation>(
    db,
    sql`SELECT a.payment_id, a.invoice_id, sum(a.amount_e4) AS amount_e4, i.tax_e4, i.total_e4
      FROM payment_allocations a JOIN invoices i ON i.id = a.invoice_id
      WHERE a.organization_id = ${organizationId} GROUP BY a.payment_id, a.invoice_id HAVING sum(a.amount_e4) <> 0`,
  )
  const byPayment = new Map<string, Allocation[]>()
  for (const row of rows) {
    const own = byPayment.get(row.paymentId)
    if (own === undefined) byPayment.set(row.paymentId, [row])
    else own.push(row)
  }
  return byPayment
}

/** Money received and, below zero, given back, by its date; the tax in it is that of the invoices that it pays. */
export const receivedFacts = async (db: Db, scope: FactScope): Promise<Fact[]> => {
  const { organizationId, from, to } = scope
  const rows = await rawRows<Row>(
    db,
    sql`SELECT 'payment' AS kind, id, number, client_id, received_on AS "on", currency, amount_e4 AS document_e4,
        base_amount_e4 AS amount_e4, 0 AS tax_e4, method
      FROM payments WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND status IN ('pending','cleared')
        AND received_on BETWEEN ${from} AND ${to} ${only(scope)}
      UNION ALL
      SELECT 'refund', id, number, client_id, refunded_on, currency, -amount_e4, -base_amount_e4, 0, method
      FROM refunds WHERE organization_id = ${organizationId} AND cancelled_on IS NULL
        AND refunded_on BETWEEN ${from} AND ${to} ${only(scope)}
      ORDER BY "on", number`,
  )
  const allocations = await standingAllocations(db, organizationId)
  const lines = scope.byItem ? await linesOf(db, organizationId, 'invoice') : null
  return rows.flatMap((row) => {
    const fact = whole(row)
    const own = fact.kind === 'payment' ? (allocations.get(fact.id) ?? []) : []
    return own.length === 0 ? [fact] : overAllocations(fact, own, lines)
  })
}

const overAllocations = (
  fact: Fact,
  own: readonly Allocation[],
  lines: ReadonlyMap<string, readonly Line[]> | null,
): Fact[] => {
  const used = own.map((it) => it.amountE4)
  const weights = [...used, subtract(fact.documentE4, sum(used))]
  const amounts = splitOver(fact.amountE4, weights) ?? []
  const parts = own.map((allocation, index): Fact => {
    const amountE4 = amounts[index] ?? fact.amountE4
    const taxE4 = partOf(amountE4, allocation.taxE4, allocation.totalE4)
    return { ...fact, documentE4: allocation.amountE4, amountE4, taxE4 }
  })
  const rest = weights.at(-1)
  const restE4 = amounts.at(-1)
  const left =
    rest === undefined || restE4 === undefined || rest === 0n ? [] : [{ ...fact, documentE4: rest, amountE4: restE4 }]
  if (lines === null) {
    const all = [...parts, ...left]
    return [{ ...fact, taxE4: sum(all.map((it) => it.taxE4)) }]
  }
  return [...parts.flatMap((part, index) => overLines(part, lines.get(own[index]?.invoiceId ?? '') ?? [])), ...left]
}

/** Payments alone, by their date, with how they were paid. */
export const paymentFacts = async (db: Db, scope: FactScope): Promise<Fact[]> =>
  (await receivedFacts(db, { ...scope, byItem: false })).filter(({ kind }) => kind === 'payment')

/** Invoices that were settled in the range, with the days that it took. */
export const settledFacts = async (db: Db, scope: FactScope): Promise<Fact[]> => {
  const { organizationId, from, to } = scope
  const rows = await rawRows<Row>(
    db,
    sql`SELECT 'invoice' AS kind, id, number, client_id, settled_on AS "on", currency, total_e4 AS document_e4,
        base_total_e4 AS amount_e4, base_tax_e4 AS tax_e4,
        CAST(julianday(settled_on) - julianday(issued_on) AS INTEGER) AS days
      FROM invoices WHERE organization_id = ${organizationId} AND voided_at IS NULL AND settled_on BETWEEN ${from} AND ${to}
        AND paid_e4 > credited_e4 + written_off_e4 ${only(scope)}
      ORDER BY settled_on, number`,
  )
  return rows.map(whole)
}

/** Quotes by their date of issue, with whether they were accepted; what was withdrawn counts for nothing. */
export const quoteFacts = async (db: Db, scope: FactScope): Promise<Fact[]> => {
  const { organizationId, from, to } = scope
  const rows = await rawRows<Row>(
    db,
    sql`SELECT 'quote' AS kind, id, number, client_id, issued_on AS "on", currency, total_e4 AS document_e4,
        base_total_e4 AS amount_e4, base_tax_e4 AS tax_e4, decision IS 'accepted' AS is_won
      FROM quotes WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL AND voided_at IS NULL
        AND issued_on BETWEEN ${from} AND ${to} ${only(scope)}
      ORDER BY issued_on, number`,
  )
  return rows.map(whole)
}
