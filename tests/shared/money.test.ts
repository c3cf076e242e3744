import { describe, expect, it } from 'vitest'
import { allocate } from '../../shared/money/allocate.ts'
import { add, compare, convert, convertParts, negate, split, subtract, sum } from '../../shared/money/arithmetic.ts'
import { cashStepOf } from '../../shared/money/cash-rounding.ts'
import { activeCurrencies, findCurrency, minorUnitsOf } from '../../shared/money/currencies.ts'
import { amountOf, exchangeRateOf, toDecimalString } from '../../shared/money/decimal-string.ts'
import { divideRounded, roundingModes, roundToMinor, roundToStep } from '../../shared/money/rounding.ts'
import { amount, zero } from '../../shared/money/scaled.ts'

const shown = (value: bigint) => toDecimalString(value, 4, 2)

describe('rounding', () => {
  it.each([
    // value in tenths: half-up, half-even, up, down
    [5n, 1n, 0n, 1n, 0n],
    [15n, 2n, 2n, 2n, 1n],
    [25n, 3n, 2n, 3n, 2n],
    [21n, 2n, 2n, 3n, 2n],
    [26n, 3n, 3n, 3n, 2n],
    [20n, 2n, 2n, 2n, 2n],
    [0n, 0n, 0n, 0n, 0n],
  ])('takes %i tenths to %i, %i, %i, %i', (tenths, ...expected) => {
    expect(roundingModes.map((mode) => divideRounded(tenths, 10n, mode))).toEqual(expected)
    expect(roundingModes.map((mode) => -divideRounded(-tenths, 10n, mode))).toEqual(expected)
    expect(roundingModes.map((mode) => -divideRounded(tenths, -10n, mode))).toEqual(expected)
  })

  it('is exact where floats are not', () => {
    expect(shown(roundToMinor(amountOf('1.005'), 2, 'half-up'))).toBe('1.01')
    expect(shown(roundToMinor(amountOf('-2.5'), 0, 'half-up'))).toBe('-3.00')
    expect(shown(roundToMinor(amountOf('-0.125'), 2, 'half-up'))).toBe('-0.13')
  })

  it.each([
    ['12.32', '12.30'],
    ['12.325', '12.35'],
    ['12.37', '12.35'],
    ['12.375', '12.40'],
  ])('rounds CHF %s to %s in cash', (value, expected) => {
    expect(shown(roundToStep(amountOf(value), cashStepOf('CHF', 'CH') ?? zero, 'half-up'))).toBe(expected)
  })

  it('refuses a zero denominator, a step of zero and decimals that no currency has', () => {
    expect(() => divideRounded(1n, 0n, 'up')).toThrow(/denominator/)
    expect(() => roundToStep(amountOf('1'), zero, 'up')).toThrow(/greater than zero/)
    expect(() => roundToMinor(amountOf('1'), 5, 'up')).toThrow(/0 to 4 decimals/)
    expect(() => roundToMinor(amountOf('1'), 1.5, 'up')).toThrow(/0 to 4 decimals/)
  })
})

describe('allocation', () => {
  it.each([
    [10000n, [1n, 1n, 1n], [3334n, 3333n, 3333n]],
    [5n, [3n, 7n], [2n, 3n]],
    [-5n, [3n, 7n], [-2n, -3n]],
    [100n, [0n, 1n, 0n], [0n, 100n, 0n]],
    [1n, [0n, 5n, 5n], [0n, 1n, 0n]],
    [10n, [-1n, 3n], [-5n, 15n]],
    [0n, [], []],
  ])('splits %s by %s into %s', (total, weights, expected) => {
    expect(allocate(total, weights)).toEqual(expected)
  })

  it('refuses to split something over nothing', () => {
    expect(() => allocate(1n, [0n, 0n])).toThrow(/sum to zero/)
    expect(() => allocate(1n, [])).toThrow(/sum to zero/)
  })

  it('splits amounts in the smallest unit of their currency', () => {
    expect(split(amountOf('100'), [1n, 1n, 1n], 2).map(shown)).toEqual(['33.34', '33.33', '33.33'])
    expect(split(amountOf('100'), [1n, 1n, 1n], 0).map(shown)).toEqual(['34.00', '33.00', '33.00'])
    expect(() => split(amountOf('0.005'), [1n], 2)).toThrow(/more than 2 decimals/)
  })
})

describe('arithmetic', () => {
  it('adds, subtracts, negates, sums and compares', () => {
    const [a, b] = [amountOf('0.1'), amountOf('0.2')]
    expect(shown(add(a, b))).toBe('0.30')
    expect(shown(subtract(a, b))).toBe('-0.10')
    expect(shown(negate(a))).toBe('-0.10')
    expect(shown(sum([a, b, b]))).toBe('0.50')
    expect(sum([])).toBe(0n)
    expect([compare(a, b), compare(b, a), compare(a, a)]).toEqual([-1, 1, 0])
  })

  it('converts a total once and makes the parts sum to it', () => {
    const rate = exchangeRateOf('0.8567')
    const parts = ['33.33', '33.33', '33.33'].map(amountOf)
    const total = convert(sum(parts), rate, 2, 'half-up')
    expect(shown(total)).toBe('85.66')
    expect(convertParts(parts, rate, 2, 'half-up').map(shown)).toEqual(['28.56', '28.55', '28.55'])
    expect(parts.map((part) => shown(convert(part, rate, 2, 'half-up')))).toEqual(['28.55', '28.55', '28.55'])
  })

  it('keeps ten digits of a rate', () => {
    expect(shown(convert(amountOf('1000000'), exchangeRateOf('0.0000000123'), 4, 'half-up'))).toBe('0.0123')
  })
})

describe('currencies', () => {
  it.each([
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 'CLF UYW'],
  ])('with %i decimals are those of ISO 4217', (minorUnits, codes) => {
    const found = activeCurrencies.filter((it) => it.minorUnits === minorUnits).map((it) => it.code)
    expect(found.join(' ')).toBe(codes)
  })

  it('follow ISO 4217 where locale data shows fewer decimals', () => {
    for (const code of ['AFN', 'ALL', 'MMK', 'RSD', 'YER']) expect(minorUnitsOf(code)).toBe(2)
  })

  it('are none for metals, test codes and nonsense', () => {
    for (const code of ['XAU', 'XXX', 'eur', 'EURO', '']) expect(findCurrency(code)).toBeNull()
    expect(() => minorUnitsOf('EURO')).toThrow(/"EURO" is not a currency of ISO 4217/)
  })

  it('include withdrawn ones for old documents, but not to choose', () => {
    expect(findCurrency('HRK')).toMatchObject({ active: false, minorUnits: 2 })
    expect(activeCurrencies.some((it) => it.code === 'HRK')).toBe(false)
  })

  it('round cash by currency and country', () => {
    expect(cashStepOf('EUR', 'NL')).toBe(500n)
    expect(cashStepOf('EUR', 'DE')).toBeNull()
    expect(cashStepOf('SEK', 'SE')).toBe(10_000n)
    expect(cashStepOf('GBP', 'GB')).toBeNull()
  })
})

it('an amount of the largest column keeps every digit', () => {
  expect(toDecimalString(amount(9_223_372_036_854_775_807n), 4)).toBe('922337203685477.5807')
})
