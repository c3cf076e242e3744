import type { PrintableDocument } from '../../shared/documents/printable.ts'
import type { Seller } from './snapshots.ts'
import { wordsIn } from './words.ts'

/** How to pay: the bank details that the seller gave, and the number to quote. */
export const paymentTexts = (
  seller: Seller,
  asksForMoney: boolean,
  number: string | null,
  language: string,
): PrintableDocument['blocks'] => {
  const { accountName, bankName, iban, bic, accountNumber, sortCode } = seller.bankDetails
  const words = wordsIn(language)
  const rows = [
    [words.accountName, accountName],
    [words.bank, bankName],
    ['IBAN', iban],
    ['BIC', bic],
    [words.accountNumber, accountNumber],
    [words.sortCode, sortCode],
  ].filter((row): row is [string, string] => row[1] !== null && row[1] !== undefined)
  if (!asksForMoney || rows.length === 0) return []
  const quote: [string, string][] = number === null ? [] : [[words.reference, number]]
  return [
    { heading: words.payment, text: [...rows, ...quote].map(([label, value]) => `${label}: ${value}`).join('\n') },
  ]
}
