import { toJson } from '../../../db/json.ts'
import { issueDocument } from '../../documents/issue.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { updateRow } from '../../rpc/rows.ts'
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

// A plan would write at once to every client with an old open invoice, some of which the old product reminded of.
const quiet = 'Imported: let reminders go on when they should go out from here.'

/**
 * Keeps a document of the past as what it is: issued, under its own number, frozen with our totals. Nothing is sent, no
 * reminder goes out by itself, and no PDF is drawn until somebody asks for one.
 */
export const keepInvoice = async (
  context: CommandContext,
  { id, fit: { content, rounding }, number, fileName }: Keep,
): Promise<void> => {
  const extra = toJson({ importedFrom: { fileName, number: number.number } })
  const { version } = await saveDraft(context, { id, version: null, content, extra, rounding })
  const issued = await issueDocument(context, invoiceDocument, { id, version }, { past: number })
  await updateRow(
    context,
    'invoices',
    { id, version: issued.version },
    { remindersStoppedAt: context.now, remindersStopReason: quiet },
  )
}
