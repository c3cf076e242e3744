import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { contract, Output } from '../../../shared/contract/index.ts'
import { AppError } from '../../../shared/errors.ts'
import { add } from '../../../shared/money/arithmetic.ts'
import { zero } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/handles.ts'
import { rawRows } from '../raw-rows.ts'
import { keyOf, type Period } from './figures.ts'
import { paidTaxes } from './payments.ts'
import { isLargeSql } from './sizes.ts'

export type TaxDocument = Output<(typeof contract)['taxReports']['documents']>['rows'][number]
export type DocumentsInput = Period & {
  readonly keys: readonly string[]
  readonly after: { readonly on: string; readonly id: string } | null
  readonly limit: number
}

const parts = [
  z.enum(['invoice', 'credit-note']),
  z.string(),
  z.string(),
  z.string().regex(/^\d{1,12}$/),
  z.string(),
  z.string(),
  z.enum(['business', 'consumer']),
] as const
const keySchema = z.union([z.tuple(parts), z.tuple([...parts, z.literal('large')])])
type Key = z.output<typeof keySchema>

const readKey = (text: string): Key => {
  try {
    return keySchema.parse(JSON.parse(text))
  } catch {
    throw new AppError('VALIDATION', 'This figure no longer exists. Load the report again.')
  }
}

/** AppError VALIDATION for a key that names no figure; asked before a worker is. */
export const assertKeys = (keys: readonly string[]): void => {
  for (const key of keys) readKey(key)
}

const part = (input: DocumentsInput, kind: Key[0], keys: readonly Key[]): RawBuilder<unknown> => {
  const documents = sql.table(kind === 'invoice' ? 'invoices' : 'credit_notes')
  const taxes = sql.table(kind === 'invoice' ? 'invoice_taxes' : 'credit_note_taxes')
  const own = sql.ref(kind === 'invoice' ? 't.invoice_id' : 't.credit_note_id')
  const wanted = keys.map(
    ([, name, category, rate, treatment, place, buyer, large]) =>
      sql`(${name}, ${category}, ${BigInt(rate)}, ${treatment}, ${place}, ${buyer}, ${large === undefined ? 0 : 1})`,
  )
  return sql`
    SELECT d.id AS id, ${sql.lit(kind)} AS kind, d.number AS number, d.issued_on AS "on", d.client_name AS client_name,
      group_concat(DISTINCT t.name) AS tax, sum(t.base_taxable_e4) AS taxable_e4, sum(t.base_tax_e4) AS tax_e4
    FROM ${documents} d JOIN ${taxes} t ON ${own} = d.id AND t.deleted_at IS NULL
    WHERE d.organization_id = ${input.organizationId} AND d.issued_on BETWEEN ${input.from} AND ${input.to}
      AND d.issued_at IS NOT NULL AND d.voided_at IS NULL AND d.deleted_at IS NULL
      AND (t.name, t.category, t.rate_e6, d.tax_treatment, coalesce(d.place_of_supply, ''),
        CASE WHEN json_array_length(d.buyer, '$.taxIds') > 0 THEN 'business' ELSE 'consumer' END,
        ${isLargeSql(kind, input.large)}) IN (VALUES ${sql.join(wanted)})
      ${input.after === null ? sql`` : sql`AND (d.issued_on, d.id) > (${input.after.on}, ${input.after.id})`}
    GROUP BY d.id`
}

/** The documents behind figures by issue, oldest first, one more than the limit. */
export const documentsByIssue = async (db: Db, input: DocumentsInput): Promise<TaxDocument[]> => {
  const keys = input.keys.map(readKey)
  const kinds = (['invoice', 'credit-note'] as const).filter((kind) => keys.some(([own]) => own === kind))
  const selects = kinds.map((kind) =>
    part(
      input,
      kind,
      keys.filter(([own]) => own === kind),
    ),
  )
  return await rawRows(
    db,
    sql<TaxDocument>`
    ${sql.join(selects, sql` UNION ALL `)} ORDER BY "on", id LIMIT ${sql.lit(input.limit + 1)}`,
  )
}

/** The documents behind figures by payment, with the shares that fell due in the period. */
export const documentsByPayment = async (
  db: Db,
  input: DocumentsInput,
  minorUnitE4: bigint,
): Promise<TaxDocument[]> => {
  const keys = new Set(input.keys)
  const rows = new Map<string, TaxDocument>()
  for (const paid of await paidTaxes(db, input, minorUnitE4)) {
    if (!keys.has(keyOf({ ...paid, place: paid.place === '' ? null : paid.place, isLarge: paid.isLarge === 1 })))
      continue
    const { id, kind, number, on, clientName, name, taxableE4, taxE4 } = paid
    const known = rows.get(id)
    rows.set(id, {
      id,
      kind,
      number,
      on,
      clientName,
      tax: known === undefined ? name : `${known.tax},${name}`,
      taxableE4: add(known?.taxableE4 ?? zero, taxableE4),
      taxE4: add(known?.taxE4 ?? zero, taxE4),
    })
  }
  const { after } = input
  return [...rows.values()]
    .sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))
    .filter((row) => after === null || row.on > after.on || (row.on === after.on && row.id > after.id))
    .slice(0, input.limit + 1)
}
