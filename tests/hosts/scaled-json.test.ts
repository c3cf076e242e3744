import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromPlainJson, toPlainJson } from '../../electron/cli/scaled-json.ts'
import { amountField, exchangeRateField, quantityField } from '../../shared/contract/fields.ts'

const schema = z.object({
  totalE4: amountField,
  lines: z.array(z.object({ quantityE6: quantityField, note: z.string().nullable().default(null) })),
  rates: z.record(z.string(), exchangeRateField),
  maybeE4: amountField.nullable().optional(),
  picture: z.union([z.instanceof(Uint8Array), z.null()]),
  either: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sum'), valueE4: amountField }),
    z.object({ kind: z.literal('text'), value: z.string() }),
  ]),
})

const scaled = (max: bigint) => fc.bigInt({ min: -max, max })
const values = fc.record({
  totalE4: scaled(10n ** 18n),
  lines: fc.array(fc.record({ quantityE6: scaled(10n ** 18n), note: fc.option(fc.string()) }), { maxLength: 5 }),
  rates: fc.dictionary(fc.constantFrom('EUR', 'USD', 'JPY'), fc.bigInt({ min: 1n, max: 10n ** 18n })),
  maybeE4: fc.option(scaled(10n ** 18n)),
  picture: fc.option(fc.uint8Array({ maxLength: 40 })),
  either: fc.oneof(
    fc.record({ kind: fc.constant('sum' as const), valueE4: scaled(10n ** 18n) }),
    fc.record({ kind: fc.constant('text' as const), value: fc.string() }),
  ),
})

describe('JSON of the command line', () => {
  it('gives back every value digit for digit', () => {
    fc.assert(
      fc.property(values, (value) => {
        const json: unknown = JSON.parse(JSON.stringify(toPlainJson(schema, value)))
        const back = fromPlainJson(schema, json)
        expect(schema.safeParse(back)).toMatchObject({ success: true })
        expect(back).toEqual(value)
      }),
      { numRuns: 1000 },
    )
  })

  it('writes all decimals of the scale', () => {
    expect(toPlainJson(amountField, -5n)).toBe('-0.0005')
    expect(toPlainJson(quantityField, 1_500_000n)).toBe('1.500000')
    expect(toPlainJson(exchangeRateField, 12_345_678_901n)).toBe('1.2345678901')
  })

  it('reads the scale from the name where no schema says it', () => {
    expect(toPlainJson(z.record(z.string(), z.unknown()), { totalE4: 12_3456n, count: 7n })).toEqual({
      totalE4: '12.3456',
      count: '7',
    })
  })

  it('takes whole JSON numbers, and refuses those that a float may have changed', () => {
    expect(fromPlainJson(amountField, 12)).toBe(120_000n)
    expect(() => fromPlainJson(amountField, 12.5)).toThrow(/as a string/)
    expect(() => fromPlainJson(amountField, 2 ** 60)).toThrow(/as a string/)
  })

  it('refuses what is not base64 where bytes belong', () => {
    expect(() => fromPlainJson(z.object({ file: z.instanceof(Uint8Array) }), { file: 'no base64!' })).toThrow(/base64/)
  })
})
