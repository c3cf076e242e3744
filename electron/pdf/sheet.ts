import type { Face, Weight } from './faces.ts'
import { runsOf, widthOf, widthOfRuns } from './measure-text.ts'
import { directionMarks } from './shaper.ts'
import { drawable, hasRightToLeft, type TextRun } from './text-runs.ts'

/** What is drawn on one page, in points from its top left corner; texts stand on their baseline. */
export type TextMark = {
  readonly kind: 'text'
  readonly runs: readonly TextRun[]
  readonly x: number
  readonly y: number
  readonly size: number
  readonly color: string
}
export type RuleMark = {
  readonly kind: 'rule'
  readonly x1: number
  readonly x2: number
  readonly y: number
  readonly thickness: number
  readonly color: string
  readonly dash: number | null
}
export type ChipMark = {
  readonly kind: 'chip'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly color: string
}
/** Large letters behind the content, turned around the middle of the page. */
export type WatermarkMark = {
  readonly kind: 'watermark'
  readonly face: Face
  readonly text: string
  readonly size: number
  readonly width: number
  readonly color: string
}
export type PictureMark = {
  readonly kind: 'picture'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** A filled rectangle; with a radius its corners are round. */
export type FillMark = {
  readonly kind: 'fill'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly radius: number
  readonly color: string
}
/** Strokes that are not horizontal rules: verticals, corners, the cross of a scissors mark. */
export type StrokeMark = {
  readonly kind: 'stroke'
  readonly lines: readonly (readonly [x1: number, y1: number, x2: number, y2: number])[]
  readonly thickness: number
  readonly color: string
  readonly dash: number | null
}
/** A QR code in black squares on white, `size` points wide without its quiet zone. */
export type CodeMark = {
  readonly kind: 'code'
  readonly x: number
  readonly y: number
  readonly size: number
  readonly modules: readonly (readonly boolean[])[]
}
/** A place that opens an https address when it is clicked. */
export type LinkMark = {
  readonly kind: 'link'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly url: string
}
export type Mark =
  | TextMark
  | RuleMark
  | ChipMark
  | WatermarkMark
  | PictureMark
  | FillMark
  | StrokeMark
  | CodeMark
  | LinkMark

/** The marks of one page; with `rightToLeft` each line that has such letters is set in that direction as a whole. */
export type Sheet = { readonly marks: Mark[]; readonly rightToLeft: boolean }

export type TextPlace = {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly color: string
  readonly weight?: Weight
  /** `right`: the text ends at `x`; `center`: `x` is its middle. */
  readonly align?: 'left' | 'right' | 'center'
  /** A wider text is set smaller, down to 60 %. */
  readonly fit?: number
}

const leadingMark = new RegExp(`^[${directionMarks.ltr}${directionMarks.rtl}]`)

// A line of an Arabic document is Arabic from end to end, also where it begins with a Latin name or a figure.
const directed = (sheet: Sheet, text: string): string =>
  sheet.rightToLeft && hasRightToLeft(text) ? directionMarks.rtl + text.replace(leadingMark, '') : text

/** Draws one line of text and gives its width in points. */
export const drawText = (sheet: Sheet, text: string, place: TextPlace): number => {
  const { x, y, color, weight = 'regular', align = 'left', fit } = place
  const seen = drawable(directed(sheet, text))
  const runs = runsOf(seen, weight)
  if (runs.length === 0) return 0
  const natural = widthOfRuns(runs, place.size)
  const size = fit !== undefined && natural > fit ? place.size * Math.max(0.6, fit / natural) : place.size
  const width = (natural * size) / place.size
  const left = align === 'right' ? x - width : align === 'center' ? x - width / 2 : x
  sheet.marks.push({ kind: 'text', runs, x: left, y, size, color })
  return width
}

/** Draws a horizontal line. */
export const drawRule = (
  sheet: Sheet,
  place: { x1: number; x2: number; y: number; thickness: number; color: string; dash?: number },
): void => {
  sheet.marks.push({ kind: 'rule', ...place, dash: place.dash ?? null })
}

/** Draws a filled rectangle. */
export const drawFill = (
  sheet: Sheet,
  place: { x: number; y: number; width: number; height: number; color: string; radius?: number },
): void => {
  sheet.marks.push({ kind: 'fill', ...place, radius: place.radius ?? 0 })
}

/** Draws straight strokes of one thickness. */
export const drawStrokes = (
  sheet: Sheet,
  lines: StrokeMark['lines'],
  look: { thickness: number; color: string; dash?: number },
): void => {
  sheet.marks.push({ kind: 'stroke', lines, ...look, dash: look.dash ?? null })
}

/** The text cut with an ellipsis so that it is no wider than `width` points. */
export const ellipsis = (text: string, weight: Weight, size: number, width: number): string => {
  if (widthOf(text, weight, size) <= width) return text
  let kept = [...text]
  while (kept.length > 1 && widthOf(`${kept.join('')}…`, weight, size) > width) {
    kept = kept.slice(0, Math.max(1, Math.floor(kept.length * 0.9)))
  }
  return `${kept.join('').trimEnd()}…`
}
