import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculateDocument } from '../../../shared/documents/calculate.ts'
import type { DocumentInput } from '../../../shared/documents/model.ts'
import { percentOf } from '../../../shared/money/decimal-string.ts'
import { roundingModes } from '../../../shared/money/rounding.ts'
import { amount, quantity, unitPrice, zero } from '../../../shared/money/scaled.ts'
import { indiaGst, timeOfSupply } from '../../../shared/tax/regimes/india-gst.ts'
import { indianPlaces, stateCodeOf } from '../../../shared/tax/regimes/india-states.ts'
import { inForce } from '../../../shared/tax/regimes/parts.ts'
import { brief, figure, line, party, rate, settings } from './facts.ts'

const maharashtra = party('IN', 'Maharashtra', '27AAPFU0939F1ZV')
const gst18 = rate('GST 18%', '18')
const tax = (more: Parameters<typeof line>[0]) => brief(indiaGst.proposeTaxes(line({ rate: gst18, ...more })).taxes)

const document = (priceE6: bigint, taxes: readonly ReturnType<typeof rate>[], more: Partial<DocumentInput> = {}) =>
  calculateDocument({
    currency: 'INR',
    minorUnits: 2,
    rounding: { mode: 'half-up', scope: 'rate' },
    pricesIncludeTax: false,
    lines: [
      {
        id: 'a',
        quantityE6: quantity(1_000_000n),
        priceE6: unitPrice(priceE6),
        baseQuantityE6: quantity(1_000_000n),
        adjustments: [],
        taxes: taxes.map((it) => ({
          name: it.name,
          category: it.category,
          rateE6: it.rateE6,
          compound: it.isCompound,
        })),
      },
    ],
    adjustments: [],
    prepaidE4: zero,
    roundingAmountE4: null,
    payableStepE4: null,
    ...more,
  })

const taxesAt = (percent: string, place: string) =>
  indiaGst.proposeTaxes(line({ seller: maharashtra, placeOfSupply: place, rate: rate('GST', percent) })).taxes

describe('split of the tax', () => {
  test('inside the state CGST and SGST, between states IGST', () => {
    expect(tax({ seller: maharashtra, placeOfSupply: '27' })).toBe('CGST 9 + SGST 9')
    expect(tax({ seller: maharashtra, placeOfSupply: '29' })).toBe('IGST 18')
  })

  test.each(['04', '26', '31', '35', '38', '97'])('UTGST in territory %s', (code) => {
    expect(tax({ seller: party('IN', code), placeOfSupply: code })).toBe('CGST 9 + UTGST 9')
  })

  test.each(['07', '34', '01'])('SGST in %s, which has a legislature', (code) => {
    expect(tax({ seller: party('IN', code), placeOfSupply: code })).toBe('CGST 9 + SGST 9')
  })

  test('the place of supply decides, not the GSTIN of the buyer', () => {
    const seller = party('IN', 'Himachal Pradesh')
    const buyer = party('IN', 'Telangana', '36AMBPG7773M002')
    expect(tax({ seller, buyer, placeOfSupply: '02' })).toBe('CGST 9 + SGST 9')
  })

  test('exports and special zones are between states even at home', () => {
    expect(tax({ seller: maharashtra, placeOfSupply: '27', treatment: 'sez-with-tax' })).toBe('IGST 18')
    expect(tax({ seller: maharashtra, placeOfSupply: '96', treatment: 'export-with-tax' })).toBe('IGST 18')
    expect(tax({ seller: maharashtra, placeOfSupply: '27', treatment: 'deemed-export' })).toBe('CGST 9 + SGST 9')
  })

  test('without tax under a letter of undertaking, and a warning where there is none', () => {
    const facts = line({ seller: maharashtra, placeOfSupply: '96', treatment: 'export', rate: gst18 })
    expect(indiaGst.proposeTaxes(facts).warnings).toEqual([expect.stringContaining('LUT')])
    const under = { ...facts, settings: { ...settings, lutNumber: 'AD270325000001X' } }
    expect(indiaGst.proposeTaxes(under)).toMatchObject({ warnings: [], taxes: [{ category: 'Z', name: 'IGST' }] })
    expect(indiaGst.wording(under).texts).toContain('LUT AD270325000001X')
  })

  test('reverse charge, composition and exempt charge nothing and say why', () => {
    for (const [treatment, category] of [
      ['reverse-charge', 'AE'],
      ['composition', 'E'],
      ['exempt', 'E'],
    ] as const) {
      const [only] = indiaGst.proposeTaxes(line({ seller: maharashtra, treatment, rate: gst18 })).taxes
      expect(only).toMatchObject({ category, rateE6: 0n })
      expect(only?.exemptionReason).toMatch(/\w+/)
    }
    const words = (treatment: 'composition' | 'reverse-charge' | 'domestic') =>
      indiaGst.wording({ ...line({ seller: maharashtra }), treatment })
    expect(words('composition')).toMatchObject({ title: 'bill-of-supply', reverseCharge: false })
    expect(words('reverse-charge')).toMatchObject({ title: 'tax-invoice', reverseCharge: true })
    expect(words('composition').texts).toEqual(['Composition taxable person, not eligible to collect tax on supplies'])
  })

  test('a rate of an older book that is one half counts as the whole', () => {
    expect(tax({ seller: maharashtra, placeOfSupply: '29', rate: rate('CGST 9%', '9') })).toBe('IGST 18')
    expect(tax({ seller: maharashtra, placeOfSupply: '27', rate: rate('IGST 18%', '18') })).toBe('CGST 9 + SGST 9')
  })
})

