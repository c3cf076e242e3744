import type { Selectable } from 'kysely'
import type { OrganizationTable } from '../../../db/tables/organizations.ts'
import type { DocumentContent, DocumentLine } from '../../../shared/contract/documents.ts'
import { addressSchema } from '../../../shared/contract/fields.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { addDays } from '../../../shared/dates.ts'
import { calculateDocument } from '../../../shared/documents/calculate.ts'
import { documentInputOf } from '../../../shared/documents/from-content.ts'
import type { PrintableDocument, PrintableStatement, StatementRow } from '../../../shared/documents/printable.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { amount, exchangeRate, percent, quantity, unitPrice, zero } from '../../../shared/money/scaled.ts'
import { paidToFor } from '../../documents/paper.ts'
import { logoOf, type PrintFacts, printableFrom } from '../../documents/printable.ts'
import { type Buyer, type Seller, sellerOf } from '../../documents/snapshots.ts'
import { wordingFor } from '../../documents/wording.ts'
import type { Engines } from '../../engines.ts'
import type { Db } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { type SampleWords, sampleWords } from './sample-words.ts'

type Asked = Input<(typeof contract)['documentTemplates']['preview']>
type Context = {
  readonly db: Db
  readonly engines: Engines
  readonly organizationId: string
  readonly signal: AbortSignal | undefined
}

const day = '2026-03-03'
const due = addDays(day, 30)

const buyerFrom = (words: SampleWords, homeCountry: string | null): Buyer => ({
  name: words.buyer,
  kind: 'company',
  contactName: null,
  address: addressSchema.parse({
    line1: words.street,
    city: words.city,
    postalCode: words.postalCode === '' ? null : words.postalCode,
    country: words.country === homeCountry ? homeCountry : words.country,
  }),
  deliveryAddress: null,
  taxIds: [],
  email: null,
  phone: null,
  electronicAddress: null,
  legalId: null,
  buyerReference: null,
})

type Shows = { readonly isIndian: boolean; readonly codes: boolean }

const prices = [85n, 70n, 6n, 90n, 640n]
const counts = [24n, 16n, 118n, 9n, 2n]
const units = ['HUR', 'HUR', 'C62', 'HUR', 'DAY']

const lineAt = (index: number, words: SampleWords, shows: Shows): DocumentLine => {
  const at = index % words.names.length
  const turn = Math.floor(index / words.names.length)
  return {
    id: `sample-${index}`,
    itemId: null,
    code: shows.codes ? `A-${String(index + 1).padStart(2, '0')}` : null,
    name: `${words.names[at] ?? ''}${turn === 0 ? '' : ` ${turn + 1}`}`,
    description: at === 0 ? words.description : null,
    classification: shows.isIndian ? '998391' : null,
    quantityE6: quantity((counts[at] ?? 1n) * 1_000_000n),
    unit: units[at] ?? 'C62',
    priceE6: unitPrice((prices[at] ?? 1n) * 1_000_000n),
    baseQuantityE6: quantity(1_000_000n),
    adjustments:
      index === 2
        ? [{ kind: 'allowance', reason: null, amountE4: null, percentE6: percent(5_000_000n), baseE4: null }]
        : [],
    taxes: [],
  }
}

type Rate = Pick<DocumentLine['taxes'][number], 'name' | 'category' | 'rateE6'>

const contentFrom = (
  seller: {
    readonly currency: string
    readonly country: string
    readonly language: string
    readonly rate: Rate | null
  },
  words: SampleWords,
  { lines, codes }: { readonly lines: number; readonly codes: boolean },
): DocumentContent => {
  const isIndian = seller.country === 'IN'
  const tax = (rate: Rate) => ({ ...rate, taxRateId: null, isCompound: false, exemptionReason: null })
  const half = percent(9_000_000n)
  const taxes = isIndian
    ? [tax({ name: 'CGST', category: 'S', rateE6: half }), tax({ name: 'SGST', category: 'S', rateE6: half })]
    : seller.rate === null
      ? []
      : [tax(seller.rate)]
  return {
    clientId: null,
    currency: seller.currency,
    exchangeRateE10: exchangeRate(10_000_000_000n),
    language: seller.language,
    reference: 'PO 4500017731',
    orderReference: null,
    buyerReference: null,
    issuedOn: day,
    supplyFrom: null,
    supplyTo: null,
    taxTreatment: 'domestic',
    placeOfSupply: isIndian ? '27' : null,
    pricesIncludeTax: false,
    payableStepE4: null,
    notes: words.notes,
    terms: words.terms,
    templateId: null,
    roundingAmountE4: null,
    lines: Array.from({ length: lines }, (_, index) => ({ ...lineAt(index, words, { isIndian, codes }), taxes })),
    adjustments: [],
  }
}

