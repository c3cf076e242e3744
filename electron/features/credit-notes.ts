import { todayIn } from '../../shared/dates.ts'
import { totalsOfCredit } from '../../shared/documents/credit.ts'
import { notFound } from '../../shared/errors.ts'
import { blankDocument } from '../documents/blank.ts'
import { deleteDocumentDraft, restoreDocumentDraft } from '../documents/drafts.ts'
import { pdfOf } from '../documents/pdf.ts'
import { printableOfContent } from '../documents/printable.ts'
import { markSentByHand, takeBackSentByHand } from '../documents/sent-by-hand.ts'
import type { Handlers } from '../rpc/context.ts'
import { todayAt } from '../rpc/days.ts'
import { findRow, getRow, updateRow } from '../rpc/rows.ts'
import { applyCredit, unapplyCredit } from './credit-notes/apply.ts'
import { correctInvoice, creditInvoice } from './credit-notes/credit-invoice.ts'
import { contentFor, creditBookOf, leftOf } from './credit-notes/credited.ts'
import { creditNoteDetail } from './credit-notes/detail.ts'
import { creditNoteDocument } from './credit-notes/document.ts'
import { saveCreditDraft } from './credit-notes/drafts.ts'
import { issueCreditNote, voidCreditNote } from './credit-notes/issue.ts'
import { creditNoteStats, listCreditNotes } from './credit-notes/lists.ts'

/** Credit notes: what is given back of invoices, applied to invoices, refunded, or kept as credit. */
export const creditNotes: Handlers<'creditNotes'> = {
  list: listCreditNotes,
  totals: ({ engines, organizationId, clock, timezone }, input) =>
    engines.readings.read('creditNoteTotals', { organizationId, today: todayIn(timezone, clock.now()), input }),
  stats: creditNoteStats,
  get: creditNoteDetail,

  blank: async ({ db, organizationId, branchId, clock, timezone }, { clientId }) => {
    const { content, facts } = await blankDocument(
      db,
      { organizationId, today: todayIn(timezone, clock.now()), branchId },
      clientId,
    )
    return {
      content: { ...content, notes: null, terms: null, invoiceId: null, reason: null, mirroredTaxes: null },
      ...facts,
    }
  },

  left: async ({ db, organizationId }, { invoiceId }) => {
    const { lines, netE4, taxE4, totalE4, byLine } = leftOf(await creditBookOf(db, organizationId, invoiceId))
    return {
      lines: lines.map((it) => ({
        lineId: it.line.id,
        name: it.line.name,
        quantityE6: it.line.quantityE6,
        leftE6: it.quantityE6,
        leftNetE4: it.netE4,
      })),
      netE4,
      taxE4,
      totalE4,
      byLine,
    }
  },

  fromInvoice: async ({ db, organizationId, clock, ids, zones }, { invoiceId, scope }) => {
    const book = await creditBookOf(db, organizationId, invoiceId)
    const issuedOn = todayAt(zones, book.row.branchId, clock.now())
    const content = contentFor(book, { scope, issuedOn, reason: null, newId: ids.next })
    const { netE4, taxE4, totalE4 } = totalsOfCredit(content, book.invoice)
    return { content, netE4, taxE4, totalE4 }
  },

  creditInvoice,
  correctInvoice,

  saveDraft: saveCreditDraft,
  deleteDraft: (context, seen) => deleteDocumentDraft(context, 'credit-note', seen),
  restoreDraft: (context, { id }) => restoreDocumentDraft(context, 'credit-note', id),

  issue: issueCreditNote,
  void: voidCreditNote,
  markSent: (context, input) => markSentByHand(context, 'credit-note', input),
  takeBackSent: (context, seen) => takeBackSentByHand(context, 'credit-note', seen),

  apply: async (context, { id, version, on, applications }) => {
    const note = await getRow(context.trx, 'creditNotes', context.organizationId, id, 'credit note')
    const updated = await updateRow(context, 'creditNotes', { id, version }, {})
    await applyCredit(context, note, applications, on)
    return updated
  },

  unapply: async (context, { id, version, applicationId }) => {
    const note = await getRow(context.trx, 'creditNotes', context.organizationId, id, 'credit note')
    const updated = await updateRow(context, 'creditNotes', { id, version }, {})
    await unapplyCredit(context, note, applicationId, todayAt(context.zones, note.branchId, context.now))
    return updated
  },

  preview: async ({ db, engines, organizationId, signal }, { content }) => {
    // A linked one rounds as its invoice does, so its own figures are those of the paper.
    const rounding =
      content.invoiceId === null
        ? undefined
        : (await creditBookOf(db, organizationId, content.invoiceId)).invoice.rounding
    const document = await printableOfContent(db, engines.files, organizationId, creditNoteDocument, content, rounding)
    return { pdf: await engines.pdf.render(document, signal) }
  },

  pdf: async ({ db, engines, organizationId, signal }, { id }) => {
    const note = await findRow(db, 'creditNotes', organizationId, id)
    if (note === undefined || note.deletedAt !== null) throw notFound('credit note', id)
    return await pdfOf(db, engines, creditNoteDocument, note, signal)
  },
}
