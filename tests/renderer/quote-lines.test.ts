import { describe, expect, test } from 'vitest'
import { figuresOf } from '../../renderer/documents/editor/document-totals.ts'
import { lineField } from '../../renderer/documents/editor/draft-edits.ts'
import {
  asQuoteLine,
  choose,
  groupsOf,
  missingChoices,
  setChosen,
} from '../../renderer/features/quotes/editor/line-choices.ts'
import { unitPriceOf } from '../../shared/money/decimal-string.ts'
import { draftOf } from './draft-content.ts'

const offer = () => {
  const draft = draftOf('a', 'b', 'c', 'd')
  return { ...draft, lines: draft.lines.map((line) => ({ ...asQuoteLine(line), priceE6: unitPriceOf('100') })) }
}
const chosen = (content: ReturnType<typeof offer>) =>
  content.lines.filter((line) => line.isChosen).map((line) => line.id)
// Edits give contents of any kind; these lines are those of a quote.
const asOffer = (content: unknown) => content as ReturnType<typeof offer>

describe('lines of a quote', () => {
  test('an option does not count until it is chosen', () => {
    const optional = asOffer(choose('b', 'optional')(offer()))
    expect(chosen(optional)).toEqual(['a', 'c', 'd'])
    expect(figuresOf(optional, { mode: 'half-up', scope: 'line' }).totals?.netE4).toBe(3_000_000n)
    expect(chosen(asOffer(setChosen('b', true)(optional)))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('alternatives beside each other are one group, of which the first counts', () => {
    const both = asOffer(choose('c', 'alternative')(choose('b', 'alternative')(offer())))
    expect(groupsOf(both)).toEqual(['Option A'])
    expect(chosen(both)).toEqual(['a', 'b', 'd'])
    expect(chosen(asOffer(setChosen('c', true)(both)))).toEqual(['a', 'c', 'd'])
  })

  test('alternatives apart from each other are groups of their own', () => {
    const both = asOffer(choose('d', 'alternative')(choose('b', 'alternative')(offer())))
    expect(groupsOf(both)).toEqual(['Option A', 'Option B'])
    expect(chosen(both)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('a group without a choice is named at its first line', () => {
    const both = asOffer(choose('c', 'alternative')(choose('b', 'alternative')(offer())))
    const none = setChosen('b', false)(both)
    expect(missingChoices(both)).toEqual({})
    expect(Object.keys(missingChoices(none))).toEqual([lineField('b', 'choice')])
  })

  test('a line that does not count keeps its own amount', () => {
    const figures = figuresOf(asOffer(choose('b', 'optional')(offer())), { mode: 'half-up', scope: 'line' })
    expect(figures.totals === null ? null : [0, 1, 2, 3].map(figures.netOf)).toEqual([
      1_000_000n,
      1_000_000n,
      1_000_000n,
      1_000_000n,
    ])
  })
})
