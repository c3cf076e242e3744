import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  indexWorld,
  type MatchInvoice,
  type MatchLine,
  type MatchWorld,
  proposalsFor,
  sureScore,
} from '../../electron/features/bank/matching.ts'
import { nameKey, nameLikeness, nameWords, numbersIn } from '../../electron/features/bank/words.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { amount } from '../../shared/money/scaled.ts'

const line = (overrides: Partial<MatchLine> = {}): MatchLine => ({
  bookedOn: '2026-11-20',
  amountE4: amountOf('120'),
  currency: 'GBP',
  counterpartyName: null,
  counterpartyKey: null,
  structuredReference: null,
  endToEndReference: null,
  purpose: '',
  ...overrides,
})
const invoice = (id: string, number: string, clientId: string, open = '120', more: Partial<MatchInvoice> = {}) => ({
  id,
  number,
  clientId,
  currency: 'GBP',
  openE4: amountOf(open),
  issuedOn: '2026-10-01',
  dueOn: '2026-10-31',
  reference: null,
  ...more,
})
const clients = [
  { id: 'c1', name: 'Rosewood Bakery Ltd' },
  { id: 'c2', name: 'Harbour Joinery GmbH' },
]
const world = (invoices: readonly MatchInvoice[], rules: MatchWorld['rules'] = []): MatchWorld => ({
  clients,
  invoices,
  rules,
})
const best = (said: Partial<MatchLine>, known: MatchWorld) => proposalsFor(line(said), indexWorld(known))[0]

describe('a proposal', () => {
  const open = world([
    invoice('i1', 'INV-2026-0042', 'c1'),
    invoice('i2', 'INV-2026-0043', 'c1', '80'),
    invoice('i3', 'INV-2026-0044', 'c2', '55.50', { reference: 'PO-7781' }),
  ])

  test.each([
    ['as written', { purpose: 'Payment INV-2026-0042 thank you' }],
    ['with other signs', { purpose: 'rg.inv 2026/0042' }],
    ['as the end-to-end reference', { endToEndReference: 'inv20260042' }],
    ['inside a creditor reference', { structuredReference: 'RF45 INV2 0260 042' }],
  ])('finds the number %s', (_, said) => {
    const found = best(said, open)
    expect(found).toMatchObject({ clientId: 'c1', allocations: [{ invoiceId: 'i1', amountE4: amountOf('120') }] })
    expect(found?.score).toBeGreaterThanOrEqual(sureScore)
  })

  test('does not take a part of a longer number for the number', () => {
    expect(best({ purpose: 'INV-2026-00421', amountE4: amountOf('1') }, open)).toBeUndefined()
    expect(best({ purpose: '20260042', amountE4: amountOf('120') }, open)?.reasons[0]).toContain(
      'digits of INV-2026-0042',
    )
  })

  test('splits over the invoices that are named, oldest first, and leaves the rest as credit', () => {
    const both = { purpose: 'INV-2026-0043 INV-2026-0042' }
    expect(best({ ...both, amountE4: amountOf('200') }, open)).toMatchObject({ score: 85 })
    const more = best({ ...both, amountE4: amountOf('250') }, open)
    expect(more?.allocations.map((it) => it.amountE4)).toEqual([amountOf('120'), amountOf('80')])
    expect(more?.reasons.join(' ')).toContain('rest would stay as credit')
  })

  test('finds the order of the client, the payer by name, and what was learned', () => {
    expect(best({ purpose: 'po 7781', amountE4: amountOf('55.5') }, open)).toMatchObject({ clientId: 'c2' })
    expect(best({ counterpartyName: 'ROSEWOOD BAKERY' }, open)).toMatchObject({ clientId: 'c1', score: 70 })
    const learned = world(open.invoices, [{ kind: 'account', key: 'DE02', clientId: 'c2' }])
    expect(best({ counterpartyKey: 'DE02', amountE4: amountOf('55.5') }, learned)).toMatchObject({
      clientId: 'c2',
      score: 80,
      reasons: [
        'The amount is exactly what is open of INV-2026-0044.',
        'Harbour Joinery GmbH has paid from this account before.',
      ],
    })
  })

  test('of an amount alone is a guess, and of one that fits two clients never sure', () => {
    expect(best({}, open)?.score).toBe(40)
    const twins = world([invoice('i1', 'A-1001', 'c1'), invoice('i2', 'A-1002', 'c2')])
    expect(best({ purpose: 'A-1001 A-1002' }, twins)?.score).toBeLessThan(sureScore)
  })

  test('is not made for money out or for another currency', () => {
    expect(best({ amountE4: amountOf('-120'), purpose: 'INV-2026-0042' }, open)).toBeUndefined()
    expect(best({ currency: 'EUR', purpose: 'INV-2026-0042' }, open)).toBeUndefined()
  })
})

test('names are compared by their telling words', () => {
  expect(nameKey('Müller & Söhne GmbH')).toBe(nameKey('SOEHNE MULLER'.replace('SOEHNE', 'SOHNE')))
  expect(nameLikeness(nameWords('Rosewood Bakery Ltd'), nameWords('Bakery Rosewood'))).toBe(100)
  expect(nameLikeness(nameWords('A B'), nameWords('B A'))).toBe(0)
  expect(numbersIn('Invoice INV-2026-0042.').has('INV20260042')).toBe(true)
})

const invoices = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 40 }).map((it) => `i${it}`),
    clientId: fc.constantFrom('c1', 'c2'),
    open: fc.bigInt({ min: 1n, max: 5_000_000n }),
  }),
  { selector: (it) => it.id, maxLength: 12 },
)

test('never allocates more than came in or than is open, and does not depend on the order of the invoices', () => {
  fc.assert(
    fc.property(
      invoices,
      fc.bigInt({ min: 1n, max: 9_000_000n }),
      fc.constantFrom('', 'Rosewood Bakery', 'Harbour'),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
      (made, value, counterpartyName, named) => {
        const known = made.map((it) =>
          invoice(it.id, `N-${1000 + Number(it.id.slice(1))}`, it.clientId, '1', { openE4: amount(it.open) }),
        )
        const said = line({
          amountE4: amount(value),
          counterpartyName,
          purpose: named.map((it) => `N-${1000 + it}`).join(' '),
        })
        const found = proposalsFor(said, indexWorld(world(known)))
        expect(proposalsFor(said, indexWorld(world([...known].reverse())))).toEqual(found)
        for (const proposal of found) {
          expect(proposal.score).toBeGreaterThanOrEqual(20)
          expect(proposal.score).toBeLessThanOrEqual(100)
          expect(proposal.reasons.length).toBeGreaterThan(0)
          const total = proposal.allocations.reduce<bigint>((sum, it) => sum + it.amountE4, 0n)
          expect(total <= value).toBe(true)
          for (const part of proposal.allocations) {
            const own = known.find((it) => it.id === part.invoiceId)
            expect(own?.clientId).toBe(proposal.clientId)
            expect(part.amountE4 > 0n && part.amountE4 <= (own?.openE4 ?? 0n)).toBe(true)
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})
