import type { DesignFont } from '../../shared/documents/template-design.ts'
import { type Face, type FaceScript, faceFor, fontNow, type HanHand, handNow, textFaces, type Weight } from './faces.ts'
import { directionMarks } from './shaper.ts'

/** A stretch of text that one face draws. `directed`: it begins with a direction mark and is set as one piece. */
export type TextRun = { readonly face: Face; readonly text: string; readonly directed: boolean }

const within = (codePoint: number, ranges: readonly (readonly [number, number])[]): boolean =>
  ranges.some(([from, to]) => codePoint >= from && codePoint <= to)

const devanagari = [
  [0x900, 0x97f],
  [0x1cd0, 0x1cff],
  [0xa8e0, 0xa8ff],
] as const
const arabic = [
  [0x600, 0x6ff],
  [0x750, 0x77f],
  [0x870, 0x8ff],
  [0xfb50, 0xfdff],
  [0xfe70, 0xfefe],
] as const
const hebrew = [
  [0x590, 0x5ff],
  [0xfb1d, 0xfb4f],
] as const
const han = [
  [0x2e80, 0x9fff],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff00, 0xffef],
  [0x20000, 0x3ffff],
] as const
// Arrows, numerals in circles, geometric shapes: the Latin face has few of them, the Chinese one has many.
const symbols = [[0x2100, 0x27bf]] as const

// Characters that the Latin face is known to have, so that most texts are one run without a look at each character.
const plainLatin = /^[\x20-\x7e\u00a0-\u024f\u2010-\u2022\u2026\u202f\u2030\u20ac\u2212]*$/
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const strong = /\p{L}/u
const lettersAndDigits = /[\p{L}\p{N}]/u
const clinging = /[\p{M}\u200c\u200d]/u
const unseen = /[\n\u200e\u200f]/
const replacement = '\ufffd'

const scriptOf = (codePoint: number): FaceScript => {
  if (within(codePoint, devanagari)) return 'devanagari'
  if (within(codePoint, arabic)) return 'arabic'
  if (within(codePoint, hebrew)) return 'hebrew'
  if (within(codePoint, han)) return handNow()
  if (within(codePoint, symbols) && !faceFor('latin', 'regular')?.program.hasGlyphForCodePoint(codePoint))
    return handNow()
  return 'latin'
}

/** The scripts whose faces a text needs, in the hand of just now; the Latin face must be loaded. */
export const scriptsIn = (text: string): ReadonlySet<FaceScript> => {
  const scripts = new Set<FaceScript>()
  if (plainLatin.test(text)) return scripts
  for (const character of text) scripts.add(scriptOf(character.codePointAt(0) ?? 0))
  return scripts
}

/** Whether a text has a sign of Chinese that the face of the hand of just now, which must be loaded, does not. */
export const needsOtherHand = (text: string): boolean =>
  !plainLatin.test(text) &&
  [...text].some((character) => {
    const codePoint = character.codePointAt(0) ?? 0
    return within(codePoint, han) && !faceFor(handNow(), 'regular')?.program.hasGlyphForCodePoint(codePoint)
  })

/** Whether a text has letters that are read from right to left. */
export const hasRightToLeft = (text: string): boolean => rightToLeft.test(text)

/** The direction of a line: that of the mark before it or of its first letter. */
export const directionOf = (text: string): 'ltr' | 'rtl' => {
  if (text.startsWith(directionMarks.ltr)) return 'ltr'
  if (text.startsWith(directionMarks.rtl)) return 'rtl'
  const first = strong.exec(text)?.[0]
  return first !== undefined && rightToLeft.test(first) ? 'rtl' : 'ltr'
}

const pickedOf = (): Readonly<Record<Weight, Map<string, Face>>> => ({ regular: new Map(), strong: new Map() })
const pickedIn = () => ({ han: pickedOf(), japanese: pickedOf() })
const picked: Readonly<Record<DesignFont, Readonly<Record<HanHand, ReturnType<typeof pickedOf>>>>> = {
  'noto-sans': pickedIn(),
  'noto-serif': pickedIn(),
}

// Only these, never whatever face an earlier document left loaded: the same document must give the same bytes.
const pickFace = (character: string, weight: Weight): Face | null => {
  const codePoint = character.codePointAt(0) ?? 0
  const script = scriptOf(codePoint)
  const own = script === 'latin' ? [] : [faceFor(script, weight)]
  // What Japanese has no sign for, such as a simplified one in a Chinese client's name.
  const other = script === 'japanese' ? [faceFor('han', weight)] : []
  const candidates = [...own, ...textFaces(weight), ...other]
  return candidates.find((face) => face?.program.hasGlyphForCodePoint(codePoint)) ?? null
}

/** The face that has a character, or null if no bundled face has it. */
export const faceOfCharacter = (character: string, weight: Weight): Face | null => {
  const known = picked[fontNow()][handNow()][weight].get(character)
  if (known) return known
  const face = pickFace(character, weight)
  if (face) picked[fontNow()][handNow()][weight].set(character, face)
  return face
}

/** The text with a replacement mark for each character that no bundled face can draw, so that none becomes a box. */
export const drawable = (text: string): string => {
  if (plainLatin.test(text)) return text
  let result = ''
  for (const character of text) {
    const keep = unseen.test(character) || clinging.test(character) || faceOfCharacter(character, 'regular') !== null
    result += keep ? character : replacement
  }
  return result
}

const latinFace = (weight: Weight): Face => {
  const [face] = textFaces(weight)
  if (!face) throw new Error('The Latin face is not loaded')
  return face
}

/**
 * The face that draws a character beside its neighbour: marks and joiners stay with the letter before them, and so do
 * blanks and signs where `keep` asks for runs as long as possible.
 */
export const pickRunFace = (character: string, weight: Weight, neighbour: Face | null, keep: boolean): Face => {
  const stays = neighbour !== null && (clinging.test(character) || (keep && !lettersAndDigits.test(character)))
  if (stays && neighbour.program.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return neighbour
  return faceOfCharacter(character, weight) ?? latinFace(weight)
}

/** Cuts a text into runs of one face each, in reading order. For texts without right-to-left letters. */
export const leftToRightRuns = (text: string, weight: Weight): readonly TextRun[] => {
  if (plainLatin.test(text)) return text === '' ? [] : [{ face: latinFace(weight), text, directed: false }]
  const runs: { face: Face; text: string; directed: false }[] = []
  for (const character of text) {
    const last = runs.at(-1)
    const face = pickRunFace(character, weight, last?.face ?? null, false)
    if (last && last.face === face) last.text += character
    else runs.push({ face, text: character, directed: false })
  }
  return runs
}
