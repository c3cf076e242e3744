import type { CreditNoteContent, CreditNoteLine } from '../contract/credit-notes.ts'
import type { DocumentLine, LineTax } from '../contract/documents.ts'
import { divideRounded } from '../money/rounding.ts'
import { amount, type Quantity, quantity, unitPrice } from '../money/scaled.ts'
import { type CreditedInvoice, type Left, type LineLeft, lineSetKey } from './credit-left.ts'
import { type CreditFrame, emptyCredit, prorate, totalsOfCredit, unitOf } from './credit-parts.ts'
import type { DocumentTotals } from './model.ts'

/** A line that is given back, and how much of it. */
export type Pick = { readonly left: LineLeft; readonly quantityE6: Quantity }

type Adjustment = DocumentLine['adjustments'][number]

const scaled = <T extends Adjustment>(it: T, part: bigint, whole: bigint, unitE4: bigint): T => ({
  ...it,
  amountE4: it.amountE4 === null ? null : prorate(it.amountE4, part, whole, unitE4),
  baseE4: it.baseE4 === null ? null : prorate(it.baseE4, part, whole, unitE4),
})

const pickedLine = ({ left: { line }, quantityE6 }: Pick, unitE4: bigint, frame: CreditFrame): CreditNoteLine => ({
  ...line,
  id: frame.newId(),
  invoiceLineId: line.id,
  quantityE6,
  adjustments:
    quantityE6 === line.quantityE6
      ? line.adjustments
      : line.adjustments.map((it) => scaled(it, quantityE6, line.quantityE6, unitE4)),
})

type Portion = { readonly part: bigint; readonly whole: bigint }
const nothing: Portion = { part: 0n, whole: 1n }

const portion = (part: bigint, whole: bigint): Portion => {
  if (whole === 0n || part === 0n || part > 0n !== whole > 0n) return nothing
  const isAll = part > 0n ? part >= whole : part <= whole
  return isAll ? { part: 1n, whole: 1n } : { part, whole }
}

// What the lines come to as they are typed: with tax where prices include it.
const typedBySet = (content: CreditNoteContent | CreditedInvoice['content'], totals: DocumentTotals) => {
  const bySet = new Map<string, bigint>()
  let all = 0n
  for (const [index, line] of content.lines.entries()) {
    const own = totals.lines[index]
    const typed = (content.pricesIncludeTax ? own?.totalE4 : own?.netE4) ?? 0n
    const key = lineSetKey(line.taxes)
    bySet.set(key, (bySet.get(key) ?? 0n) + typed)
    all += typed
  }
  return { bySet, all }
}

/**
 * A credit of lines as a person would write it: quantity times price with the adjustments' shares. Allowances and
 * charges of the document follow the lines they stand for: those of one set of taxes its lines, others all lines.
 */
export const naturalCredit = (
  invoice: CreditedInvoice,
  whole: DocumentTotals,
  picks: readonly Pick[],
  frame: CreditFrame,
): CreditNoteContent => {
  const unitE4 = unitOf(invoice.content)
  const lines = picks.map((pick) => pickedLine(pick, unitE4, frame))
  const bare = { ...emptyCredit(invoice, frame), lines }
  const isWhole =
    picks.length === invoice.content.lines.length &&
    picks.every((pick) => pick.quantityE6 === pick.left.line.quantityE6)
  if (isWhole) {
    return { ...bare, adjustments: invoice.content.adjustments.map((it) => ({ ...it, id: frame.newId() })) }
  }
  const given = typedBySet(bare, totalsOfCredit(bare, invoice))
  const all = typedBySet(invoice.content, whole)
  const portionOf = (taxes: readonly LineTax[] | null): Portion => {
    const key = taxes === null ? null : lineSetKey(taxes)
    if (key === null || !all.bySet.has(key)) return portion(given.all, all.all)
    return portion(given.bySet.get(key) ?? 0n, all.bySet.get(key) ?? 0n)
  }
  const adjustments = invoice.content.adjustments.map((it) => {
    const { part, whole: of } = portionOf(it.taxes)
    return { ...scaled(it, part, of, unitE4), id: frame.newId() }
  })
  return { ...bare, adjustments }
}

// A price without tax that comes to the net amount; where prices include it already, the line's discounts are in it.
const withoutTax = (line: CreditNoteLine, netE4: bigint): CreditNoteLine => ({
  ...line,
  priceE6:
    line.quantityE6 === 0n ? line.priceE6 : unitPrice(divideRounded(netE4 * 100_000_000n, line.quantityE6, 'half-up')),
  baseQuantityE6: quantity(1_000_000n),
  adjustments: [],
})

const adjustBy = (differenceE4: bigint, reason: string): Adjustment => ({
  kind: differenceE4 < 0n ? 'allowance' : 'charge',
  reason,
  amountE4: amount(differenceE4 < 0n ? -differenceE4 : differenceE4),
  percentE6: null,
  baseE4: null,
})

// As many as a line may have in the contract.
const mostLineAdjustments = 20

/** The natural credit with prices without tax and each line at exactly its target net. */
export const exactLines = (
  natural: CreditNoteContent,
  targets: readonly bigint[],
  invoice: CreditedInvoice,
  frame: CreditFrame,
): CreditNoteContent => {
  const lines = natural.lines.map((line, index) => {
    if (natural.pricesIncludeTax) return withoutTax(line, targets[index] ?? 0n)
    return line.adjustments.length < mostLineAdjustments ? line : { ...line, adjustments: [] }
  })
  const bare: CreditNoteContent = { ...natural, pricesIncludeTax: false, lines, adjustments: [] }
  const totals = totalsOfCredit(bare, invoice)
  return {
    ...bare,
    lines: lines.map((line, index) => {
      const difference = (targets[index] ?? 0n) - (totals.lines[index]?.netE4 ?? 0n)
      if (difference === 0n) return line
      return { ...line, adjustments: [...line.adjustments, adjustBy(difference, frame.texts.rounding)] }
    }),
  }
}

// As many as a document may have in the contract.
const mostAdjustments = 50

/** The document's allowances and charges at exactly their targets, each on its set of taxes. */
export const exactAdjustments = (
  targets: ReadonlyMap<string, bigint>,
  left: Left,
  frame: CreditFrame,
): CreditNoteContent['adjustments'] => {
  const taxesOf = new Map(left.sets.map((set) => [set.key, [...set.taxes]]))
  const wanted = left.adjustments
    .map((it) => ({ ...it, netE4: targets.get(it.key) ?? 0n }))
    .filter((it) => it.netE4 !== 0n)
  const taken = wanted.length <= mostAdjustments ? wanted : bySet(wanted)
  return taken.map((it) => ({
    ...adjustBy(it.netE4, ''),
    id: frame.newId(),
    reason: it.reason,
    taxes: taxesOf.get(it.setKey) ?? [],
  }))
}

type Wanted = { readonly setKey: string; readonly reason: string | null; readonly netE4: bigint }

const bySet = (wanted: readonly Wanted[]): Wanted[] => {
  const sums = new Map<string, bigint>()
  for (const { setKey, netE4 } of wanted) sums.set(setKey, (sums.get(setKey) ?? 0n) + netE4)
  return [...sums].map(([setKey, netE4]) => ({ setKey, reason: null, netE4 })).filter((it) => it.netE4 !== 0n)
}
