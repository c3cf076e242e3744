import { z } from 'zod'
import { type InvoiceContent, invoiceContentSchema, type LineTax } from '../../../shared/contract/invoices.ts'
import type { EInvoiceAdjustment } from '../../../shared/documents/einvoice.ts'
import { AppError } from '../../../shared/errors.ts'
import { negate } from '../../../shared/money/arithmetic.ts'
import { type ExchangeRate, quantity } from '../../../shared/money/scaled.ts'
import type { DraftTax, EInvoiceDraft } from '../../importers/einvoice-draft.ts'
import { vatName } from '../../importers/einvoice-draft.ts'
import { fieldErrors } from '../../rpc/pipeline.ts'

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

/** What the file says as the content of an invoice; a credit note becomes the mirror of one, with negative quantities. */
export const contentFrom = ({
  draft,
  clientId,
  itemIds,
  language,
  exchangeRateE10,
  taxRateIdOf,
  newId,
}: Parts): InvoiceContent => {
  const mirrored = draft.type === 'credit-note'
  const sign = <T extends EInvoiceAdjustment>(it: T) => (mirrored ? negate(it.amountE4) : it.amountE4)
  const taxOf = (tax: DraftTax): LineTax => ({
    taxRateId: taxRateIdOf(tax),
    name: vatName,
    category: tax.category,
    rateE6: tax.rateE6,
    isCompound: false,
    exemptionReason: tax.exemptionReason === null ? null : flat(tax.exemptionReason, 300) || null,
  })
  const adjustment = (it: EInvoiceAdjustment) => ({
    kind: it.kind,
    reason: it.reason === null ? null : flat(it.reason, 200) || null,
    amountE4: sign(it),
    percentE6: null,
    baseE4: null,
  })
  const content = {
    clientId,
    currency: draft.currency,
    exchangeRateE10,
    language,
    reference: flat(draft.references.order ?? draft.references.buyerReference ?? '', 100) || null,
    issuedOn: draft.issueDate,
    dueOn: draft.dueDate,
    paymentTermsDays: null,
    supplyFrom: draft.period?.start ?? draft.delivery?.date ?? null,
    supplyTo: draft.period?.end ?? null,
    pricesIncludeTax: false,
    notes: notesOf(draft),
    terms: draft.paymentTerms?.slice(0, 4000) ?? null,
    prepaidE4: mirrored ? negate(draft.prepaidE4) : draft.prepaidE4,
    roundingAmountE4: draft.roundingE4 === 0n ? null : mirrored ? negate(draft.roundingE4) : draft.roundingE4,
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
      quantityE6: mirrored ? quantity(-line.quantityE6) : line.quantityE6,
      unit: unitOf(line.unitCode),
      priceE6: line.priceE6,
      baseQuantityE6: line.baseQuantityE6,
      adjustments: line.adjustments.map(adjustment),
      taxes: [taxOf(line.tax)],
    })),
    adjustments: draft.adjustments.map((it) => ({ ...adjustment(it), id: newId(), taxes: [taxOf(it.tax)] })),
  }
  const parsed = z.safeParse(invoiceContentSchema, content)
  if (parsed.success) return parsed.data
  const fields = fieldErrors(parsed.error)
  const [path, message] = Object.entries(fields)[0] ?? ['', 'It does not fit.']
  throw new AppError('IMPORT_FAILED', `The file cannot become an invoice: ${path}: ${message} Nothing was saved.`, {
    fields,
  })
}
