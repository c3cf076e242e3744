import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import type { NumberFormatOfLocale } from '../../../shared/money/locale-format.ts'
import { newId } from '../../ids.ts'
import type { DocumentLine, LineTax } from '../document-content.ts'
import { duplicateLine, insertLines, isBlankLine, moveLineBy, pasteLines, removeLine } from './draft-edits.ts'
import type { DraftStore } from './draft-store.ts'
import { lineTaxOf } from './editor-context.ts'
import { type PastedLine, parsePastedLines } from './paste-lines.ts'
import { unitCode } from './units.ts'

/** Adds a blank line behind another, or at the end, and goes there. */
export const addLine = (store: DraftStore, afterId: string | null, newLine: () => DocumentLine): void => {
  const line = newLine()
  store.edit(null, insertLines(afterId, [line]))
  store.focusOn({ lineId: line.id, field: 'name' })
}

/** Takes a line off and goes to the one before it. */
export const takeLineOff = (store: DraftStore, id: string): void => {
  const { lines } = store.getState().content
  const at = lines.findIndex((line) => line.id === id)
  const neighbour = lines[at - 1] ?? lines[at + 1]
  store.edit(null, removeLine(id))
  if (neighbour !== undefined) store.focusOn({ lineId: neighbour.id, field: 'name' })
}

export const repeatLine = (store: DraftStore, id: string): void => {
  const copy = newId()
  store.edit(null, duplicateLine(id, copy))
  store.focusOn({ lineId: copy, field: 'name' })
}

/** Moves a line and keeps the focus in the same field of it. */
export const shiftLine = (store: DraftStore, id: string, step: number, field = 'name'): void => {
  store.edit(null, moveLineBy(id, step))
  store.focusOn({ lineId: id, field })
}

/** Goes to the same field of the line before or after. */
export const goToLine = (store: DraftStore, id: string, step: number, field: string): boolean => {
  const { lines } = store.getState().content
  const target = lines[lines.findIndex((line) => line.id === id) + step]
  if (target === undefined) return false
  store.focusOn({ lineId: target.id, field })
  return true
}

const taxesOf = (tax: PastedLine['tax'], rates: readonly TaxRate[], usual: readonly LineTax[]): readonly LineTax[] => {
  if (tax === null) return usual
  const named = rates.find((rate) => rate.name.toLowerCase() === tax.text.toLowerCase())
  const found = named ?? rates.find((rate) => rate.rateE6 === tax.rateE6)
  return found === undefined ? usual : [lineTaxOf(found)]
}

type PasteContext = {
  readonly rates: readonly TaxRate[]
  readonly defaultTaxes: readonly LineTax[]
  readonly newLine: () => DocumentLine
  readonly numberFormat: NumberFormatOfLocale
}

/** Adds the rows of a spreadsheet as lines and gives the sentence that says what came of it. */
export const pasteTable = (store: DraftStore, onId: string, text: string, context: PasteContext): string => {
  const { lines: pasted, problems } = parsePastedLines(text, context.numberFormat)
  const room = 2000 - store.getState().content.lines.length
  const lines = pasted.slice(0, room).map((line) => ({
    ...context.newLine(),
    taxes: [...taxesOf(line.tax, context.rates, context.defaultTaxes)],
    name: line.name,
    description: line.description,
    quantityE6: line.quantityE6,
    priceE6: line.priceE6,
    unit: (line.unit === null ? null : unitCode(line.unit)) ?? 'C62',
  }))
  store.edit(null, pasteLines(onId, lines))
  const last = lines.at(-1)
  if (last !== undefined) store.focusOn({ lineId: last.id, field: 'name' })
  const first = problems[0]
  const unread =
    first === undefined
      ? ''
      : ` ${problems.length === 1 ? 'One cell was' : `${problems.length} cells were`} no number, such as “${first.text}” in row ${first.row}.`
  const left = pasted.length > room ? ` A document holds 2,000 lines; ${pasted.length - room} were left out.` : ''
  return `${lines.length === 1 ? 'One line' : `${lines.length} lines`} pasted.${unread}${left}`
}

/** The first line that nothing was written on, or null. */
export const firstBlankLine = (store: DraftStore): string | null =>
  store.getState().content.lines.find(isBlankLine)?.id ?? null
