import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Font } from '@react-pdf/renderer'
import type { DesignFont } from '../../shared/documents/template-design.ts'
import { type FontProgram, paperShaper } from './shaper.ts'

/** A group of scripts that one font file covers; `serif` is the second hand for what `latin` covers. */
export type FaceScript = 'latin' | 'serif' | 'devanagari' | 'arabic' | 'hebrew' | 'han' | 'japanese'
export type Weight = 'regular' | 'strong'

/** One loaded font file, ready to measure and draw. */
export type Face = {
  readonly name: string
  readonly program: FontProgram
}

type FaceSource = { readonly family: string; readonly regular: string; readonly strong: string }

const file = (folder: string, family: string, style: string): string => join(folder, style, `${family}_${style}.ttf`)

const source = (folder: string, name: string, family: string, strong: string): FaceSource => ({
  family,
  regular: file(folder, name, '400Regular'),
  strong: file(folder, name, strong),
})

const semiBold = '600SemiBold'
const sources: Readonly<Record<FaceScript, FaceSource>> = {
  latin: source('noto-sans', 'NotoSans', 'Noto Sans', semiBold),
  serif: source('noto-serif', 'NotoSerif', 'Noto Serif', semiBold),
  devanagari: source('noto-sans-devanagari', 'NotoSansDevanagari', 'Noto Sans Devanagari', semiBold),
  arabic: source('noto-sans-arabic', 'NotoSansArabic', 'Noto Sans Arabic', semiBold),
  hebrew: source('noto-sans-hebrew', 'NotoSansHebrew', 'Noto Sans Hebrew', semiBold),
  // 5 to 10 MB a weight: headings in Chinese or Japanese are set in the regular one.
  han: source('noto-sans-sc', 'NotoSansSC', 'Noto Sans SC', '400Regular'),
  japanese: source('noto-sans-jp', 'NotoSansJP', 'Noto Sans JP', '400Regular'),
}

const faceScripts: readonly FaceScript[] = ['latin', 'serif', 'hebrew', 'arabic', 'devanagari', 'han', 'japanese']
const isHan = (script: FaceScript) => script === 'han' || script === 'japanese'
const weights = { regular: 400, strong: 600 } as const

let configured: string | null = null
const loaded = new Map<string, Face>()

/** Names the folder that holds the font packages; once per process, before the first document. Error if it has none. */
export const configureFonts = (directory: string): void => {
  if (configured === directory) return
  if (configured !== null) throw new Error(`The fonts are already taken from ${configured}`)
  if (!existsSync(join(directory, sources.latin.regular))) {
    throw new Error(`The fonts are missing: ${join(directory, sources.latin.regular)} does not exist`)
  }
  for (const script of faceScripts) {
    const { family, regular, strong } = sources[script]
    Font.register({
      family,
      fonts: [
        { src: join(directory, regular), fontWeight: weights.regular },
        { src: join(directory, strong), fontWeight: weights.strong },
      ],
    })
  }
  configured = directory
}

const keyOf = (script: FaceScript, weight: Weight): string => `${script} ${isHan(script) ? 'regular' : weight}`

const loadFace = async (script: FaceScript, weight: Weight): Promise<void> => {
  const key = keyOf(script, weight)
  if (loaded.has(key)) return
  const { family } = sources[script]
  const descriptor = { fontFamily: family, fontWeight: weights[isHan(script) ? 'regular' : weight] }
  await Font.load(descriptor)
  // The store types its font through a package that ships no types; FontProgram names the part that is used here.
  const program = Font.getFont(descriptor).data as unknown as FontProgram | null
  if (!program) throw new Error(`The font ${family} could not be read`)
  loaded.set(key, { name: program.postscriptName, program: paperShaper(program, isHan(script)) })
}

/** Loads the faces of the scripts in both weights, if they are not loaded yet. */
export const loadFaces = async (scripts: Iterable<FaceScript>): Promise<void> => {
  if (configured === null) throw new Error('The fonts are not set up: call configureFonts(directory) first')
  for (const script of scripts) {
    await loadFace(script, 'regular')
    await loadFace(script, 'strong')
  }
}

/** The face of a script and weight, or null if it is not loaded. */
export const faceFor = (script: FaceScript, weight: Weight): Face | null => loaded.get(keyOf(script, weight)) ?? null

const scriptOfFont: Readonly<Record<DesignFont, FaceScript>> = { 'noto-sans': 'latin', 'noto-serif': 'serif' }

/** The scripts whose faces a design's font needs; the Sans ones stand in for what it lacks. */
export const scriptsOfFont = (font: DesignFont): readonly FaceScript[] => [
  ...new Set(['latin', scriptOfFont[font]] as const),
]

/** Which hand draws the characters that Chinese and Japanese share: each writes some of them in its own way. */
export type HanHand = 'han' | 'japanese'

const kana = /[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]/

/** The hand of a paper: Japanese where its language is, or where its texts have kana. */
export const handOf = (language: string, texts: readonly string[]): HanHand =>
  language.split('-')[0] === 'ja' || texts.some((text) => kana.test(text)) ? 'japanese' : 'han'

let textFont: DesignFont = 'noto-sans'
let hand: HanHand = 'han'

/** The hand that draws Chinese and Japanese just now. */
export const handNow = (): HanHand => hand

/** The font that Latin, Greek and Cyrillic text is set in just now. */
export const fontNow = (): DesignFont => textFont

/**
 * Sets Latin, Greek and Cyrillic text in this font, and Chinese and Japanese in this hand, while `work` runs, which must
 * not wait for anything: every part of a page measures and picks faces through here, so the choice is made once for all
 * instead of being handed down.
 */
export const inFont = <T>(font: DesignFont, work: () => T, inHand: HanHand = hand): T => {
  const before = { textFont, hand }
  textFont = font
  hand = inHand
  try {
    return work()
  } finally {
    textFont = before.textFont
    hand = before.hand
  }
}

/** The loaded faces of the font of just now in the order in which they are asked for a character. */
export const textFaces = (weight: Weight): readonly Face[] =>
  [...new Set([faceFor(scriptOfFont[textFont], weight), faceFor('latin', weight)])].filter((face) => face !== null)
