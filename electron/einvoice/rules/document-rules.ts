import { countries } from './codes/document-codes.ts'
import { cannotBeChecked, fatal, forEach, needsGroup, needsValue, type Rule } from './rule.ts'
import { attributeOf, textOf } from './tree.ts'
import { hasValue, isPresent, only, type Party, type Slot, type View, written } from './view.ts'

/** Eight digits of a date in either syntax ('2026-03-01', '20260301'), '' where it is none. */
export const dayOf = (slot: Slot): string => {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(written(slot)) ?? []
  return year === undefined ? '' : `${year}${month}${day}`
}

const endsBeforeStart = (start: Slot, end: Slot): boolean => {
  const [from, to] = [dayOf(start), dayOf(end)]
  return from !== '' && to !== '' && to < from
}

const identity: readonly Rule[] = [
  needsValue(
    'BR-01',
    'The invoice does not say which specification it follows. Choose a format for the e-invoice.',
    (view) => [view.specification],
  ),
  needsValue('BR-02', 'The invoice has no number. Issue it, so that it gets one.', (view) => [view.number]),
  needsValue('BR-03', 'The issue date is missing. Enter the date of the invoice.', (view) => [view.issuedOn]),
  needsValue('BR-04', 'The type of document is missing: invoice, credit note or another. Choose one.', (view) => [
    view.type,
  ]),
  needsValue('BR-05', 'The currency of the invoice is missing. Choose one.', (view) => [view.currency]),
  needsGroup('BR-16', 'The invoice has no lines. Add at least one.', (view) => [view.lines]),
  fatal(
    'BR-53',
    'VAT is to be accounted in {currency}, but the VAT total in that currency is missing. Add it, or drop the VAT currency.',
    (view, fail) => {
      const currency = written(view.taxCurrency)
      if (currency === '') return
      const given = view.tax.all.some((amount) => attributeOf(amount, 'currencyID') === currency)
      // CII has no other way to tell the two totals apart.
      const same = view.syntax === 'cii' && currency === written(view.currency)
      if (!given || same) fail({ ...view.tax, term: 'BT-111', field: 'totals.taxInTaxCurrency' }, { currency })
    },
  ),
  fatal('BR-CO-03', 'The tax point is given both as a date and as a code. Keep one of the two.', (view, fail) => {
    if (isPresent(view.taxPoint) && isPresent(view.taxPointCode)) fail(view.taxPointCode)
  }),
]

const periods: readonly Rule[] = [
  fatal('BR-29', 'The invoice period ends before it starts. Correct one of the two dates.', (view, fail) => {
    if (endsBeforeStart(view.periodStart, view.periodEnd)) fail(view.periodEnd)
  }),
  fatal('BR-30', 'The period of the line ends before it starts. Correct one of the two dates.', (view, fail) => {
    for (const line of view.lineList) if (endsBeforeStart(line.periodStart, line.periodEnd)) fail(line.periodEnd)
  }),
  fatal(
    'BR-CO-19',
    'The invoice period has neither a start nor an end. Enter one of them, or drop the period.',
    (view, fail) => {
      const hasCode = view.syntax !== 'cii' && isPresent(view.taxPointCode)
      if (isPresent(view.period) && !isPresent(view.periodStart) && !isPresent(view.periodEnd) && !hasCode)
        fail(view.period)
    },
  ),
  fatal(
    'BR-CO-20',
    'The period has neither a start nor an end. Enter one of them, or drop the period.',
    (view, fail) => {
      for (const { period, periodStart, periodEnd } of view.lineList) {
        if (isPresent(period) && !isPresent(periodStart) && !isPresent(periodEnd)) fail(period)
      }
    },
  ),
]

/** Documents that are referred to: the group, and its id in either syntax. */
const idsOf = (view: View, group: Slot, ubl: string): readonly Slot[] =>
  group.all.map((element) => {
    const all = view.tree.all(element, view.syntax === 'cii' ? 'ram:IssuerAssignedID' : ubl)
    const missing = all.length > 0 ? '' : (ubl.split('/').at(-1) ?? '')
    return { ...group, all, home: all[0] ?? element, missing }
  })

