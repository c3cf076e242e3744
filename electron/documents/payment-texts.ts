import type { Address } from '../../shared/contract/fields.ts'
import { compact, ibanProblem, spacedIban } from '../../shared/documents/bank-ids.ts'
import { choosePaymentCode, splitStreet } from '../../shared/documents/payment-code.ts'
import { linkPayload, type SwissAddress } from '../../shared/documents/payment-qr.ts'
import type { PrintablePayment } from '../../shared/documents/printable.ts'
import type { Amount } from '../../shared/money/scaled.ts'
import type { PaidTo } from './paper.ts'
import type { Buyer, Seller } from './snapshots.ts'
import { wordsIn } from './words.ts'

const swissAddress = (name: string, address: Address): SwissAddress => ({
  name,
  ...splitStreet(address.line1 ?? ''),
  postalCode: address.postalCode ?? '',
  city: address.city ?? '',
  country: address.country ?? '',
})

// What a person typed stays as typed where it is no IBAN after all.
const shownIban = (iban: string | null): string | null =>
  iban === null || ibanProblem(iban) !== null ? iban : spacedIban(iban)

const rowsOf = (paidTo: PaidTo, number: string | null, language: string): PrintablePayment['rows'] => {
  const words = wordsIn(language)
  const hasAccount = (paidTo.iban ?? paidTo.qrIban ?? paidTo.accountNumber) !== null
  const rows: readonly (readonly [label: string, value: string | null])[] = [
    [words.accountName, hasAccount || paidTo.upiId !== null ? paidTo.holder : null],
    [words.bank, paidTo.bankName],
    ['IBAN', shownIban(paidTo.iban ?? paidTo.qrIban)],
    ['BIC', paidTo.bic],
    [words.accountNumber, paidTo.accountNumber],
    [words.sortCode, paidTo.sortCode],
    ['UPI', paidTo.upiId],
    [words.reference, number],
  ]
  return rows.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, value }]))
}

type Facts = {
  readonly paidTo: PaidTo | null
  readonly seller: Seller
  readonly buyer: Buyer | null
  readonly currency: string
  readonly amountE4: Amount
  /** null for a draft, which cannot be paid yet: it has no code. */
  readonly number: string | null
  readonly language: string
}

/** How to pay: account, number to quote, link, and the code of the currency's country; null where there is no way. */
export const paymentOf = (facts: Facts): PrintablePayment | null => {
  const { paidTo, seller, buyer, currency, amountE4, number, language } = facts
  if (paidTo === null || amountE4 <= 0n) return null
  const { linkTemplate: template } = paidTo
  const account = { ...paidTo, bic: paidTo.bic === null ? null : compact(paidTo.bic) }
  const request = {
    account,
    creditor: swissAddress(paidTo.holder, seller.address),
    debtor: buyer === null ? null : swissAddress(buyer.name, buyer.address),
    currency,
    amountE4,
  }
  const chosen = number === null ? null : choosePaymentCode({ ...request, number }).code
  const link = template === null || number === null ? null : linkPayload({ template, number, amountE4, currency })
  return {
    heading: wordsIn(language).payment,
    rows: rowsOf(paidTo, number, language),
    link: link?.ok === true ? link.text : null,
    code: chosen,
  }
}
