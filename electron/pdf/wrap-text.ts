import type { Weight } from './faces.ts'
import { widthOf } from './measure-text.ts'
import { directionMarks } from './shaper.ts'
import { directionOf, hasRightToLeft } from './text-runs.ts'

const ideograph = '\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}'
// What may not begin a line stays with the character before it, what may not end one with the character after it.
const closing =
  '\\u3001\\u3002\\u3009\\u300b\\u300d\\u300f\\u3011\\u3015\\uff01\\uff09\\uff0c\\uff0e\\uff1a\\uff1b\\uff1f\\u30fc'
const opening = '\\u3008\\u300a\\u300c\\u300e\\u3010\\u3014\\uff08'
const segment = new RegExp(
  `[${opening}]*[${ideograph}][${closing}]* *|[^ ${ideograph}${opening}]*?[\\-\\u2010\\u2013/\\\\](?=[^ \\d\\-/]) *|[^ ${ideograph}${opening}]+ *| +|[${opening}]+`,
  'gu',
)
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const trimEnd = (line: string): string => line.replace(/ +$/, '')

/** The pieces of one word that is wider than the line, cut between characters as they are seen. */
const cutWord = (word: string, weight: Weight, size: number, width: number): string[] => {
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const { segment: grapheme } of graphemes.segment(word)) {
    const advance = widthOf(grapheme, weight, size)
    if (piece !== '' && used + advance > width) {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += grapheme
    used += advance
  }
  if (piece !== '') pieces.push(piece)
  return pieces
}

const wrapParagraph = (paragraph: string, weight: Weight, size: number, width: number): string[] => {
  if (widthOf(paragraph, weight, size) <= width) return [trimEnd(paragraph)]
  const lines: string[] = []
  let line = ''
  let used = 0
  const end = (): void => {
    if (line !== '') lines.push(trimEnd(line))
    line = ''
    used = 0
  }
  const add = (piece: string): void => {
    const whole = widthOf(piece, weight, size)
    const bare = piece.endsWith(' ') ? widthOf(trimEnd(piece), weight, size) : whole
    if (line !== '' && used + bare > width) end()
    if (line === '' && bare > width) {
      const cut = cutWord(trimEnd(piece), weight, size, width)
      lines.push(...cut.slice(0, -1))
      line = cut.at(-1) ?? ''
      used = widthOf(line, weight, size)
      return
    }
    line += piece
    used += whole
  }
  for (const [piece] of paragraph.matchAll(segment)) add(piece)
  end()
  return lines
}

/** Lines of a paragraph that reads the other way than they would alone say so with a mark. */
const keepDirection = (paragraph: string, lines: string[]): string[] => {
  if (!hasRightToLeft(paragraph)) return lines
  const direction = directionOf(paragraph)
  return lines.map((line) =>
    hasRightToLeft(line) && directionOf(line) !== direction ? directionMarks[direction] + line : line,
  )
}

/**
 * Breaks a text into lines no wider than `width` points: at blanks, after hyphens and slashes, between ideographs, and
 * inside a word only where the word alone is too wide. Line ends in the text are kept; an empty text has no line.
 */
export const wrapText = (text: string, weight: Weight, size: number, width: number): readonly string[] =>
  text === ''
    ? []
    : text.split('\n').flatMap((paragraph) => keepDirection(paragraph, wrapParagraph(paragraph, weight, size, width)))
