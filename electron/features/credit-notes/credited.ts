import type { Selectable } from 'kysely'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import type { CreditNoteContent, CreditScope } from '../../../shared/contract/credit-notes.ts'
import {
  type Credited,
  type CreditedInvoice,
  creditContent,
  type Left,
  leftToCredit,
  totalsOfCredit,
} from '../../../shared/documents/credit.ts'
import { AppError } from '../../../shared/errors.ts'
import { sum } from '../../../shared/money/arithmetic.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { Db, Trx } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { contentOf } from '../invoices/content.ts'
import { creditContentOf } from './document.ts'
import { creditWordsIn } from './words.ts'

/** An issued invoice with what was credited of it. */
export type CreditBook = {
  readonly row: Selectable<InvoiceTable>
  readonly invoice: CreditedInvoice
  readonly earlier: readonly Credited[]
  /** What its credit notes give back in base currency. */
  readonly base: { readonly totalE4: Amount; readonly taxE4: Amount }
}

/** The invoice and its credit notes; AppError INVALID_STATE unless it is issued and stands. */
export const creditBookOf = async (db: Db | Trx, organizationId: string, invoiceId: string): Promise<CreditBook> => {
  const row = await getRow(db, 'invoices', organizationId, invoiceId, 'invoice')
  if (row.issuedAt === null) throw new AppError('INVALID_STATE', 'This invoice is a draft: change it instead.')
  if (row.voidedAt !== null) throw new AppError('INVALID_STATE', `Invoice ${row.number ?? ''} is void.`)
  const invoice = {
    content: await contentOf(db, row),
    rounding: { mode: row.roundingMode, scope: row.roundingScope },
  }
  const notes = await db
    .selectFrom('creditNotes')
    .selectAll()
    .where('invoiceId', '=', invoiceId)
    .where('issuedAt', 'is not', null)
    .where('voidedAt', 'is', null)
    .orderBy('issuedAt')
    .orderBy('id')
    .execute()
  const earlier: Credited[] = []
  for (const note of notes) {
    const content = await creditContentOf(db, note)
    earlier.push({ content, totals: totalsOfCredit(content, invoice) })
  }
  const base = { totalE4: sum(notes.map((note) => note.baseTotalE4)), taxE4: sum(notes.map((note) => note.baseTaxE4)) }
  return { row, invoice, earlier, base }
}

/** What is left to credit of an invoice. */
export const leftOf = ({ invoice, earlier }: CreditBook): Left => leftToCredit(invoice, earlier)

type Choice = {
  readonly scope: CreditScope
  readonly issuedOn: string
  readonly reason: string | null
  readonly newId: () => string
}

/** The content of the credit note that a choice makes. */
export const contentFor = ({ row, invoice, earlier }: CreditBook, choice: Choice): CreditNoteContent => {
  const words = creditWordsIn(row.language)
  return creditContent(invoice, earlier, choice.scope, {
    invoiceId: row.id,
    issuedOn: choice.issuedOn,
    reason: choice.reason,
    newId: choice.newId,
    texts: { rounding: words.rounding, amount: words.amount.replace('{number}', () => row.number ?? '') },
  })
}
