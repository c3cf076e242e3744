import { toDecimalString } from '../money/decimal-string.ts'
import { formatAmount } from '../money/format.ts'
import { amount, digits } from '../money/scaled.ts'
import type { Credited, Left } from './credit-left.ts'
import { unitOf, within } from './credit-parts.ts'
import { rowKey } from './tax-sets.ts'

/**
 * What of a credit note is more than is left of its invoice, by the path of its field; nothing where all of it fits.
 * A draft may have been written before another credit note was issued, so this is asked again at its issue.
 */
export const beyondLeft = (left: Left, { content, totals }: Credited): Readonly<Record<string, string>> => {
  const problems: Record<string, string> = {}
  const text = (value: bigint) => formatAmount(amount(value), content.currency, 'en')
  const lines = new Map(left.lines.map((it) => [it.line.id, it]))
  for (const [index, line] of content.lines.entries()) {
    const own = line.invoiceLineId === null ? undefined : lines.get(line.invoiceLineId)
    if (own === undefined) continue
    const netE4 = totals.lines[index]?.netE4 ?? 0n
    if (within(netE4, own.netE4) !== netE4)
      problems[`lines.${index}.priceE6`] = `“${own.line.name}” has ${text(own.netE4)} left to credit.`
    if (within(line.quantityE6, own.quantityE6) !== line.quantityE6) {
      const most = toDecimalString(own.quantityE6, digits.quantity)
      problems[`lines.${index}.quantityE6`] = `“${own.line.name}” has ${most} left to credit.`
    }
  }
  const rows = new Map(left.rows.map((row) => [row.key, row]))
  for (const row of totals.taxes) {
    const most = rows.get(rowKey(row))?.taxE4 ?? 0n
    if (within(row.taxE4, most) === row.taxE4) continue
    const name = `${row.name} ${toDecimalString(row.rateE6, digits.percent)} %`
    problems['lines'] = `${name} has ${text(most)} left to credit, and this comes to ${text(row.taxE4)}.`
  }
  if (totals.totalE4 > left.totalE4)
    problems['lines'] = `${text(totals.totalE4)} is more than the ${text(left.totalE4)} left of the invoice.`
  return problems
}

/**
 * Whether the taxes that a credit note was given are those of its amounts but for what rounding leaves: nobody changes
 * tax by hand.
 */
export const hasOwnTaxes = (left: Left, { content, totals }: Credited, natural: Credited['totals']): boolean => {
  const most = unitOf(content) * BigInt((left.earlier + 1) * (left.lines.length + left.adjustments.length + 1))
  return totals.taxes.every((row, index) => {
    const difference = row.taxE4 - (natural.taxes[index]?.taxE4 ?? 0n)
    return difference <= most && -difference <= most
  })
}
