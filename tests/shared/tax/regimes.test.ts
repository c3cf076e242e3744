import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { TaxTreatment } from '../../../shared/contract/documents.ts'
import { isCivilDate } from '../../../shared/dates.ts'
import { cashStepOf } from '../../../shared/money/cash-rounding.ts'
import { amountOf, percentOf } from '../../../shared/money/decimal-string.ts'
import { divideRounded, roundToStep } from '../../../shared/money/rounding.ts'
import { amount } from '../../../shared/money/scaled.ts'
import { type RateHistory, rateOn, taxesForLine, taxPointOf } from '../../../shared/tax/propose.ts'
import { euMembers } from '../../../shared/tax/regimes/eu-members.ts'
import { euVat } from '../../../shared/tax/regimes/eu-vat.ts'
import { regimeOf, regimeOfCountry, regimes } from '../../../shared/tax/regimes/index.ts'
import { inForce, vatexOf } from '../../../shared/tax/regimes/parts.ts'
import type { SaleFacts } from '../../../shared/tax/regimes/regime.ts'
import { boxAmount } from '../../../shared/tax/regimes/uk-returns.ts'
import { ukTaxPoint, ukVat } from '../../../shared/tax/regimes/uk-vat.ts'
import { usCaSalesTax } from '../../../shared/tax/regimes/us-ca-sales-tax.ts'
import { brief, figure, line, party, rate, settings } from './facts.ts'

const rowSchema = z.strictObject({
  country: z.string(),
  rate: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  source: z.string().optional(),
})
const standardRates = z
  .array(rowSchema)
  .parse(JSON.parse(readFileSync('resources/tax/eu-standard-rates.json', 'utf8')))
  .map((it) => ({ ...it, name: 'VAT', category: 'S' as const, rateE6: percentOf(it.rate) }))
const tables = { standardRates }

const germany = party('DE', null, 'DE136695976')
const facts = (more: Partial<SaleFacts> & Pick<SaleFacts, 'seller'>): SaleFacts => ({
  settings,
  buyer: null,
  deliverTo: null,
  kind: 'goods',
  ...more,
})

describe('EU VAT', () => {
  const oss = { ...settings, usesOss: true }
  const suggest = (more: Partial<SaleFacts>) => euVat.suggestTreatment(facts({ seller: germany, ...more }))
  test.each([
    ['no client yet', {}, 'domestic'],
    ['at home', { buyer: party('DE') }, 'domestic'],
    ['goods to a business in another member state', { buyer: party('AT', null, 'ATU13585627') }, 'intra-community'],
    ['services to it', { buyer: party('AT', null, 'ATU13585627'), kind: 'services' }, 'reverse-charge'],
    ['a number that fails is none', { buyer: party('AT', null, 'ATU13585628') }, 'domestic'],
    ['a consumer there', { buyer: party('FR') }, 'domestic'],
    ['a consumer there under the one-stop shop', { buyer: party('FR'), settings: oss }, 'oss'],
    ['goods to Switzerland', { buyer: party('CH') }, 'export'],
    ['services to a business there', { buyer: party('CH', null, 'CHE100155212'), kind: 'services' }, 'outside-scope'],
    [
      'goods sent to another state',
      { buyer: party('DE', null, 'DE136695976'), deliverTo: { country: 'CH', region: null } },
      'export',
    ],
  ] satisfies [string, Partial<SaleFacts>, TaxTreatment][])('%s', (_, more, expected) => {
    expect(suggest(more)).toBe(expected)
  })

  test.each([
    ['reverse-charge', 'AE', 'VATEX-EU-AE'],
    ['intra-community', 'K', 'VATEX-EU-IC'],
    ['export', 'G', 'VATEX-EU-G'],
    ['outside-scope', 'O', 'VATEX-EU-O'],
    ['exempt', 'E', 'VATEX-EU-132'],
  ] as const)('%s is category %s with a reason and its code', (treatment, category, code) => {
    const { taxes } = euVat.proposeTaxes(line({ seller: germany, treatment, rate: rate('USt. 19%', '19') }))
    const [only] = taxes
    expect(taxes).toHaveLength(1)
    expect(only).toMatchObject({ category, rateE6: 0n })
    expect(vatexOf(euVat.reasons, category, only?.exemptionReason ?? null)).toBe(code)
  })

  test('reverse charge without a number of the client is warned of', () => {
    const without = line({ seller: germany, buyer: party('FR'), treatment: 'reverse-charge' })
    expect(euVat.proposeTaxes(without).warnings).toHaveLength(1)
    const withId = line({ seller: germany, buyer: party('FR', null, 'FR40303265045'), treatment: 'reverse-charge' })
    expect(euVat.proposeTaxes(withId).warnings).toEqual([])
  })

  test('one-stop shop: the standard rate of the destination on the tax point', () => {
    const sale = (place: string, taxPoint: string) =>
      brief(
        euVat.proposeTaxes(line({ seller: germany, treatment: 'oss', placeOfSupply: place, taxPoint, tables })).taxes,
      )
    expect(sale('FR', '2026-01-15')).toBe('VAT FR 20')
    expect(sale('FI', '2024-08-31')).toBe('VAT FI 24')
    expect(sale('FI', '2024-09-01')).toBe('VAT FI 25.5')
    expect(sale('RO', '2025-07-31')).toBe('VAT RO 19')
    expect(sale('RO', '2025-08-01')).toBe('VAT RO 21')
    expect(sale('US', '2026-01-15')).toBe('')
  })

  test('the table has one rate for every member state on any day since 2017', () => {
    expect(standardRates.every((it) => isCivilDate(it.from) && euMembers.has(it.country))).toBe(true)
    for (const day of [
      '2017-01-02',
      '2020-07-01',
      '2020-10-01',
      '2023-06-30',
      '2025-07-01',
      '2026-01-01',
      '2026-12-31',
    ]) {
      for (const country of euMembers.keys()) {
        const found = inForce(standardRates, day).filter((it) => it.country === country)
        expect([day, country, found.length]).toEqual([day, country, 1])
      }
    }
  })

  test('returns: a row for each category and rate, the one-stop shop by destination', () => {
    const figures = [
      figure({ taxable: 10000, tax: 1900, rateE6: percentOf('19') }),
      figure({ taxable: 1000, tax: 190, rateE6: percentOf('19'), kind: 'credit-note' }),
      figure({ taxable: 5000, tax: 0, rateE6: percentOf('0'), category: 'K', treatment: 'intra-community' }),
      figure({ taxable: 4000, tax: 800, treatment: 'oss', place: 'FR' }),
    ]
    const rows = (id: string) =>
      euVat.returns
        .find((it) => it.id === id)
        ?.build({ figures, settings, typed: {} })[0]
        ?.rows.map((it) => [it.label, it.cells['taxable']?.amountE4, it.cells['tax']?.amountE4])
    expect(rows('vat')).toEqual([
      ['Intra-Community supplies', 500_000n, 0n],
      ['Standard and reduced rates, 19 %', 900_000n, 171_000n],
      ['Total', 1_400_000n, 171_000n],
    ])
    expect(rows('oss')).toEqual([
      ['France, 20 %', 400_000n, 80_000n],
      ['Total', 400_000n, 80_000n],
    ])
  })
})

