import { describe, expect, test } from 'vitest'
import {
  type CreditChoice,
  firstChoice,
  leftAfter,
  scopeOf,
} from '../../renderer/features/invoices/issued/credit-scope.ts'
import { conversionOf } from '../../renderer/features/quotes/issued/conversion-choice.ts'
import { amountOf, percentOf, quantityOf } from '../../shared/money/decimal-string.ts'

const left = {
  lines: [
    { lineId: 'a', name: 'Chairs', quantityE6: quantityOf('4'), leftE6: quantityOf('3'), leftNetE4: amountOf('150') },
  ],
  netE4: amountOf('150'),
  taxE4: amountOf('30'),
  totalE4: amountOf('180'),
  byLine: true,
}
const [chairs] = left.lines

describe('what of an invoice is credited', () => {
  const choice = firstChoice(left)
  const staying = (change: Partial<CreditChoice>) =>
    chairs === undefined ? null : leftAfter(chairs, { ...choice, ...change })

  test('begins with everything that is left', () => {
    expect(scopeOf(choice)).toEqual({ kind: 'whole' })
    expect(choice.amountE4).toBe(amountOf('180'))
    expect(staying({})).toBe(0n)
  })

  test('asks nothing while nothing is chosen', () => {
    for (const kind of ['lines', 'quantities'] as const) expect(scopeOf({ ...choice, kind })).toBeNull()
    expect(scopeOf({ ...choice, kind: 'quantities', quantities: new Map([['a', quantityOf('0')]]) })).toBeNull()
    for (const amountE4 of [null, amountOf('0'), amountOf('-5')]) {
      expect(scopeOf({ ...choice, kind: 'amount', amountE4 })).toBeNull()
    }
  })

  test('tells what stays of each line, below zero where it is too much', () => {
    const quantities = (text: string) => ({
      kind: 'quantities' as const,
      quantities: new Map([['a', quantityOf(text)]]),
    })
    expect(staying({ kind: 'lines' })).toBe(quantityOf('3'))
    expect(staying({ kind: 'lines', lineIds: new Set(['a']) })).toBe(0n)
    expect(staying(quantities('1'))).toBe(quantityOf('2'))
    expect(staying(quantities('5'))).toBe(quantityOf('-2'))
    expect(scopeOf({ ...choice, ...quantities('1') })).toEqual({
      kind: 'quantities',
      lines: [{ lineId: 'a', quantityE6: quantityOf('1') }],
    })
  })
})

describe('what of a quote is invoiced', () => {
  const choice = { kind: 'final' as const, quantities: new Map([['a', quantityOf('2')]]), percentE6: percentOf('30') }

  test('keeps what was typed for each way', () => {
    expect(conversionOf(choice)).toEqual({ kind: 'final' })
    expect(conversionOf({ ...choice, kind: 'deposit' })).toEqual({ kind: 'deposit', percentE6: percentOf('30') })
    expect(conversionOf({ ...choice, kind: 'lines' })).toEqual({
      kind: 'lines',
      lines: [{ lineId: 'a', quantityE6: quantityOf('2') }],
    })
  })

  test('asks nothing while nothing is chosen', () => {
    expect(conversionOf({ ...choice, kind: 'lines', quantities: new Map() })).toBeNull()
    expect(conversionOf({ ...choice, kind: 'percentage', percentE6: null })).toBeNull()
    expect(conversionOf({ ...choice, kind: 'percentage', percentE6: percentOf('0') })).toBeNull()
  })
})
