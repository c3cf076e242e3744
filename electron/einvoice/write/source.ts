import type { DocumentContent } from '../../../shared/contract/documents.ts'
import type { Identifier } from '../../../shared/documents/einvoice.ts'
import type { DocumentTotals } from '../../../shared/documents/model.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { Buyer, Seller } from '../../documents/parties.ts'

/** The account that is paid to, as the document names it. */
export type PaidAccount = Readonly<
  Record<'iban' | 'qrIban' | 'bic' | 'accountNumber' | 'sortCode', string | null> & { holder: string }
>

/** All that an e-invoice is made from: a document as it was issued, or as a draft would be. */
export type EInvoiceSource = {
  readonly kind: 'invoice' | 'credit-note'
  /** null for a draft. */
  readonly number: string | null
  readonly content: DocumentContent
  readonly dueOn: string | null
  /** Why a credit note was given. */
  readonly reason: string | null
  /** Its own figures, by line and by tax. */
  readonly totals: DocumentTotals
  readonly seller: Seller
  /** null for a draft that is for nobody yet. */
  readonly buyer: Buyer | null
  /** The parties of an issued document with what they did not say then as they say it now: for rules that ask for it. */
  readonly completed?: { readonly seller: Seller; readonly buyer: Buyer }
  /** The addresses of today, for an issued document that knows of none. */
  readonly later?: { readonly seller: Identifier | null; readonly buyer: Identifier | null }
  readonly paidTo: PaidAccount | null
  /** The currency of the books, and the tax of the document in it. */
  readonly baseCurrency: string
  readonly baseTaxE4: Amount
  readonly preceding: { readonly number: string; readonly date: string | null } | null
  /** Words that stand where a person gave no reason, in the document's language. */
  readonly words: { readonly discount: string; readonly charge: string }
}
