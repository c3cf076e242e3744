import type { ImportEncoding } from '../../../shared/contract/data-imports.ts'

const hasPrefix = (bytes: Uint8Array, ...prefix: readonly number[]) => prefix.every((byte, at) => bytes[at] === byte)

// Text in UTF-16 without its mark: nearly every second byte of a table in Latin letters is zero.
const zeroSide = (bytes: Uint8Array): 'even' | 'odd' | null => {
  const length = Math.min(bytes.length, 4096) & ~1
  if (length < 8) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1
    if (bytes[at + 1] === 0) odd += 1
  }
  const many = length / 2 / 3
  if (odd > many && even < many / 4) return 'odd'
  return even > many && odd < many / 4 ? 'even' : null
}

const decodesAs = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

// Kana and the common ideographs: what Japanese business texts are written in. Half-width katakana do not count, as
// any text of Windows-1252 with accents reads as those.
const japaneseShare = (text: string | null) => {
  if (text === null) return 0
  const foreign = text.match(/[^\p{ASCII}]/gu)?.length ?? 0
  return foreign === 0 ? 0 : (text.match(/[\u3040-\u30ff\u4e00-\u9fff\uff01-\uff5e]/gu)?.length ?? 0) / foreign
}

const japanese = (bytes: Uint8Array): ImportEncoding | null => {
  // A sample is enough to tell, and may be cut inside a character.
  const sample = bytes.subarray(0, 65_536)
  const shares = (['shift_jis', 'euc-jp'] as const).map((encoding) => ({
    encoding,
    share: Math.max(
      japaneseShare(decodesAs(sample, encoding)),
      japaneseShare(decodesAs(sample.subarray(0, -1), encoding)),
    ),
  }))
  const [best] = shares.sort((a, b) => b.share - a.share)
  return best !== undefined && best.share > 0.9 ? best.encoding : null
}

/** The encoding of a text file: by its mark, else by what its bytes can be; Windows-1252 where nothing else fits. */
export const detectEncoding = (bytes: Uint8Array): ImportEncoding => {
  if (hasPrefix(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8'
  if (hasPrefix(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (hasPrefix(bytes, 0xfe, 0xff)) return 'utf-16be'
  const zeros = zeroSide(bytes)
  if (zeros !== null) return zeros === 'odd' ? 'utf-16le' : 'utf-16be'
  if (decodesAs(bytes, 'utf-8') !== null) return 'utf-8'
  return japanese(bytes) ?? 'windows-1252'
}

/** The text of a file without its byte order mark; what an encoding does not know becomes U+FFFD. */
export const decodeText = (bytes: Uint8Array, encoding: ImportEncoding): string =>
  new TextDecoder(encoding).decode(bytes)
