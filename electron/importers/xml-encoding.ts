/** Either the text of a file, or what is wrong with its bytes, in which line, and the readable text before that place. */
export type DecodedXml =
  | { readonly text: string }
  | { readonly fault: string; readonly line: number; readonly before: string }

// What windows-1252 has at 0x80-0x9F, where ISO 8859-1 has control characters. Files that say ISO-8859-1 and use these
// bytes mean windows-1252 (the euro sign above all); the WHATWG encoding standard reads both names that way too.
const windows1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178'

const singleByteNames: ReadonlySet<string> = new Set(['iso-8859-1', 'iso8859-1', 'latin1', 'windows-1252', 'cp1252'])

/** Turns the bytes of an XML file into text by its byte order mark or its declaration: UTF-8, UTF-16, ISO-8859-1. */
export function decodeXmlBytes(bytes: Uint8Array): DecodedXml {
  const wide = wideEncodingOf(bytes)
  if (wide !== null) return decodeUtf16(bytes, wide)
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1')
  const declared = /^(?:\u00EF\u00BB\u00BF)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']{1,40})["']/.exec(head)?.[1]
  const encoding = declared?.toLowerCase() ?? 'utf-8'
  if (encoding === 'utf-8' || encoding === 'utf8' || encoding === 'us-ascii') return decodeUtf8(bytes)
  if (singleByteNames.has(encoding)) return { text: decodeSingleByte(bytes) }
  const fault =
    encoding === 'utf-16' || encoding === 'utf-16le' || encoding === 'utf-16be'
      ? 'the file says that it is UTF-16, but its bytes are not'
      : `the encoding "${declared}" is not supported: save the file as UTF-8, UTF-16 or ISO-8859-1`
  return { fault, line: 1, before: '' }
}

function wideEncodingOf(bytes: Uint8Array): 'le' | 'be' | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'le'
  if (first === 0xfe && second === 0xff) return 'be'
  if (first === 0x3c && second === 0x00) return 'le'
  if (first === 0x00 && second === 0x3c) return 'be'
  return null
}

function decodeUtf16(bytes: Uint8Array, order: 'le' | 'be'): DecodedXml {
  if (bytes.length % 2 === 1) {
    return { fault: 'the file has half a character at its end: it is cut short', line: 1, before: '' }
  }
  const little = Buffer.from(bytes)
  if (order === 'be') little.swap16()
  return { text: little.toString('utf16le').replace(/^\uFEFF/, '') }
}

function decodeUtf8(bytes: Uint8Array): DecodedXml {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return firstBadLine(bytes)
  }
}

// A line feed is never part of a longer UTF-8 sequence, so lines can be decoded one by one to find the broken one.
function firstBadLine(bytes: Uint8Array): DecodedXml {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed === -1 ? bytes.length : feed
    try {
      strict.decode(bytes.subarray(start, end))
    } catch {
      const valid = validPrefix(bytes.subarray(start, end))
      return {
        fault: 'a byte here is not UTF-8, although the file says so; it was probably saved in another encoding',
        line,
        before: new TextDecoder().decode(bytes.subarray(0, start)) + valid,
      }
    }
    start = end + 1
  }
  return { fault: 'the file is not UTF-8, although it says so', line: 1, before: '' }
}

function validPrefix(line: Uint8Array): string {
  const lossy = new TextDecoder().decode(line)
  return lossy.slice(0, lossy.indexOf('\uFFFD'))
}

function decodeSingleByte(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009F]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character)
}
