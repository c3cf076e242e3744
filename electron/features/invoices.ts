import { todayIn } from '../../shared/dates.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { zero } from '../../shared/money/scaled.ts'
import type { Handlers } from '../rpc/context.ts'
import { deleteRow, findRow, getRow, restoreRow } from '../rpc/rows.ts'
import { lastRateOf, sameCurrency } from './exchange-rates.ts'
import { contentOf } from './invoices/content.ts'
import { invoiceDetail } from './invoices/detail.ts'
import { saveDraft } from './invoices/drafts.ts'
import { issueInvoice, voidInvoice } from './invoices/issue.ts'
import { invoiceStats, listInvoices } from './invoices/lists.ts'
import { invoicePdf } from './invoices/pdf.ts'
import { printableOfContent } from './invoices/printable.ts'

/** Invoices: drafts that are written, then issued with a number and frozen, paid, or void. */
export const invoices: Handlers<'invoices'> = {
  list: listInvoices,
  stats: invoiceStats,
  get: invoiceDetail,

  blank: async ({ db, organizationId, clock, timezone }, { clientId }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const client = clientId === null ? null : await getRow(db, 'clients', organizationId, clientId, 'client')
    const currency = client?.currency ?? organization.currency
    const rate =
      currency === organization.currency ? sameCurrency : await lastRateOf(db, organizationId, currency, null)
    return {
      content: {
        clientId,
        currency,
        exchangeRateE10: rate ?? sameCurrency,
        language: client?.language ?? organization.language,
        reference: null,
        orderReference: null,
        buyerReference: null,
        issuedOn: todayIn(timezone, clock.now()),
        dueOn: null,
        paymentTermsDays: client?.paymentTermsDays ?? organization.paymentTermsDays,
        supplyFrom: null,
        supplyTo: null,
        taxTreatment: 'domestic',
        placeOfSupply: null,
        payableStepE4: null,
        templateId: null,
        pricesIncludeTax: organization.pricesIncludeTax === 1,
        notes: organization.defaultNotes,
        terms: organization.defaultTerms,
        prepaidE4: zero,
        roundingAmountE4: null,
        lines: [],
        adjustments: [],
      },
      minorUnits: minorUnitsOf(currency),
      roundingMode: organization.roundingMode,
      roundingScope: organization.roundingScope,
    }
  },

  saveDraft,

  deleteDraft: async (context, { id, version }) => {
    const invoice = await getRow(context.trx, 'invoices', context.organizationId, id, 'invoice')
    if (invoice.issuedAt !== null)
      throw new AppError('IMMUTABLE', `Invoice ${invoice.number ?? ''} is issued: make it void instead.`)
    return await deleteRow(context, 'invoices', { id, version })
  },

  restoreDraft: (context, { id }) => restoreRow(context, 'invoices', id),

  issue: issueInvoice,
  void: voidInvoice,

  duplicate: async (context, { id, newId }) => {
    const invoice = await getRow(context.trx, 'invoices', context.organizationId, id, 'invoice')
    const content = await contentOf(context.trx, invoice)
    const { id: made, version } = await saveDraft(context, {
      id: newId,
      version: null,
      content: {
        ...content,
        issuedOn: todayIn(context.timezone, context.now),
        dueOn: null,
        supplyFrom: null,
        supplyTo: null,
        prepaidE4: zero,
        roundingAmountE4: null,
        lines: content.lines.map((line) => ({ ...line, id: context.ids.next() })),
        adjustments: content.adjustments.map((adjustment) => ({ ...adjustment, id: context.ids.next() })),
      },
    })
    return { id: made, version }
  },

  preview: async ({ db, engines, organizationId, signal }, { content }) => ({
    pdf: await engines.pdf.render(await printableOfContent(db, engines.files, organizationId, content), signal),
  }),

  pdf: async ({ db, engines, organizationId, signal }, { id }) => {
    const invoice = await findRow(db, 'invoices', organizationId, id)
    if (invoice === undefined || invoice.deletedAt !== null) throw notFound('invoice', id)
    return await invoicePdf(db, engines, invoice, signal)
  },
}
