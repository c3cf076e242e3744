import { mostPicturePixels } from '../../shared/contract/users.ts'
import { AppError } from '../../shared/errors.ts'
import { LogoError, readLogo } from '../pdf/logo.ts'

type Picture = { readonly mediaType: 'image/png' | 'image/webp'; readonly width: number; readonly height: number }

const refused = (why: string) => {
  const message = `The picture cannot be used: ${why}. Choose another one.`
  return new AppError('FILE_REFUSED', message, { fields: { picture: message } })
}

const ascii = (bytes: Uint8Array, from: number, length: number) =>
  String.fromCharCode(...bytes.subarray(from, from + length))

const isPng = (bytes: Uint8Array) => bytes[0] === 0x89 && ascii(bytes, 1, 3) === 'PNG'
const isWebp = (bytes: Uint8Array) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP'

const little = (bytes: Uint8Array, at: number, length: number) =>
  [...bytes.subarray(at, at + length)].reduce((sum, byte, index) => sum + byte * 256 ** index, 0)

/** Width and height as the three kinds of WebP say them (RFC 9649, 2.5 to 2.7). */
const webpSize = (bytes: Uint8Array) => {
  const kind = ascii(bytes, 12, 4)
  if (kind === 'VP8 ' && bytes[23] === 0x9d && bytes[24] === 0x01 && bytes[25] === 0x2a) {
    return { width: little(bytes, 26, 2) & 0x3fff, height: little(bytes, 28, 2) & 0x3fff }
  }
  if (kind === 'VP8L' && bytes[20] === 0x2f) {
    const bits = little(bytes, 21, 4)
    return { width: (bits & 0x3fff) + 1, height: (Math.floor(bits / 2 ** 14) & 0x3fff) + 1 }
  }
  if (kind === 'VP8X' && ((bytes[20] ?? 0) & 0x02) === 0) {
    return { width: little(bytes, 24, 3) + 1, height: little(bytes, 27, 3) + 1 }
  }
  throw refused(kind === 'VP8X' ? 'it moves' : 'it is damaged')
}

const readWebp = (bytes: Uint8Array): Picture => {
  // What stands behind the file's own end would be kept unseen.
  if (bytes.length < 30 || little(bytes, 4, 4) + 8 !== bytes.length) throw refused('it is not complete')
  return { mediaType: 'image/webp', ...webpSize(bytes) }
}

const readPng = (bytes: Uint8Array): Picture => {
  try {
    const { width, height } = readLogo(bytes)
    return { mediaType: 'image/png', width, height }
  } catch (error) {
    if (error instanceof LogoError) throw refused('it is damaged')
    throw error
  }
}

/** What a person's picture is by its own bytes; AppError FILE_REFUSED unless a square PNG or WebP of at most 256 pixels. */
export const readPicture = (bytes: Uint8Array): Picture => {
  if (!isPng(bytes) && !isWebp(bytes)) throw refused('it is neither PNG nor WebP')
  const picture = isPng(bytes) ? readPng(bytes) : readWebp(bytes)
  const { width, height } = picture
  if (width !== height || width === 0 || width > mostPicturePixels) {
    throw refused(`it has ${width} × ${height} pixels, and has to be square with at most ${mostPicturePixels}`)
  }
  return picture
}
