import type { CreditNoteContent } from '../contract/credit-notes.ts'
import { AppError } from '../errors.ts'
import { toDecimalString } from '../money/decimal-string.ts'
import { formatAmount } from '../money/format.ts'
import { amount, digits } from '../money/scaled.ts'
import type { Pick } from './credit-by-line.ts'
import { type CreditedInvoice, type Left, type RowLeft, sharesOf, sumsBy } from './credit-left.ts'
import { type RowTargets, unitOf, within } from './credit-parts.ts'
import { taxInput } from './from-content.ts'
import type { DocumentTotals } from './model.ts'
import { rowKey } from './tax-sets.ts'

/** What a credit of lines is to give back: the net of each line, of each allowance and charge, and what is closed by it. */
export type NetTargets = {
  readonly lines: readonly bigint[]
  readonly adjustments: ReadonlyMap<string, bigint>
  /** Nothing of the invoice is left after it. */
  readonly closesAll: boolean
  /** Rows of which nothing is left after it. */
  readonly closedRows: ReadonlySet<string>
}

const closesLine = ({ left, quantityE6 }: Pick): boolean => quantityE6 === left.quantityE6

/** Natural figures, cut to what is left; a line that is given back to its end gives exactly what is left of it. */
export const netTargets = (left: Left, picks: readonly Pick[], natural: DocumentTotals): NetTargets => {
  const closed = new Set(picks.filter(closesLine).map((pick) => pick.left.line.id))
  const stillOpen = left.lines.filter((it) => it.isOpen && !closed.has(it.line.id))
  const openSets = new Set(stillOpen.map((it) => it.setKey))
  const setsWithLines = new Set(left.lines.map((it) => it.setKey))
  const closesAll = stillOpen.length === 0
  const closes = (setKey: string) => (setsWithLines.has(setKey) ? !openSets.has(setKey) : closesAll)
  const lines = picks.map((pick, index) =>
    closesLine(pick) ? pick.left.netE4 : within(natural.lines[index]?.netE4 ?? 0n, pick.left.netE4),
  )
  const shares = sumsBy(
    sharesOf(natural),
    (share) => share.key,
    (share) => share.netE4,
  )
  const adjustments = new Map(
    left.adjustments.map((it) => [it.key, closes(it.setKey) ? it.netE4 : within(shares.get(it.key) ?? 0n, it.netE4)]),
  )
  const nets: NetTargets = { lines, adjustments, closesAll, closedRows: closedRows(left, picks, closes) }
  return { ...nets, adjustments: withinSets(left, picks, nets) }
}

// Shares of an allowance are rounded credit by credit, and the lines given back so far can come to more than is left of
// their rate: then more of the allowance goes with them.
const withinSets = (left: Left, picks: readonly Pick[], { lines, adjustments }: NetTargets): Map<string, bigint> => {
  const fitted = new Map(adjustments)
  for (const set of left.sets) {
    if (set.netE4 < 0n) continue
    const own = left.adjustments.filter((it) => it.setKey === set.key)
    let over = -set.netE4
    for (const [index, { left: line }] of picks.entries()) if (line.setKey === set.key) over += lines[index] ?? 0n
    for (const { key } of own) over += fitted.get(key) ?? 0n
    for (const { key, netE4 } of own) {
      const room = (fitted.get(key) ?? 0n) - netE4
      const more = over < room ? over : room
      if (more <= 0n) continue
      fitted.set(key, (fitted.get(key) ?? 0n) - more)
      over -= more
    }
  }
  return fitted
}

// A row is closed where each set of taxes that it belongs to is.
const closedRows = (left: Left, picks: readonly Pick[], closes: (setKey: string) => boolean): Set<string> => {
  const touched = new Set(picks.flatMap((pick) => pick.left.line.taxes.map((tax) => rowKey(taxInput(tax)))))
  const closed = left.rows.filter(
    (row) =>
      touched.has(row.key) &&
      left.sets
        .filter((set) => set.taxes.some((tax) => rowKey(taxInput(tax)) === row.key))
        .every((set) => closes(set.key)),
  )
  return new Set(closed.map((row) => row.key))
}

/** Whether the natural credit already has the nets that are wanted. */
export const hasNets = (natural: DocumentTotals, nets: NetTargets): boolean => {
  const shares = sumsBy(
    sharesOf(natural),
    (share) => share.key,
    (share) => share.netE4,
  )
  return (
    nets.lines.every((net, index) => natural.lines[index]?.netE4 === net) &&
    [...nets.adjustments].every(([key, net]) => (shares.get(key) ?? 0n) === net) &&
    [...shares].every(([key, net]) => (nets.adjustments.get(key) ?? 0n) === net)
  )
}

// How far rounding alone can have carried the tax of a row from what is left of it.
const tolerance = (left: Left, unitE4: bigint): bigint =>
  unitE4 * BigInt((left.earlier + 1) * (left.lines.length + left.adjustments.length + 1))

/**
 * The tax of each row: what the kernel comes to, cut to what is left, and exactly that where the row is closed.
 * AppError OVER_ALLOCATED where more than rounding would be cut, because a line that lowers the tax is not chosen.
 */
export const taxTargets = (
  left: Left,
  nets: NetTargets,
  base: DocumentTotals,
  { content }: CreditedInvoice,
): RowTargets => {
  const most = tolerance(left, unitOf(content))
  const byKey = new Map(left.rows.map((row) => [row.key, row]))
  const targets = new Map<string, { readonly taxableE4: bigint; readonly taxE4: bigint }>()
  for (const row of base.taxes) {
    const key = rowKey(row)
    const own = byKey.get(key)
    if (own !== undefined && (nets.closesAll || nets.closedRows.has(key))) targets.set(key, own)
    else targets.set(key, { taxableE4: row.taxableE4, taxE4: cutTax(row.taxE4, own, most, content) })
  }
  return targets
}

const cutTax = (taxE4: bigint, left: RowLeft | undefined, most: bigint, content: { readonly currency: string }) => {
  const cut = within(taxE4, left?.taxE4 ?? 0n)
  const difference = taxE4 - cut
  if (difference <= most && -difference <= most) return cut
  const text = (value: bigint) => formatAmount(amount(value), content.currency, 'en')
  const name = left === undefined ? 'This tax' : `${left.name} ${toDecimalString(left.rateE6, digits.percent)} %`
  const message =
    `${name} has ${text(left?.taxE4 ?? 0n)} left to credit, and this choice comes to ${text(taxE4)}. ` +
    'Choose the lines that lower it too, or credit an amount.'
  throw new AppError('OVER_ALLOCATED', message, { fields: { scope: message } })
}

/** AppError OVER_ALLOCATED unless the total of targets lies between nothing and what is left of the invoice. */
export const assertTotal = (left: Left, nets: NetTargets, taxes: RowTargets, content: CreditNoteContent): void => {
  let total = 0n
  for (const net of nets.lines) total += net
  for (const net of nets.adjustments.values()) total += net
  for (const row of taxes.values()) total += row.taxE4
  const text = (value: bigint) => formatAmount(amount(value), content.currency, 'en')
  if (total >= 0n && total <= left.totalE4) return
  const message =
    total < 0n
      ? `These lines lower the invoice: together they come to ${text(total)}. Choose others with them.`
      : `${text(total)} is more than the ${text(left.totalE4)} left of the invoice. Choose the lines that lower it too.`
  throw new AppError('OVER_ALLOCATED', message, { fields: { scope: message } })
}