describe('place of supply', () => {
  const base = { seller: maharashtra, settings, deliverTo: null, treatment: 'domestic' as const }
  test('goods: where they go', () => {
    const buyer = party('IN', 'Karnataka')
    const deliverTo = { country: 'IN', region: 'Tamil Nadu' }
    expect(indiaGst.suggestPlace({ ...base, kind: 'goods', buyer, deliverTo })).toBe('33')
  })
  test('services: the registration of the buyer, then the address, then the seller', () => {
    const kind = 'services'
    expect(indiaGst.suggestPlace({ ...base, kind, buyer: party('IN', 'Goa', '29AABCR1718E1ZL') })).toBe('29')
    expect(indiaGst.suggestPlace({ ...base, kind, buyer: party('IN', 'GA') })).toBe('30')
    expect(indiaGst.suggestPlace({ ...base, kind, buyer: party('IN') })).toBe('27')
    expect(indiaGst.suggestPlace({ ...base, kind, buyer: party('DE') })).toBe('96')
  })
  test('a buyer abroad is an export', () => {
    expect(indiaGst.suggestTreatment({ ...base, kind: 'services', buyer: party('US') })).toBe('export-with-tax')
    const lut = { ...settings, lutNumber: 'AD27' }
    expect(indiaGst.suggestTreatment({ ...base, kind: 'goods', buyer: party('US'), settings: lut })).toBe('export')
  })
  test.each([
    ['27', '27'],
    ['MH', '27'],
    ['IN-MH', '27'],
    ['maharashtra', '27'],
    ['Jammu & Kashmir', '01'],
    ['Nowhere', null],
    [null, null],
  ])('region %s is %s', (region, code) => {
    expect(stateCodeOf(region)).toBe(code)
  })
  test('the retired codes 25 and 28 are not offered', () => {
    expect(indianPlaces.map((it) => it.code)).not.toEqual(expect.arrayContaining(['25']))
    expect(indianPlaces).toHaveLength(38)
  })
})

