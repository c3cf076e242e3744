import type { Amount } from '../money/scaled.ts'
import { compact, creditorReferenceOf, isQrIban, isSepaIban, qrReferenceOf } from './bank-ids.ts'
import {
  epcPayload,
  linkPayload,
  type Payload,
  type PayloadProblem,
  type SwissAddress,
  type SwissPayment,
  swissPayload,
  upiPayload,
} from './payment-qr.ts'

/** An account as far as a code to pay needs it. */
export type CodeAccount = {
  readonly holder: string
  readonly iban: string | null
  readonly qrIban: string | null
  readonly bic: string | null
  readonly upiId: string | null
  readonly linkTemplate: string | null
}

/** What is to be paid, to whom, by whom. */
export type CodeRequest = {
  readonly account: CodeAccount
  readonly creditor: SwissAddress
  readonly debtor: SwissAddress | null
  readonly currency: string
  readonly amountE4: Amount
  /** The number of the document, which the payment has to name. */
  readonly number: string
}

/** The code that is printed: `swiss` brings what its slip says. */
export type PaymentCode =
  | { readonly kind: 'epc' | 'upi' | 'link'; readonly text: string }
  | { readonly kind: 'swiss'; readonly text: string; readonly payment: SwissPayment }

/** The code, or null with what stood in the way of those that would have suited. */
export type ChosenCode = { readonly code: PaymentCode | null; readonly problems: readonly PayloadProblem[] }

const isSwissIban = (iban: string) => /^(CH|LI)/.test(compact(iban))

const swissPaymentOf = (request: CodeRequest, iban: string): SwissPayment => {
  const qrReference = isQrIban(iban) ? qrReferenceOf(request.number) : null
  const creditorReference = isQrIban(iban) ? null : creditorReferenceOf(request.number)
  const [referenceType, reference] = isQrIban(iban)
    ? (['QRR', qrReference ?? ''] as const)
    : creditorReference === null
      ? (['NON', ''] as const)
      : (['SCOR', creditorReference] as const)
  const { creditor, debtor, amountE4, currency, number } = request
  const message = number
  return {
    iban,
    creditor,
    amountE4,
    currency,
    debtor,
    referenceType,
    reference,
    message,
    billInformation: '',
    alternatives: [],
  }
}

/** A payer that the slip cannot name in full is left out: the slip then has a field to write in. */
const swissCode = (request: CodeRequest, iban: string): { payload: Payload; payment: SwissPayment } => {
  const payment = swissPaymentOf(request, iban)
  const payload = swissPayload(payment)
  if (payload.ok || payment.debtor === null) return { payload, payment }
  if (!payload.problems.every(({ field }) => field.startsWith('debtor.'))) return { payload, payment }
  const anonymous = { ...payment, debtor: null }
  return { payload: swissPayload(anonymous), payment: anonymous }
}

const epcCode = ({ account, amountE4, number }: CodeRequest, iban: string): Payload =>
  epcPayload({
    name: account.holder,
    iban,
    bic: account.bic,
    amountE4,
    purpose: null,
    reference: null,
    text: number,
    information: null,
  })

/**
 * The code that suits currency and account: the Swiss QR-bill for CHF (and EUR to a Swiss account), EPC for euro by
 * SEPA, UPI for rupees, else the payment link.
 */
export const choosePaymentCode = (request: CodeRequest): ChosenCode => {
  const { account, currency, amountE4, number } = request
  if (amountE4 <= 0n) return { code: null, problems: [] }
  const problems: PayloadProblem[] = []
  const swissIban = [account.qrIban, account.iban].find((iban) => iban !== null && isSwissIban(iban)) ?? null
  if (swissIban !== null && (currency === 'CHF' || currency === 'EUR')) {
    const { payload, payment } = swissCode(request, swissIban)
    if (payload.ok) return { code: { kind: 'swiss', text: payload.text, payment }, problems: [] }
    problems.push(...payload.problems)
  } else if (currency === 'EUR' && account.iban !== null && isSepaIban(account.iban)) {
    const payload = epcCode(request, account.iban)
    if (payload.ok) return { code: { kind: 'epc', text: payload.text }, problems: [] }
    problems.push(...payload.problems)
  } else if (currency === 'INR' && account.upiId !== null) {
    const { upiId, holder: name } = account
    const payload = upiPayload({ upiId, name, amountE4, note: number, reference: number.slice(0, 35) })
    if (payload.ok) return { code: { kind: 'upi', text: payload.text }, problems: [] }
    problems.push(...payload.problems)
  }
  if (account.linkTemplate === null) return { code: null, problems }
  const link = linkPayload({ template: account.linkTemplate, number, amountE4, currency })
  return link.ok
    ? { code: { kind: 'link', text: link.text }, problems }
    : { code: null, problems: [...problems, ...link.problems] }
}

/** Street and house number of an address line: `Rue du Lac 22a` gives both, `Postfach` the first only. */
export const splitStreet = (line: string): { readonly street: string; readonly buildingNumber: string } => {
  const match = /^(\D.*?)[ ,]+(\d+\s?[A-Za-z]?(?:[-/]\d*[A-Za-z]?)?)$/.exec(line.trim())
  return match === null
    ? { street: line.trim(), buildingNumber: '' }
    : { street: match[1] ?? '', buildingNumber: match[2] ?? '' }
}
