import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import { type DraftToSave, saveDocument } from '../../documents/drafts.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { invoiceDocument } from './document.ts'

/** Makes a draft, or saves one that the caller saw at `version`; totals come from the kernel, never from the caller. */
export const saveDraft = (context: CommandContext, draft: DraftToSave<InvoiceContent>) =>
  saveDocument(context, invoiceDocument, draft)
