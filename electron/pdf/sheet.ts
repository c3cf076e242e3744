import type { Face, Weight } from './faces.ts'
import { runsOf, widthOf, widthOfRuns } from './measure-text.ts'
import { drawable, type TextRun } from './text-runs.ts'

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
export type Mark = TextMark | RuleMark | ChipMark | WatermarkMark | PictureMark

/** The marks of one page. */
export type Sheet = { readonly marks: Mark[] }

export type TextPlace = {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly color: string
  readonly weight?: Weight
  /** `right`: the text ends at `x`. */
  readonly align?: 'left' | 'right'
  /** A wider text is set smaller, down to 60 %. */
  readonly fit?: number
}

/** Draws one line of text and gives its width in points. */
export const drawText = (sheet: Sheet, text: string, place: TextPlace): number => {
  const { x, y, color, weight = 'regular', align = 'left', fit } = place
  const seen = drawable(text)
  const runs = runsOf(seen, weight)
  if (runs.length === 0) return 0
  const natural = widthOfRuns(runs, place.size)
  const size = fit !== undefined && natural > fit ? place.size * Math.max(0.6, fit / natural) : place.size
  const width = (natural * size) / place.size
  sheet.marks.push({ kind: 'text', runs, x: align === 'right' ? x - width : x, y, size, color })
  return width
}

/** Draws a horizontal line. */
export const drawRule = (
  sheet: Sheet,
  place: { x1: number; x2: number; y: number; thickness: number; color: string; dash?: number },
): void => {
  sheet.marks.push({ kind: 'rule', ...place, dash: place.dash ?? null })
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
