import { isIban } from './check-digits.ts'
import { codes } from './codes/codes.ts'
import { placeOf } from './field-index.ts'
import { type Fail, fatal, forEach, needsGroup, needsValue, type Rule, warning } from './rule.ts'
import { attributeOf, textOf } from './tree.ts'
import { hasValue, isPresent, type PaymentMeans, type Slot, type View, written } from './view.ts'

const cius = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0'
const specifications = codes(
  `${cius} ${cius}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0 ${cius}#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9`,
)
const types = codes('326 380 384 389 381 875 876 877')
const skonto = /^#SKONTO#TAGE=\d+#PROZENT=\d+\.\d{2}(#BASISBETRAG=-?\d+\.\d{2})?#$/
const eMail =
  /^[\w!#$%&"*+/=?^`{|}~-]+(\.[\w!#$%&"*+/=?^`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i

const seller = (view: View) => view.parties.seller
const inAddress = (group: Slot, slot: Slot): readonly Slot[] => (isPresent(group) ? [slot] : [])

const parties: readonly Rule[] = [
  needsGroup(
    'BR-DE-2',
    'The contact of the seller is missing. Enter name, phone and e-mail of a contact in your settings.',
    (view) => [seller(view).contact],
  ),
  needsValue('BR-DE-3', 'The address of the seller has no town. Enter it.', (view) =>
    inAddress(seller(view).address, seller(view).city),
  ),
  needsValue('BR-DE-4', 'The address of the seller has no postcode. Enter it.', (view) =>
    inAddress(seller(view).address, seller(view).postcode),
  ),
  needsValue('BR-DE-5', 'The contact of the seller has no name. Enter one.', (view) =>
    inAddress(seller(view).contact, seller(view).contactName),
  ),
  needsValue('BR-DE-6', 'The contact of the seller has no phone number. Enter one.', (view) =>
    inAddress(seller(view).contact, seller(view).contactPhone),
  ),
  needsValue('BR-DE-7', 'The contact of the seller has no e-mail address. Enter one.', (view) =>
    inAddress(seller(view).contact, seller(view).contactEmail),
  ),
  needsValue('BR-DE-8', 'The address of the buyer has no town. Enter it on the client.', ({ parties: { buyer } }) =>
    inAddress(buyer.address, buyer.city),
  ),
  needsValue('BR-DE-9', 'The address of the buyer has no postcode. Enter it on the client.', ({ parties: { buyer } }) =>
    inAddress(buyer.address, buyer.postcode),
  ),
  needsValue('BR-DE-10', 'The delivery address has no town. Enter it.', (view) =>
    inAddress(view.deliverTo, view.deliverToCity),
  ),
  needsValue('BR-DE-11', 'The delivery address has no postcode. Enter it.', (view) =>
    inAddress(view.deliverTo, view.deliverToPostcode),
  ),
  warning(
    'BR-DE-27',
    'The phone number of the seller, "{value}", has fewer than three digits. Enter a full number.',
    (view, fail) => {
      const { contact, contactPhone } = seller(view)
      const value = written(contactPhone)
      if (isPresent(contact) && value.replace(/\D/g, '').length < 3) fail(contactPhone, { value })
    },
  ),
  warning(
    'BR-DE-28',
    'The e-mail address of the seller, "{value}", does not look like one. Correct it.',
    (view, fail) => {
      const { contact, contactEmail } = seller(view)
      const value = written(contactEmail)
      if (isPresent(contact) && !eMail.test(value)) fail(contactEmail, { value })
    },
  ),
]

const liable = codes('S Z E AE K G L M')

const document: readonly Rule[] = [
  needsGroup('BR-DE-1', 'It is not said how to pay. Choose a means of payment.', (view) => [view.payment]),
  needsValue('BR-DE-14', 'A VAT category has no rate. Enter it; XRechnung wants 0 where there is none.', (view) =>
    view.subtotals.flatMap(({ taxes, group }) => (taxes.length === 0 ? [group] : taxes.map(({ rate }) => rate))),
  ),
  needsValue('BR-DE-15', 'The buyer reference (Leitweg-ID) is missing. Ask the client for it and enter it.', (view) => [
    view.buyerReference,
  ]),
  fatal(
    'BR-DE-16',
    'The taxes used need the VAT number or tax number of the seller, or a tax representative. Enter one in your settings.',
    (view, fail) => {
      const taxes = [
        ...view.lineList.flatMap(({ taxList }) => taxList),
        ...view.adjustmentList.flatMap((each) => each.taxes),
      ]
      const { taxIds, vatId } = seller(view)
      const identified = hasValue(taxIds) || isPresent(view.parties.taxRepresentative.group)
      if (taxes.some(({ code }) => liable.has(code)) && !identified) fail(vatId)
    },
  ),
  warning('BR-DE-17', 'Documents of type {value} are not usual in XRechnung. Choose another type.', (view, fail) => {
    if (isPresent(view.type) && !types.has(written(view.type))) fail(view.type, { value: written(view.type) })
  }),
  fatal(
    'BR-DE-18',
    'A discount in the payment terms is not in the form #SKONTO#TAGE=14#PROZENT=2.00# on a line of its own. Correct it.',
    (view, fail) => {
      const [first] = view.terms.all
      const text = first?.text ?? ''
      const rows = text.split('\n')
      const starting = rows.filter((row) => row.trim().startsWith('#'))
      const lastEnds = /#[^\n]*\n[\s\S]*$/.test(text.slice(text.lastIndexOf('\n#') + 1))
      if (starting.length > 0 && (!starting.every((row) => skonto.test(row.trim())) || !lastEnds)) fail(view.terms)
    },
  ),
  warning(
    'BR-DE-21',
    'The specification is not the one of XRechnung 3.0. Choose that format and make the e-invoice again.',
    (view, fail) => {
      if (!specifications.has(written(view.specification))) fail(view.specification)
    },
  ),
  fatal('BR-DE-22', 'Two attached files are both called "{value}". Give each its own name.', (view, fail) => {
    const seen = new Set<string>()
    const name = view.syntax === 'cii' ? 'ram:AttachmentBinaryObject' : 'cbc:EmbeddedDocumentBinaryObject'
    for (const file of view.tree.named(name)) {
      const value = attributeOf(file, 'filename')
      if (value !== '' && seen.has(value)) fail(placeOf(view, file), { value })
      seen.add(value)
    }
  }),
  warning(
    'BR-DE-26',
    'A corrected invoice should name the invoice that it corrects. Enter its number.',
    (view, fail) => {
      if (written(view.type) === '384' && !isPresent(view.preceding)) fail(view.preceding)
    },
  ),
  warning(
    'BR-DE-TMP-32',
    'No date of delivery is given. Enter it, or the period of the invoice or of every line.',
    (view, fail) => {
      const onLines = view.lineList.length > 0 && view.lineList.every(({ period }) => isPresent(period))
      if (!isPresent(view.deliveredOn) && !isPresent(view.period) && !onLines) fail(view.deliveredOn)
    },
  ),
]

/** What a direct debit gives: mandate, creditor, debited account. In CII they stand apart from the means of payment. */
function debitOf(view: View, means: PaymentMeans | undefined) {
  if (view.syntax === 'cii') {
    const mandate = view.tree.named('ram:DirectDebitMandateID').length > 0
    const creditor = isPresent(view.creditorId)
    const account = means !== undefined && isPresent(means.debited)
    return { isThere: mandate || creditor || account, mandate, creditor, account }
  }
  const { seller: by, payee } = view.parties
  const isThere = means !== undefined && view.tree.kids(means.group.home, 'cac:PaymentMandate').length > 0
  const creditor = [...by.ids.all, ...payee.ids.all].some((id) => attributeOf(id, 'schemeID') === 'SEPA')
  const mandate = means !== undefined && view.tree.all(means.group.home, 'cac:PaymentMandate/cbc:ID').length > 0
  return { isThere, mandate, creditor, account: means !== undefined && isPresent(means.debited) }
}

const transfers = ['30', '58']
const cards = ['48', '54', '55']
const debits = ['59']

function meansRules(
  number: number,
  codesOf: readonly string[],
  what: string,
  own: (means: PaymentMeans, view: View) => boolean,
  other: (means: PaymentMeans, view: View) => boolean,
): readonly Rule[] {
  const rule = (part: string, say: string, broken: (means: PaymentMeans, view: View) => boolean) =>
    fatal(
      `BR-DE-${number}-${part}`,
      say,
      forEach(
        (view) => view.paymentList,
        (means, fail, view) => {
          if (codesOf.includes(written(means.code)) && broken(means, view)) fail(means.group)
        },
      ),
    )
  return [
    rule('a', `Payment is by ${what}, but its details are missing. Enter them.`, (means, view) => !own(means, view)),
    rule('b', `Payment is by ${what}, but details of another means of payment are given. Remove them.`, other),
  ]
}

const hasTransfer = ({ transfer }: PaymentMeans) => isPresent(transfer)
const hasCard = ({ card }: PaymentMeans) => isPresent(card)
const hasDebit = (means: PaymentMeans, view: View) => debitOf(view, means).isThere

const ibanRule = (id: string, code: string, pick: (means: PaymentMeans) => Slot): Rule =>
  warning(
    id,
    '"{value}" is not a valid IBAN, which SEPA payments need. Correct the account number.',
    forEach(
      (view) => view.paymentList,
      (means, fail: Fail) => {
        const account = pick(means)
        if (written(means.code) === code && !isIban(written(account))) fail(account, { value: textOf(account.all[0]) })
      },
    ),
  )

const debitPart = (
  id: string,
  say: string,
  part: 'creditor' | 'account' | 'mandate',
  field: Slot['field'],
  term: string,
): Rule =>
  fatal(id, say, (view, fail) => {
    const means = view.paymentList.find((each) => debitOf(view, each).isThere) ?? view.paymentList[0]
    const debit = debitOf(view, means)
    if (debit.isThere && !debit[part]) fail({ ...view.payment, term, field })
  })

const payment: readonly Rule[] = [
  ibanRule('BR-DE-19', '58', ({ account }) => account),
  ibanRule('BR-DE-20', '59', ({ debited }) => debited),
  ...meansRules(
    23,
    transfers,
    'credit transfer',
    hasTransfer,
    (means, view) => hasCard(means) || hasDebit(means, view),
  ),
  ...meansRules(24, cards, 'card', hasCard, (means, view) => hasTransfer(means) || hasDebit(means, view)),
  ...meansRules(25, debits, 'direct debit', hasDebit, (means) => hasTransfer(means) || hasCard(means)),
  debitPart(
    'BR-DE-30',
    'A direct debit needs the creditor identifier. Enter it in your settings.',
    'creditor',
    'payment.creditorId',
    'BT-90',
  ),
  debitPart(
    'BR-DE-31',
    'A direct debit needs the account that is debited. Enter it on the client.',
    'account',
    'payment.debitedAccount',
    'BT-91',
  ),
]

/** Rules of XRechnung 3.0 beside the standard (BR-DE-*). */
export const xrechnungRules: readonly Rule[] = [...document, ...parties, ...payment]

/** What XRechnung takes over from Peppol: process, addresses, arithmetic. R120 it takes over for UBL only. */
export const xrechnungFromPeppol: ReadonlySet<string> = new Set(
  '001 005 008 010 020 040 041 042 043 044 046 053 054 055 061 101 110 111 120 121 130'
    .split(' ')
    .map((number) => `PEPPOL-EN16931-R${number}`),
)
