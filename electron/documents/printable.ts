import { readJson } from '../../db/json.ts'
import type { DocumentContent, DocumentLine } from '../../shared/contract/documents.ts'
import type { Address, TaxId } from '../../shared/contract/fields.ts'
import { dateFormat } from '../../shared/date-formats.ts'
import type { DocumentTotals, Rounding } from '../../shared/documents/model.ts'
import type { PrintableDocument, PrintableParty } from '../../shared/documents/printable.ts'
import { taxLabel } from '../../shared/documents/tax-label.ts'
import { defaultDesign } from '../../shared/documents/template-design.ts'
import { negate } from '../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { formatPercent } from '../../shared/money/format.ts'
import { type Amount, zero } from '../../shared/money/scaled.ts'
import { taxPointOf } from '../../shared/tax/propose.ts'
import type { FileStore } from '../files.ts'
import type { Db } from '../rpc/context.ts'
import { getRow } from '../rpc/rows.ts'
import { addressLines } from './address-lines.ts'
import { indianHead, indianLine } from './india.ts'
import type { DocumentSpec } from './kind.ts'
import { businessAccount, designFor, keptPaper, type Paper, paidToFor } from './paper.ts'
import { paymentOf } from './payment-texts.ts'
import { type Buyer, buyerOf, buyerSchema, type Seller, sellerOf, sellerSchema } from './snapshots.ts'
import type { DocumentKind, HeadRow, SharedHead } from './tables.ts'
import { bookableTotals } from './totals.ts'
import { unitLabel } from './units.ts'
import { lineReasons, wordingFor } from './wording.ts'
import { wordsIn } from './words.ts'

/** All that a printed document is made from. */
export type PrintFacts = {
  readonly kind: DocumentKind
  readonly content: DocumentContent
  readonly totals: DocumentTotals
  readonly seller: Seller
  readonly buyer: Buyer | null
  readonly number: string | null
  readonly state: PrintableDocument['state']
  readonly createdAt: string
  readonly paper: Paper
}

/** A seller or buyer as the paper shows it. */
export const party = (
  it: {
    readonly name: string
    readonly address: Address
    readonly taxIds: readonly TaxId[]
    readonly contactName?: string | null
    readonly email: string | null
    readonly phone: string | null
    readonly website?: string | null
  },
  language: string,
  homeCountry: string | null,
): PrintableParty => ({
  name: it.name,
  addressLines: [...(it.contactName ? [it.contactName] : []), ...addressLines(it.address, language, homeCountry)],
  ids: it.taxIds,
  email: it.email,
  phone: it.phone,
  website: it.website ?? null,
})

// A branch shows where it is and how to reach it; in law it is the business that sells.
const letterhead = (seller: Seller, language: string, home: string | null): PrintableParty => {
  const { branch } = seller
  const shown = party(
    {
      ...seller,
      name: seller.tradeName ?? seller.legalName,
      address: branch?.address ?? seller.address,
      email: branch?.email ?? seller.email,
      phone: branch?.phone ?? seller.phone,
    },
    language,
    home,
  )
  return branch === null ? shown : { ...shown, addressLines: [branch.name, ...shown.addressLines] }
}

const nobody: PrintableParty = { name: '—', addressLines: [], ids: [], email: null, phone: null, website: null }

const taxText = (line: DocumentLine, language: string) =>
  line.taxes.length === 1
    ? line.taxes.map((tax) => formatPercent(tax.rateE6, language)).join('')
    : line.taxes.map((tax) => taxLabel(tax, language)).join(' + ')

const adjustmentLabel = (
  it: DocumentContent['adjustments'][number] | DocumentLine['adjustments'][number],
  language: string,
) => {
  const word = it.reason ?? wordsIn(language)[it.kind === 'allowance' ? 'discount' : 'charge']
  return it.percentE6 === null ? word : `${word} ${formatPercent(it.percentE6, language)}`
}

