/** What is used of a glyph, a run and a font as the font engine gives them; lengths are in font units. */
export type Glyph = { readonly id: number; readonly advanceWidth: number; readonly codePoints: readonly number[] }
export type GlyphPosition = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number }
export type GlyphRun = { readonly glyphs: Glyph[]; readonly positions: GlyphPosition[]; readonly advanceWidth: number }
export type Subset = { includeGlyph: (glyph: number) => number }
export type FontProgram = {
  readonly postscriptName: string
  readonly unitsPerEm: number
  readonly hasGlyphForCodePoint: (codePoint: number) => boolean
  readonly glyphForCodePoint: (codePoint: number) => Glyph
  getGlyph: (id: number, codePoints?: readonly number[]) => Glyph
  readonly createSubset: () => Subset
  readonly layout: (text: string, ...options: readonly unknown[]) => GlyphRun
}

/**
 * First character of a run whose direction the bidi algorithm has settled. These marks never come from a document:
 * they are stripped from every text before.
 */
export const directionMarks = { ltr: '\u200e', rtl: '\u200f' } as const

// Alphabets without joining or reordering: a glyph per character, and kerning that looks at two neighbours only.
const alphabetic =
  /^[\x20-\x7e\u00a0-\u02af\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u205e\u20a0-\u20bf\u2116\u2122\u2212]*$/
const ideographic = /^[\x20-\x7e\u2100-\u27bf\u2e80-\u3029\u3030-\u3098\u309b-\u9fff\uf900-\ufaff\uff00-\uffef]*$/

const variantStep = 65_536

// A part of a letter that is drawn apart (the dots of Arabic) stands for no character of its own. A file cannot say
// "none": readers then make one up, so it says "word joiner", which they leave out or show as nothing.
const nothing = [0x2060]

type Tagger = (glyph: Glyph) => Glyph

/**
 * Gives each pair of glyph and characters an id of its own: one shape may stand for several characters (the dotless
 * tooth of Arabic letters, the two kinds of space), and the file must say for each place which one it is.
 */
const createTagger = (): Tagger => {
  const counts = new Map<number, number>()
  const tagged = new Map<string, Glyph>()
  return (glyph) => {
    const key = `${glyph.id} ${glyph.codePoints.join(' ')}`
    const known = tagged.get(key)
    if (known) return known
    const count = (counts.get(glyph.id) ?? 0) + 1
    counts.set(glyph.id, count)
    const codePoints = glyph.codePoints.length > 0 ? glyph.codePoints : nothing
    const made = { id: glyph.id + count * variantStep, advanceWidth: glyph.advanceWidth, codePoints }
    tagged.set(key, made)
    return made
  }
}

/** A subset that takes the ids of the tagger and stores the shape behind each. */
const taggedSubset = (program: FontProgram): Subset => {
  const subset = program.createSubset()
  const include = subset.includeGlyph.bind(subset)
  // The engine keeps the shapes in order and looks places up by id: both are written, as its own method does.
  const store = subset as Subset & { readonly glyphs: number[]; readonly mapping: Record<number, number> }
  subset.includeGlyph = (id) => {
    if (id < variantStep) return include(id)
    const known = store.mapping[id]
    if (known !== undefined) return known
    const place = store.glyphs.push(id % variantStep) - 1
    store.mapping[id] = place
    return place
  }
  return subset
}

const fastLayout = (program: FontProgram, kerned: boolean, tag: Tagger): ((text: string) => GlyphRun) => {
  const glyphs = new Map<number, Glyph>()
  const kerning = new Map<string, number>()

  const glyphOf = (codePoint: number): Glyph => {
    const known = glyphs.get(codePoint)
    if (known) return known
    const glyph = tag(program.glyphForCodePoint(codePoint))
    glyphs.set(codePoint, glyph)
    return glyph
  }
  const kernOf = (pair: string): number => {
    const known = kerning.get(pair)
    if (known !== undefined) return known
    const run = program.layout(pair)
    const [first, left] = [run.positions[0], run.glyphs[0]]
    // One glyph for two characters is a ligature, which is left out: text copied from the paper stays letters.
    const value = first && left && run.glyphs.length === 2 ? first.xAdvance - left.advanceWidth : 0
    kerning.set(pair, value)
    return value
  }
  return (text) => {
    const run = { glyphs: [] as Glyph[], positions: [] as GlyphPosition[], advanceWidth: 0 }
    for (let index = 0; index < text.length; index += 1) {
      const glyph = glyphOf(text.charCodeAt(index))
      const before = run.positions[index - 1]
      if (kerned && before) {
        const kern = kernOf(text.slice(index - 1, index + 1))
        before.xAdvance += kern
        run.advanceWidth += kern
      }
      run.glyphs.push(glyph)
      run.positions.push({ xAdvance: glyph.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 })
      run.advanceWidth += glyph.advanceWidth
    }
    return run
  }
}

/** The engine caches a glyph with the characters that first asked for it, and would repeat those for all others. */
const forgetCharacters = (program: FontProgram): void => {
  const cached = program.getGlyph.bind(program)
  program.getGlyph = (id, codePoints = []) => {
    const shape = cached(id)
    if (codePoints.length === 0) return shape
    return Object.create(shape, { codePoints: { value: codePoints, enumerable: true } })
  }
}

/**
 * The same font with its own layout: texts that need no shaping take a quick way (full shaping of a word costs 65
 * microseconds, most of the time of a long invoice), texts that begin with a direction mark are set in that direction,
 * and each glyph knows the characters it stands for, whatever was set before.
 */
export const paperShaper = (program: FontProgram, ideographs: boolean): FontProgram => {
  forgetCharacters(program)
  const tag = createTagger()
  const quick = fastLayout(program, !ideographs, tag)
  const pattern = ideographs ? ideographic : alphabetic
  const directed = (text: string): GlyphRun | null => {
    if (text.startsWith(directionMarks.rtl)) return program.layout(text.slice(1), [], undefined, undefined, 'rtl')
    if (text.startsWith(directionMarks.ltr)) return program.layout(text.slice(1), [], undefined, undefined, 'ltr')
    return null
  }
  const layout: FontProgram['layout'] = (text) => {
    if (pattern.test(text)) return quick(text)
    const run = directed(text) ?? program.layout(text)
    return { glyphs: run.glyphs.map(tag), positions: run.positions, advanceWidth: run.advanceWidth }
  }
  const heir: FontProgram = Object.create(program, {
    layout: { value: layout },
    createSubset: { value: () => taggedSubset(program) },
  })
  return heir
}
