import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import {
  type DocumentContent,
  type DocumentLine,
  lineAdjustmentsSchema,
  lineTaxSchema,
  taxTreatments,
} from '../../shared/contract/documents.ts'
import type { Db, Trx } from '../rpc/context.ts'
import { type DocumentKind, type LineRow, type SharedHead, type SharedLine, standIn } from './tables.ts'

const lineTaxesSchema = z.array(lineTaxSchema)
const treatmentField = z.enum(taxTreatments)

/** The live lines of a document in their order. */
export const linesOf = async <K extends DocumentKind>(
  db: Db | Trx,
  kind: K,
  documentId: string,
): Promise<LineRow<K>[]> => {
  const { lines, parent } = standIn(kind)
  const rows = await db
    .selectFrom(lines)
    .selectAll()
    .where(parent, '=', documentId)
    .where('deletedAt', 'is', null)
    .orderBy('position')
    .execute()
  // Read from the table of this kind: see `standIn`.
  return rows as unknown as LineRow<K>[]
}

/** The allowances and charges of a document as a person wrote them. */
export const adjustmentsOf = async (
  db: Db | Trx,
  kind: DocumentKind,
  documentId: string,
): Promise<DocumentContent['adjustments']> => {
  const { adjustments, parent } = standIn(kind)
  const rows = await db
    .selectFrom(adjustments)
    .selectAll()
    .where(parent, '=', documentId)
    .where('deletedAt', 'is', null)
    .orderBy('position')
    .execute()
  return rows.map((adjustment) => ({
    id: adjustment.id,
    kind: adjustment.kind,
    reason: adjustment.reason,
    amountE4: adjustment.amountE4,
    percentE6: adjustment.percentE6,
    baseE4: adjustment.baseE4,
    taxes: adjustment.taxes === null ? null : readJson(lineTaxesSchema, adjustment.taxes),
  }))
}

/** What a person wrote on a document beside its lines and adjustments. */
export const headContent = (head: SharedHead): Omit<DocumentContent, 'lines' | 'adjustments'> => ({
  clientId: head.clientId,
  branchId: head.branchId,
  currency: head.currency,
  exchangeRateE10: head.exchangeRateE10,
  language: head.language,
  reference: head.reference,
  orderReference: head.orderReference,
  buyerReference: head.buyerReference,
  issuedOn: head.issuedOn,
  supplyFrom: head.supplyFrom,
  supplyTo: head.supplyTo,
  taxTreatment: treatmentField.parse(head.taxTreatment),
  placeOfSupply: head.placeOfSupply,
  payableStepE4: head.payableStepE4,
  templateId: head.templateId,
  pricesIncludeTax: head.pricesIncludeTax === 1,
  notes: head.notes,
  terms: head.terms,
  // With a step, rounding follows from the total; it is content only where a person or a file gave it.
  roundingAmountE4: head.roundingE4 === 0n || head.payableStepE4 !== null ? null : head.roundingE4,
})

/** A line as a person wrote it. */
export const lineContent = (line: SharedLine): DocumentLine => ({
  id: line.id,
  itemId: line.itemId,
  code: line.code,
  name: line.name,
  description: line.description,
  classification: line.classification,
  quantityE6: line.quantityE6,
  unit: line.unit,
  priceE6: line.priceE6,
  baseQuantityE6: line.baseQuantityE6,
  adjustments: readJson(lineAdjustmentsSchema, line.adjustments),
  taxes: readJson(lineTaxesSchema, line.taxes),
})
