import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allocated,
  allocationProblems,
  amountInCash,
  oldestInCash,
  roundingOf,
} from '../../renderer/documents/credit/allocation.ts'
import { cashDue } from '../../shared/money/cash-rounding.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { amount, zero } from '../../shared/money/scaled.ts'

const step = amountOf('0.05')
const open = (...sums: string[]) => sums.map((text, index) => ({ id: `i${index}`, openE4: amountOf(text) }))

test('the rounded sum of the first invoices pays those whole', () => {
  const invoices = open('12.33', '20.01', '5.00')
  expect([...oldestInCash(amountOf('12.35'), invoices, step)]).toEqual([['i0', amountOf('12.33')]])
  expect([...oldestInCash(amountOf('32.35'), invoices, step)].map(([id]) => id)).toEqual(['i0', 'i1'])
  expect(allocated(oldestInCash(amountOf('32.35'), invoices, step))).toBe(amountOf('32.34'))
  // Less than the first is a part of it, and no rounding.
  expect([...oldestInCash(amountOf('10'), invoices, step)]).toEqual([['i0', amountOf('10')]])
  expect([...oldestInCash(amountOf('12.35'), invoices, null)]).toEqual([
    ['i0', amountOf('12.33')],
    ['i1', amountOf('0.02')],
  ])
})

test('a rounding down is no problem, anything else above what came is', () => {
  const invoices = open('12.32')
  const all = new Map([['i0', amountOf('12.32')]])
  expect(allocationProblems(amountOf('12.30'), invoices, all, step).total).toBeNull()
  expect(allocationProblems(amountOf('12.30'), invoices, all).total).not.toBeNull()
  expect(allocationProblems(amountOf('12.25'), invoices, all, step).total).not.toBeNull()
  expect(roundingOf(amountOf('12.30'), invoices, all, step)).toBe(amountOf('-0.02'))
  expect(roundingOf(amountOf('12.30'), invoices, new Map([['i0', amountOf('12.31')]]), step)).toBe(zero)
})

test('what is due becomes what is asked for in coins and back; another amount stays', () => {
  const due = amountOf('12.33')
  expect(amountInCash(due, due, null, step)).toBe(amountOf('12.35'))
  expect(amountInCash(amountOf('12.35'), due, step, null)).toBe(due)
  expect(amountInCash(amountOf('12.35'), due, step, amountOf('1'))).toBe(amountOf('12'))
  expect(amountInCash(amountOf('10'), due, null, step)).toBe(amountOf('10'))
})

test('what is proposed for the rounded sum of all leaves nothing over', () => {
  const sums = fc.array(fc.bigInt({ min: 1n, max: 10n ** 8n }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(sums, fc.constantFrom(500n, 1_000n, 5_000n, 10_000n, 50_000n), (cents, coin) => {
      const invoices = cents.map((it, index) => ({ id: String(index), openE4: amount(it * 100n) }))
      const due = amount(invoices.reduce((all, it) => all + it.openE4, 0n))
      const received = cashDue(due, amount(coin))
      if (received <= 0n) return
      const parts = oldestInCash(received, invoices, amount(coin))
      const rounding = roundingOf(received, invoices, parts, amount(coin))
      expect(allocationProblems(received, invoices, parts, amount(coin)).total).toBeNull()
      expect(allocated(parts) + rounding).toBe(received)
    }),
  )
})
