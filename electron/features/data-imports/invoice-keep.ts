import { toJson } from '../../../db/json.ts'
import { issueDocument } from '../../documents/issue.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { invoiceDocument } from '../invoices/document.ts'
import { saveDraft } from '../invoices/drafts.ts'
import type { TakenNumber } from '../numbering.ts'
import type { Fit } from './invoice-fit.ts'

type Keep = {
  readonly id: string
  readonly fit: Fit
  readonly number: TakenNumber
  readonly fileName: string
}

/**
 * Keeps a document of the past as what it is: issued, under its own number, frozen with our totals. Nothing is sent, and
 * no PDF is drawn until somebody asks for one.
 */
export const keepInvoice = async (
  context: CommandContext,
  { id, fit: { content, rounding }, number, fileName }: Keep,
): Promise<void> => {
  const extra = toJson({ importedFrom: { fileName, number: number.number } })
  const { version } = await saveDraft(context, { id, version: null, content, extra, rounding })
  await issueDocument(context, invoiceDocument, { id, version }, { past: number })
}
