import type { CsvEncoding } from '../../../shared/contract/bank.ts'

const markOf = (bytes: Uint8Array): CsvEncoding | null => {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

// Text of mostly ASCII in 16 bits has a zero in every other byte.
const wideOf = (bytes: Uint8Array): CsvEncoding | null => {
  const head = bytes.subarray(0, 512)
  let even = 0
  let odd = 0
  for (const [index, byte] of head.entries()) {
    if (byte !== 0) continue
    if (index % 2 === 0) even += 1
    else odd += 1
  }
  const many = head.length / 5
  return odd > many ? 'utf-16le' : even > many ? 'utf-16be' : null
}

const strictly = (bytes: Uint8Array, encoding: CsvEncoding): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu
const halfWidth = /[\uff61-\uff9f]/g

// Bytes of Western text are rarely valid here, and then give no kana but half-width ones.
const isJapanese = (text: string | null): boolean => {
  if (text === null) return false
  const foreign = text.match(/[^\p{ASCII}]/gu)?.length ?? 0
  const own = (text.match(japanese)?.length ?? 0) - (text.match(halfWidth)?.length ?? 0)
  return foreign > 0 && own * 2 > foreign
}

/** The encodings that a file may be in, the likeliest first. */
export const encodingsOf = (bytes: Uint8Array): readonly CsvEncoding[] => {
  const said = markOf(bytes) ?? wideOf(bytes)
  if (said !== null) return [said]
  if (strictly(bytes, 'utf-8') !== null) return ['utf-8']
  for (const encoding of ['euc-jp', 'shift_jis'] as const) {
    if (isJapanese(strictly(bytes, encoding))) return [encoding]
  }
  return ['windows-1252', 'windows-1250']
}

/** The text of a file in an encoding, without its byte order mark; what is no character becomes U+FFFD. */
export const decodeAs = (bytes: Uint8Array, encoding: CsvEncoding): string =>
  new TextDecoder(encoding).decode(bytes).replace(/^\uFEFF/, '')

/** The text of a file in its likeliest encoding. */
export const decodeFile = (bytes: Uint8Array): string => decodeAs(bytes, encodingsOf(bytes)[0] ?? 'utf-8')
