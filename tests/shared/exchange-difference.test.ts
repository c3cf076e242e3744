import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exchangeDifferences, type Settlement } from '../../shared/documents/exchange-difference.ts'
import { convert, subtract, sum } from '../../shared/money/arithmetic.ts'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { roundingModes } from '../../shared/money/rounding.ts'
import { amount, exchangeRate } from '../../shared/money/scaled.ts'
import { times } from '../support/scale.ts'

const part = (id: string, amountText: string, source: string | null, rate = '0.85'): Settlement => ({
  id,
  invoiceId: 'invoice',
  invoiceRateE10: exchangeRateOf('0.87'),
  source: source === null ? null : { id: source, rateE10: exchangeRateOf(rate) },
  amountE4: amountOf(amountText),
})

describe('the realised exchange difference', () => {
  test('of one payment of a whole invoice is the difference of their base amounts', () => {
    // 120.00 at 0.87 was 104.40, and came as 102.00 at 0.85.
    expect(exchangeDifferences([part('a', '120', 'p')], 2, 'half-up').get('a')).toBe(amountOf('-2.40'))
  })

  test('of a write-off is none, and it takes its part of the invoice', () => {
    const both = exchangeDifferences([part('a', '119.99', 'p'), part('b', '0.01', null)], 2, 'half-up')
    // 119.99 at 0.85 is 101.99, and of the invoice 104.39 are settled by it.
    expect([...both.values()]).toEqual([amountOf('-2.40'), 0n])
  })

  test('adds up over the parts to that of the whole, for any parts, rates and rounding', () => {
    const rates = fc.bigInt({ min: 1n, max: 1_000_000_000_000n }).map(exchangeRate)
    const parts = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.bigInt({ min: 1n, max: 10_000_000n })), {
      minLength: 1,
      maxLength: 12,
    })
    const four = fc.array(rates, { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(
        parts,
        four,
        four,
        fc.constantFrom(0, 2, 3, 4),
        fc.constantFrom(...roundingModes),
        (all, of, at, units, mode) => {
          const rate = (list: typeof of, index: number) => list[index] ?? exchangeRate(1n)
          const settlements = all.map(
            ([source, invoice, value], index): Settlement => ({
              id: `${index}`,
              invoiceId: `${invoice}`,
              invoiceRateE10: rate(of, invoice),
              source: { id: `${source}`, rateE10: rate(at, source) },
              amountE4: amount(value * 100n),
            }),
          )
          const differences = exchangeDifferences(settlements, units, mode)
          const totals = (
            keyOf: (it: Settlement) => string,
            rateOf: (it: Settlement) => ReturnType<typeof exchangeRate>,
          ) => {
            const keys = [...new Set(settlements.map(keyOf))]
            return sum(
              keys.map((key) => {
                const own = settlements.filter((it) => keyOf(it) === key)
                const [first] = own
                return first === undefined
                  ? amount(0n)
                  : convert(sum(own.map((it) => it.amountE4)), rateOf(first), units, mode)
              }),
            )
          }
          const came = totals(
            (it) => it.source?.id ?? '',
            (it) => it.source?.rateE10 ?? exchangeRate(1n),
          )
          const invoiced = totals(
            (it) => it.invoiceId,
            (it) => it.invoiceRateE10,
          )
          expect(sum([...differences.values()])).toBe(subtract(came, invoiced))
        },
      ),
      { numRuns: times(3000) },
    )
  })
})
