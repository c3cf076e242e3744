import { calculateDocument } from '../../shared/documents/calculate.ts'
import type { EInvoice } from '../../shared/documents/einvoice.ts'
import type { DocumentInput, DocumentTotals } from '../../shared/documents/model.ts'
import { parseEInvoice } from './einvoice.ts'
import { compareTotals, type TotalComparison } from './einvoice-compare.ts'
import { draftOf, type EInvoiceDraft, toDocumentInput } from './einvoice-draft.ts'
import { EInvoiceError } from './einvoice-fields.ts'

export type EInvoiceFault = { readonly path: string; readonly line: number; readonly detail: string }

export type EInvoiceReading =
  | {
      readonly ok: true
      readonly invoice: EInvoice
      readonly draft: EInvoiceDraft
      readonly input: DocumentInput
      readonly totals: DocumentTotals
      readonly comparison: readonly TotalComparison[]
    }
  | { readonly ok: false; readonly fault: EInvoiceFault }

/**
 * Everything that importing a file needs, as plain data: an error thrown in a worker would arrive without its path and
 * line. A broken file is a fault; anything else that throws is a bug and passes through.
 */
export function readEInvoice(source: string | Uint8Array): EInvoiceReading {
  try {
    const invoice = parseEInvoice(source)
    const input = toDocumentInput(invoice)
    const totals = calculateDocument(input)
    return { ok: true, invoice, draft: draftOf(invoice), input, totals, comparison: compareTotals(invoice, totals) }
  } catch (error) {
    if (error instanceof EInvoiceError) {
      return { ok: false, fault: { path: error.path, line: error.line, detail: error.detail } }
    }
    // The kernel's word for an amount that is too large to be booked; no single element is to blame for a sum.
    if (error instanceof RangeError) return { ok: false, fault: { path: '/', line: 1, detail: error.message } }
    throw error
  }
}
