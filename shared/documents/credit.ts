import type { CreditNoteContent, CreditScope } from '../contract/credit-notes.ts'
import { AppError } from '../errors.ts'
import { toDecimalString } from '../money/decimal-string.ts'
import { amount, digits, type Quantity } from '../money/scaled.ts'
import { calculateDocument } from './calculate.ts'
import { amountContent, restContent } from './credit-by-amount.ts'
import { exactAdjustments, exactLines, naturalCredit, type Pick } from './credit-by-line.ts'
import { type Credited, type CreditedInvoice, type Left, type LineLeft, leftToCredit } from './credit-left.ts'
import {
  amountLine,
  bearersOf,
  type CreditFrame,
  isAsTargeted,
  mirrored,
  type RowTargets,
  totalsOfCredit,
} from './credit-parts.ts'
import { assertTotal, hasNets, netTargets, taxTargets } from './credit-targets.ts'
import { documentInputOf } from './from-content.ts'
import type { DocumentTotals } from './model.ts'
import { rowKey } from './tax-sets.ts'

export type { Credited, CreditedInvoice, CreditFrame, Left }
export { leftToCredit, totalsOfCredit }

const isNothing = (left: Left): boolean =>
  [...(left.byLine ? [...left.lines, ...left.adjustments] : []), ...left.sets].every((it) => it.netE4 === 0n) &&
  left.rows.every((row) => row.taxE4 === 0n)

/**
 * The content of the credit note that gives a part of an invoice back, or all that is left of it. Credit notes of any
 * parts and then of the whole add up to the invoice in each line's net, each tax and every sum, in whichever way it
 * rounds. What was paid in advance (BT-113) is given back with the rest, because it was paid; the rounding of what was
 * to be paid (BT-114) is given back by the credit that closes the invoice.
 * AppError INVALID_STATE when nothing is left or lines no longer tell, OVER_ALLOCATED beyond what is left, VALIDATION
 * for a choice that does not fit.
 */
export const creditContent = (
  invoice: CreditedInvoice,
  earlier: readonly Credited[],
  scope: CreditScope,
  frame: CreditFrame,
): CreditNoteContent => {
  const left = leftToCredit(invoice, earlier)
  if (isNothing(left)) throw new AppError('INVALID_STATE', 'Nothing is left to credit of this invoice.')
  if (left.totalE4 < 0n) {
    throw new AppError('INVALID_STATE', 'This invoice gives money back itself: there is nothing to credit.')
  }
  const content = contentOf(invoice, left, scope, frame)
  const { totalE4 } = totalsOfCredit(content, invoice)
  if (totalE4 !== left.totalE4 || left.roundingE4 === 0n) return content
  // The last credit mirrors the rounding too; what is given back never falls below zero.
  const roundingE4 = totalE4 + left.roundingE4 < 0n ? -totalE4 : left.roundingE4
  return { ...content, roundingAmountE4: amount(roundingE4) }
}

const contentOf = (invoice: CreditedInvoice, left: Left, scope: CreditScope, frame: CreditFrame): CreditNoteContent => {
  const isRest = scope.kind === 'whole' || (scope.kind === 'amount' && scope.amountE4 === left.totalE4)
  if (isRest) {
    const picks = left.lines.filter((it) => it.isOpen).map((it): Pick => ({ left: it, quantityE6: it.quantityE6 }))
    return left.byLine && picks.length > 0
      ? lineContent(invoice, left, picks, frame)
      : restContent(invoice, left, frame)
  }
  if (scope.kind === 'amount') return amountContent(invoice, left, scope.amountE4, frame)
  if (!left.byLine) {
    throw new AppError(
      'INVALID_STATE',
      'An earlier credit note of this invoice was by amount, so its lines no longer tell what is left: credit an amount or the rest.',
    )
  }
  const picks =
    scope.kind === 'lines' ? scope.lineIds.map((id) => wholeLine(left, id)) : quantityPicks(left, scope.lines)
  const unique = new Set(picks.map((pick) => pick.left.line.id))
  if (unique.size !== picks.length) throw new AppError('VALIDATION', 'Name each line once.')
  return lineContent(invoice, left, picks, frame)
}

const lineOf = (left: Left, lineId: string): LineLeft => {
  const line = left.lines.find((it) => it.line.id === lineId)
  if (line === undefined)
    throw new AppError('NOT_FOUND', 'This line is not on the invoice.', { details: { id: lineId } })
  if (!line.isOpen) throw new AppError('OVER_ALLOCATED', `“${line.line.name}” is credited already.`)
  return line
}

const wholeLine = (left: Left, lineId: string): Pick => {
  const line = lineOf(left, lineId)
  return { left: line, quantityE6: line.quantityE6 }
}

type QuantityChoice = { readonly lineId: string; readonly quantityE6: Quantity }

const quantityPicks = (left: Left, choices: readonly QuantityChoice[]): Pick[] =>
  choices.map(({ lineId, quantityE6 }, index) => {
    const line = lineOf(left, lineId)
    const most = line.quantityE6
    const isPart = most >= 0n ? quantityE6 >= 0n && quantityE6 <= most : quantityE6 < 0n && quantityE6 >= most
    if (isPart && (quantityE6 !== 0n || most === 0n)) return { left: line, quantityE6 }
    const message = `“${line.line.name}” has ${toDecimalString(most, digits.quantity)} left to credit.`
    throw new AppError('OVER_ALLOCATED', message, { fields: { [`scope.lines.${index}.quantityE6`]: message } })
  })

const lineContent = (
  invoice: CreditedInvoice,
  left: Left,
  picks: readonly Pick[],
  frame: CreditFrame,
): CreditNoteContent => {
  const whole = calculateDocument(documentInputOf(invoice.content, invoice.rounding))
  const natural = naturalCredit(invoice, whole, picks, frame)
  const figures = totalsOfCredit(natural, invoice)
  const nets = netTargets(left, picks, figures)
  const exact: CreditNoteContent = {
    ...exactLines(natural, nets.lines, invoice, frame),
    adjustments: exactAdjustments(nets.adjustments, left, frame),
  }
  const asWritten = hasNets(figures, nets)
  const taxes = taxTargets(left, nets, asWritten ? figures : totalsOfCredit(exact, invoice), invoice)
  if (!nets.closesAll) assertTotal(left, nets, taxes, natural)
  if (asWritten && hasTaxes(figures, taxes)) return natural
  if (!nets.closesAll) return mirrored(exact, taxes, invoice)
  // Rounding can leave tax of a rate that none of these lines has.
  const bearers = bearersOf(exact, left).map((set) => amountLine(frame.texts.amount, [...set.taxes], 0n, frame))
  const all = new Map(left.rows.map((row) => [row.key, row]))
  return mirrored({ ...exact, lines: [...exact.lines, ...bearers] }, all, invoice)
}

const hasTaxes = (figures: DocumentTotals, targets: RowTargets): boolean =>
  figures.taxes.every((row) => isAsTargeted(row, targets.get(rowKey(row))))