// The paper shows what is taken off with its sign.
const shownAmount = ({ kind }: { readonly kind: 'allowance' | 'charge' }, amountE4: Amount = zero): Amount =>
  kind === 'allowance' ? negate(amountE4) : amountE4

const blocksOf = ({ kind, content, seller, paper }: PrintFacts): PrintableDocument['blocks'] => {
  const reasons = [...lineReasons(content), ...(kind === 'quote' ? [] : (paper.wording?.texts ?? []))]
  const block = (role: 'notes' | 'terms' | 'legal', text: string | null) =>
    text === null ? [] : [{ heading: null, text, role }]
  return [
    ...block('notes', content.notes),
    ...block('terms', content.terms),
    ...reasons.flatMap((text) => block('legal', text)),
    ...block('legal', seller.legalText),
  ]
}

const paymentFor = ({
  kind,
  content,
  totals,
  seller,
  buyer,
  number,
  paper,
}: PrintFacts): PrintableDocument['payment'] =>
  kind === 'invoice'
    ? paymentOf({
        paidTo: paper.paidTo,
        seller,
        buyer,
        currency: content.currency,
        amountE4: totals.payableE4,
        number,
        language: content.language,
      })
    : null

const supplyText = ({ supplyFrom, supplyTo }: DocumentContent, language: string): string | null => {
  const format = (date: string) =>
    dateFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
  const dates = [supplyFrom, supplyTo].flatMap((date) => (date === null ? [] : [format(date)]))
  return dates.length === 0 ? null : [...new Set(dates)].join(' – ')
}

// Papers of before may have kept a claim whose number they do not show.
const lawfulTitleOf = ({ paper, seller }: PrintFacts): NonNullable<PrintableDocument['lawfulTitle']> | null => {
  const title = paper.wording?.title ?? null
  return title === 'tax-invoice' && seller.taxIds.length === 0 ? null : title
}

/** The printed form of what is known of a document; `logo` are the bytes of its picture. */
export const printableFrom = (facts: PrintFacts, logo: Uint8Array | null): PrintableDocument => {
  const { content, totals, seller, buyer } = facts
  const { language } = content
  const home = seller.address.country
  const isIndian = home === 'IN'
  const reverseCharge = facts.paper.wording?.reverseCharge
  return {
    kind: facts.kind,
    lawfulTitle: lawfulTitleOf(facts),
    language,
    pageSize: seller.pageSize,
    currency: content.currency,
    minorUnits: minorUnitsOf(content.currency),
    number: facts.number,
    state: facts.state,
    issuedOn: content.issuedOn,
    dueOn: null,
    reference: content.reference,
    supply: supplyText(content, language),
    pricesIncludeTax: content.pricesIncludeTax,
    seller: letterhead(seller, language, home),
    buyer: buyer === null ? nobody : party(buyer, language, home),
    deliverTo:
      buyer === null || buyer.deliveryAddress === null
        ? null
        : { ...nobody, name: buyer.name, addressLines: addressLines(buyer.deliveryAddress, language, home) },
    lines: content.lines.map((line, index) => ({
      position: index + 1,
      code: line.code,
      name: line.name,
      description: line.description,
      quantityE6: line.quantityE6,
      unit: unitLabel(line.unit, language),
      priceE6: line.priceE6,
      adjustments: line.adjustments.map((adjustment, at) => ({
        label: adjustmentLabel(adjustment, language),
        amountE4: shownAmount(adjustment, totals.lines[index]?.adjustments[at]?.amountE4),
      })),
      taxLabel: taxText(line, language),
      netE4: totals.lines[index]?.netE4 ?? zero,
      ...(isIndian ? indianLine(content, totals, index) : {}),
    })),
    adjustments: content.adjustments.map((adjustment, index) => ({
      label: adjustmentLabel(adjustment, language),
      amountE4: shownAmount(adjustment, totals.adjustments[index]?.amountE4),
    })),
    lineNetE4: totals.lineNetE4,
    netE4: totals.netE4,
    taxes: totals.taxes.map((tax) => ({
      label: taxLabel(tax, language),
      rateE6: tax.rateE6,
      taxableE4: tax.taxableE4,
      taxE4: tax.taxE4,
    })),
    taxE4: totals.taxE4,
    totalE4: totals.totalE4,
    prepaidE4: totals.prepaidE4,
    roundingE4: totals.roundingE4,
    payableE4: totals.payableE4,
    blocks: blocksOf(facts),
    footer: seller.footer,
    branding: { logo, accentColor: seller.accentColor },
    createdAt: facts.createdAt,
    design: facts.paper.design,
    payment: paymentFor(facts) ?? null,
    ...(isIndian ? indianHead(content, totals) : {}),
    ...(typeof reverseCharge === 'boolean' ? { reverseCharge } : {}),
  }
}

