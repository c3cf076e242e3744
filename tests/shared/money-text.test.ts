import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountOf,
  exchangeRateOf,
  fromDecimalString,
  percentOf,
  quantityOf,
  toDecimalString,
  unitPriceOf,
} from '../../shared/money/decimal-string.ts'
import {
  formatAmount,
  formatAmountFigures,
  formatExchangeRate,
  formatPercent,
  formatQuantity,
  formatUnitPrice,
} from '../../shared/money/format.ts'
import { numberFormatOf } from '../../shared/money/locale-format.ts'
import {
  parseAmount,
  parseExchangeRate,
  parsePercent,
  parseQuantity,
  parseUnitPrice,
} from '../../shared/money/parse.ts'
import { amount } from '../../shared/money/scaled.ts'

/** Spaces as plain ones, direction marks away: what a reader sees. */
const seen = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u061c\u200e\u200f]/g, '')

describe('canonical decimals', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['12.30', '12.3'],
    ['-0.0001', '-0.0001'],
    ['007', '7'],
    ['12.300000', '12.3'],
    ['922337203685477.5807', '922337203685477.5807'],
  ])('%s reads and writes as %s', (text, canonical) => {
    const read = fromDecimalString(text, 4)
    expect(read.ok && toDecimalString(read.value, 4)).toBe(canonical)
  })

  it.each([
    ['', 'empty'],
    [' 1', 'not-a-number'],
    ['1,5', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['.5', 'not-a-number'],
    ['5.', 'not-a-number'],
    ['+5', 'not-a-number'],
    ['--5', 'not-a-number'],
    ['1.00001', 'too-many-decimals'],
    ['922337203685477.5808', 'too-large'],
    ['9'.repeat(100_000), 'too-large'],
  ])('%.20s is %s', (text, reason) => {
    expect(fromDecimalString(text, 4)).toEqual({ ok: false, reason })
  })

  it('round-trip for any integer and scale', () => {
    const largest = 9_223_372_036_854_775_807n
    fc.assert(
      fc.property(fc.bigInt({ min: -largest, max: largest }), fc.nat({ max: 10 }), (value, scale) => {
        expect(fromDecimalString(toDecimalString(value, scale), scale)).toEqual({ ok: true, value })
      }),
      { numRuns: 2000 },
    )
  })

  it('keep the decimals that a table asks for', () => {
    expect(toDecimalString(amountOf('12.3'), 4, 2)).toBe('12.30')
    expect(toDecimalString(amountOf('12.345'), 4, 2)).toBe('12.345')
    expect(toDecimalString(amountOf('5'), 4, 0)).toBe('5')
  })

  it('name the text and the reason when a constant is wrong', () => {
    expect(() => amountOf('12,30')).toThrow('"12,30" is not an amount (not-a-number)')
  })
})

