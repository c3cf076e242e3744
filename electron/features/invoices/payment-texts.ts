import type { PrintableDocument } from '../../../shared/documents/printable.ts'
import type { Seller } from './snapshots.ts'

/** How to pay: the bank details that the seller gave, and the number to quote. */
export const paymentTexts = (
  seller: Seller,
  asksForMoney: boolean,
  number: string | null,
): PrintableDocument['blocks'] => {
  const { accountName, bankName, iban, bic, accountNumber, sortCode } = seller.bankDetails
  const rows = [
    ['Account name', accountName],
    ['Bank', bankName],
    ['IBAN', iban],
    ['BIC', bic],
    ['Account', accountNumber],
    ['Sort code', sortCode],
  ].filter((row): row is [string, string] => row[1] !== null && row[1] !== undefined)
  if (!asksForMoney || rows.length === 0) return []
  const quote: [string, string][] = number === null ? [] : [['Reference', number]]
  return [{ heading: 'Payment', text: [...rows, ...quote].map(([label, value]) => `${label}: ${value}`).join('\n') }]
}
