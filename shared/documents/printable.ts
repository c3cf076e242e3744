import type { Amount, Percent, Quantity, UnitPrice } from '../money/scaled.ts'

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

/**
 * Everything that a printed document needs: the one input of the template that serves preview, print and mail.
 * Two equal values give the same PDF, byte for byte.
 */
export type PrintableDocument = {
  readonly kind: 'invoice' | 'credit-note' | 'quote'
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
  readonly blocks: readonly { readonly heading: string | null; readonly text: string }[]
  /** One line at the foot of each page. */
  readonly footer: string | null
  readonly branding: PrintableBranding
  /** Instant written into the file as its creation date, so that the bytes repeat: ISO 8601 UTC. */
  readonly createdAt: string
}
