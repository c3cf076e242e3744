import type { Selectable } from 'kysely'
import type { CreditNoteTable } from '../../../db/tables/credit-notes.ts'
import type { CreditNoteContent } from '../../../shared/contract/credit-notes.ts'
import { type Credited, leftToCredit, totalsOfCredit } from '../../../shared/documents/credit.ts'
import { beyondLeft, hasOwnTaxes } from '../../../shared/documents/credit-within.ts'
import { AppError, notFound } from '../../../shared/errors.ts'
import { convert, subtract, sum } from '../../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { issueDocument, voidDocument } from '../../documents/issue.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { findRow, getRow } from '../../rpc/rows.ts'
import { standAsCredited } from '../quotes/standing.ts'
import { type CreditBook, creditBookOf } from './credited.ts'
import { creditContentOf, creditNoteDocument } from './document.ts'

type CreditNote = Selectable<CreditNoteTable>

const refuse = (fields: Readonly<Record<string, string>>, code: 'VALIDATION' | 'OVER_ALLOCATED') => {
  const first = Object.values(fields)[0]
  if (first !== undefined) throw new AppError(code, first, { fields })
}

const assertWithin = (book: CreditBook, credited: Credited) => {
  const { content } = credited
  if (content.issuedOn < book.row.issuedOn) {
    refuse({ issuedOn: `The credit note is dated before its invoice of ${book.row.issuedOn}.` }, 'VALIDATION')
  }
  const left = leftToCredit(book.invoice, book.earlier)
  refuse(beyondLeft(left, credited), 'OVER_ALLOCATED')
  const natural = totalsOfCredit({ ...content, mirroredTaxes: null }, book.invoice)
  if (!hasOwnTaxes(left, credited, natural))
    refuse(
      { lines: 'The tax of this credit note is not that of its lines. Make it from the invoice again.' },
      'VALIDATION',
    )
}

// What is missing of the base amount of all credit so far, so that those of all credit notes give the invoice's.
const baseOf = (book: CreditBook, totals: Credited['totals'], baseCurrency: string) => {
  const toBase = (value: Amount) =>
    convert(value, book.row.exchangeRateE10, minorUnitsOf(baseCurrency), book.row.roundingMode)
  const soFar = (of: (totals: Credited['totals']) => Amount) =>
    toBase(sum([...book.earlier.map((credit) => of(credit.totals)), of(totals)]))
  return {
    baseTotalE4: subtract(
      soFar((it) => it.totalE4),
      book.base.totalE4,
    ),
    baseTaxE4: subtract(
      soFar((it) => it.taxE4),
      book.base.taxE4,
    ),
  }
}

// What it takes from its invoice: the parties as they were, and its share of the invoice's base amounts.
const takenFrom = async (context: CommandContext, book: CreditBook, content: CreditNoteContent) => {
  const totals = totalsOfCredit(content, book.invoice)
  assertWithin(book, { content, totals })
  const { currency } = await getRow(
    context.trx,
    'organizations',
    context.organizationId,
    context.organizationId,
    'organization',
  )
  const { seller, buyer } = book.row
  // An issued invoice has both: the condition is for the type alone.
  const parties = seller === null || buyer === null ? {} : { seller, buyer }
  return { ...parties, base: baseOf(book, totals, currency) }
}

const draftOf = async (context: CommandContext, id: string): Promise<CreditNote> => {
  const draft = await findRow(context.trx, 'creditNotes', context.organizationId, id)
  if (draft === undefined || draft.deletedAt !== null) throw notFound('credit note', id)
  return draft
}

/**
 * Gives a draft its number and freezes it; the client has its amount as credit from then on. One that is made from an
 * invoice is asked again for what is left of it: AppError OVER_ALLOCATED. VALIDATION names what is missing.
 */
export const issueCreditNote = async (
  context: CommandContext,
  seen: { readonly id: string; readonly version: number; readonly seriesId?: string | null },
): Promise<{ id: string; version: number; number: string }> => {
  const draft = await draftOf(context, seen.id)
  // The row holds the totals of the last save; below zero it would ask for money, which an invoice does.
  if (draft.issuedAt === null && (draft.payableE4 < 0n || (draft.invoiceId === null && draft.payableE4 === 0n)))
    refuse({ lines: 'A credit note gives an amount above zero back.' }, 'VALIDATION')
  if (draft.issuedAt !== null || draft.invoiceId === null) return await issueDocument(context, creditNoteDocument, seen)
  const book = await creditBookOf(context.trx, context.organizationId, draft.invoiceId)
  const taken = await takenFrom(context, book, await creditContentOf(context.trx, draft))
  const issued = await issueDocument(context, creditNoteDocument, seen, taken)
  await standAsCredited(context, draft.invoiceId)
  return issued
}

/** Makes an issued credit note void that nothing was done with; number and document stay, with the reason. */
export const voidCreditNote = async (
  context: CommandContext,
  input: { readonly id: string; readonly version: number; readonly reason: string },
): Promise<{ id: string; version: number }> => {
  const note = await getRow(context.trx, 'creditNotes', context.organizationId, input.id, 'credit note')
  if (note.voidedAt === null && (note.appliedE4 !== 0n || note.refundedE4 !== 0n)) {
    const what = note.appliedE4 !== 0n ? 'pays invoices: take that back first' : 'is refunded: cancel the refund first'
    throw new AppError('INVALID_STATE', `Credit note ${note.number ?? ''} ${what}.`)
  }
  const voided = await voidDocument(context, 'credit-note', input)
  await standAsCredited(context, note.invoiceId)
  return voided
}
