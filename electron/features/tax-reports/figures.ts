import { sql } from 'kysely'
import type { contract, Output } from '../../../shared/contract/index.ts'
import { firstDayOfMonth, lastDayOfMonth } from '../../../shared/dates.ts'
import { subtract } from '../../../shared/money/arithmetic.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { LargeInvoice } from '../../../shared/tax/regimes/regime.ts'
import type { Db } from '../../rpc/handles.ts'
import { rawRows } from '../raw-rows.ts'
import { isLargeSql } from './sizes.ts'

export type Figure = Output<(typeof contract)['taxReports']['figures']>['figures'][number]
export type FigureParts = Omit<Figure, 'key' | 'taxableE4' | 'taxE4'>
export type Period = {
  readonly organizationId: string
  readonly from: string
  readonly to: string
  /** Invoices to consumers above a value that count apart: see the regime. */
  readonly large: readonly LargeInvoice[]
}

/** The name of a figure: what it stands for, as text that comes back with a drill-down. */
export const keyOf = ({ kind, name, category, rateE6, treatment, place, buyer, isLarge }: FigureParts): string =>
  JSON.stringify([
    ...[kind, name, category, String(rateE6), treatment, place ?? '', buyer],
    ...(isLarge ? ['large'] : []),
  ])

// Columns of the raw and the kept sums alike; place is '' where there is none.
type SumRow = Omit<FigureParts, 'place' | 'isLarge'> & {
  readonly place: string
  readonly isLarge: number
  readonly taxableE4: Amount
  readonly taxE4: Amount
}

/** Rows of sums as figures. */
export const figuresOf = (rows: readonly SumRow[]): Figure[] =>
  rows.map(({ place, isLarge, ...row }) => {
    const figure = { ...row, place: place === '' ? null : place, isLarge: isLarge === 1 }
    return { ...figure, key: keyOf(figure) }
  })

const buyerKind = sql`CASE WHEN json_array_length(d.buyer, '$.taxIds') > 0 THEN 'business' ELSE 'consumer' END`

// Written alike for both kinds of document: what the tax of an issued, standing one is.
const documentTaxes = (
  { organizationId, from, to, large }: Period,
  kind: 'invoice' | 'credit-note',
  onlyLarge: boolean,
) => {
  const documents = sql.table(kind === 'invoice' ? 'invoices' : 'credit_notes')
  const taxes = sql.table(kind === 'invoice' ? 'invoice_taxes' : 'credit_note_taxes')
  const own = sql.ref(kind === 'invoice' ? 't.invoice_id' : 't.credit_note_id')
  return sql`
    SELECT ${sql.lit(kind)} AS kind, t.name AS name, t.category AS category, t.rate_e6 AS rate_e6, d.tax_treatment AS treatment,
      coalesce(d.place_of_supply, '') AS place, ${buyerKind} AS buyer, ${isLargeSql(kind, large)} AS is_large,
      sum(t.base_taxable_e4) AS taxable_e4, sum(t.base_tax_e4) AS tax_e4
    FROM ${documents} d JOIN ${taxes} t ON ${own} = d.id AND t.deleted_at IS NULL
    WHERE d.organization_id = ${organizationId} AND d.issued_on BETWEEN ${from} AND ${to}
      AND d.issued_at IS NOT NULL AND d.voided_at IS NULL AND d.deleted_at IS NULL
      ${onlyLarge ? sql`AND ${isLargeSql(kind, large)} = 1` : sql``}
    GROUP BY 2, 3, 4, 5, 6, 7, 8`
}

/** Figures of any days by issue, from the documents themselves; of the large ones alone if asked. */
export const figuresFromRows = async (db: Db, period: Period, onlyLarge = false): Promise<Figure[]> => {
  const [invoices, notes] = (['invoice', 'credit-note'] as const).map((kind) => documentTaxes(period, kind, onlyLarge))
  return figuresOf(await rawRows(db, sql<SumRow>`${invoices} UNION ALL ${notes}`))
}

/** Figures with those of large documents taken out of the sums that hold them, and shown by themselves. */
export const withLarge = (figures: readonly Figure[], large: readonly Figure[]): Figure[] => {
  const rest = new Map(figures.map((figure) => [figure.key, figure]))
  for (const it of large) {
    const key = keyOf({ ...it, isLarge: false })
    const whole = rest.get(key)
    if (whole === undefined) continue
    const taxableE4 = subtract(whole.taxableE4, it.taxableE4)
    const taxE4 = subtract(whole.taxE4, it.taxE4)
    if (taxableE4 === zero && taxE4 === zero) rest.delete(key)
    else rest.set(key, { ...whole, taxableE4, taxE4 })
  }
  return [...rest.values(), ...large]
}

/** Whether a period is made of whole months, so that the sums kept by month answer it. */
export const isWholeMonths = ({ from, to }: Pick<Period, 'from' | 'to'>): boolean =>
  from === firstDayOfMonth(from) && to === lastDayOfMonth(to)

/** Figures of whole months by issue, from the sums that triggers keep. */
export const figuresFromTotals = async (db: Db, { organizationId, from, to }: Period): Promise<Figure[]> => {
  const rows = await rawRows(
    db,
    sql<SumRow>`
    SELECT kind, name, category, rate_e6, treatment, place, buyer, 0 AS is_large, sum(taxable_e4) AS taxable_e4, sum(tax_e4) AS tax_e4
    FROM tax_totals
    WHERE organization_id = ${organizationId} AND month BETWEEN ${from.slice(0, 7)} AND ${to.slice(0, 7)}
    GROUP BY kind, name, category, rate_e6, treatment, place, buyer
    HAVING sum(documents) <> 0 OR sum(taxable_e4) <> 0 OR sum(tax_e4) <> 0`,
  )
  return figuresOf(rows)
}

/** What `tax_totals` should hold, from the documents alone; for the integrity check and for making it anew. */
export const totalsFromRows = (organizationId: string) => {
  const part = (kind: 'invoice' | 'credit-note') => {
    const documents = sql.table(kind === 'invoice' ? 'invoices' : 'credit_notes')
    const taxes = sql.table(kind === 'invoice' ? 'invoice_taxes' : 'credit_note_taxes')
    const own = sql.ref(kind === 'invoice' ? 't.invoice_id' : 't.credit_note_id')
    return sql`
    SELECT d.organization_id AS organization_id, substr(d.issued_on, 1, 7) AS month, ${sql.lit(kind)} AS kind, t.name AS name,
      t.category AS category, t.rate_e6 AS rate_e6, d.tax_treatment AS treatment, coalesce(d.place_of_supply, '') AS place,
      ${buyerKind} AS buyer, sum(t.base_taxable_e4) AS taxable_e4, sum(t.base_tax_e4) AS tax_e4, count(DISTINCT d.id) AS documents
    FROM ${documents} d JOIN ${taxes} t ON ${own} = d.id AND t.deleted_at IS NULL
    WHERE d.organization_id = ${organizationId} AND d.issued_at IS NOT NULL AND d.voided_at IS NULL
    GROUP BY 2, 4, 5, 6, 7, 8, 9`
  }
  return sql`${part('invoice')} UNION ALL ${part('credit-note')}`
}