describe('UK VAT', () => {
  const london = party('GB', null, 'GB980780684')
  const belfast = party('GB', null, 'XI110305878')
  test.each([
    ['at home', { seller: london, buyer: party('GB') }, 'domestic'],
    ['goods abroad', { seller: london, buyer: party('FR', null, 'FR40303265045') }, 'export'],
    [
      'goods from Northern Ireland to a business in the EU',
      { seller: belfast, buyer: party('FR', null, 'FR40303265045') },
      'intra-community',
    ],
    [
      'services to a business abroad',
      { seller: london, buyer: party('US', null, '12-3456789'), kind: 'services' },
      'outside-scope',
    ],
    ['services to a consumer abroad', { seller: london, buyer: party('US'), kind: 'services' }, 'domestic'],
  ] satisfies [string, Partial<SaleFacts> & Pick<SaleFacts, 'seller'>, TaxTreatment][])('%s', (_, more, expected) => {
    expect(ukVat.suggestTreatment(facts(more))).toBe(expected)
  })

  test('standard rate by date', () => {
    const on = (day: string) => inForce(ukVat.statutoryRates, day).map((it) => Number(it.rateE6) / 1_000_000)
    expect(on('2008-11-30')[0]).toBe(17.5)
    expect(on('2009-06-01')[0]).toBe(15)
    expect(on('2011-01-03')[0]).toBe(17.5)
    expect(on('2011-01-04')[0]).toBe(20)
    expect(on('2021-12-01')).toContain(12.5)
    expect(on('2022-04-01')).toEqual([20, 5, 0])
  })

  test('tax point: an invoice within 14 days moves it', () => {
    expect(ukTaxPoint('2026-03-01', '2026-03-15', 14)).toBe('2026-03-15')
    expect(ukTaxPoint('2026-03-01', '2026-03-16', 15)).toBe('2026-03-01')
    expect(ukTaxPoint(null, '2026-03-16', 0)).toBe('2026-03-16')
  })

  const figures = [
    figure({ taxable: 100099, tax: 20020 }),
    figure({ taxable: 10050, tax: 503, rateE6: percentOf('5') }),
    figure({ taxable: 5075, tax: 0, rateE6: percentOf('0'), category: 'Z' }),
    figure({ taxable: 20000, tax: 4000, kind: 'credit-note' }),
    figure({ taxable: 30000, tax: 0, rateE6: percentOf('0'), category: 'O', treatment: 'outside-scope' }),
    figure({ taxable: 7799, tax: 0, rateE6: percentOf('0'), category: 'K', treatment: 'intra-community' }),
  ]
  const typed = { '2.amount': amountOf('10'), '4.amount': amountOf('500.55'), '7.amount': amountOf('2502.99') }

  test('nine boxes', () => {
    const tablesOf = ukVat.returns[0]?.build({ figures, settings, typed }) ?? []
    const box = (id: string) => Number(boxAmount(tablesOf, id)) / 10_000
    expect(['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(box)).toEqual([
      165.23, 10, 175.23, 500.55, 325.32, 1330, 2502, 77, 0,
    ])
    expect(tablesOf[0]?.rows.find((it) => it.id === '5')?.label).toContain('reclaim')
  })

  test('flat rate: the percentage of turnover with VAT, box 6 with VAT', () => {
    const flat = { ...settings, scheme: 'flat-rate' as const, flatPercentE6: percentOf('12') }
    const tablesOf = ukVat.returns[0]?.build({ figures: figures.slice(0, 3), settings: flat, typed: {} }) ?? []
    // (1000.99 + 200.20) + (100.50 + 5.03) + 50.75 = 1357.47; 12 % is 162.8964
    expect([boxAmount(tablesOf, '1'), boxAmount(tablesOf, '6')]).toEqual([amountOf('162.90'), amountOf('1357')])
  })

  test('flat rate: exempt sales are turnover, credit notes lower it, reverse charge is outside of the scheme', () => {
    const flat = { ...settings, scheme: 'flat-rate' as const, flatPercentE6: percentOf('16.5') }
    const none = { tax: 0, rateE6: percentOf('0') }
    const sales = [
      figure({ taxable: 100_000, tax: 20_000 }),
      figure({ ...none, taxable: 30_000, category: 'E', treatment: 'exempt' }),
      figure({ taxable: 5_000, tax: 1_000, kind: 'credit-note' }),
      figure({ ...none, taxable: 40_000, category: 'AE', treatment: 'reverse-charge' }),
      figure({ ...none, taxable: 9_000, category: 'O', treatment: 'outside-scope' }),
    ]
    const tablesOf = ukVat.returns[0]?.build({ figures: sales, settings: flat, typed: {} }) ?? []
    // 1,200 + 300 - 60 = 1,440 at the 16.5 % of a limited cost trader; box 6 has the 400 of reverse charge too.
    expect([boxAmount(tablesOf, '1'), boxAmount(tablesOf, '6')]).toEqual([amountOf('237.60'), amountOf('1840')])
  })
})

