import { z } from 'zod'
import { type CreditNoteContent, creditNoteContentSchema } from '../../../shared/contract/credit-notes.ts'
import { type InvoiceContent, invoiceContentSchema, type LineTax } from '../../../shared/contract/invoices.ts'
import type { EInvoiceAdjustment } from '../../../shared/documents/einvoice.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ExchangeRate } from '../../../shared/money/scaled.ts'
import type { DraftTax, EInvoiceDraft } from '../../importers/einvoice-draft.ts'
import { vatName } from '../../importers/einvoice-draft.ts'
import { fieldErrors } from '../../rpc/fields.ts'

type Parts = {
  readonly draft: EInvoiceDraft
  readonly clientId: string | null
  readonly itemIds: readonly (string | null)[]
  readonly language: string
  readonly exchangeRateE10: ExchangeRate
  readonly taxRateIdOf: (tax: DraftTax) => string | null
  readonly newId: () => string
}

/** The unit code as our fields take it; anything else is a piece. */
export const unitOf = (code: string): string => (/^[A-Z0-9]{1,3}$/.test(code) ? code : 'C62')

const flat = (text: string, max: number) => text.replace(/\s+/g, ' ').trim().slice(0, max)

const notesOf = (draft: EInvoiceDraft) =>
  draft.notes
    .map((note) => note.text)
    .join('\n\n')
    .slice(0, 4000) || null

const contentParts = ({ draft, clientId, itemIds, language, exchangeRateE10, taxRateIdOf, newId }: Parts) => {
  const taxOf = (tax: DraftTax): LineTax => ({
    taxRateId: taxRateIdOf(tax),
    name: vatName,
    category: tax.category,
    rateE6: tax.rateE6,
    isCompound: false,
    // A code of VATEX stands where the file has no words; an e-invoice of ours writes it as a code again.
    exemptionReason: flat(tax.exemptionReason ?? tax.exemptionCode ?? '', 300) || null,
  })
  const adjustment = (it: EInvoiceAdjustment) => ({
    kind: it.kind,
    reason: it.reason === null ? null : flat(it.reason, 200) || null,
    amountE4: it.amountE4,
    percentE6: null,
    baseE4: null,
  })
  return {
    clientId,
    currency: draft.currency,
    exchangeRateE10,
    language,
    reference: flat(draft.references.order ?? draft.references.buyerReference ?? '', 100) || null,
    orderReference: flat(draft.references.order ?? '', 100) || null,
    buyerReference: flat(draft.references.buyerReference ?? '', 100) || null,
    issuedOn: draft.issueDate,
    supplyFrom: draft.period?.start ?? draft.delivery?.date ?? null,
    supplyTo: draft.period?.end ?? null,
    pricesIncludeTax: false,
    notes: notesOf(draft),
    terms: draft.paymentTerms?.slice(0, 4000) ?? null,
    roundingAmountE4: draft.roundingE4 === 0n ? null : draft.roundingE4,
    lines: draft.lines.map((line, index) => ({
      id: newId(),
      itemId: itemIds[index] ?? null,
      code: line.sellerItemId === null ? null : flat(line.sellerItemId, 50) || null,
      name: flat(line.name, 300),
      description:
        [line.description, line.note]
          .filter((text) => text !== null && text !== '')
          .join('\n')
          .slice(0, 4000) || null,
      quantityE6: line.quantityE6,
      unit: unitOf(line.unitCode),
      priceE6: line.priceE6,
      baseQuantityE6: line.baseQuantityE6,
      adjustments: line.adjustments.map(adjustment),
      taxes: [taxOf(line.tax)],
    })),
    adjustments: draft.adjustments.map((it) => ({ ...adjustment(it), id: newId(), taxes: [taxOf(it.tax)] })),
  }
}

const fitting = <S extends z.ZodType>(schema: S, content: unknown, what: string): z.output<S> => {
  const parsed = z.safeParse(schema, content)
  if (parsed.success) return parsed.data
  const fields = fieldErrors(parsed.error)
  const [path, message] = Object.entries(fields)[0] ?? ['', 'It does not fit.']
  throw new AppError('IMPORT_FAILED', `The file cannot become ${what}: ${path}: ${message} Nothing was saved.`, {
    fields,
  })
}

/** What a file says as the content of an invoice; AppError IMPORT_FAILED where our fields cannot hold it. */
export const invoiceContentFrom = (parts: Parts): InvoiceContent =>
  fitting(
    invoiceContentSchema,
    {
      ...contentParts(parts),
      dueOn: parts.draft.dueDate,
      paymentTermsDays: null,
      prepaidE4: parts.draft.prepaidE4,
    },
    'an invoice',
  )

/** What a file says as the content of a credit note, whose amounts are above zero as they are in the file. */
export const creditNoteContentFrom = (parts: Parts): CreditNoteContent =>
  fitting(creditNoteContentSchema, contentParts(parts), 'a credit note')
