import type { CreditNoteContent } from '../../../shared/contract/credit-notes.ts'
import { AppError } from '../../../shared/errors.ts'
import { type DraftToSave, saveDocument } from '../../documents/drafts.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { findRow } from '../../rpc/rows.ts'
import { type CreditBook, creditBookOf } from './credited.ts'
import { creditNoteDocument } from './document.ts'

/** The content in the client, branch, currency and rate of the invoice that it credits, whatever an editor sent. */
const asItsInvoice = (content: CreditNoteContent, { row, invoice }: CreditBook): CreditNoteContent => {
  const lines = new Set(invoice.content.lines.map((line) => line.id))
  const strange = content.lines.findIndex((line) => line.invoiceLineId !== null && !lines.has(line.invoiceLineId))
  if (strange !== -1) {
    const message = 'This line is not on the invoice that is credited.'
    throw new AppError('VALIDATION', message, { fields: { [`lines.${strange}.name`]: message } })
  }
  const { clientId, branchId, currency, exchangeRateE10 } = row
  return { ...content, clientId, branchId, currency, exchangeRateE10 }
}

// A free credit note has no invoice whose lines and taxes it could give back.
const asFree = (content: CreditNoteContent): CreditNoteContent => ({
  ...content,
  mirroredTaxes: null,
  lines: content.lines.map((line) => (line.invoiceLineId === null ? line : { ...line, invoiceLineId: null })),
})

/**
 * Makes a draft, or saves one that the caller saw at `version`. AppError VALIDATION where it is moved to another
 * invoice, INVALID_STATE where its invoice can no longer be credited.
 */
export const saveCreditDraft = async (
  context: CommandContext,
  draft: DraftToSave<CreditNoteContent>,
): Promise<{ id: string; version: number; savedAt: string }> => {
  const { trx, organizationId } = context
  const { invoiceId } = draft.content
  const before = draft.version === null ? undefined : await findRow(trx, 'creditNotes', organizationId, draft.id)
  // It rounds as its invoice does from the first save on.
  if (before !== undefined && before.invoiceId !== invoiceId) {
    throw new AppError('VALIDATION', 'A credit note stays with its invoice: make a new one for another.', {
      fields: { invoiceId: 'Make a new credit note for another invoice.' },
    })
  }
  if (invoiceId === null)
    return await saveDocument(context, creditNoteDocument, { ...draft, content: asFree(draft.content) })
  const book = await creditBookOf(trx, organizationId, invoiceId)
  return await saveDocument(context, creditNoteDocument, {
    ...draft,
    content: asItsInvoice(draft.content, book),
    rounding: book.invoice.rounding,
  })
}
