import type {
  EInvoice,
  EInvoiceDelivery,
  EInvoiceDocumentAdjustment,
  EInvoicePaymentMeans,
  EInvoicePeriod,
  EInvoiceTotals,
} from '../../../shared/documents/einvoice.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import { compact } from '../../../shared/tax/ids/scheme.ts'
import { explanation, lineFrom } from './from-lines.ts'
import { addressFrom, buyerFrom, sellerFrom } from './from-parties.ts'
import { taxFrom, taxRowsFrom, unknownTax } from './from-taxes.ts'
import type { FormatProfile } from './profiles.ts'
import type { EInvoiceSource } from './source.ts'

const uses = ({ totals }: EInvoiceSource, category: string): boolean =>
  totals.taxes.some((tax) => tax.category === category)

type Adjustments = {
  readonly list: readonly EInvoiceDocumentAdjustment[]
  /** Which of the document's own each of them is a part of: one for each tax that it falls on. */
  readonly own: readonly number[]
}

const adjustmentsFrom = ({ content, totals, words }: EInvoiceSource): Adjustments => {
  const found = content.adjustments.flatMap((typed, at) => {
    const shares = totals.adjustments[at]?.shares.filter((share) => share.amountE4 !== 0n) ?? []
    return shares.map((share) => {
      const [tax, another] = share.taxes
      const isWhole = shares.length === 1 && !content.pricesIncludeTax && typed.baseE4 !== null
      return {
        at,
        adjustment: {
          kind: typed.kind,
          reason: typed.reason ?? words[typed.kind === 'charge' ? 'charge' : 'discount'],
          reasonCode: null,
          amountE4: share.amountE4,
          ...(isWhole ? explanation(typed, zero, share.amountE4) : { baseE4: null, percentE6: null }),
          tax: tax === undefined || another !== undefined ? unknownTax : taxFrom(tax),
        },
      }
    })
  })
  return { list: found.map(({ adjustment }) => adjustment), own: found.map(({ at }) => at) }
}

const orNull = (value: Amount): Amount | null => (value === 0n ? null : value)

const totalsFrom = (
  { totals, content, baseCurrency, baseTaxE4 }: EInvoiceSource,
  adjustments: readonly EInvoiceDocumentAdjustment[],
): EInvoiceTotals => ({
  lineNetE4: totals.lineNetE4,
  // Parts of both signs may come to nothing; the sum of them is said all the same (BR-CO-11, BR-CO-12).
  allowanceE4: adjustments.some(({ kind }) => kind === 'allowance') ? totals.allowanceE4 : null,
  chargeE4: adjustments.some(({ kind }) => kind === 'charge') ? totals.chargeE4 : null,
  netE4: totals.netE4,
  taxE4: totals.taxE4,
  // VAT is owed in the currency of the books (Directive 2006/112/EC, article 230).
  taxInAccountingCurrencyE4: content.currency === baseCurrency || totals.taxE4 === 0n ? null : baseTaxE4,
  totalE4: totals.totalE4,
  prepaidE4: orNull(totals.prepaidE4),
  roundingE4: orNull(totals.roundingE4),
  payableE4: totals.payableE4,
})

// Countries of the SEPA scheme, by the first letters of an IBAN.
const sepa =
  /^(AD|AL|AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GI|GR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MC|MD|ME|MK|MT|NL|NO|PL|PT|RO|RS|SE|SI|SK|SM|VA)/

const noDetails: Omit<EInvoicePaymentMeans, 'code'> = {
  text: null,
  account: null,
  accountName: null,
  bic: null,
  cardNumber: null,
  cardHolder: null,
  debitedAccount: null,
}

const paymentFrom = ({ kind, content, paidTo }: EInvoiceSource): readonly EInvoicePaymentMeans[] => {
  // How a credit is given back is not said when it is issued: UNCL 4461 has 1 for that.
  if (kind === 'credit-note') return [{ ...noDetails, code: '1' }]
  if (paidTo === null) return []
  const iban = paidTo.iban ?? paidTo.qrIban
  const bic = paidTo.bic === null ? null : compact(paidTo.bic)
  if (iban !== null) {
    const account = compact(iban)
    const isSepa = content.currency === 'EUR' && sepa.test(account)
    return [{ ...noDetails, code: isSepa ? '58' : '30', account, accountName: paidTo.holder, bic }]
  }
  if (paidTo.accountNumber !== null) {
    const account = [paidTo.sortCode, paidTo.accountNumber].filter((part) => part !== null).join(' ')
    return [{ ...noDetails, code: '30', account, accountName: paidTo.holder, bic }]
  }
  // A link or an UPI address: paid online, with nothing that the standard could name.
  return [{ ...noDetails, code: '68' }]
}

