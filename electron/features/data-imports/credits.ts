import { toJson } from '../../../db/json.ts'
import { creditNoteContentSchema } from '../../../shared/contract/credit-notes.ts'
import { negate, smaller, subtract } from '../../../shared/money/arithmetic.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import { issueDocument } from '../../documents/issue.ts'
import type { InvoiceRecord } from '../../importers/tables/records.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { applyCredit } from '../credit-notes/apply.ts'
import { creditNoteDocument } from '../credit-notes/document.ts'
import { saveCreditDraft } from '../credit-notes/drafts.ts'
import type { TakenNumber } from '../numbering.ts'
import { recordRefund } from '../refunds.ts'
import type { KnownClient } from './client-book.ts'
import type { Fit } from './invoice-fit.ts'
import type { Target, Targets } from './targets.ts'
import type { Work } from './work.ts'

/** A credit note of a file that waits until the invoices of the file are there. */
export type WaitingCredit = {
  readonly record: InvoiceRecord
  readonly fit: Fit
  /** What the file says was used of it, zero where it says nothing. */
  readonly usedE4: Amount
  readonly usedOn: string
}

type Use = { readonly target: Target | null; readonly appliedE4: Amount; readonly refundedE4: Amount }

// Used up in the old books, it must not be credit once more: what no invoice of ours takes went out as a refund. What
// the old product counted as paid of an invoice has such credit in it, so that the money adds up.
const useOf = async (
  { tally }: Work,
  targets: Targets,
  { record, fit, usedE4 }: WaitingCredit,
  client: KnownClient,
): Promise<Use> => {
  const { currency } = fit.content
  const tell = (message: string) =>
    tally.problem({ row: record.row, column: null, value: record.number, message, refuses: false })
  const named = record.credits === null ? null : await targets.of(record.credits)
  const target = named?.clientId === client.id && named.currency === currency ? named : null
  if (record.credits !== null && target === null)
    tell(`${client.name} has no invoice ${record.credits} in ${currency}: it is applied to none.`)
  const wantedE4 = usedE4 > 0n ? smaller(usedE4, fit.totals.payableE4) : fit.totals.payableE4
  const appliedE4 = target === null ? zero : smaller(wantedE4, target.openE4)
  if (target !== null) target.openE4 = subtract(target.openE4, appliedE4)
  const refundedE4 = usedE4 > 0n ? subtract(wantedE4, appliedE4) : zero
  if (refundedE4 > 0n)
    tell(
      `The file says that ${formatAmount(refundedE4, currency, 'en')} of this credit note was used: that is kept as a refund, so that it is no credit again.`,
    )
  return { target, appliedE4, refundedE4 }
}

const write = async (
  context: CommandContext,
  { record, fit: { content, rounding }, usedOn }: WaitingCredit,
  {
    clientId,
    fileName,
    number,
  }: { readonly clientId: string; readonly fileName: string; readonly number: TakenNumber },
  { target, appliedE4, refundedE4 }: Use,
) => {
  const id = context.ids.next()
  const extra = toJson({ importedFrom: { fileName, number: number.number } })
  const own = creditNoteContentSchema.parse({ ...content, clientId, invoiceId: null })
  const { version } = await saveCreditDraft(context, { id, version: null, content: own, extra, rounding })
  await issueDocument(context, creditNoteDocument, { id, version }, { past: number })
  const note = await getRow(context.trx, 'creditNotes', context.organizationId, id, 'credit note')
  if (target !== null && appliedE4 > 0n)
    await applyCredit(context, note, [{ invoiceId: target.id, amountE4: appliedE4 }], record.date)
  if (refundedE4 > 0n) {
    await recordRefund(context, {
      paymentId: null,
      creditNoteId: id,
      refundedOn: usedOn < record.date ? record.date : usedOn,
      method: 'other',
      amountE4: refundedE4,
      exchangeRateE10: null,
      reference: null,
      notes: `Used before the import of ${fileName}.`,
    })
  }
}

type Parts = {
  readonly targets: Targets
  readonly client: KnownClient
  readonly takeNumber: () => Promise<TakenNumber>
}

/** Keeps a credit note of the past: issued under its own number, applied only to what the file says. */
export const keepCredit = async (
  work: Work,
  credit: WaitingCredit,
  { targets, client, takeNumber }: Parts,
): Promise<void> => {
  const { record, fit } = credit
  const { payableE4 } = fit.totals
  const { currency, lines } = fit.content
  const use = await useOf(work, targets, credit, client)
  work.tally.made.creditNotes += 1
  work.tally.sum(currency, negate(payableE4), zero)
  work.tally.lines(lines.length, lines.filter((line) => line.itemId !== null).length)
  work.tally.sample(record.row, `Credit note ${record.number} · ${client.name}`, () => [
    record.date,
    formatAmount(payableE4, currency, 'en'),
    use.appliedE4 > 0n ? `lowers ${record.credits ?? ''}` : null,
  ])
  if (work.command === null) return
  const more = { clientId: client.id, fileName: work.plan.fileName, number: await takeNumber() }
  await write(work.command, credit, more, use)
}
