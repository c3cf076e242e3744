import { describe, expect, it } from 'vitest'
import { calculateDocument } from '../../shared/documents/calculate.ts'
import type { DocumentTotals } from '../../shared/documents/model.ts'
import { amountOf, toDecimalString } from '../../shared/money/decimal-string.ts'
import { adjustment, documentAdjustment, documentOf, line, tax } from './document-cases.ts'

/**
 * Faults measured in the nearest comparable product, by running its own models: each is a bar to pass. The one about
 * half-posted documents is tested where documents are issued.
 */
const shown = (value: bigint) => toDecimalString(value, 4, 2)
const rows = (it: DocumentTotals) =>
  it.taxes.map(
    (row) => `${row.name} ${toDecimalString(row.rateE6, 6)} % of ${shown(row.taxableE4)} = ${shown(row.taxE4)}`,
  )

const gst18 = [tax('18', 'GST')]

describe('a discount of 10 on 100 at 18 %', () => {
  it('on the item, before tax, comes to 106.20', () => {
    const discounted = line('100', gst18, { adjustments: [adjustment('allowance', { amount: '10' })] })
    const it = calculateDocument(documentOf([discounted]))
    expect(shown(it.payableE4)).toBe('106.20')
    expect(rows(it)).toEqual(['GST 18 % of 90.00 = 16.20'])
  })

  it.each([null, gst18])('on the invoice, before tax, comes to 106.20 too, and not to 108', (taxes) => {
    const adjustments = [documentAdjustment('allowance', { amount: '10' }, taxes)]
    const it = calculateDocument(documentOf([line('100', gst18)], { adjustments }))
    expect(shown(it.payableE4)).toBe('106.20')
    expect(rows(it)).toEqual(['GST 18 % of 90.00 = 16.20'])
  })

  it.each([{ amount: '10' }, { percent: '10' }])(
    'on the invoice, after tax, leaves the tax rows and comes to 108',
    (value) => {
      const adjustments = [documentAdjustment('allowance', value, [])]
      const it = calculateDocument(documentOf([line('100', gst18)], { adjustments }))
      expect(rows(it)).toEqual(['GST 18 % of 100.00 = 18.00'])
      expect(shown(it.payableE4)).toBe('108.00')
    },
  )

  it('as a payment already made leaves the total and comes to 108', () => {
    const it = calculateDocument(documentOf([line('100', gst18)], { prepaidE4: amountOf('10') }))
    expect([it.totalE4, it.payableE4].map(shown)).toEqual(['118.00', '108.00'])
  })
})

it('two rates of one tax are two rows', () => {
  const it = calculateDocument(documentOf([line('100', [tax('18', 'IGST')]), line('1000', [tax('5', 'IGST')])]))
  expect(rows(it)).toEqual(['IGST 18 % of 100.00 = 18.00', 'IGST 5 % of 1000.00 = 50.00'])
})
