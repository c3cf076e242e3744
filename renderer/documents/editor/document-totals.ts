import { useMemo } from 'react'
import { calculateDocument } from '../../../shared/documents/calculate.ts'
import { explainDocument } from '../../../shared/documents/explain.ts'
import { documentInputOf } from '../../../shared/documents/from-content.ts'
import type { DocumentTotals, Rounding, Step } from '../../../shared/documents/model.ts'
import type { DocumentContent } from '../document-content.ts'

export type Figures =
  | { readonly totals: DocumentTotals; readonly problem: null }
  | { readonly totals: null; readonly problem: string }

/** The totals of a content, or the sentence that says why they cannot be worked out. */
export const figuresOf = (content: DocumentContent, rounding: Rounding): Figures => {
  try {
    return { totals: calculateDocument(documentInputOf(content, rounding)), problem: null }
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
  return explainDocument(documentInputOf(content, rounding)).filter((step) =>
    paths === undefined ? step.path.startsWith(`${path}.`) : paths.includes(step.path),
  )
}
