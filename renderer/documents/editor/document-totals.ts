import { useMemo } from 'react'
import { calculateDocument } from '../../../shared/documents/calculate.ts'
import { explainDocument } from '../../../shared/documents/explain.ts'
import { documentInputOf } from '../../../shared/documents/from-content.ts'
import type { DocumentTotals, Rounding, Step } from '../../../shared/documents/model.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { type DocumentContent, isCounted } from '../document-content.ts'

export type Figures =
  | {
      readonly totals: DocumentTotals
      /** The net amount of the line at a place of the document, of those too that do not count in the totals. */
      readonly netOf: (index: number) => Amount | null
      readonly problem: null
    }
  | { readonly totals: null; readonly problem: string }

const counted = (content: DocumentContent): DocumentContent =>
  content.lines.every(isCounted) ? content : { ...content, lines: content.lines.filter(isCounted) }

const netsOf = (
  content: DocumentContent,
  totals: DocumentTotals,
  rounding: Rounding,
): ((index: number) => Amount | null) => {
  if (content.lines.every(isCounted)) return (index) => totals.lines[index]?.netE4 ?? null
  const apart = { ...content, lines: content.lines.filter((line) => !isCounted(line)), adjustments: [] }
  const others = calculateDocument(documentInputOf({ ...apart, roundingAmountE4: null }, rounding))
  const nets = new Map([...totals.lines, ...others.lines].map((line) => [line.id, line.netE4]))
  return (index) => nets.get(content.lines[index]?.id ?? '') ?? null
}

/** The totals of a content, or the sentence that says why they cannot be worked out. */
export const figuresOf = (content: DocumentContent, rounding: Rounding): Figures => {
  try {
    const totals = calculateDocument(documentInputOf(counted(content), rounding))
    return { totals, netOf: netsOf(content, totals, rounding), problem: null }
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    return { totals: null, problem: `${thrown.message}.` }
  }
}

/** The totals, worked out anew when the content changes. */
export const useFigures = (content: DocumentContent, rounding: Rounding): Figures =>
  useMemo(() => figuresOf(content, rounding), [content, rounding])

const wanted: Readonly<Record<string, readonly string[]>> = {
  lineNet: ['lineNet'],
  net: ['lineNet', 'allowance', 'charge', 'net'],
  tax: ['tax'],
  total: ['net', 'tax', 'total'],
  payable: ['total', 'prepaid', 'rounding', 'payable'],
}

/** The steps that led to one total (`net`, `taxes.0`, `total`, `payable`, `lines.<id>`), in their order. */
export const stepsTo = (content: DocumentContent, rounding: Rounding, path: string): readonly Step[] => {
  const paths = wanted[path]
  return explainDocument(documentInputOf(counted(content), rounding)).filter((step) =>
    paths === undefined ? step.path.startsWith(`${path}.`) : paths.includes(step.path),
  )
}