const references: readonly Rule[] = [
  needsValue('BR-52', 'A supporting document has no reference. Give it a number or name.', (view) =>
    idsOf(
      view,
      {
        ...view.documents,
        term: 'BT-122',
        all: view.tree.named(
          view.syntax === 'cii' ? 'ram:AdditionalReferencedDocument' : 'cac:AdditionalDocumentReference',
        ),
      },
      'cbc:ID',
    ),
  ),
  needsValue('BR-55', 'A preceding invoice is referred to without its number. Enter the number.', (view) =>
    idsOf(view, { ...view.preceding, term: 'BT-25' }, 'cac:InvoiceDocumentReference/cbc:ID'),
  ),
  needsValue(
    'BR-57',
    'The delivery address has no country. Choose the country that the goods or services went to.',
    (view) => (isPresent(view.deliverTo) ? [view.deliverToCountry] : []),
  ),
]

const isCreditTransfer = (code: string): boolean => code === '30' || code === '58'

const payment: readonly Rule[] = [
  needsValue('BR-49', 'The payment instructions do not say how to pay. Choose a means of payment.', (view) =>
    view.paymentList.map(({ code }) => code),
  ),
  needsValue('BR-50', 'The bank account for the credit transfer is empty. Enter the IBAN or account number.', (view) =>
    view.paymentList.flatMap(({ code, transfer, account }) =>
      isCreditTransfer(written(code)) && isPresent(transfer) ? [account] : [],
    ),
  ),
  fatal(
    'BR-51',
    'More than the last digits of a card number are shown. Keep the last 4 to 6 digits.',
    forEach(
      (view) => view.paymentList,
      ({ cardNumber }, fail, view) => {
        if (written(cardNumber).length > 10) fail(cardNumber, {}, view.syntax === 'cii' ? 'fatal' : 'warning')
      },
    ),
  ),
  fatal(
    'BR-61',
    'Payment is by credit transfer, but no bank account is given. Enter the account that the money goes to.',
    forEach(
      (view) => view.paymentList,
      ({ code, transfer, account }, fail, view) => {
        if (!isCreditTransfer(written(code)) || isPresent(account)) return
        // In CII a missing group is a rule of its own (CII-SR-470).
        if (view.syntax !== 'cii' || isPresent(transfer)) fail(account)
      },
    ),
  ),
]

const sellerAndBuyer: readonly Rule[] = [
  needsValue('BR-06', 'The name of the seller is missing. Enter your company’s name in its settings.', (view) => [
    view.parties.seller.legalName,
  ]),
  needsValue('BR-07', 'The name of the buyer is missing. Enter it on the client.', (view) => [
    view.parties.buyer.legalName,
  ]),
  needsGroup('BR-08', 'The address of the seller is missing. Enter your company’s address.', (view) => [
    view.parties.seller.address,
  ]),
  needsValue('BR-09', 'The address of the seller has no country. Choose the country of your company.', (view) =>
    isPresent(view.parties.seller.address) ? [view.parties.seller.country] : [],
  ),
  needsGroup('BR-10', 'The address of the buyer is missing. Enter it on the client.', (view) => [
    view.parties.buyer.address,
  ]),
  needsValue('BR-11', 'The address of the buyer has no country. Choose the country of the client.', (view) =>
    isPresent(view.parties.buyer.address) ? [view.parties.buyer.country] : [],
  ),
  fatal('BR-62', 'The electronic address of the seller has no scheme. Say what kind of address it is.', (view, fail) =>
    needsScheme(view.parties.seller, view, fail),
  ),
  fatal('BR-63', 'The electronic address of the buyer has no scheme. Say what kind of address it is.', (view, fail) =>
    needsScheme(view.parties.buyer, view, fail),
  ),
  fatal(
    'BR-CO-26',
    'Nothing identifies the seller for certain. Enter a VAT number, a company registration number or another identifier.',
    (view, fail) => {
      const { group, ids, legalId, vatId } = view.parties.seller
      const identified = ids.all.some((id) => attributeOf(id, 'schemeID') !== 'SEPA')
      if (isPresent(group) && !identified && !isPresent(legalId) && !isPresent(vatId)) fail(ids)
    },
  ),
]

