import type { QuoteLine } from '../../../../shared/contract/quotes.ts'
import type { DocumentContent, DocumentLine } from '../../../documents/document-content.ts'
import { type Edit, lineField } from '../../../documents/editor/draft-edits.ts'

/** A line with what a quote's line has beside the others: part of the offer unless it says otherwise. */
export const asQuoteLine = (line: DocumentLine): QuoteLine => ({
  ...line,
  choice: line.choice ?? 'included',
  isChosen: line.isChosen ?? true,
  groupName: line.groupName ?? null,
})

const isAlternative = (line: DocumentLine) => line.choice === 'alternative'
const groupOf = (line: DocumentLine) => line.groupName ?? ''

/** The names of the groups of alternatives on a quote, in their order. */
export const groupsOf = (content: DocumentContent): readonly string[] => [
  ...new Set(content.lines.filter(isAlternative).map(groupOf)),
]

/** Letters of the alphabet name groups until a person names them. */
const nextGroup = (content: DocumentContent): string => {
  const taken = new Set(groupsOf(content))
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters.map((letter) => `Option ${letter}`).find((name) => !taken.has(name)) ?? 'Option'
}

/** The group that a line which becomes an alternative joins: that of its neighbour, or a new one. */
const joinedGroup = (content: DocumentContent, id: string): string => {
  const at = content.lines.findIndex((line) => line.id === id)
  const near = [content.lines[at - 1], content.lines[at + 1]].find((line) => line !== undefined && isAlternative(line))
  return near === undefined ? nextGroup(content) : groupOf(near)
}

const setLines =
  (change: (line: DocumentLine) => DocumentLine): Edit =>
  (content) => ({ ...content, lines: content.lines.map(change) })

/** Makes a line a part of the offer, an option beside it, or one of several alternatives. */
export const choose =
  (id: string, choice: QuoteLine['choice']): Edit =>
  (content) => {
    const groupName = choice === 'alternative' ? joinedGroup(content, id) : null
    const isFirst = !content.lines.some((line) => isAlternative(line) && groupOf(line) === groupName)
    const isChosen = choice === 'included' || (choice === 'alternative' && isFirst)
    return setLines((line) => (line.id === id ? { ...line, choice, groupName, isChosen } : line))(content)
  }

/** Counts an offered line in the totals or not; of the alternatives of a group one counts. */
export const setChosen =
  (id: string, isChosen: boolean): Edit =>
  (content) => {
    const target = content.lines.find((line) => line.id === id)
    if (target === undefined) return content
    const isRival = (line: DocumentLine) =>
      isAlternative(target) && isAlternative(line) && line.id !== id && groupOf(line) === groupOf(target)
    return setLines((line) => {
      if (line.id === id) return { ...line, isChosen }
      return isChosen && isRival(line) ? { ...line, isChosen: false } : line
    })(content)
  }

/** What keeps a quote from being issued: a group of alternatives without one that counts. */
export const missingChoices = (content: DocumentContent): Readonly<Record<string, string>> =>
  Object.fromEntries(
    groupsOf(content).flatMap((group) => {
      const lines = content.lines.filter((line) => isAlternative(line) && groupOf(line) === group)
      const [first] = lines
      return first === undefined || lines.some((line) => line.isChosen)
        ? []
        : [[lineField(first.id, 'choice'), `Choose which line of ${group || 'the group'} counts in the total.`]]
    }),
  )