const supplyFrom = (source: EInvoiceSource): { delivery: EInvoiceDelivery | null; period: EInvoicePeriod | null } => {
  const { content, buyer } = source
  const { supplyFrom: start, supplyTo: end } = content
  const isPeriod = end !== null && end !== start
  const goesTo = buyer?.deliveryAddress ?? (uses(source, 'K') ? (buyer?.address ?? null) : null)
  const address = goesTo === null ? null : addressFrom(goesTo)
  const date = isPeriod ? null : start
  return {
    delivery: date === null && address === null ? null : { date, partyName: null, locationId: null, address },
    period: isPeriod ? { start, end } : null,
  }
}

/** A line of terms that begins with # is a Skonto of XRechnung, which ends with a line feed (BR-DE-18). */
const termsFrom = (terms: string | null): string | null =>
  terms !== null && (terms.split('\n').at(-1) ?? '').startsWith('#') ? `${terms}\n` : terms

const noteFrom = ({ reason, content }: EInvoiceSource): EInvoice['notes'] => {
  const text = [reason, content.notes].filter((part) => part !== null).join('\n')
  return text === '' ? [] : [{ subject: null, text }]
}

const referencesFrom = ({ content, buyer, preceding }: EInvoiceSource): EInvoice['references'] => ({
  buyerReference: content.buyerReference ?? buyer?.buyerReference ?? null,
  project: null,
  contract: null,
  // The reference that is printed is the client's own number in most businesses: their order.
  order: content.orderReference ?? content.reference,
  salesOrder: null,
  receivingAdvice: null,
  despatchAdvice: null,
  tender: null,
  invoicedObject: null,
  buyerAccounting: null,
  precedingInvoices: preceding === null ? [] : [preceding],
})

export type MadeEInvoice = { readonly invoice: EInvoice; readonly adjustmentOf: readonly number[] }

/** A document as an e-invoice of a form, from its own figures: nothing is worked out anew. */
export const einvoiceFrom = (source: EInvoiceSource, profile: FormatProfile): MadeEInvoice => {
  const { kind, content, totals } = source
  const isCredit = kind === 'credit-note'
  const { list, own } = adjustmentsFrom(source)
  const sums = totalsFrom(source, list)
  const options = { hasVatIds: !uses(source, 'O'), takesMail: profile.rules !== 'peppol' }
  // The standard alone asks for nothing that a document did not say when it was issued, so that its data never changes.
  const { seller, buyer } = profile.rules === 'en16931' ? source : (source.completed ?? source)
  const invoice: EInvoice = {
    syntax: profile.syntax === 'cii' ? 'cii' : isCredit ? 'ubl-creditnote' : 'ubl-invoice',
    type: kind,
    specification: profile.specification,
    process: profile.process,
    number: source.number ?? 'DRAFT',
    issueDate: content.issuedOn,
    typeCode: isCredit ? '381' : '380',
    currency: content.currency,
    taxCurrency: sums.taxInAccountingCurrencyE4 === null ? null : source.baseCurrency,
    taxPointDate: null,
    dueDate: source.dueOn,
    notes: noteFrom(source),
    references: referencesFrom({ ...source, buyer }),
    seller: sellerFrom(seller, { ...options, later: source.later?.seller ?? null }),
    buyer: buyerFrom(buyer, { ...options, later: source.later?.buyer ?? null }),
    payee: null,
    taxRepresentative: null,
    ...supplyFrom(source),
    paymentMeans: paymentFrom(source),
    remittance: isCredit || totals.payableE4 <= 0n ? null : source.number,
    mandateId: null,
    creditorId: null,
    paymentTerms: termsFrom(content.terms),
    lines: content.lines.map((line, at) => lineFrom(source, line, at)),
    adjustments: list,
    taxes: taxRowsFrom(source, profile.rules === 'xrechnung'),
    totals: sums,
    thirdPartyPayments: [],
    supportingDocuments: [],
    warnings: [],
  }
  return { invoice, adjustmentOf: own }
}
