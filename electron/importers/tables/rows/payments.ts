import type { PaymentMethod } from '../../../../shared/contract/payments.ts'
import { amount, exchangeRate } from '../../../../shared/money/scaled.ts'
import type { Cells } from '../cells.ts'
import type { ClientHint, PaymentRecord } from '../records.ts'
import { addressFrom } from './clients.ts'

const methods: readonly (readonly [RegExp, PaymentMethod])[] = [
  [/cheque|check/i, 'cheque'],
  [/cash|bar\b|espece/i, 'cash'],
  [/card|visa|master|amex|stripe|square|kreditkarte/i, 'card'],
  [/direct debit|sepa|lastschrift|gocardless/i, 'direct-debit'],
  [/upi/i, 'upi'],
  [/transfer|bank|wire|ach|bacs|eft|neft|rtgs|uberweisung|überweisung/i, 'bank-transfer'],
]

/** The way of paying that a word means; other where it is not known. */
export const methodOf = (text: string): PaymentMethod =>
  methods.find(([pattern]) => pattern.test(text))?.[1] ?? (text === '' ? 'bank-transfer' : 'other')

/** Who a row is about, from its client fields; null (and refused) without a name. */
export const clientHintFrom = (cells: Cells): ClientHint | null => {
  const name = cells.line('client', 200)
  if (name === null) {
    cells.problem('client', 'The row names no client.', true)
    return null
  }
  return {
    name,
    email: cells.email('clientEmail'),
    address: addressFrom(cells, 'client'),
    vatId: cells.line('clientVatId', 60),
  }
}

/** An exchange rate of a row; zero or less is none. */
export const rateFrom = (cells: Cells) => {
  const rate = cells.number('exchangeRate', 10)
  return rate === null || rate <= 0n ? null : exchangeRate(rate)
}

/** The payment that a row holds; null where it is refused. */
export const paymentFrom = (cells: Cells): PaymentRecord | null => {
  const client = clientHintFrom(cells)
  const date = cells.date('date')
  const value = cells.number('amount', 4)
  if (value === null && !cells.isRefused()) cells.problem('amount', 'The row has no amount.', true)
  if (date === null && !cells.isRefused()) cells.problem('date', 'The row has no date.', true)
  if (value !== null && value <= 0n) {
    cells.problem('amount', 'Money given back is not imported: record it as a refund or a credit.', true)
  }
  if (client === null || date === null || value === null || cells.isRefused()) return null
  return {
    row: cells.rowNumber(),
    client,
    invoiceNumber: cells.line('invoiceNumber', 40),
    amountE4: amount(value),
    date,
    method: methodOf(cells.raw('method')),
    reference: cells.line('reference', 100),
    branch: cells.line('branch', 100),
    currency: cells.currency('currency'),
    rateE10: rateFrom(cells),
    notes: cells.long('notes', 2000),
  }
}
