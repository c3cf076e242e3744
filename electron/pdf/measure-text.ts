import { bidiRuns } from './bidi-runs.ts'
import type { Face, Weight } from './faces.ts'
import { hasRightToLeft, leftToRightRuns, type TextRun } from './text-runs.ts'

/** Cuts a line into runs of one face and direction each, from left to right as they are seen. */
export const runsOf = (text: string, weight: Weight): readonly TextRun[] =>
  hasRightToLeft(text) ? bidiRuns(text, weight) : leftToRightRuns(text, weight)

const widths = new Map<Face, Map<string, number>>()
const widthsKept = 20_000

const chunkWidth = (face: Face, chunk: string): number => {
  const known = widths.get(face) ?? new Map<string, number>()
  if (known.size === 0 || known.size >= widthsKept) {
    known.clear()
    widths.set(face, known)
  }
  const found = known.get(chunk)
  if (found !== undefined) return found
  const width = face.program.layout(chunk).advanceWidth / face.program.unitsPerEm
  known.set(chunk, width)
  return width
}

const runWidth = (run: TextRun): number => {
  if (run.directed) return chunkWidth(run.face, run.text)
  let width = 0
  // The same chunks as the drawing uses: a word with the blank after it.
  for (let start = 0; start < run.text.length; ) {
    const blank = run.text.indexOf(' ', start)
    const end = blank < 0 ? run.text.length : blank + 1
    width += chunkWidth(run.face, run.text.slice(start, end))
    start = end
  }
  return width
}

/** The width of some runs, in points at a font size. */
export const widthOfRuns = (runs: readonly TextRun[], size: number): number =>
  runs.reduce((sum, run) => sum + runWidth(run), 0) * size

/** The width of one line of text, in points. */
export const widthOf = (text: string, weight: Weight, size: number): number => widthOfRuns(runsOf(text, weight), size)
