import { negate } from '../../../../shared/money/arithmetic.ts'
import { divideRounded } from '../../../../shared/money/rounding.ts'
import { quantity, unitPrice } from '../../../../shared/money/scaled.ts'
import type { InvoiceLineRecord, InvoiceRecord } from '../records.ts'

const turnedLine = (line: InvoiceLineRecord): InvoiceLineRecord =>
  line.quantityE6 < 0n
    ? { ...line, quantityE6: quantity(-line.quantityE6) }
    : { ...line, priceE6: unitPrice(-line.priceE6) }

const sumOfLines = ({ lines }: InvoiceRecord): bigint =>
  lines.reduce((sum, line) => sum + divideRounded(line.quantityE6 * line.priceE6, 100_000_000n, 'half-up'), 0n)

/**
 * A document below zero as the credit note that it is, with amounts above zero as ours have them; others stay as they
 * are. Some products write credit notes below zero, others say it by their type alone.
 */
export const turnedAround = (record: InvoiceRecord): InvoiceRecord => {
  if ((record.totalE4 ?? sumOfLines(record)) >= 0n) return record
  return {
    ...record,
    kind: 'credit-note',
    lines: record.lines.map(turnedLine),
    shippingE4: record.shippingE4 === null ? null : negate(record.shippingE4),
    adjustmentE4: record.adjustmentE4 === null ? null : negate(record.adjustmentE4),
    totalE4: record.totalE4 === null ? null : negate(record.totalE4),
  }
}
