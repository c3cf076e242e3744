import type { Address, TaxId } from '../../../shared/contract/fields.ts'
import type { PaymentMethod } from '../../../shared/contract/payments.ts'
import type { Amount, ExchangeRate, Percent, Quantity, UnitPrice } from '../../../shared/money/scaled.ts'

/** A client as a row of a file tells it. */
export type ClientRecord = {
  readonly row: number
  readonly name: string
  readonly kind: 'person' | 'company'
  readonly code: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly website: string | null
  readonly address: Address
  readonly delivery: Address | null
  readonly taxIds: readonly TaxId[]
  readonly currency: string | null
  readonly terms: number | null
  readonly notes: string | null
  readonly archived: boolean
  readonly contact: { readonly name: string; readonly email: string | null; readonly phone: string | null } | null
}

export type ItemRecord = {
  readonly row: number
  readonly name: string
  readonly kind: 'product' | 'service'
  readonly code: string | null
  readonly description: string | null
  readonly unit: string
  /** null where the file has none. */
  readonly priceE6: UnitPrice | null
  readonly taxRateE6: Percent | null
  readonly taxName: string | null
  readonly archived: boolean
}

/** A tax by its name; the rate is null where the file says none. */
export type TaxRecord = { readonly name: string; readonly rateE6: Percent | null }

export type InvoiceLineRecord = {
  readonly row: number
  readonly name: string
  readonly code: string | null
  readonly description: string | null
  readonly quantityE6: Quantity
  readonly unit: string
  readonly priceE6: UnitPrice
  readonly discountE4: Amount | null
  readonly discountPercentE6: Percent | null
  readonly taxes: readonly TaxRecord[]
}

export type ClientHint = {
  readonly name: string
  readonly email: string | null
  readonly address: Address
  readonly vatId: string | null
}

export type InvoiceRecord = {
  readonly kind: 'invoice' | 'credit-note'
  /** Number of the invoice that a credit note lowers, where the file says it. */
  readonly credits: string | null
  readonly row: number
  readonly rows: number
  readonly number: string
  readonly client: ClientHint
  readonly date: string
  readonly dueDate: string | null
  /** null: the currency of the client, else of the books. */
  readonly currency: string | null
  readonly rateE10: ExchangeRate | null
  readonly reference: string | null
  /** A branch by its code or name; null where the file says none. */
  readonly branch: string | null
  readonly notes: string | null
  readonly terms: string | null
  readonly lines: readonly InvoiceLineRecord[]
  readonly discountE4: Amount | null
  readonly discountPercentE6: Percent | null
  readonly shippingE4: Amount | null
  readonly adjustmentE4: Amount | null
  /** As the file says; null where it does not. */
  readonly totalE4: Amount | null
  /** Received so far, or used of a credit note; `all` where a status says paid without an amount. */
  readonly paid: readonly { readonly amountE4: Amount | 'all'; readonly on: string }[]
}

export type PaymentRecord = {
  readonly row: number
  readonly client: ClientHint
  readonly invoiceNumber: string | null
  readonly amountE4: Amount
  readonly date: string
  readonly method: PaymentMethod
  readonly reference: string | null
  readonly branch: string | null
  readonly currency: string | null
  readonly rateE10: ExchangeRate | null
  readonly notes: string | null
}

export type RecordOf = {
  readonly clients: ClientRecord
  readonly items: ItemRecord
  readonly invoices: InvoiceRecord
  readonly payments: PaymentRecord
}
