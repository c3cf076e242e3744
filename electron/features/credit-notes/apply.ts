import type { Selectable } from 'kysely'
import type { CreditNoteTable } from '../../../db/tables/credit-notes.ts'
import { AppError } from '../../../shared/errors.ts'
import { negate, subtract, sum } from '../../../shared/money/arithmetic.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { tooFine } from '../minor-units.ts'

type CreditNote = Selectable<CreditNoteTable>
type Use = { readonly invoiceId: string; readonly amountE4: Amount }

const assertUsable = (note: CreditNote, uses: readonly Use[], on: string) => {
  if (note.issuedAt === null) throw new AppError('INVALID_STATE', 'Issue this credit note first.')
  if (note.voidedAt !== null) throw new AppError('INVALID_STATE', `Credit note ${note.number ?? ''} is void.`)
  if (on < note.issuedOn) {
    const message = `Credit note ${note.number ?? ''} is of ${note.issuedOn}: use it on that day or later.`
    throw new AppError('VALIDATION', message, { fields: { on: message } })
  }
  const total = sum(uses.map((use) => use.amountE4))
  if (total <= note.creditE4) return
  const text = (value: Amount) => formatAmount(value, note.currency, 'en')
  throw new AppError(
    'OVER_ALLOCATED',
    `${text(total)} is more than the ${text(note.creditE4)} left of this credit note.`,
    {
      fields: { applications: `At most ${text(note.creditE4)} in all.` },
    },
  )
}

const openInvoice = async (context: CommandContext, note: CreditNote, use: Use, field: string) => {
  const invoice = await getRow(context.trx, 'invoices', context.organizationId, use.invoiceId, 'invoice')
  const refuse = (code: 'VALIDATION' | 'OVER_ALLOCATED' | 'INVALID_STATE', message: string, shown = message): never => {
    throw new AppError(code, message, { fields: { [field]: shown } })
  }
  const fine = tooFine(use.amountE4, note.currency)
  if (fine !== null) refuse('VALIDATION', fine)
  if (invoice.issuedAt === null || invoice.voidedAt !== null)
    refuse('INVALID_STATE', 'Only an issued invoice takes credit.')
  if (invoice.clientId !== note.clientId || invoice.currency !== note.currency) {
    refuse('INVALID_STATE', `Invoice ${invoice.number ?? ''} is of another client or in another currency.`)
  }
  const open = subtract(invoice.payableE4, invoice.paidE4)
  if (use.amountE4 > open) {
    const text = formatAmount(open, invoice.currency, 'en')
    refuse('OVER_ALLOCATED', `Invoice ${invoice.number ?? ''} has ${text} open.`, `At most ${text}.`)
  }
  return { number: invoice.number, open }
}

/** Uses a credit note for invoices; AppError OVER_ALLOCATED beyond what is left of it or open on an invoice. */
export const applyCredit = async (
  context: CommandContext,
  note: CreditNote,
  uses: readonly Use[],
  on: string,
): Promise<void> => {
  assertUsable(note, uses, on)
  for (const [index, use] of uses.entries()) {
    const { number } = await openInvoice(context, note, use, `applications.${index}.amountE4`)
    await context.trx
      .insertInto('creditAllocations')
      .values({
        ...context.newRow(),
        creditNoteId: note.id,
        invoiceId: use.invoiceId,
        amountE4: use.amountE4,
        allocatedOn: on,
        reversesId: null,
      })
      .execute()
    await recordUse(context, note, use, number, 'invoice.credited')
  }
}

const recordUse = (
  context: CommandContext,
  note: CreditNote,
  { invoiceId, amountE4 }: Use,
  number: string | null,
  kind: 'invoice.credited' | 'invoice.credit-reversed',
) =>
  context.record({
    kind,
    entity: 'invoice',
    entityId: invoiceId,
    clientId: note.clientId,
    data: { number, creditNote: note.number, creditNoteId: note.id, currency: note.currency, amountE4 },
  })

/** Takes one use of a credit note back by a reversal dated `on`; AppError NOT_FOUND if it no longer stands. */
export const unapplyCredit = async (
  context: CommandContext,
  note: CreditNote,
  applicationId: string,
  on: string,
): Promise<void> => {
  const use = await context.trx
    .selectFrom('creditAllocations as a')
    .innerJoin('invoices as i', 'i.id', 'a.invoiceId')
    .select(['a.id', 'a.invoiceId', 'a.amountE4', 'i.number'])
    .where('a.id', '=', applicationId)
    .where('a.creditNoteId', '=', note.id)
    .where('a.reversesId', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('creditAllocations as r').select('r.id').whereRef('r.reversesId', '=', 'a.id'))),
    )
    .executeTakeFirst()
  if (use === undefined)
    throw new AppError('NOT_FOUND', 'This use of the credit note no longer stands.', { details: { id: applicationId } })
  await context.trx
    .insertInto('creditAllocations')
    .values({
      ...context.newRow(),
      creditNoteId: note.id,
      invoiceId: use.invoiceId,
      amountE4: negate(use.amountE4),
      allocatedOn: on,
      reversesId: use.id,
    })
    .execute()
  await recordUse(context, note, use, use.number, 'invoice.credit-reversed')
}
