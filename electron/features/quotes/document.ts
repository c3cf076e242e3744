import type { QuoteContent } from '../../../shared/contract/quotes.ts'
import { choiceProblems, isCounted, quoteTotals } from '../../../shared/documents/quote-totals.ts'
import type { DocumentSpec } from '../../documents/kind.ts'
import { contentOf } from './content.ts'

/** Quotes as a kind of document. */
export const quoteDocument: DocumentSpec<'quote', QuoteContent> = {
  kind: 'quote',
  contentOf,
  headColumns: ({ validUntil }) => ({ validUntil }),
  newColumns: { revisesId: null, decision: null, decidedOn: null, decidedBy: null, decisionNote: null },
  lineColumns: ({ choice, isChosen, groupName }) => ({
    choice,
    isChosen: choice === 'included' || isChosen ? 1 : 0,
    groupName: choice === 'alternative' ? groupName : null,
  }),
  calculate: quoteTotals,
  problemsOf: ({ validUntil, issuedOn, lines }) => ({
    ...choiceProblems(lines),
    ...(validUntil !== null && validUntil < issuedOn ? { validUntil: 'The last day is before the quote date.' } : {}),
  }),
  print: (_db, base, { validUntil, lines }) =>
    Promise.resolve({
      ...base,
      validUntil,
      lines: base.lines.map((printed, index) => {
        const line = lines[index]
        if (line === undefined || line.choice === 'included') return printed
        const { choice, groupName } = line
        return { ...printed, choice, isChosen: isCounted(line), groupName: choice === 'alternative' ? groupName : null }
      }),
    }),
}
