import { type KeptPdf, keepPdf, type WithKept } from '../documents/pdf.ts'
import type { DocumentKind } from '../documents/tables.ts'
import type { Engines } from '../engines.ts'
import type { RunSystemCommand } from '../jobs/job.ts'
import type { Db } from '../rpc/context.ts'
import { creditNoteDocument } from './credit-notes/document.ts'
import { invoiceDocument } from './invoices/document.ts'
import { quoteDocument } from './quotes/document.ts'

type Parts = { readonly db: Db; readonly engines: Engines; readonly runSystemCommand: RunSystemCommand }

/** Keeps the PDF of an issued document, once, or gives the kept one. */
export type EnsurePdf = (kind: DocumentKind, id: string, withKept?: WithKept) => Promise<KeptPdf>

/** Makes the function that keeps the PDF of an issued document of any kind. */
export const createEnsurePdf =
  (parts: Parts): EnsurePdf =>
  (kind, id, withKept) => {
    switch (kind) {
      case 'invoice':
        return keepPdf(parts, invoiceDocument, id, withKept)
      case 'credit-note':
        return keepPdf(parts, creditNoteDocument, id, withKept)
      case 'quote':
        return keepPdf(parts, quoteDocument, id, withKept)
    }
  }