/** The bytes of the seller's logo, or null. */
export const logoOf = async (files: FileStore, seller: Seller): Promise<Uint8Array | null> =>
  seller.logoSha256 === null ? null : await files.get(seller.logoSha256)

/** The printed form of content that may not be saved yet; it rounds as the organization does unless told how. */
export const printableOfContent = async <K extends DocumentKind, C extends DocumentContent>(
  db: Db,
  files: FileStore,
  organizationId: string,
  spec: DocumentSpec<K, C>,
  content: C,
  own?: Rounding,
): Promise<PrintableDocument> => {
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client =
    content.clientId === null ? null : await getRow(db, 'clients', organizationId, content.clientId, 'client')
  const rounding = own ?? { mode: organization.roundingMode, scope: organization.roundingScope }
  const seller = await sellerOf(db, organization, taxPointOf(content), content.branchId ?? null)
  const buyer = client === null ? null : await buyerOf(db, client)
  const facts: PrintFacts = {
    kind: spec.kind,
    content,
    totals: bookableTotals(() => spec.calculate(content, rounding)),
    seller,
    buyer,
    number: null,
    state: 'draft',
    createdAt: `${content.issuedOn}T00:00:00.000Z`,
    paper: {
      design: await designFor(db, {
        organizationId,
        kind: spec.kind,
        ids: [content.templateId, client?.templateId ?? null],
      }),
      paidTo: await paidToFor(db, organizationId, content.currency, seller),
      wording: await wordingFor(db, organization, content, seller, buyer),
    },
  }
  return await spec.print(db, printableFrom(facts, await logoOf(files, seller)), content, null)
}

/** The printed form of a stored document: from its own snapshots once it is issued. */
export const printableOf = async <K extends DocumentKind, C extends DocumentContent>(
  db: Db,
  files: FileStore,
  spec: DocumentSpec<K, C>,
  head: HeadRow<K> & SharedHead,
): Promise<PrintableDocument> => {
  const content = await spec.contentOf(db, head)
  const rounding = { mode: head.roundingMode, scope: head.roundingScope }
  if (head.seller === null || head.buyer === null) {
    return await printableOfContent(db, files, head.organizationId, spec, content, rounding)
  }
  const seller = readJson(sellerSchema, head.seller)
  const facts: PrintFacts = {
    kind: spec.kind,
    content,
    totals: bookableTotals(() => spec.calculate(content, rounding)),
    seller,
    buyer: readJson(buyerSchema, head.buyer),
    number: head.number,
    state: head.voidedAt === null ? 'issued' : 'void',
    createdAt: head.issuedAt ?? head.createdAt,
    // One issued before templates was drawn in the plain one, with the bank details of its seller.
    paper: keptPaper(head.extra) ?? { design: defaultDesign, paidTo: businessAccount(seller), wording: null },
  }
  return await spec.print(db, printableFrom(facts, await logoOf(files, seller)), content, head)
}
