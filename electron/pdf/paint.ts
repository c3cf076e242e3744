import type { Face } from './faces.ts'
import { widthOfRuns } from './measure-text.ts'
import type { CodeMark, FillMark, Mark, RuleMark, StrokeMark, TextMark, WatermarkMark } from './sheet.ts'

type TextOptions = { readonly lineBreak: false; readonly baseline: 'alphabetic'; readonly features?: readonly [] }

/** The part of the drawing surface inside react-pdf's Canvas that is used here. */
export type Painter = {
  readonly save: () => Painter
  readonly restore: () => Painter
  readonly font: (font: object | string) => Painter
  readonly fontSize: (size: number) => Painter
  readonly fillColor: (color: string) => Painter
  readonly strokeColor: (color: string) => Painter
  readonly lineWidth: (width: number) => Painter
  readonly dash: (length: number, options: { space: number }) => Painter
  readonly moveTo: (x: number, y: number) => Painter
  readonly lineTo: (x: number, y: number) => Painter
  readonly roundedRect: (x: number, y: number, width: number, height: number, radius: number) => Painter
  readonly rect: (x: number, y: number, width: number, height: number) => Painter
  readonly stroke: () => Painter
  readonly fill: () => Painter
  readonly translate: (x: number, y: number) => Painter
  readonly rotate: (degrees: number) => Painter
  readonly text: (text: string, x: number, y: number, options: TextOptions) => Painter
}

/** Draws the marks of one page. */
export type DrawMarks = (painter: Painter, marks: readonly Mark[], width: number, height: number) => void

// The height of capitals above the baseline in Noto Sans, to set the watermark around the middle.
const capHeight = 0.714
const textOptions: TextOptions = { lineBreak: false, baseline: 'alphabetic' }
// Asking for features, even for none, keeps the run whole: words of a right-to-left run are in order only together.
const directedOptions: TextOptions = { ...textOptions, features: [] }

type SelectFont = (painter: Painter, face: Face) => void

/** Hands a face to the file once and then by its name: handing over the font itself makes a new subset each time. */
const createFontSelector = (): SelectFont => {
  const given = new Set<string>()
  return (painter, face) => {
    painter.font(given.has(face.name) ? face.name : face.program)
    given.add(face.name)
  }
}

const drawTextMark = (painter: Painter, mark: TextMark, select: SelectFont): void => {
  painter.fillColor(mark.color).fontSize(mark.size)
  let { x } = mark
  for (const run of mark.runs) {
    select(painter, run.face)
    painter.text(run.text, x, mark.y, run.directed ? directedOptions : textOptions)
    if (mark.runs.length > 1) x += widthOfRuns([run], mark.size)
  }
}

const drawRuleMark = (painter: Painter, mark: RuleMark): void => {
  painter.save().lineWidth(mark.thickness).strokeColor(mark.color)
  if (mark.dash !== null) painter.dash(mark.dash, { space: mark.dash })
  painter.moveTo(mark.x1, mark.y).lineTo(mark.x2, mark.y).stroke().restore()
}

const drawFillMark = (painter: Painter, { x, y, width, height, radius, color }: FillMark): void => {
  painter.fillColor(color)
  if (radius > 0) painter.roundedRect(x, y, width, height, radius).fill()
  else painter.rect(x, y, width, height).fill()
}

const drawStrokeMark = (painter: Painter, { lines, thickness, color, dash }: StrokeMark): void => {
  painter.save().lineWidth(thickness).strokeColor(color)
  if (dash !== null) painter.dash(dash, { space: dash })
  for (const [x1, y1, x2, y2] of lines) painter.moveTo(x1, y1).lineTo(x2, y2)
  painter.stroke().restore()
}

/** All squares as one path, neighbours of a row as one rectangle: no reader shows seams within a path. */
const drawCodeMark = (painter: Painter, { x, y, size, modules }: CodeMark): void => {
  const unit = size / modules.length
  painter.fillColor('#000000')
  for (const [row, cells] of modules.entries()) {
    let start = -1
    for (let column = 0; column <= cells.length; column += 1) {
      if (cells[column] === true) {
        if (start < 0) start = column
      } else if (start >= 0) {
        painter.rect(x + start * unit, y + row * unit, (column - start) * unit, unit)
        start = -1
      }
    }
  }
  painter.fill()
}

const drawChipMark = (painter: Painter, mark: Extract<Mark, { kind: 'chip' }>): void => {
  painter.save().lineWidth(0.8).strokeColor(mark.color)
  painter.roundedRect(mark.x, mark.y, mark.width, mark.height, 3).stroke().restore()
}

const drawWatermark = (
  painter: Painter,
  mark: WatermarkMark,
  select: SelectFont,
  width: number,
  height: number,
): void => {
  painter
    .save()
    .translate(width / 2, height / 2)
    .rotate(-52)
  select(painter, mark.face)
  painter.fillColor(mark.color).fontSize(mark.size)
  painter.text(mark.text, -mark.width / 2, (mark.size * capHeight) / 2, textOptions).restore()
}

/** Draws the marks of one document and keeps in mind the fonts that its file already has. */
export const createMarkDrawer = (): DrawMarks => {
  const select = createFontSelector()
  return (painter, marks, width, height) => {
    for (const mark of marks) {
      if (mark.kind === 'text') drawTextMark(painter, mark, select)
      else if (mark.kind === 'rule') drawRuleMark(painter, mark)
      else if (mark.kind === 'watermark') drawWatermark(painter, mark, select, width, height)
      else if (mark.kind === 'chip') drawChipMark(painter, mark)
      else if (mark.kind === 'fill') drawFillMark(painter, mark)
      else if (mark.kind === 'stroke') drawStrokeMark(painter, mark)
      else if (mark.kind === 'code') drawCodeMark(painter, mark)
    }
  }
}
