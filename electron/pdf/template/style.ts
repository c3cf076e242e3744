import type { PrintableDocument } from '../../../shared/documents/printable.ts'
import type { DesignLayout, TemplateDesign } from '../../../shared/documents/template-design.ts'
import { millimetre, type Paper, paperSize } from './theme.ts'

/** What makes the character of a layout apart from its head: measures in points, ways to draw. */
export type Style = {
  readonly table: {
    readonly head: 'rule' | 'fill' | 'grid' | 'quiet'
    readonly rows: 'hairline' | 'zebra' | 'grid' | 'none'
    readonly size: number
    readonly leading: number
    readonly smallSize: number
    readonly smallLeading: number
    readonly headSize: number
    readonly padding: number
    readonly gap: number
    /** Room between the text and the outer edge of the table, where rows are filled or framed. */
    readonly inset: number
  }
  readonly totals: {
    readonly kind: 'rule' | 'card' | 'grid' | 'underline'
    readonly width: number
    readonly size: number
    readonly leading: number
    readonly payableSize: number
  }
  readonly text: { readonly size: number; readonly leading: number; readonly width: number }
  readonly foot: 'line' | 'band' | 'columns'
}

const plain: Style = {
  table: {
    head: 'rule',
    rows: 'hairline',
    size: 9,
    leading: 12.5,
    smallSize: 8,
    smallLeading: 11,
    headSize: 7.5,
    padding: 3.6,
    gap: 12,
    inset: 0,
  },
  totals: { kind: 'rule', width: 262, size: 9, leading: 12, payableSize: 14 },
  text: { size: 8.5, leading: 12, width: 430 },
  foot: 'line',
}

const modern: Style = {
  table: {
    head: 'fill',
    rows: 'zebra',
    size: 9.5,
    leading: 13.5,
    smallSize: 8.5,
    smallLeading: 11.5,
    headSize: 8,
    padding: 4.6,
    gap: 14,
    inset: 12,
  },
  totals: { kind: 'card', width: 276, size: 9.5, leading: 13, payableSize: 17 },
  text: { size: 9, leading: 13, width: 400 },
  foot: 'band',
}

const dense: Style = {
  table: {
    head: 'grid',
    rows: 'grid',
    size: 7.5,
    leading: 9.5,
    smallSize: 6.8,
    smallLeading: 8.4,
    headSize: 6.8,
    padding: 1.6,
    gap: 8,
    inset: 4,
  },
  totals: { kind: 'grid', width: 236, size: 8, leading: 10, payableSize: 11 },
  text: { size: 7.5, leading: 10, width: 520 },
  foot: 'line',
}

const letter: Style = {
  table: {
    head: 'quiet',
    rows: 'none',
    size: 10,
    leading: 14,
    smallSize: 9,
    smallLeading: 12.5,
    headSize: 8.5,
    padding: 3.6,
    gap: 16,
    inset: 0,
  },
  totals: { kind: 'underline', width: 250, size: 10, leading: 14, payableSize: 12 },
  text: { size: 10, leading: 14.5, width: 460 },
  foot: 'columns',
}

const styles: Readonly<Record<DesignLayout, Style>> = { plain, modern, dense, letter }
const scales: Readonly<Record<TemplateDesign['textSize'], number>> = { small: 0.9, normal: 1, large: 1.12 }

const scaled = <T extends Readonly<Record<string, number | string>>>(sizes: T, scale: number, keys: (keyof T)[]): T => {
  const copy: Record<string, number | string> = { ...sizes }
  for (const key of keys) {
    const value = copy[String(key)]
    if (typeof value === 'number') copy[String(key)] = Math.round(value * scale * 100) / 100
  }
  // The same keys with the same kinds of values: only numbers were changed.
  return copy as T
}

/** The measures of a design; the text size scales what is read, not the margins. */
export const styleOf = ({ layout, textSize }: TemplateDesign): Style => {
  const style = styles[layout]
  const scale = scales[textSize]
  if (scale === 1) return style
  return {
    ...style,
    table: scaled(style.table, scale, ['size', 'leading', 'smallSize', 'smallLeading', 'headSize']),
    totals: scaled(style.totals, scale, ['size', 'leading', 'payableSize']),
    text: scaled(style.text, scale, ['size', 'leading']),
  }
}

type Margins = { readonly left: number; readonly right: number; readonly top: number; readonly foot: number }

// Plain and letter: DIN 5008 (25 mm left, 20 mm right), which suits Letter too.
const margins: Readonly<Record<DesignLayout, Margins>> = {
  plain: { left: 25 * millimetre, right: 20 * millimetre, top: 70, foot: 42 },
  modern: { left: 18 * millimetre, right: 18 * millimetre, top: 78, foot: 40 },
  dense: { left: 12 * millimetre, right: 12 * millimetre, top: 52, foot: 34 },
  letter: { left: 25 * millimetre, right: 25 * millimetre, top: 78, foot: 68 },
}

/** The paper of a layout: its size and where the content stands on it. */
export const paperOf = (layout: DesignLayout, pageSize: PrintableDocument['pageSize']): Paper => {
  const [width, height] = paperSize(pageSize)
  const { left, right, top, foot } = margins[layout]
  return { width, height, left, right: width - right, top, bottom: height - foot - 14, foot: height - foot }
}
