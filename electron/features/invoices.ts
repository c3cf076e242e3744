import { todayIn } from '../../shared/dates.ts'
import { notFound } from '../../shared/errors.ts'
import { zero } from '../../shared/money/scaled.ts'
import { blankDocument } from '../documents/blank.ts'
import { copiedContent } from '../documents/copy.ts'
import { deleteDocumentDraft, restoreDocumentDraft } from '../documents/drafts.ts'
import { pdfOf } from '../documents/pdf.ts'
import { printableOfContent } from '../documents/printable.ts'
import { markSentByHand, takeBackSentByHand } from '../documents/sent-by-hand.ts'
import type { Handlers } from '../rpc/context.ts'
import { daysAt, todayAt } from '../rpc/days.ts'
import { findRow, getRow } from '../rpc/rows.ts'
import { contentOf } from './invoices/content.ts'
import { invoiceDetail } from './invoices/detail.ts'
import { invoiceDocument } from './invoices/document.ts'
import { saveDraft } from './invoices/drafts.ts'
import { issueInvoice, voidInvoice } from './invoices/issue.ts'
import { invoiceStats, listInvoices } from './invoices/lists.ts'
import { giveShareBack, takeShareAgain } from './quotes/shares.ts'

/** Invoices: drafts that are written, then issued with a number and frozen, paid, or void. */
export const invoices: Handlers<'invoices'> = {
  list: listInvoices,
  totals: ({ engines, organizationId, clock, timezone, zones }, input) => {
    const now = clock.now()
    const [days, today] = [daysAt(zones, now), todayIn(timezone, now)]
    return engines.readings.read('invoiceTotals', { organizationId, days, today, input })
  },
  stats: invoiceStats,
  get: invoiceDetail,

  blank: async ({ db, organizationId, branchId, clock, timezone }, { clientId }) => {
    const today = todayIn(timezone, clock.now())
    const { content, paymentTermsDays, facts } = await blankDocument(db, { organizationId, today, branchId }, clientId)
    return { content: { ...content, dueOn: null, paymentTermsDays, prepaidE4: zero }, ...facts }
  },

  saveDraft,

  deleteDraft: async (context, seen) => {
    const deleted = await deleteDocumentDraft(context, 'invoice', seen)
    await giveShareBack(context, seen.id)
    return deleted
  },

  restoreDraft: async (context, { id }) => {
    const restored = await restoreDocumentDraft(context, 'invoice', id)
    await takeShareAgain(context, id)
    return restored
  },

  issue: issueInvoice,
  void: voidInvoice,
  markSent: (context, input) => markSentByHand(context, 'invoice', input),
  takeBackSent: (context, seen) => takeBackSentByHand(context, 'invoice', seen),

  duplicate: async (context, { id, newId }) => {
    const invoice = await getRow(context.trx, 'invoices', context.organizationId, id, 'invoice')
    const content = await contentOf(context.trx, invoice)
    const today = todayAt(context.zones, invoice.branchId, context.now)
    const { id: made, version } = await saveDraft(context, {
      id: newId,
      version: null,
      content: {
        ...copiedContent(content, today, () => context.ids.next()),
        dueOn: null,
        prepaidE4: zero,
      },
    })
    return { id: made, version }
  },

  preview: async ({ db, engines, organizationId, signal }, { content }) => ({
    pdf: await engines.pdf.render(
      await printableOfContent(db, engines.files, organizationId, invoiceDocument, content),
      signal,
    ),
  }),

  pdf: async ({ db, engines, organizationId, signal }, { id }) => {
    const invoice = await findRow(db, 'invoices', organizationId, id)
    if (invoice === undefined || invoice.deletedAt !== null) throw notFound('invoice', id)
    return await pdfOf(db, engines, invoiceDocument, invoice, signal)
  },
}