describe('typed numbers', () => {
  it.each([
    ['en-GB', '1,234.56', '1234.56'],
    ['en-GB', '1234.56', '1234.56'],
    ['en-GB', '  -1,234 ', '-1234'],
    ['en-GB', '.5', '0.5'],
    ['en-GB', '5.', '5'],
    ['en-GB', '+7', '7'],
    ['en-GB', '\u2212 12.30', '-12.3'],
    ['en-GB', '1 234.56', '1234.56'],
    ['en-IN', '12,34,567.89', '1234567.89'],
    ['de-DE', '1.234,56', '1234.56'],
    ['de-DE', '12,3', '12.3'],
    ['fr-FR', '1\u202f234,56', '1234.56'],
    ['fr-FR', '1 234,56', '1234.56'],
    ['fr-FR', '12.30', '12.3'],
    ['sv-SE', '\u22121\u00a0234,5', '-1234.5'],
    ['de-CH', "1'234.50", '1234.5'],
    ['de-CH', '1\u2019234.50', '1234.5'],
    ['ar-EG', '\u0661\u066c\u0662\u0663\u0664\u066b\u0665', '1234.5'],
    ['hi-IN', '1,23,456.7', '123456.7'],
  ])('in %s, %s is %s', (locale, text, expected) => {
    const parsed = parseAmount(text, numberFormatOf(locale))
    expect(parsed.ok ? toDecimalString(parsed.value, 4) : parsed.reason).toBe(expected)
  })

  it.each([
    ['en-GB', '', 'empty'],
    ['en-GB', '   ', 'empty'],
    ['en-GB', '-', 'not-a-number'],
    ['en-GB', '.', 'not-a-number'],
    ['en-GB', '12 abc', 'not-a-number'],
    ['en-GB', '1e5', 'not-a-number'],
    ['en-GB', '1,5', 'misplaced-group'],
    ['en-GB', '1,2345', 'misplaced-group'],
    ['en-GB', '1.2.3', 'misplaced-group'],
    ['en-GB', '1.234,5', 'misplaced-group'],
    ['de-DE', '12.30', 'misplaced-group'],
    ['en-GB', '0.00001', 'too-many-decimals'],
    ['en-GB', '922,337,203,685,477.5808', 'too-large'],
    ['en-GB', '9'.repeat(5000), 'too-large'],
    ['en-GB', '<script>', 'not-a-number'],
  ])('in %s, %.24s is refused: %s', (locale, text, reason) => {
    expect(parseAmount(text, numberFormatOf(locale))).toEqual({ ok: false, reason })
  })

  it('keep to the decimals of a currency where they are given', () => {
    const format = numberFormatOf('en-GB')
    expect(parseAmount('12.345', format, 2)).toEqual({ ok: false, reason: 'too-many-decimals' })
    expect(parseAmount('12.340', format, 2)).toEqual({ ok: true, value: 123_400n })
    expect(parseAmount('12.5', format, 0)).toEqual({ ok: false, reason: 'too-many-decimals' })
  })

  it('have the scale of what they measure', () => {
    const format = numberFormatOf('en-GB')
    expect(parseUnitPrice('0.000001', format)).toEqual({ ok: true, value: 1n })
    expect(parseQuantity('1.5', format)).toEqual({ ok: true, value: 1_500_000n })
    expect(parsePercent('9.975 %', format)).toEqual({ ok: true, value: 9_975_000n })
    expect(parsePercent('20', format)).toEqual({ ok: true, value: 20_000_000n })
    expect(parsePercent('%', format)).toEqual({ ok: false, reason: 'empty' })
    expect(parseExchangeRate('0.0000000001', format)).toEqual({ ok: true, value: 1n })
    expect(parseExchangeRate('0', format)).toEqual({ ok: false, reason: 'not-a-number' })
    expect(parseExchangeRate('-1.2', format)).toEqual({ ok: false, reason: 'not-a-number' })
  })

  it('read back what is shown, in any locale', () => {
    const locales = ['en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'ar-EG', 'fa-IR', 'pl-PL', 'es-ES', 'sv-SE', 'he-IL']
    fc.assert(
      fc.property(fc.constantFrom(...locales), fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (locale, units) => {
        const text = formatAmountFigures(amount(units), 2, locale)
        expect(parseAmount(text, numberFormatOf(locale)), text).toEqual({ ok: true, value: units })
      }),
      { numRuns: 2000 },
    )
  })
})

describe('shown numbers', () => {
  it.each([
    ['1234.5', 'EUR', 'de-DE', '1.234,50 €'],
    ['1234567.5', 'INR', 'en-IN', '₹12,34,567.50'],
    ['-12.3', 'GBP', 'en-GB', '-£12.30'],
    ['1234', 'JPY', 'en-US', '¥1,234'],
    ['1.234', 'KWD', 'en-US', 'KWD 1.234'],
    ['1.2345', 'CLF', 'en-US', 'CLF 1.2345'],
    ['5', 'ISK', 'en-US', 'ISK 5'],
    ['5', 'AFN', 'en-US', 'AFN 5.00'],
    ['12.345', 'EUR', 'en-GB', '€12.345'],
    ['922337203685477.5807', 'EUR', 'en-GB', '€922,337,203,685,477.5807'],
  ])('%s %s in %s is %s', (value, currency, locale, expected) => {
    expect(seen(formatAmount(amountOf(value), currency, locale))).toBe(expected)
  })

  it('have no zeros at the end of quantities, percentages and rates', () => {
    expect(formatQuantity(quantityOf('1.500'), 'en-GB')).toBe('1.5')
    expect(formatQuantity(quantityOf('2'), 'de-DE')).toBe('2')
    expect(formatPercent(percentOf('20'), 'en-GB')).toBe('20%')
    expect(seen(formatPercent(percentOf('9.975'), 'de-DE'))).toBe('9,975 %')
    expect(formatPercent(percentOf('0.000001'), 'en-GB')).toBe('0.000001%')
    expect(formatExchangeRate(exchangeRateOf('1.0856000001'), 'en-GB')).toBe('1.0856000001')
  })

  it('show all decimals of a price', () => {
    expect(formatUnitPrice(unitPriceOf('0.275'), 'SEK', 'en-GB')).toBe('SEK\u00a00.275')
    expect(formatUnitPrice(unitPriceOf('10'), 'GBP', 'en-GB')).toBe('£10.00')
  })
})
