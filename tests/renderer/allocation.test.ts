import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocated, allocationProblems, oldestFirst } from '../../renderer/documents/credit/allocation.ts'
import { smaller } from '../../shared/money/arithmetic.ts'
import { amount } from '../../shared/money/scaled.ts'

const invoices = [
  { id: 'old', openE4: amount(1_000_000n) },
  { id: 'newer', openE4: amount(500_000n) },
]

describe('allocation of a payment', () => {
  test('oldest first pays in full as long as the money lasts', () => {
    expect([...oldestFirst(amount(1_200_000n), invoices)]).toEqual([
      ['old', 1_000_000n],
      ['newer', 200_000n],
    ])
    expect([...oldestFirst(amount(0n), invoices)]).toEqual([])
  })

  test('never more than the payment, never more than is open, and as much of it as there is room for', () => {
    const openAmounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 20 })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), openAmounts, (received, open) => {
        const rows = open.map((openE4, index) => ({ id: `${index}`, openE4: amount(openE4) }))
        const parts = oldestFirst(amount(received), rows)
        const room = open.reduce((sum, it) => sum + it, 0n)
        expect(allocated(parts)).toBe(smaller(amount(received), amount(room)))
        expect(allocationProblems(amount(received), rows, parts)).toEqual({ rows: new Map(), total: null })
      }),
    )
  })

  test('too much for an invoice, too much in all, and a negative part are told', () => {
    const parts = new Map([
      ['old', amount(1_000_001n)],
      ['newer', amount(-1n)],
    ])
    const problems = allocationProblems(amount(900_000n), invoices, parts)
    expect(problems.rows.get('old')).toMatch(/More than is open/)
    expect(problems.rows.get('newer')).toMatch(/above zero/)
    expect(problems.total).toMatch(/More is allocated/)
  })
})
