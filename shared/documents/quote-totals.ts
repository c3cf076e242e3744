import type { QuoteContent, QuoteLine } from '../contract/quotes.ts'
import { calculateDocument } from './calculate.ts'
import { documentInputOf } from './from-content.ts'
import type { DocumentTotals, Rounding } from './model.ts'

/** Whether a line counts in the totals: part of the offer, or an optional or alternative one that is chosen. */
export const isCounted = (line: Pick<QuoteLine, 'choice' | 'isChosen'>): boolean =>
  line.choice === 'included' || line.isChosen

/** A quote with the lines that count and no others: what turns into invoices. */
export const countedContent = (content: QuoteContent): QuoteContent => ({
  ...content,
  lines: content.lines.filter(isCounted),
})

/**
 * The totals of a quote: sums of the lines that count, and the figures of every line in its place, since those that do
 * not count are printed with their price. RangeError as `calculateDocument`.
 */
export const quoteTotals = (content: QuoteContent, rounding: Rounding): DocumentTotals => {
  const totals = calculateDocument(documentInputOf(countedContent(content), rounding))
  if (content.lines.every(isCounted)) return totals
  const apart = { ...content, lines: content.lines.filter((line) => !isCounted(line)), adjustments: [] }
  const others = calculateDocument(documentInputOf({ ...apart, roundingAmountE4: null }, rounding))
  const byId = new Map([...totals.lines, ...others.lines].map((line) => [line.id, line]))
  return { ...totals, lines: content.lines.flatMap((line) => byId.get(line.id) ?? []) }
}

/** The name of a group of alternatives: all without one are one group. */
const groupOf = (line: Pick<QuoteLine, 'groupName'>): string => line.groupName ?? ''

/** What is wrong with the choice of lines, by the path of the line: each group of alternatives has exactly one chosen. */
export const choiceProblems = (lines: readonly QuoteLine[]): Readonly<Record<string, string>> => {
  const groups = new Map<string, { readonly first: number; chosen: number }>()
  for (const [index, line] of lines.entries()) {
    if (line.choice !== 'alternative') continue
    const group = groups.get(groupOf(line)) ?? { first: index, chosen: 0 }
    groups.set(groupOf(line), { ...group, chosen: group.chosen + (line.isChosen ? 1 : 0) })
  }
  return Object.fromEntries(
    [...groups].flatMap(([name, { first, chosen }]) =>
      chosen === 1
        ? []
        : [
            [
              `lines.${first}.choice`,
              chosen === 0
                ? `Choose which line of ${name || 'the group'} counts in the total.`
                : `Choose one line of ${name || 'the group'}: alternatives stand for each other.`,
            ],
          ],
    ),
  )
}
