import { encodeQR } from 'qr'

type Modules = readonly (readonly boolean[])[]

// The encoder always puts a border around; the quiet zone is the layout's own business.
const encode = (text: string, version?: number): Modules =>
  encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', border: 1, version })
    .slice(1, -1)
    .map((row) => row.slice(1, -1))

/** The squares of a QR code at error correction level M, without quiet zone; the text goes in as UTF-8. */
export const codeModules = (text: string): Modules => encode(text)

const swissVersion = 14
// Bytes that version 14 holds at level M (ISO/IEC 18004, table 7).
const swissBytes = 362

/**
 * The squares of a Swiss QR code, 46 mm wide with a cross of 7 mm in the middle: at least version 14, because with the
 * larger squares of shorter codes some scanners take the cross for a corner.
 */
export const swissCodeModules = (text: string): Modules =>
  Buffer.byteLength(text) <= swissBytes ? encode(text, swissVersion) : encode(text)
