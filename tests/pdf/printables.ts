import type { PrintableDocument, PrintableLine, PrintableParty } from '../../shared/documents/printable.ts'
import { amount, percent, quantity, unitPrice } from '../../shared/money/scaled.ts'

const cents = (value: bigint) => amount(value * 100n)

export const seller: PrintableParty = {
  name: 'Linden & Hale Studio Ltd',
  addressLines: ['14 Tannery Lane', 'Bermondsey', 'London SE1 3XH', 'United Kingdom'],
  ids: [
    { label: 'VAT', value: 'GB 980 7806 84' },
    { label: 'Company no.', value: '09876543' },
  ],
  email: 'accounts@lindenhale.example',
  phone: '+44 20 7946 0018',
  website: 'lindenhale.example',
}

export const buyer: PrintableParty = {
  name: 'Northgate Museum Trust',
  addressLines: ['Finance Department', '2 Castle Street', 'Norwich NR1 3DD', 'United Kingdom'],
  ids: [{ label: 'VAT', value: 'GB 123 4567 82' }],
  email: null,
  phone: null,
  website: null,
}

/** A line of `hours` at `rate` (whole currency units), taxed at 20 %. */
export const lineOf = (position: number, name: string, hours: bigint, rate: bigint): PrintableLine => ({
  position,
  code: null,
  name,
  description: null,
  quantityE6: quantity(hours * 1_000_000n),
  unit: 'h',
  priceE6: unitPrice(rate * 1_000_000n),
  adjustments: [],
  taxLabel: '20 %',
  netE4: amount(hours * rate * 10_000n),
})

type Sums = Pick<
  PrintableDocument,
  'lineNetE4' | 'netE4' | 'taxes' | 'taxE4' | 'totalE4' | 'prepaidE4' | 'roundingE4' | 'payableE4'
>

/** The totals of lines with one tax of 20 %, nothing prepaid. */
export const sumsOf = (lines: readonly PrintableLine[]): Sums => {
  const net = lines.reduce((sum, line) => sum + line.netE4, 0n)
  const tax = net / 5n
  return {
    lineNetE4: amount(net),
    netE4: amount(net),
    taxes: [{ label: 'VAT 20 %', rateE6: percent(20_000_000n), taxableE4: amount(net), taxE4: amount(tax) }],
    taxE4: amount(tax),
    totalE4: amount(net + tax),
    prepaidE4: amount(0n),
    roundingE4: amount(0n),
    payableE4: amount(net + tax),
  }
}

/** An invoice with these lines and correct sums; `changes` go over it. */
export const invoiceOf = (
  lines: readonly PrintableLine[],
  changes: Partial<PrintableDocument> = {},
): PrintableDocument => ({
  kind: 'invoice',
  language: 'en-GB',
  pageSize: 'A4',
  currency: 'GBP',
  minorUnits: 2,
  number: 'INV-2026-0042',
  state: 'issued',
  issuedOn: '2026-03-03',
  dueOn: '2026-04-02',
  reference: 'PO 4500017731',
  supply: '1–28 February 2026',
  pricesIncludeTax: false,
  seller,
  buyer,
  deliverTo: null,
  lines,
  adjustments: [],
  ...sumsOf(lines),
  blocks: [
    {
      heading: 'How to pay',
      text: 'Bank transfer to Linden & Hale Studio Ltd\nSort code 20-00-00 · Account 55779911\nIBAN GB33 BUKB 2020 1555 5555 55',
    },
    {
      heading: 'Terms',
      text: 'Payment within 30 days. Statutory interest is charged on late payment under the Late Payment of Commercial Debts (Interest) Act 1998.',
    },
  ],
  footer: 'Linden & Hale Studio Ltd · Registered in England and Wales no. 09876543',
  branding: { logo: null, accentColor: '#1f4e5f' },
  createdAt: '2026-03-03T09:30:00Z',
  ...changes,
})

/** A usual invoice of six lines with descriptions, a discount, a prepayment and a delivery address. */
export const usualInvoice = (changes: Partial<PrintableDocument> = {}): PrintableDocument => {
  const lines: PrintableLine[] = [
    {
      ...lineOf(1, 'Exhibition design, concept phase', 24n, 85n),
      description: 'Spatial concept, two mood boards and a walkthrough for the trustees.',
      code: 'DES-01',
    },
    { ...lineOf(2, 'Graphic panels, artwork', 16n, 70n), description: 'Twelve panels 900 × 2100 mm, print-ready.' },
    {
      ...lineOf(3, 'Object labels', 118n, 6n),
      unit: 'pcs',
      adjustments: [{ label: 'Volume discount', amountE4: cents(-2_950n) }],
      netE4: cents(67_850n),
    },
    { ...lineOf(4, 'Lighting plan', 9n, 90n) },
    {
      ...lineOf(5, 'Site supervision', 2n, 640n),
      unit: 'days',
      description: 'On site in Norwich, 19 and 20 February.',
    },
    { ...lineOf(6, 'Travel and subsistence', 1n, 214n), unit: '', taxLabel: '20 %' },
  ]
  const sums = sumsOf(lines)
  const prepaid = cents(100_000n)
  return invoiceOf(lines, {
    ...sums,
    prepaidE4: prepaid,
    payableE4: amount(sums.totalE4 - prepaid),
    deliverTo: {
      ...buyer,
      name: 'Northgate Museum, Loading Bay',
      addressLines: ['Castle Meadow 7', 'Norwich NR1 3DH'],
      ids: [],
    },
    ...changes,
  })
}

const trades = [
  'Oak skirting board',
  'Linseed paint, matt',
  'Brass hinge, pair',
  'Glazing, float glass',
  'Plaster repair',
  'Sash cord',
]

/** An invoice of `count` lines. */
export const longInvoice = (count: number, changes: Partial<PrintableDocument> = {}): PrintableDocument =>
  invoiceOf(
    Array.from({ length: count }, (_, index) => ({
      ...lineOf(
        index + 1,
        `${trades[index % trades.length]} ${index + 1}`,
        BigInt((index % 9) + 1),
        BigInt(((index * 37) % 190) + 5),
      ),
      description: index % 4 === 0 ? `Delivered to room ${index + 100}, fitted and finished` : null,
    })),
    changes,
  )

/** Names in eight scripts, as one buyer list of an international business. */
export const mixedNames: readonly string[] = [
  'Straße & Söhne – Łódź – Dvořák',
  'Общество «Север»',
  'Ελληνική Εταιρεία ΑΕ',
  'शर्मा एंड संस प्राइवेट लिमिटेड',
  'شركة النخيل للتجارة',
  'חברת הדקל בע"מ',
  '北京智能科技有限公司',
  '株式会社さくらデザイン',
  'Giá ₫ · ₹ · € · ₪ · ₺ · ₴',
]

/** An invoice in which names of many scripts stand in one table, parties included. */
export const mixedInvoice = (changes: Partial<PrintableDocument> = {}): PrintableDocument =>
  invoiceOf(
    mixedNames.map((name, index) => ({
      ...lineOf(index + 1, name, 2n, 150n),
      description: index === 4 ? 'Invoice ref فاتورة رقم 1234 for (Dubai) branch' : null,
    })),
    {
      buyer: { ...buyer, name: 'مكتب الخليج (دبي)', addressLines: ['شارع الشيخ زايد 12', 'دبي', 'Emirates · 阿联酋'] },
      currency: 'INR',
      language: 'en-IN',
      ...changes,
    },
  )