function needsScheme({ group, electronicAddress }: Party, view: View, fail: (at: Slot) => void): void {
  const [first] = electronicAddress.all
  if (first !== undefined && attributeOf(first, 'schemeID') === '') fail(only(electronicAddress, first))
  // In CII the address is a group of its own, which may be there with nothing in it.
  const groups = view.tree.all(group.all, 'ram:URIUniversalCommunication')
  if (first === undefined && groups.length > 0) fail(electronicAddress)
}

const sameText = (a: Slot, b: Slot): boolean =>
  a.all.some((one) => b.all.some((other) => one.text.trim() === other.text.trim()))

const otherParties: readonly Rule[] = [
  fatal(
    'BR-17',
    'The payee has no name, or is the seller. Name whoever is to be paid, and only where that is someone else.',
    (view, fail) => {
      const { payee, seller } = view.parties
      if (!isPresent(payee.group)) return
      const isCii = view.syntax === 'cii'
      const isSeller =
        sameText(payee.partyName, isCii ? seller.legalName : seller.partyName) ||
        sameText(payee.ids, seller.ids) ||
        (isCii && sameText(payee.legalId, seller.legalId))
      if (!isPresent(payee.partyName) || isSeller) fail(payee.partyName)
    },
  ),
  ...(
    [
      ['BR-18', 'The tax representative has no name. Enter it.', 'partyName'],
      ['BR-19', 'The tax representative has no address. Enter it.', 'address'],
      ['BR-56', 'The tax representative has no VAT number. Enter it.', 'vatId'],
    ] as const
  ).map(([id, say, term]) =>
    fatal(id, say, ({ parties: { taxRepresentative: party } }, fail) => {
      const given = term === 'address' ? isPresent(party.address) : hasValue(party[term])
      if (isPresent(party.group) && !given) fail(party[term])
    }),
  ),
  needsValue('BR-20', 'The address of the tax representative has no country. Choose one.', (view) =>
    isPresent(view.parties.taxRepresentative.address) ? [view.parties.taxRepresentative.country] : [],
  ),
  fatal(
    'BR-CO-09',
    'The VAT number {value} does not start with a country code. Write the country in front of it, such as DE (EL for Greece).',
    (view, fail) => {
      const allowed = (id: string) => {
        const prefix = id.slice(0, 2)
        if (prefix === 'EL') return true
        return countries.has(prefix) || prefix === (view.syntax === 'cii' ? 'AN' : 'SS')
      }
      for (const { vatId } of Object.values(view.parties)) {
        for (const id of vatId.all) {
          if (!allowed(id.text.trim())) fail(only(vatId, id), { value: textOf(id) })
        }
      }
    },
  ),
]

const notJudged: readonly Rule[] = [
  cannotBeChecked('BR-CO-05', 'Reason and reason code of an allowance should say the same.'),
  cannotBeChecked('BR-CO-06', 'Reason and reason code of a charge should say the same.'),
  cannotBeChecked('BR-CO-07', 'Reason and reason code of a line allowance should say the same.'),
  cannotBeChecked('BR-CO-08', 'Reason and reason code of a line charge should say the same.'),
]

/** Rules on what a document and its parties must say (BR-01 to BR-20, BR-29, BR-49 to BR-63, BR-CO-*). */
export const documentRules: readonly Rule[] = [
  ...identity,
  ...periods,
  ...references,
  ...payment,
  ...sellerAndBuyer,
  ...otherParties,
  ...notJudged,
]
