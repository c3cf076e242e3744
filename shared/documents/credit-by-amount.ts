import type { CreditNoteContent } from '../contract/credit-notes.ts'
import { AppError } from '../errors.ts'
import { allocate } from '../money/allocate.ts'
import { formatAmount } from '../money/format.ts'
import type { Amount } from '../money/scaled.ts'
import type { CreditedInvoice, Left } from './credit-left.ts'
import { amountLine, type CreditFrame, emptyCredit, mirrored, totalsOfCredit, unitOf } from './credit-parts.ts'
import { taxInput } from './from-content.ts'
import { rowKey } from './tax-sets.ts'

type Share = { readonly nets: readonly bigint[]; readonly taxes: readonly bigint[]; readonly isRest: boolean }

// One line for each set of taxes that gives something back, and for each row of tax that no other line has.
const shareContent = (invoice: CreditedInvoice, left: Left, share: Share, frame: CreditFrame): CreditNoteContent => {
  const taken = new Set<number>()
  for (const [index, net] of share.nets.entries()) if (net !== 0n) taken.add(index)
  for (const [index, row] of left.rows.entries()) {
    if ((share.taxes[index] ?? 0n) === 0n) continue
    const has = left.sets.map((set) => set.taxes.some((tax) => rowKey(taxInput(tax)) === row.key))
    if (!has.some((it, at) => it && taken.has(at))) taken.add(has.indexOf(true))
  }
  const lines = left.sets.flatMap((set, index) =>
    taken.has(index) ? [amountLine(frame.texts.amount, [...set.taxes], share.nets[index] ?? 0n, frame)] : [],
  )
  const bare = { ...emptyCredit(invoice, frame), pricesIncludeTax: false, lines }
  const own = new Map(totalsOfCredit(bare, invoice).taxes.map((row) => [rowKey(row), row.taxableE4]))
  const targets = new Map(
    left.rows.map((row, index) => [
      row.key,
      {
        taxableE4: share.isRest ? row.taxableE4 : (own.get(row.key) ?? 0n),
        taxE4: share.taxes[index] ?? 0n,
      },
    ]),
  )
  return mirrored(bare, targets, invoice)
}

/** Everything that is left, without regard to lines: one line for each set of taxes. */
export const restContent = (invoice: CreditedInvoice, left: Left, frame: CreditFrame): CreditNoteContent =>
  shareContent(
    invoice,
    left,
    { nets: left.sets.map((set) => set.netE4), taxes: left.rows.map((row) => row.taxE4), isRest: true },
    frame,
  )

/**
 * An amount with tax, in which each net and each tax has the share that it has in what is left (largest remainder), so
 * that none gives back more than is left of it. AppError OVER_ALLOCATED beyond what is left, VALIDATION for an amount
 * finer than the currency.
 */
export const amountContent = (
  invoice: CreditedInvoice,
  left: Left,
  amountE4: Amount,
  frame: CreditFrame,
): CreditNoteContent => {
  const { currency } = invoice.content
  const unitE4 = unitOf(invoice.content)
  if (amountE4 > left.totalE4) {
    const text = (value: Amount) => formatAmount(value, currency, 'en')
    const message = `${text(amountE4)} is more than the ${text(left.totalE4)} left of the invoice.`
    throw new AppError('OVER_ALLOCATED', message, { fields: { 'scope.amountE4': message } })
  }
  if (amountE4 % unitE4 !== 0n) {
    const message = `${currency} has fewer decimals: round the amount.`
    throw new AppError('VALIDATION', message, { fields: { 'scope.amountE4': message } })
  }
  const parts = allocate(
    amountE4 / unitE4,
    [...left.sets.map((set) => set.netE4), ...left.rows.map((row) => row.taxE4)].map((value) => value / unitE4),
  ).map((part) => part * unitE4)
  const count = left.sets.length
  return shareContent(invoice, left, { nets: parts.slice(0, count), taxes: parts.slice(count), isRest: false }, frame)
}
