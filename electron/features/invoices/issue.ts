import { AppError } from '../../../shared/errors.ts'
import { issueDocument, voidDocument } from '../../documents/issue.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { giveShareBack } from '../quotes/shares.ts'
import { standAsIssued } from '../quotes/standing.ts'
import { invoiceDocument } from './document.ts'

/**
 * Gives a draft its number and freezes it with everything it prints, in one transaction; its PDF is made after the
 * commit. AppError VALIDATION names what is missing, INVALID_STATE if it is issued already.
 */
export const issueInvoice = async (
  context: CommandContext,
  seen: { readonly id: string; readonly version: number; readonly seriesId?: string | null },
): Promise<{ id: string; version: number; number: string }> => {
  const issued = await issueDocument(context, invoiceDocument, seen)
  await standAsIssued(context, seen.id)
  return issued
}

/** Makes an issued, unpaid invoice void; number and document stay, with the reason. */
export const voidInvoice = async (
  context: CommandContext,
  input: { readonly id: string; readonly version: number; readonly reason: string },
): Promise<{ id: string; version: number }> => {
  const invoice = await getRow(context.trx, 'invoices', context.organizationId, input.id, 'invoice')
  if (invoice.issuedAt !== null && invoice.voidedAt === null && invoice.paidE4 !== 0n) {
    throw new AppError(
      'INVALID_STATE',
      `Invoice ${invoice.number ?? ''} has payments. Take their allocations back first.`,
    )
  }
  const credit = await context.trx
    .selectFrom('creditNotes')
    .select('number')
    .where('invoiceId', '=', input.id)
    .where('issuedAt', 'is not', null)
    .where('voidedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (credit !== undefined) {
    const message = `Invoice ${invoice.number ?? ''} is credited by credit note ${credit.number ?? ''}. Make that void first.`
    throw new AppError('INVALID_STATE', message)
  }
  const updated = await voidDocument(context, 'invoice', input)
  await giveShareBack(context, input.id)
  return updated
}
