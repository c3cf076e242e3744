import type { EInvoiceFormat } from '../../../shared/documents/einvoice-formats.ts'
import { pdfNameOf, pdfOf } from '../../documents/pdf.ts'
import type { HeadRow } from '../../documents/tables.ts'
import { isSendable } from '../../einvoice/write/make.ts'
import { formatProfiles } from '../../einvoice/write/profiles.ts'
import type { Engines } from '../../engines.ts'
import type { Db } from '../../rpc/context.ts'
import { creditNoteDocument } from '../credit-notes/document.ts'
import { invoiceDocument } from '../invoices/document.ts'
import type { FoundDocument } from './source.ts'

export type EInvoiceFile = {
  readonly fileName: string
  readonly mediaType: string
  readonly content: Uint8Array
  readonly isValid: boolean
}

const plainPdf = async (db: Db, engines: Engines, { kind, head }: FoundDocument, signal?: AbortSignal) =>
  // The row is of the table of its kind: see `standIn`.
  kind === 'invoice'
    ? await pdfOf(db, engines, invoiceDocument, head as unknown as HeadRow<'invoice'>, signal)
    : await pdfOf(db, engines, creditNoteDocument, head as unknown as HeadRow<'credit-note'>, signal)

/** The file of a document in a form: XML, or its PDF with the XML inside. */
export const fileOf = async (
  db: Db,
  engines: Engines,
  found: FoundDocument,
  format: EInvoiceFormat,
  signal?: AbortSignal,
): Promise<EInvoiceFile> => {
  const { xml, findings } = await engines.einvoiceMaker.make(found.source, format)
  const isValid = isSendable(findings)
  if (formatProfiles[format].pdfLevel === null) {
    const fileName = pdfNameOf(found.head).replace(/pdf$/, 'xml')
    return { fileName, mediaType: 'application/xml', content: new TextEncoder().encode(xml), isValid }
  }
  const { pdf, fileName } = await plainPdf(db, engines, found, signal)
  const content = await engines.einvoiceMaker.embed(pdf, xml, format)
  return { fileName, mediaType: 'application/pdf', content, isValid }
}
