import type { Selectable } from 'kysely'
import { z } from 'zod'
import { readJson } from '../../../db/json.ts'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import { lineAdjustmentsSchema, lineTaxSchema, taxTreatments } from '../../../shared/contract/documents.ts'
import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import type { Db, Trx } from '../../rpc/context.ts'

const lineTaxesSchema = z.array(lineTaxSchema)
const treatmentField = z.enum(taxTreatments)

/** The live lines of an invoice in their order. */
export const linesOf = (db: Db | Trx, invoiceId: string) =>
  db
    .selectFrom('invoiceLines')
    .selectAll()
    .where('invoiceId', '=', invoiceId)
    .where('deletedAt', 'is', null)
    .orderBy('position')
    .execute()

/** The live document allowances and charges of an invoice in their order. */
export const adjustmentsOf = (db: Db | Trx, invoiceId: string) =>
  db
    .selectFrom('invoiceAdjustments')
    .selectAll()
    .where('invoiceId', '=', invoiceId)
    .where('deletedAt', 'is', null)
    .orderBy('position')
    .execute()

/** What a person wrote on an invoice, read back from its rows. */
export const contentOf = async (db: Db | Trx, invoice: Selectable<InvoiceTable>): Promise<InvoiceContent> => {
  const lines = await linesOf(db, invoice.id)
  const adjustments = await adjustmentsOf(db, invoice.id)
  return {
    clientId: invoice.clientId,
    currency: invoice.currency,
    exchangeRateE10: invoice.exchangeRateE10,
    language: invoice.language,
    reference: invoice.reference,
    orderReference: invoice.orderReference,
    buyerReference: invoice.buyerReference,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    paymentTermsDays: invoice.paymentTermsDays,
    supplyFrom: invoice.supplyFrom,
    supplyTo: invoice.supplyTo,
    taxTreatment: treatmentField.parse(invoice.taxTreatment),
    placeOfSupply: invoice.placeOfSupply,
    payableStepE4: invoice.payableStepE4,
    templateId: invoice.templateId,
    pricesIncludeTax: invoice.pricesIncludeTax === 1,
    notes: invoice.notes,
    terms: invoice.terms,
    prepaidE4: invoice.prepaidE4,
    // With a step, rounding follows from the total; it is content only where a person or a file gave it.
    roundingAmountE4: invoice.roundingE4 === 0n || invoice.payableStepE4 !== null ? null : invoice.roundingE4,
    lines: lines.map((line) => ({
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
    })),
    adjustments: adjustments.map((adjustment) => ({
      id: adjustment.id,
      kind: adjustment.kind,
      reason: adjustment.reason,
      amountE4: adjustment.amountE4,
      percentE6: adjustment.percentE6,
      baseE4: adjustment.baseE4,
      taxes: adjustment.taxes === null ? null : readJson(lineTaxesSchema, adjustment.taxes),
    })),
  }
}