describe('US and Canada', () => {
  const seller = party('CA', 'ON')
  const canada = (code: string, taxPoint = '2026-03-02') =>
    brief(usCaSalesTax.proposeTaxes(line({ seller, placeOfSupply: code, taxPoint, rate: rate('GST 5%', '5') })).taxes)
  test.each([
    ['CA-AB', 'GST 5'],
    ['CA-ON', 'HST 13'],
    ['CA-NB', 'HST 15'],
    ['CA-NS', 'HST 14'],
    ['CA-PE', 'HST 15'],
    ['CA-BC', 'GST 5 + PST (BC) 7'],
    ['CA-MB', 'GST 5 + RST (MB) 7'],
    ['CA-SK', 'GST 5 + PST (SK) 6'],
    ['CA-QC', 'GST 5 + QST 9.975'],
  ])('%s: %s', (code, expected) => {
    expect(canada(code)).toBe(expected)
  })

  test('rates by date, and the QST that was charged on top of GST until 2012', () => {
    expect(canada('CA-NS', '2025-03-31')).toBe('HST 15')
    const old = usCaSalesTax.proposeTaxes(line({ seller, placeOfSupply: 'CA-QC', taxPoint: '2012-06-01' })).taxes
    expect(old.map((it) => [it.name, it.isCompound])).toEqual([
      ['GST', false],
      ['QST', true],
    ])
  })

  test('the business’s own rates of a place are stacked in their order', () => {
    const placeRates = [rate('CA state', '7.25'), { ...rate('LA district', '2.5'), isCompound: true }]
    const sale = line({ seller: party('US', 'CA'), placeOfSupply: 'US-CA', placeRates, rate: rate('Sales tax', '9') })
    expect(brief(usCaSalesTax.proposeTaxes(sale).taxes)).toBe('CA state 7.25 + LA district 2.5')
    const elsewhere = usCaSalesTax.proposeTaxes({ ...sale, placeOfSupply: 'US-OR', placeRates: [] })
    expect([elsewhere.taxes, elsewhere.warnings.length]).toEqual([[], 1])
  })

  test('place of supply: where goods go, then the client, then the seller', () => {
    const place = (more: Partial<SaleFacts>) =>
      usCaSalesTax.suggestPlace({ ...facts({ seller, ...more }), treatment: 'domestic' })
    expect(place({ buyer: party('CA', 'Quebec') })).toBe('CA-QC')
    expect(place({ buyer: party('CA', 'QC'), deliverTo: { country: 'CA', region: 'BC' } })).toBe('CA-BC')
    expect(place({})).toBe('CA-ON')
  })
})

