import { addDays, daysBetween, todayIn } from '../../shared/dates.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import { blankDocument } from '../documents/blank.ts'
import { copiedContent } from '../documents/copy.ts'
import { deleteDocumentDraft, restoreDocumentDraft, saveDocument } from '../documents/drafts.ts'
import { pdfOf } from '../documents/pdf.ts'
import { printableOfContent } from '../documents/printable.ts'
import { markSentByHand, takeBackSentByHand } from '../documents/sent-by-hand.ts'
import type { HeadRow } from '../documents/tables.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { daysAt, todayAt } from '../rpc/days.ts'
import { findRow, getRow } from '../rpc/rows.ts'
import { contentOf } from './quotes/content.ts'
import { acceptQuote, declineQuote, issueQuote, reopenQuote, voidQuote } from './quotes/decisions.ts'
import { quoteDetail } from './quotes/detail.ts'
import { quoteDocument } from './quotes/document.ts'
import { listQuotes, quoteStats } from './quotes/lists.ts'
import { invoicesOf } from './quotes/shares.ts'
import { previewInvoice, quoteToInvoice } from './quotes/to-invoice.ts'

/** How long an offer stands unless somebody says otherwise. */
const validDays = 30

const assertRevisable = async ({ trx }: CommandContext, quote: HeadRow<'quote'>) => {
  const name = `Quote ${quote.number ?? ''}`
  if (quote.issuedAt === null) throw new AppError('INVALID_STATE', 'This is a draft: change it as it is.')
  if (quote.voidedAt !== null) throw new AppError('INVALID_STATE', `${name} is void. Duplicate it instead.`)
  if ((await invoicesOf(trx, quote.id)).length > 0)
    throw new AppError('INVALID_STATE', `${name} is invoiced already, so no other can take its place. Duplicate it.`)
}

/** Quotes: offers with a last day, accepted or declined, and turned into one or several invoices. */
export const quotes: Handlers<'quotes'> = {
  list: listQuotes,
  totals: ({ engines, organizationId, clock, timezone, zones }, input) => {
    const now = clock.now()
    const [days, today] = [daysAt(zones, now), todayIn(timezone, now)]
    return engines.readings.read('quoteTotals', { organizationId, days, today, input })
  },
  stats: quoteStats,
  get: quoteDetail,

  blank: async ({ db, organizationId, branchId, clock, timezone }, { clientId }) => {
    const today = todayIn(timezone, clock.now())
    const { content, facts } = await blankDocument(db, { organizationId, today, branchId }, clientId)
    return { content: { ...content, validUntil: addDays(today, validDays) }, ...facts }
  },

  saveDraft: (context, draft) => saveDocument(context, quoteDocument, draft),
  deleteDraft: (context, seen) => deleteDocumentDraft(context, 'quote', seen),
  restoreDraft: (context, { id }) => restoreDocumentDraft(context, 'quote', id),

  issue: issueQuote,
  accept: acceptQuote,
  decline: declineQuote,
  reopen: reopenQuote,
  void: voidQuote,
  markSent: (context, input) => markSentByHand(context, 'quote', input),
  takeBackSent: (context, seen) => takeBackSentByHand(context, 'quote', seen),

  duplicate: async (context, { id, newId, revise }) => {
    const { trx, organizationId } = context
    const quote = await getRow(trx, 'quotes', organizationId, id, 'quote')
    if (revise) await assertRevisable(context, quote)
    const today = todayAt(context.zones, quote.branchId, context.now)
    const content = copiedContent(await contentOf(trx, quote), today, () => context.ids.next())
    const validUntil =
      quote.validUntil === null ? null : addDays(today, Math.max(0, daysBetween(quote.issuedOn, quote.validUntil)))
    const made = await saveDocument(context, quoteDocument, {
      id: newId,
      version: null,
      content: { ...content, validUntil },
    })
    if (revise) await trx.updateTable('quotes').set({ revisesId: id }).where('id', '=', newId).execute()
    return { id: made.id, version: made.version }
  },

  previewInvoice,
  toInvoice: quoteToInvoice,

  preview: async ({ db, engines, organizationId, signal }, { content }) => ({
    pdf: await engines.pdf.render(
      await printableOfContent(db, engines.files, organizationId, quoteDocument, content),
      signal,
    ),
  }),

  pdf: async ({ db, engines, organizationId, signal }, { id }) => {
    const quote = await findRow(db, 'quotes', organizationId, id)
    if (quote === undefined || quote.deletedAt !== null) throw notFound('quote', id)
    return await pdfOf(db, engines, quoteDocument, quote, signal)
  },
}