const statementFrom = (invoice: PrintableDocument, words: SampleWords): PrintableStatement => {
  const step = invoice.payableE4
  let balance = step
  const rows = Array.from({ length: 6 }, (_, index): StatementRow => {
    const isPayment = index % 2 === 1
    balance = amount(isPayment ? balance - step : balance + step)
    return {
      on: addDays(day, index * 4),
      text: isPayment
        ? `${words.payment} PAY-${index + 11}`
        : `${words.invoice} INV-2026-${String(index + 41).padStart(4, '0')}`,
      dueOn: isPayment ? null : addDays(due, index * 4),
      debitE4: isPayment ? zero : step,
      creditE4: isPayment ? step : zero,
      balanceE4: balance,
    }
  })
  const { language, pageSize, currency, minorUnits, seller, buyer, footer, branding, createdAt, design, payment } =
    invoice
  return {
    ...{ language, pageSize, currency, minorUnits, seller, buyer, footer, branding, createdAt },
    ...(design ? { design } : {}),
    issuedOn: addDays(day, 28),
    from: day,
    to: addDays(day, 28),
    openingE4: step,
    rows,
    closingE4: balance,
    ageing: words.ages.map((label, index) => ({ label, amountE4: index === 0 ? balance : zero })),
    blocks: [],
    payment: payment ? { ...payment, code: null, link: null } : null,
  }
}

const rateOf = async (db: Db, organizationId: string): Promise<Rate | null> =>
  (await db
    .selectFrom('taxRates')
    .select(['name', 'category', 'rateE6'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('isCompound', '=', 0)
    .orderBy('isDefault', 'desc')
    .orderBy('position')
    .executeTakeFirst()) ?? null

type Own = {
  readonly organization: Selectable<OrganizationTable>
  readonly seller: Seller
  readonly content: DocumentContent
  readonly words: SampleWords
}

const factsFrom = async ({ db, organizationId }: Context, asked: Asked, own: Own): Promise<PrintFacts> => {
  const { organization, seller, content, words } = own
  const buyer = buyerFrom(words, seller.address.country)
  const rounding = { mode: 'half-up', scope: 'rate' } as const
  return {
    kind: asked.kind === 'statement' || asked.kind === undefined ? 'invoice' : asked.kind,
    content,
    totals: calculateDocument(documentInputOf(content, rounding)),
    seller,
    buyer,
    number: 'INV-2026-0042',
    state: 'issued',
    createdAt: `${day}T09:00:00.000Z`,
    paper: {
      design: asked.design,
      paidTo: await paidToFor(db, organizationId, content.currency, seller),
      wording: await wordingFor(db, organization, content, seller, buyer),
    },
  }
}

/** The PDF of a made-up document in a design, with the seller's own name, logo, rate and ways to pay. */
export const samplePdf = async (context: Context, asked: Asked): Promise<Uint8Array> => {
  const { db, engines, organizationId, signal } = context
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const seller = await sellerOf(db, organization, day)
  const language = asked.language ?? organization.language
  const words = sampleWords(language)
  const { currency, country } = organization
  const rate = await rateOf(db, organizationId)
  const codes = asked.design.columns.some(({ key }) => key === 'code')
  const content = contentFrom({ currency, country, language, rate }, words, { lines: asked.lines ?? 5, codes })
  const facts = await factsFrom(context, asked, { organization, seller, content, words })
  const printable = printableFrom(facts, await logoOf(engines.files, seller))
  if (asked.kind === 'statement') return await engines.pdf.renderStatement(statementFrom(printable, words), signal)
  const dates =
    asked.kind === 'credit-note'
      ? { original: { number: 'INV-2026-0037', issuedOn: addDays(day, -20) } }
      : { dueOn: due }
  return await engines.pdf.render({ ...printable, minorUnits: minorUnitsOf(currency), ...dates }, signal)
}
