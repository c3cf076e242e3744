import { DocumentPage } from '../../documents/document-page.tsx'
import { invoiceKind } from './invoice-kind.tsx'
import { IssuedInvoice } from './issued/issued-invoice.tsx'

/** An invoice: a draft to write on, or the issued document with what became of it. */
export const InvoicePage = () => <DocumentPage kind={invoiceKind} Issued={IssuedInvoice} />
