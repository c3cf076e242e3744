import type { Amount, Percent, Quantity, UnitPrice } from '../money/scaled.ts'
import type { PaymentCode } from './payment-code.ts'
import type { TemplateDesign } from './template-design.ts'

/** What the paper shows of a seller or buyer: a snapshot, already in printing order. */
export type PrintableParty = {
  readonly name: string
  readonly addressLines: readonly string[]
  /** Labelled ids: `{ label: 'VAT', value: 'GB980780684' }`. */
  readonly ids: readonly { readonly label: string; readonly value: string }[]
  readonly email: string | null
  readonly phone: string | null
  readonly website: string | null
}

export type PrintableLine = {
  /** Position as printed: `1`, `2`, ... */
  readonly position: number
  readonly code: string | null
  readonly name: string
  readonly description: string | null
  readonly quantityE6: Quantity
  readonly unit: string
  readonly priceE6: UnitPrice
  /** `-10 %` or an amount, as shown under the line; empty for none. */
  readonly adjustments: readonly { readonly label: string; readonly amountE4: Amount }[]
  /** Short text of the line's taxes: `20 %`, `CGST 9 % + SGST 9 %`. */
  readonly taxLabel: string
  readonly netE4: Amount
  /** HSN or SAC code of India, or another code of the goods that law asks for. */
  readonly hsn?: string | null
  /** The line's share of each tax, for a column of amounts per tax: `{ label: 'CGST', ... }`. */
  readonly taxAmounts?: readonly { readonly label: string; readonly amountE4: Amount }[]
  /** A line of a quote that the buyer may choose, printed with its mark; outside the total unless `isChosen`. */
  readonly choice?: 'optional' | 'alternative' | null
  readonly isChosen?: boolean
  /** What alternatives stand for each other. */
  readonly groupName?: string | null
}

export type PrintableTax = {
  /** `VAT 20 %` */
  readonly label: string
  readonly rateE6: Percent
  readonly taxableE4: Amount
  readonly taxE4: Amount
}

export type PrintableBranding = {
  /** PNG or JPEG bytes from the attachment store; never a path or an address. */
  readonly logo: Uint8Array | null
  /** `#rrggbb`: headings, rules and the table head. */
  readonly accentColor: string
}

/** A text under the totals; `role` says which part of the template prints it, notes if left out. */
export type PrintableBlock = {
  readonly heading: string | null
  readonly text: string
  readonly role?: 'notes' | 'terms' | 'legal'
}

/** How to pay: rows such as `{ label: 'IBAN', value }`, and the code to scan. */
export type PrintablePayment = {
  readonly heading: string
  readonly rows: readonly { readonly label: string; readonly value: string }[]
  /** An https address that is printed and can be clicked. */
  readonly link: string | null
  readonly code: PaymentCode | null
}

/**
 * Everything that a printed document needs: the one input of the template that serves preview, print and mail.
 * Two equal values give the same PDF, byte for byte.
 */
export type PrintableDocument = {
  readonly kind: 'invoice' | 'credit-note' | 'quote'
  /** What tax law calls an invoice of this seller; null or left out for no name of its own. */
  readonly lawfulTitle?: 'tax-invoice' | 'bill-of-supply' | null
  /** Language of labels, dates and numbers: BCP 47, `en-GB`. */
  readonly language: string
  readonly pageSize: 'A4' | 'LETTER'
  readonly currency: string
  readonly minorUnits: number
  /** null for a draft, which is printed with a DRAFT mark. */
  readonly number: string | null
  readonly state: 'draft' | 'issued' | 'void'
  readonly issuedOn: string
  readonly dueOn: string | null
  readonly reference: string | null
  /** Period or date of supply, already worded by the caller. */
  readonly supply: string | null
  readonly pricesIncludeTax: boolean
  readonly seller: PrintableParty
  readonly buyer: PrintableParty
  readonly deliverTo: PrintableParty | null
  readonly lines: readonly PrintableLine[]
  readonly adjustments: readonly { readonly label: string; readonly amountE4: Amount }[]
  readonly lineNetE4: Amount
  readonly netE4: Amount
  readonly taxes: readonly PrintableTax[]
  readonly taxE4: Amount
  readonly totalE4: Amount
  readonly prepaidE4: Amount
  readonly roundingE4: Amount
  readonly payableE4: Amount
  /** Texts under the totals, in order: notes, terms, how to pay, legal texts (reverse charge, small business, ...). */
  readonly blocks: readonly PrintableBlock[]
  /** One line at the foot of each page. */
  readonly footer: string | null
  readonly branding: PrintableBranding
  /** Instant written into the file as its creation date, so that the bytes repeat: ISO 8601 UTC. */
  readonly createdAt: string
  /** How it looks; the plain template if left out. */
  readonly design?: TemplateDesign
  /** A quote's last day, if it is not given as `dueOn`. */
  readonly validUntil?: string | null
  /** The invoice that a credit note corrects. */
  readonly original?: { readonly number: string; readonly issuedOn: string } | null
  /** Deposits that a final invoice takes off, each with the tax that it carried. */
  readonly deductions?: readonly PrintableDeduction[]
  /** India: state and code of the place of supply. */
  readonly placeOfSupply?: string | null
  /** India: printed as yes or no; left out elsewhere. */
  readonly reverseCharge?: boolean | null
  /** The payable amount in words, where custom or law asks for it. */
  readonly amountInWords?: string | null
  readonly payment?: PrintablePayment | null
}

/** A deposit invoice that is taken off: what it asked for and the tax in it. */
export type PrintableDeduction = {
  /** `Deposit INV-2026-0007 of 3 March 2026`, worded by the caller. */
  readonly label: string
  /** With tax, as a positive amount. */
  readonly amountE4: Amount
  readonly taxE4: Amount
}

/** One row of a client statement: a document or a payment, with the balance after it. */
export type StatementRow = {
  readonly on: string
  /** `Invoice INV-2026-0042`, worded by the caller. */
  readonly text: string
  readonly dueOn: string | null
  readonly debitE4: Amount
  readonly creditE4: Amount
  readonly balanceE4: Amount
}

/** A client statement of one currency: what was open, what came and went, what is open, and how old that is. */
export type PrintableStatement = {
  readonly language: string
  readonly pageSize: 'A4' | 'LETTER'
  readonly currency: string
  readonly minorUnits: number
  /** The day on which it is drawn up. */
  readonly issuedOn: string
  readonly from: string | null
  readonly to: string
  readonly seller: PrintableParty
  readonly buyer: PrintableParty
  readonly openingE4: Amount
  readonly rows: readonly StatementRow[]
  readonly closingE4: Amount
  /** The open amount by age, worded by the caller: not due, 1 to 30 days, ... */
  readonly ageing: readonly { readonly label: string; readonly amountE4: Amount }[]
  readonly blocks: readonly PrintableBlock[]
  readonly payment?: PrintablePayment | null
  readonly footer: string | null
  readonly branding: PrintableBranding
  readonly design?: TemplateDesign
  readonly createdAt: string
}
