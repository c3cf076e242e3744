import { widthOfRuns } from './measure-text.ts'
import type { Mark, Sheet } from './sheet.ts'

const mirrored = (mark: Mark, width: number): Mark => {
  switch (mark.kind) {
    case 'text':
      return { ...mark, x: width - mark.x - widthOfRuns(mark.runs, mark.size) }
    case 'rule':
      return { ...mark, x1: width - mark.x2, x2: width - mark.x1 }
    case 'stroke':
      return { ...mark, lines: mark.lines.map(([x1, y1, x2, y2]) => [width - x1, y1, width - x2, y2] as const) }
    case 'code':
      return { ...mark, x: width - mark.x - mark.size }
    case 'watermark':
      return mark
    default:
      return { ...mark, x: width - mark.x - mark.width }
  }
}

/**
 * Turns a laid out page around its middle, for languages that are read from right to left: columns, margins and edges
 * change sides, while texts, pictures and codes stay as they are.
 */
export const mirrorSheet = (sheet: Sheet, width: number): void => {
  for (const [index, mark] of sheet.marks.entries()) sheet.marks[index] = mirrored(mark, width)
}
