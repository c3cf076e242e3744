import { dueDateOf } from '../../../shared/documents/terms.ts'
import { quantity, unitPrice } from '../../../shared/money/scaled.ts'
import { newId } from '../../ids.ts'
import type { DocumentContent, DocumentLine, LineTax } from '../document-content.ts'
import type { DocumentKind, DocumentWords } from '../document-kind.ts'

export type Edit = (content: DocumentContent) => DocumentContent

const one = quantity(1_000_000n)

/** A line to write on: one piece at no price, with the taxes that lines usually have. */
export const blankLine = (id: string, taxes: readonly LineTax[]): DocumentLine => ({
  id,
  itemId: null,
  code: null,
  name: '',
  description: null,
  classification: null,
  quantityE6: one,
  unit: 'C62',
  priceE6: unitPrice(0n),
  baseQuantityE6: one,
  adjustments: [],
  taxes: [...taxes],
})

/** A blank line as a kind of document begins one. */
export const newLineOf = ({ lines }: Pick<DocumentKind, 'lines'>, taxes: readonly LineTax[]): DocumentLine => {
  const line = blankLine(newId(), taxes)
  return lines === undefined ? line : lines.begin(line)
}

/** Whether nothing was written on a line yet. */
export const isBlankLine = (line: DocumentLine): boolean =>
  line.name === '' && !line.description && line.itemId === null && line.priceE6 === 0n && line.adjustments.length === 0

/** Puts lines behind the named one, or at the end for null. */
export const insertLines =
  (afterId: string | null, lines: readonly DocumentLine[]): Edit =>
  (content) => {
    const at = content.lines.findIndex((line) => line.id === afterId)
    const index = at < 0 ? content.lines.length : at + 1
    return { ...content, lines: content.lines.toSpliced(index, 0, ...lines) }
  }

/** Pasted lines take the place of a blank line that they were pasted on. */
export const pasteLines =
  (onId: string, lines: readonly DocumentLine[]): Edit =>
  (content) => {
    const pasted = insertLines(onId, lines)(content)
    const target = content.lines.find((line) => line.id === onId)
    return target !== undefined && isBlankLine(target) ? removeLine(onId)(pasted) : pasted
  }

export const changeLine =
  (id: string, change: Partial<DocumentLine>): Edit =>
  (content) => ({
    ...content,
    lines: content.lines.map((line) => (line.id === id ? { ...line, ...change } : line)),
  })

export const removeLine =
  (id: string): Edit =>
  (content) => ({ ...content, lines: content.lines.filter((line) => line.id !== id) })

/** Moves a line to a place counted from zero; beyond the ends it stays at the end. */
export const moveLine =
  (id: string, to: number): Edit =>
  (content) => {
    const from = content.lines.findIndex((line) => line.id === id)
    const line = content.lines[from]
    const place = Math.min(Math.max(0, to), content.lines.length - 1)
    if (line === undefined || place === from) return content
    return { ...content, lines: content.lines.toSpliced(from, 1).toSpliced(place, 0, line) }
  }

export const moveLineBy =
  (id: string, step: number): Edit =>
  (content) =>
    moveLine(id, content.lines.findIndex((line) => line.id === id) + step)(content)

/** The same line once more, right behind it. */
export const duplicateLine =
  (id: string, newId: string): Edit =>
  (content) => {
    const line = content.lines.find((it) => it.id === id)
    return line === undefined ? content : insertLines(id, [{ ...line, id: newId }])(content)
  }

/** The due date that a document will carry: the one set, else the one its terms lead to. */
export const dueDate = ({ dueOn = null, issuedOn, paymentTermsDays = null }: DocumentContent): string | null =>
  dueOn ?? (paymentTermsDays === null ? null : dueDateOf(issuedOn, { kind: 'days', days: paymentTermsDays }))

/** A stored due date that only repeats the terms follows them again, so that it moves with the invoice date. */
export const followTerms: Edit = (content) =>
  content.dueOn && content.dueOn === dueDate({ ...content, dueOn: null }) ? { ...content, dueOn: null } : content

export type Problems = Readonly<Record<string, string>>

/** The name of a line's field among the problems of a document, which stays with the line wherever it moves. */
export const lineField = (id: string, field: string): string => `line.${id}.${field}`

/** The form of a line: its fields by themselves, so that what fills in forms looks at no others with each key. */
export const lineForm = (id: string): string => `line-form-${id}`

/** Names problems that a server gave by position (`lines.0.name`) by the line instead. */
export const problemsOf = (fields: Problems, content: DocumentContent): Problems =>
  Object.fromEntries(
    Object.entries(fields).map(([path, text]) => {
      const [, index, field] = /^(?:content\.)?lines\.(\d+)\.(\w+)/.exec(path) ?? []
      const line = index === undefined ? undefined : content.lines[Number(index)]
      return [
        line === undefined || field === undefined ? path.replace(/^content\./, '') : lineField(line.id, field),
        text,
      ]
    }),
  )

/** What a document still lacks before it can be issued; the same words as the core's. */
export const missingFields = (content: DocumentContent, words: Pick<DocumentWords, 'one'>): Problems => {
  const problems: Record<string, string> = {}
  if (content.clientId === null) problems['clientId'] = `Choose who this ${words.one} is for.`
  if (content.lines.length === 0) problems['lines'] = 'Add at least one line.'
  for (const line of content.lines) {
    if (line.name.trim() === '') problems[lineField(line.id, 'name')] = 'Say what this line is for.'
  }
  const due = dueDate(content)
  if (due !== null && due < content.issuedOn) problems['dueOn'] = `The due date is before the ${words.one} date.`
  if (content.supplyFrom !== null && content.supplyTo !== null && content.supplyTo < content.supplyFrom) {
    problems['supplyTo'] = 'The end of the period is before its beginning.'
  }
  return problems
}

/** A document without the blank lines that were left on it. */
export const withoutBlankLines: Edit = (content) =>
  content.lines.some(isBlankLine) ? { ...content, lines: content.lines.filter((line) => !isBlankLine(line)) } : content
