import { encodeQR } from 'qr'

/** The squares of a QR code at error correction level M, without quiet zone; the text goes in as UTF-8. */
export const codeModules = (text: string): readonly (readonly boolean[])[] =>
  // The encoder always puts a border around; the quiet zone is the layout's own business.
  encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1))
