import bidiFactory from 'bidi-js'
import type { Face, Weight } from './faces.ts'
import { directionMarks } from './shaper.ts'
import { directionOf, pickRunFace, type TextRun } from './text-runs.ts'

const bidi = bidiFactory()

type LevelRun = { readonly face: Face; readonly level: number; text: string }

const leadingMark = new RegExp(`^[${directionMarks.ltr}${directionMarks.rtl}]`)
const isOdd = (level: number): boolean => level % 2 === 1

/** Cuts a line where the face or the embedding level changes, in reading order. */
const levelRuns = (line: string, weight: Weight): LevelRun[] => {
  const text = line.replace(leadingMark, '')
  const { levels } = bidi.getEmbeddingLevels(text, directionOf(line))
  const runs: LevelRun[] = []
  let index = 0
  for (const character of text) {
    const level = levels[index] ?? 0
    index += character.length
    const last = runs.at(-1)
    const near = last?.level === level ? last : undefined
    const shown = isOdd(level) ? (bidi.getMirroredCharacter(character) ?? character) : character
    const face = pickRunFace(shown, weight, near?.face ?? null, true)
    if (near && near.face === face) near.text += shown
    else runs.push({ face, level, text: shown })
  }
  return runs
}

/** Rule L2 of the bidi algorithm on whole runs: from the highest level down, each stretch at or above it turns around. */
const reorder = (runs: LevelRun[]): LevelRun[] => {
  const highest = Math.max(0, ...runs.map((run) => run.level))
  for (let level = highest; level > 0; level -= 1) {
    let start = 0
    while (start < runs.length) {
      let end = start
      while ((runs[end]?.level ?? -1) >= level) end += 1
      if (end > start) runs.splice(start, end - start, ...runs.slice(start, end).reverse())
      start = end + 1
    }
  }
  return runs
}

/** The runs of a line that has right-to-left letters, from left to right as they are seen. */
export const bidiRuns = (text: string, weight: Weight): readonly TextRun[] =>
  reorder(levelRuns(text, weight)).map(({ face, level, text: content }) => ({
    face,
    text: `${isOdd(level) ? directionMarks.rtl : directionMarks.ltr}${content}`,
    directed: true,
  }))
