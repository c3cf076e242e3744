import type { EInvoice, EInvoiceParty } from '../../../shared/documents/einvoice.ts'

const party = (it: EInvoiceParty): EInvoiceParty => ({ ...it, legalInfo: null, contact: null })

/** An e-invoice with what the Basic level of Factur-X has room for: the rest of it stands on the page. */
export const basicOf = (invoice: EInvoice): EInvoice => ({
  ...invoice,
  taxCurrency: null,
  totals: { ...invoice.totals, taxInAccountingCurrencyE4: null },
  references: { ...invoice.references, project: null, salesOrder: null, receivingAdvice: null, tender: null },
  seller: party(invoice.seller),
  buyer: party(invoice.buyer),
  paymentMeans: invoice.paymentMeans.map((it) => ({ ...it, text: null, accountName: null, bic: null })),
  supportingDocuments: [],
  lines: invoice.lines.map((line) => ({
    ...line,
    description: null,
    sellerItemId: null,
    buyerItemId: null,
    classifications: [],
    originCountry: null,
    attributes: [],
    objectId: null,
    orderLineReference: null,
    buyerAccountingReference: null,
    note: line.note,
  })),
})
