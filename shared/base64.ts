const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Map([...alphabet].map((letter, value) => [letter, value]))

/** Base64 of bytes, with padding; the same on every host, without Buffer or btoa. */
export const toBase64 = (bytes: Uint8Array): string => {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const first = bytes[at] ?? 0
    const second = bytes[at + 1] ?? 0
    const third = bytes[at + 2] ?? 0
    const left = bytes.length - at
    parts.push(
      alphabet.charAt(first >> 2),
      alphabet.charAt(((first & 3) << 4) | (second >> 4)),
      left > 1 ? alphabet.charAt(((second & 15) << 2) | (third >> 6)) : '=',
      left > 2 ? alphabet.charAt(third & 63) : '=',
    )
  }
  return parts.join('')
}

/** Bytes of a base64 text; throws on anything that is not base64. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const clean = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (const letter of clean) {
    const value = values.get(letter)
    if (value === undefined) throw new Error('This is not base64.')
    held = (held << 6) | value
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = (held >> bits) & 255
    at += 1
  }
  return bytes
}
