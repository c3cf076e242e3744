// Built from code points: a source file must not itself contain what it removes.
const range = (from: number, to: number): string => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`

const controls = range(0x00, 0x08) + range(0x0b, 0x0c) + range(0x0e, 0x1f) + range(0x7f, 0x84) + range(0x86, 0x9f)
// Marks, embeddings, overrides and isolates: a name must not be able to turn the figures beside it around.
const bidi = `\\u{61c}${range(0x200e, 0x200f)}${range(0x202a, 0x202e)}${range(0x2060, 0x206f)}`
// Soft hyphen, zero-width space, byte order mark, variation selectors, interlinear marks, tags, private use.
const invisible = `\\u{ad}\\u{34f}\\u{180e}\\u{200b}\\u{feff}${range(0xfe00, 0xfe0f)}${range(0xfff0, 0xfffb)}${range(0xe0000, 0xe0fff)}`

const dropped = new RegExp(`[${controls}${bidi}${invisible}]`, 'gu')
const newLines = /\r\n|[\r\u0085\u2028\u2029]/g
const loneSurrogates = /\p{Surrogate}/gu
// Most texts are plain and need no work at all.
const plain = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff]*$/

/**
 * The text as it may be printed: composed (NFC), without control, bidi-override and other invisible characters,
 * with one kind of line end. Joiners that Indic and Arabic scripts need stay.
 */
export const printableText = (text: string): string => {
  if (plain.test(text)) return text.normalize('NFC')
  return text
    .replace(newLines, '\n')
    .replace(/\t/g, '    ')
    .replace(loneSurrogates, '\ufffd')
    .replace(dropped, '')
    .normalize('NFC')
}

/** As `printableText`, on one line. */
export const printableLine = (text: string): string =>
  printableText(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
