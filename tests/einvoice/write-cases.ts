import { type Buyer, buyerSchema, type Seller, sellerSchema } from '../../electron/documents/parties.ts'
import type { EInvoiceSource } from '../../electron/einvoice/write/source.ts'
import type { DocumentContent, DocumentLine, LineTax } from '../../shared/contract/documents.ts'
import { addressSchema } from '../../shared/contract/fields.ts'
import { bankDetailsSchema } from '../../shared/contract/organizations.ts'
import { calculateDocument } from '../../shared/documents/calculate.ts'
import { documentInputOf } from '../../shared/documents/from-content.ts'
import type { DocumentInput, Rounding, TaxCategory, TaxInput } from '../../shared/documents/model.ts'
import { exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { percent, zero } from '../../shared/money/scaled.ts'

/** A seller with all that any form asks for. */
export const seller: Seller = sellerSchema.parse({
  legalName: 'Tischlerei Nordwall GmbH',
  tradeName: 'Nordwall',
  address: { line1: 'Hafenstraße 12', city: 'Lübeck', postalCode: '23552', country: 'DE' },
  taxIds: [
    { label: 'USt-IdNr.', value: 'DE 136 695 976' },
    { label: 'Steuernummer', value: '22/815/0815/4' },
  ],
  email: 'rechnung@nordwall.example',
  phone: '+49 451 100200',
  website: null,
  bankDetails: bankDetailsSchema.parse({}),
  legalText: 'Amtsgericht Lübeck HRB 4711',
  footer: null,
  accentColor: '#1f3a5f',
  logoSha256: null,
  pageSize: 'A4',
  electronicAddress: { id: 'DE136695976', scheme: '9930' },
  legalId: { id: 'HRB4711', scheme: null },
  contact: { name: 'Ada Nordwall', phone: null, email: null },
})

/** A buyer in another member state with all that any form asks for. */
export const buyer: Buyer = buyerSchema.parse({
  name: 'Brouwerij De Sluis BV',
  kind: 'company',
  contactName: 'Jan de Sluis',
  address: { line1: 'Kade 3', city: 'Utrecht', postalCode: '3511', country: 'NL' },
  deliveryAddress: null,
  taxIds: [{ label: 'Btw-nr', value: 'NL123456782B90' }],
  email: 'inkoop@sluis.example',
  phone: null,
  electronicAddress: { id: '12345678', scheme: '0106' },
  legalId: { id: '12345678', scheme: '0106' },
  buyerReference: '04011000-12345-34',
})

export const paidTo = {
  holder: 'Tischlerei Nordwall GmbH',
  bankName: 'Volksbank',
  iban: 'DE02 1203 0000 0000 2020 51',
  qrIban: null,
  bic: 'BYLADEM1001',
  accountNumber: null,
  sortCode: null,
  upiId: null,
  linkTemplate: null,
}

const reasons: Partial<Record<TaxCategory, string>> = {
  E: 'Exempt under § 4 UStG',
  AE: 'Reverse charge',
  K: 'Intra-Community supply',
  G: 'Export',
  O: 'Outside the scope of VAT',
}

const lineTax = ({ name, category, rateE6, compound }: TaxInput): LineTax => ({
  taxRateId: null,
  name,
  category,
  rateE6,
  isCompound: compound,
  exemptionReason: reasons[category] ?? null,
})

const id = (at: number): string => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`

/** The content that a kernel's input came from. */
export const contentOf = (input: DocumentInput, more: Partial<DocumentContent> = {}): DocumentContent => ({
  clientId: id(0),
  currency: 'EUR',
  exchangeRateE10: exchangeRateOf('1'),
  language: 'de-DE',
  reference: 'Order 17',
  orderReference: null,
  buyerReference: null,
  issuedOn: '2026-03-02',
  supplyFrom: '2026-02-26',
  supplyTo: null,
  taxTreatment: 'domestic',
  placeOfSupply: null,
  pricesIncludeTax: input.pricesIncludeTax,
  payableStepE4: input.payableStepE4,
  notes: 'Danke & bis bald <3',
  terms: 'Zahlbar in 14 Tagen',
  templateId: null,
  roundingAmountE4: input.roundingAmountE4,
  lines: input.lines.map(
    (line, at): DocumentLine => ({
      id: id(at + 1),
      itemId: null,
      code: at % 2 === 0 ? null : `A-${at}`,
      name: `Line ${at + 1}`,
      description: at % 3 === 0 ? 'Two\nlines' : null,
      classification: at % 4 === 1 ? '72154066' : null,
      quantityE6: line.quantityE6,
      unit: 'HUR',
      priceE6: line.priceE6,
      baseQuantityE6: line.baseQuantityE6,
      adjustments: [...line.adjustments],
      taxes: line.taxes.map(lineTax),
    }),
  ),
  adjustments: input.adjustments.map((it, at) => ({
    ...it,
    id: id(at + 100),
    taxes: it.taxes === null ? null : it.taxes.map(lineTax),
  })),
  ...more,
})

/** What an e-invoice is made from, for content as it stands. */
export const sourceOf = (
  content: DocumentContent,
  rounding: Rounding = { mode: 'half-up', scope: 'rate' },
  more: Partial<EInvoiceSource> & { readonly prepaidE4?: DocumentInput['prepaidE4'] } = {},
): EInvoiceSource => {
  const { prepaidE4 = zero, ...rest } = more
  const totals = calculateDocument(documentInputOf({ ...content, prepaidE4 }, rounding))
  return {
    kind: 'invoice',
    number: 'RE-2026-0007',
    content,
    dueOn: '2026-03-16',
    reason: null,
    totals,
    seller,
    buyer,
    paidTo,
    baseCurrency: 'EUR',
    baseTaxE4: totals.taxE4,
    preceding: null,
    words: { discount: 'Rabatt', charge: 'Zuschlag' },
    ...rest,
  }
}

export const emptyAddress = addressSchema.parse({})
export const noRate = percent(0n)
