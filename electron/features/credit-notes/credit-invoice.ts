import type { CreditScope } from '../../../shared/contract/credit-notes.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import { larger, smaller, subtract } from '../../../shared/money/arithmetic.ts'
import { zero } from '../../../shared/money/scaled.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { todayAt } from '../../rpc/days.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { saveDraft } from '../invoices/drafts.ts'
import { issueInvoice } from '../invoices/issue.ts'
import { handShareOver, shareOf } from '../quotes/standing.ts'
import { applyCredit } from './apply.ts'
import { type CreditBook, contentFor, creditBookOf } from './credited.ts'
import { saveCreditDraft } from './drafts.ts'
import { issueCreditNote } from './issue.ts'

type CreditInput = Input<(typeof contract)['creditNotes']['creditInvoice']>
type CorrectInput = Input<(typeof contract)['creditNotes']['correctInvoice']>
type Wanted = {
  readonly id: string
  readonly scope: CreditScope
  readonly issuedOn: string
  readonly reason: string
}

const makeCredit = async (context: CommandContext, book: CreditBook, { id, scope, issuedOn, reason }: Wanted) => {
  const content = contentFor(book, { scope, issuedOn, reason, newId: context.ids.next })
  const { version } = await saveCreditDraft(context, { id, version: null, content })
  return await issueCreditNote(context, { id, version })
}

/** Uses what is left of a credit note for what is open of an invoice; nothing where one of them is none. */
const applyToOpen = async (context: CommandContext, creditNoteId: string, invoiceId: string, on: string) => {
  const note = await getRow(context.trx, 'creditNotes', context.organizationId, creditNoteId, 'credit note')
  const invoice = await getRow(context.trx, 'invoices', context.organizationId, invoiceId, 'invoice')
  if (invoice.clientId !== note.clientId || invoice.currency !== note.currency) return
  const open = larger(subtract(invoice.payableE4, invoice.paidE4), zero)
  const amountE4 = smaller(note.creditE4, open)
  if (amountE4 > 0n) await applyCredit(context, note, [{ invoiceId, amountE4 }], on)
}

/** Credits a part of an invoice or all that is left of it, and uses the credit for what is open of it. */
export const creditInvoice = async (context: CommandContext, input: CreditInput) => {
  const book = await creditBookOf(context.trx, context.organizationId, input.invoiceId)
  // Whoever saw the invoice before another credit decided on other figures.
  await updateRow(context, 'invoices', { id: input.invoiceId, version: input.invoiceVersion }, {})
  const issued = await makeCredit(context, book, input)
  if (input.apply) await applyToOpen(context, issued.id, input.invoiceId, input.issuedOn)
  return issued
}

// The same again, dated today, on lines of its own.
const correctedContent = (context: CommandContext, content: InvoiceContent, today: string): InvoiceContent => ({
  ...content,
  issuedOn: today,
  dueOn: content.paymentTermsDays === null && content.dueOn !== null && content.dueOn >= today ? content.dueOn : null,
  lines: content.lines.map((line) => ({ ...line, id: context.ids.next() })),
  adjustments: content.adjustments.map((adjustment) => ({ ...adjustment, id: context.ids.next() })),
})

/**
 * Credits what is left of an invoice and makes one in its place, all in the one transaction. What was paid of the
 * credited invoice is the client's credit then, and pays the new one as soon as that is issued here.
 */
export const correctInvoice = async (context: CommandContext, input: CorrectInput) => {
  const book = await creditBookOf(context.trx, context.organizationId, input.invoiceId)
  const today = todayAt(context.zones, book.row.branchId, context.now)
  await updateRow(context, 'invoices', { id: input.invoiceId, version: input.invoiceVersion }, {})
  // Of an invoice dated ahead, the credit note is dated ahead as well.
  const on = [today, book.row.issuedOn].sort().at(-1) ?? today
  const share = await shareOf(context.trx, input.invoiceId)
  const credit = await makeCredit(context, book, {
    id: input.creditNoteId,
    scope: { kind: 'whole' },
    issuedOn: on,
    reason: input.reason,
  })
  await applyToOpen(context, credit.id, input.invoiceId, on)
  const draft = await saveDraft(context, {
    id: input.newInvoiceId,
    version: null,
    content: {
      ...(input.content ?? correctedContent(context, book.invoice.content, today)),
      branchId: book.row.branchId,
    },
  })
  const linked = await updateRow(context, 'invoices', draft, { correctsId: input.invoiceId })
  if (share !== null) await handShareOver(context, share, draft.id)
  await context.record({
    kind: 'invoice.corrected',
    entity: 'invoice',
    entityId: input.invoiceId,
    clientId: book.row.clientId,
    data: { number: book.row.number, creditNote: credit.number, reason: input.reason },
  })
  const made = { creditNoteId: credit.id, creditNoteNumber: credit.number, invoiceId: linked.id }
  if (!input.issue) return { ...made, invoiceNumber: null }
  const issued = await issueInvoice(context, linked)
  await applyToOpen(context, credit.id, linked.id, on)
  return { ...made, invoiceNumber: issued.number }
}