describe('choosing the rate of a line', () => {
  const history: RateHistory = {
    id: 'std',
    name: 'VAT 20%',
    category: 'S',
    rateE6: percentOf('20'),
    isCompound: false,
    exemptionReason: null,
    place: null,
    effectiveFrom: null,
    effectiveTo: null,
    status: 'active',
    versions: [
      { effectiveFrom: '2026-06-01', name: 'VAT 21%', rateE6: percentOf('21') },
      { effectiveFrom: '2026-03-01', name: 'VAT 19%', rateE6: percentOf('19') },
    ],
  }

  test.each([
    ['2026-02-28', 'VAT 20%'],
    ['2026-03-01', 'VAT 19%'],
    ['2026-05-31', 'VAT 19%'],
    ['2026-06-01', 'VAT 21%'],
  ])('on %s it is %s, in whatever order the history stands', (day, name) => {
    expect(rateOn(history, day).name).toBe(name)
  })

  test('the tax point is the end of the supply, or the day of the document', () => {
    const content = {
      issuedOn: '2026-06-02',
      supplyFrom: null,
      supplyTo: null,
      taxTreatment: 'domestic' as const,
      placeOfSupply: null,
    }
    expect(taxPointOf(content)).toBe('2026-06-02')
    const sale = { ...facts({ seller: party('GB') }), regime: ukVat, rates: [history], tables }
    expect(brief(taxesForLine(sale, content, 'std', 'goods').taxes)).toBe('VAT 21% 21')
    expect(brief(taxesForLine(sale, { ...content, supplyTo: '2026-05-31' }, 'std', 'goods').taxes)).toBe('VAT 19% 19')
    expect(taxesForLine(sale, content, null, 'goods').taxes).toEqual([])
  })
})

describe('every regime', () => {
  test.each(regimes.map((it) => [it.id, it] as const))('%s is complete', (id, regime) => {
    expect(regimeOf(id)).toBe(regime)
    expect(regime.treatments[0]?.id).toBe('domestic')
    for (const { id: treatment } of regime.treatments) {
      const country = regime.countries[0] ?? 'JP'
      const seller = party(country)
      const sale = line({
        seller,
        treatment,
        placeOfSupply: regime.places(country)[0]?.code ?? null,
        rate: rate('Tax 10%', '10'),
        tables,
      })
      const { taxes } = regime.proposeTaxes(sale)
      // EN 16931, BR-S-05 to BR-O-05: a category without percentage has none and says why.
      for (const tax of taxes) {
        if (tax.category === 'S') continue
        expect(tax.rateE6).toBe(0n)
        if (tax.category !== 'Z') expect(tax.exemptionReason).toMatch(/\w/)
      }
      expect(regime.wording({ ...sale, treatment }).texts.every((text) => text !== '')).toBe(true)
    }
    for (const { build } of regime.returns) {
      expect(build({ figures: [], settings, typed: {} }).length).toBeGreaterThan(0)
    }
  })

  test('a country begins with its own', () => {
    expect(['IN', 'GB', 'FR', 'CA', 'JP'].map((it) => regimeOfCountry(it).id)).toEqual([
      'india-gst',
      'uk-vat',
      'eu-vat',
      'us-ca-sales-tax',
      'none',
    ])
  })
})

describe('money of the worked examples', () => {
  test('CHF in cash: to 5 rappen, a half up', () => {
    const step = cashStepOf('CHF', 'CH') ?? amount(1n)
    const cash = (text: string) => roundToStep(amountOf(text), step, 'half-up')
    expect(['12.32', '12.325', '12.37', '12.375'].map(cash)).toEqual(['12.30', '12.35', '12.35', '12.40'].map(amountOf))
  })

  test('a price with tax: net and tax are the price, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.constantFrom('5', '7.25', '20', '25.5'),
        (cents, text) => {
          const factor = 100_000_000n + percentOf(text)
          const net = divideRounded(cents * 100_000_000n, factor, 'half-up')
          const tax = cents - net
          expect(net + tax).toBe(cents)
          // The tax is at most a cent from the exact one.
          const off = tax * factor - cents * percentOf(text)
          expect(off <= factor && off >= -factor).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