describe('rounding of the worked examples', () => {
  const due = (price: bigint, percent: string, place: string) =>
    document(price, taxesAt(percent, place)).taxes.map((it) => it.taxE4)

  test('999.99 at 18: 90.00 and 90.00, or 180.00', () => {
    expect(due(999_990_000n, '18', '27')).toEqual([900_000n, 900_000n])
    expect(due(999_990_000n, '18', '29')).toEqual([1_800_000n])
  })
  test('33.33 at 5: 0.83 and 0.83, or 1.67', () => {
    expect(due(33_330_000n, '5', '27')).toEqual([8_300n, 8_300n])
    expect(due(33_330_000n, '5', '29')).toEqual([16_700n])
  })
  test('the total goes to the whole rupee on a line of its own', () => {
    const step = indiaGst.roundOffStepE4
    const totals = document(999_990_000n, [gst18], { payableStepE4: step })
    expect([totals.totalE4, totals.roundingE4, totals.payableE4]).toEqual([11_799_900n, 100n, 11_800_000n])
  })

  test('CGST and SGST are always equal, whatever the price, rate, mode and place of rounding', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 13n }),
        fc.constantFrom('0.25', '1.5', '3', '5', '12', '18', '28', '40'),
        fc.constantFrom(...roundingModes),
        fc.constantFrom('line', 'rate'),
        fc.boolean(),
        (price, percent, mode, scope, pricesIncludeTax) => {
          const taxes = taxesAt(percent, '27')
          const totals = document(price, taxes, { rounding: { mode, scope }, pricesIncludeTax })
          const [cgst, sgst] = totals.taxes
          expect(cgst?.taxE4).toBe(sgst?.taxE4)
          expect(totals.netE4 + totals.taxE4).toBe(totals.totalE4)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('rates by date', () => {
  const on = (day: string) => inForce(indiaGst.statutoryRates, day).map((it) => Number(it.rateE6) / 1_000_000)
  test('12 and 28 end, 40 begins on 22 September 2025', () => {
    expect(on('2025-09-21')).toEqual([0, 0.25, 1.5, 3, 5, 12, 18, 28])
    expect(on('2025-09-22')).toEqual([0, 0.25, 1.5, 3, 5, 18, 40])
    expect(on('2017-06-30')).toEqual([])
  })

  const change = '2025-09-22'
  const [before, after] = ['2025-09-10', '2025-09-30']
  test.each([
    ['supplied before, invoice and payment after', before, after, after, after],
    ['supplied and invoiced before, paid after', before, before, after, before],
    ['supplied and paid before, invoiced after', before, after, before, before],
    ['supplied after, invoiced before, paid after', after, before, after, after],
    ['supplied after, invoiced and paid before', after, before, before, before],
    ['supplied and invoiced after, paid before', after, after, before, after],
    ['supplied before, invoiced after, not paid yet', before, after, null, after],
  ])('s. 14: %s', (_, suppliedOn, invoicedOn, paidOn, expected) => {
    expect(timeOfSupply({ suppliedOn, invoicedOn, paidOn }, change)).toBe(expected)
  })

  test('HSN digits by turnover and kind of supply', () => {
    const digits = (isLarge: boolean, buyer: 'business' | 'consumer', treatment: 'domestic' | 'export') =>
      indiaGst.classificationDigits({ isLarge, buyer, treatment })
    expect([digits(false, 'business', 'domestic'), digits(false, 'consumer', 'domestic')]).toEqual([4, null])
    expect([digits(true, 'consumer', 'domestic'), digits(false, 'business', 'export')]).toEqual([6, 8])
  })
})

describe('returns', () => {
  const figures = [
    figure({ name: 'CGST', rateE6: rate('', '9').rateE6, place: '27', taxable: 100000, tax: 9000 }),
    figure({ name: 'SGST', rateE6: rate('', '9').rateE6, place: '27', taxable: 100000, tax: 9000 }),
    figure({ name: 'IGST', rateE6: rate('', '18').rateE6, place: '29', taxable: 50000, tax: 9000, buyer: 'consumer' }),
    figure({
      name: 'IGST',
      category: 'Z',
      rateE6: rate('', '0').rateE6,
      place: '96',
      treatment: 'export',
      taxable: 70000,
      tax: 0,
    }),
    figure({
      name: 'GST',
      category: 'E',
      rateE6: rate('', '0').rateE6,
      place: '27',
      treatment: 'exempt',
      taxable: 3000,
      tax: 0,
    }),
    figure({ name: 'CGST', kind: 'credit-note', rateE6: rate('', '9').rateE6, place: '27', taxable: 10000, tax: 900 }),
    figure({ name: 'SGST', kind: 'credit-note', rateE6: rate('', '9').rateE6, place: '27', taxable: 10000, tax: 900 }),
  ]
  const table = (id: string) =>
    indiaGst.returns
      .find((it) => it.id === id)
      ?.build({ figures, settings, typed: { '4.cgst': amount(1_000_000n) } })[0]
  const cells = (id: string, row: string) =>
    Object.values(table(id)?.rows.find((it) => it.id === row)?.cells ?? {}).map(
      (cell) => Number(cell.amountE4) / 10_000,
    )

  test('GSTR-3B counts a value once, takes credit notes off and input tax too', () => {
    expect(cells('gstr-3b', '3.1a')).toEqual([1400, 90, 81, 81])
    expect(cells('gstr-3b', '3.1b')).toEqual([700, 0, 0, 0])
    expect(cells('gstr-3b', '3.1c')).toEqual([30, 0, 0, 0])
    expect(cells('gstr-3b', '6.1')).toEqual([90, -19, 81])
  })
  test('GSTR-3B has what the buyer pays the tax of in 3.1(a), without tax, and what we buy so in 3.1(d) for cash', () => {
    const built = indiaGst.returns
      .find((it) => it.id === 'gstr-3b')
      ?.build({
        figures: [
          figure({
            name: 'GST',
            category: 'AE',
            rateE6: percentOf('0'),
            treatment: 'reverse-charge',
            taxable: 80000,
            tax: 0,
          }),
        ],
        settings,
        typed: { '3.1d.taxable': amount(500_000n), '3.1d.igst': amount(90_000n), '4.igst': amount(40_000n) },
      })
    const values = (id: string) =>
      Object.values(built?.[0]?.rows.find((it) => it.id === id)?.cells ?? {}).map(
        (cell) => Number(cell.amountE4) / 10_000,
      )
    expect(values('3.1a')).toEqual([800, 0, 0, 0])
    expect(values('3.1c')).toEqual([0, 0, 0, 0])
    expect(values('3.1d')).toEqual([50, 9, 0, 0])
    expect([values('6.1'), values('6.1B')]).toEqual([
      [-4, 0, 0],
      [9, 0, 0],
    ])
  })
  test('GSTR-1 by table', () => {
    expect(cells('gstr-1', '4A')).toEqual([1000, 0, 90, 90])
    expect(cells('gstr-1', '5')).toEqual([0, 0, 0, 0])
    expect(cells('gstr-1', '7')).toEqual([500, 90, 0, 0])
    expect(cells('gstr-1', '6A')).toEqual([700, 0, 0, 0])
    expect(cells('gstr-1', '9B')).toEqual([-100, 0, -9, -9])
    expect(cells('gstr-1', '9B-UR')).toEqual([0, 0, 0, 0])
  })
  test('what the note of GSTR-1 says of large invoices is what the table has', () => {
    const rupees = (value: bigint) => new Intl.NumberFormat('en-IN').format(value / 10_000n)
    const [before, now] = indiaGst.largeInvoices
    const text = `above ₹${rupees(now?.aboveE4 ?? 0n)} (₹${rupees(before?.aboveE4 ?? 0n)} until July 2024)`
    expect([before?.until, now?.from, now?.until]).toEqual(['2024-08-01', '2024-08-01', null])
    expect(table('gstr-1')?.notes.join(' ')).toContain(text)
  })
  test('GSTR-1 splits consumers by the size of the invoice, and each credit note follows its invoice', () => {
    const igst = { name: 'IGST', rateE6: percentOf('18'), place: '29', buyer: 'consumer' } as const
    const cgst = { name: 'CGST', rateE6: percentOf('9'), place: '27', buyer: 'consumer' } as const
    const tables = indiaGst.returns
      .find((it) => it.id === 'gstr-1')
      ?.build({
        figures: [
          figure({ ...igst, isLarge: true, taxable: 20_000_000, tax: 3_600_000 }),
          figure({ ...igst, taxable: 1_000_000, tax: 180_000 }),
          // Inside the state an invoice is never large, whatever it comes to.
          figure({ ...cgst, isLarge: true, taxable: 30_000_000, tax: 2_700_000 }),
          figure({ ...cgst, name: 'SGST', isLarge: true, taxable: 30_000_000, tax: 2_700_000 }),
          figure({ ...igst, kind: 'credit-note', isLarge: true, taxable: 5_000_000, tax: 900_000 }),
          figure({ ...igst, kind: 'credit-note', taxable: 100_000, tax: 18_000 }),
          figure({ ...igst, kind: 'credit-note', treatment: 'export-with-tax', taxable: 70_000, tax: 12_600 }),
        ],
        settings,
        typed: {},
      })
    const values = (id: string) =>
      Object.values(tables?.[0]?.rows.find((it) => it.id === id)?.cells ?? {}).map(
        (cell) => Number(cell.amountE4) / 10_000,
      )
    expect(values('5')).toEqual([200_000, 36_000, 0, 0])
    expect(values('7')).toEqual([300_000 + 10_000 - 1000, 1800 - 180, 27_000, 27_000])
    expect(values('9B-UR')).toEqual([-50_700, -9126, 0, 0])
    expect(values('9B')).toEqual([0, 0, 0, 0])
  })
})
