import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'

export type Logo = {
  readonly bytes: Uint8Array
  readonly format: 'png' | 'jpg'
  readonly width: number
  readonly height: number
}

/** A picture that cannot be printed; the message says why and what to do. */
export class LogoError extends Error {
  override readonly name = 'LogoError'
}

const maxPixels = 25_000_000
const maxBytes = 20_000_000
const pngMagic = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

const startsWith = (bytes: Uint8Array, magic: Uint8Array): boolean =>
  magic.every((byte, index) => bytes[index] === byte)

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const broken = (what: string): LogoError =>
  new LogoError(`The logo is damaged: ${what}. Save it again as PNG or JPEG and choose the new file.`)

const checkSize = (width: number, height: number): void => {
  if (width === 0 || height === 0) throw broken('it has no width or height')
  if (width * height > maxPixels) {
    throw new LogoError(
      `The logo has ${width} × ${height} pixels; at most 25 million are printed. Make it smaller: 1200 pixels wide is plenty.`,
    )
  }
}

const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Inflates the picture data with the size that the header promises as its limit, so that no small file grows huge. */
const checkPngData = (parts: readonly Uint8Array[], width: number, height: number, bitsPerPixel: number): void => {
  const limit = (Math.ceil((width * bitsPerPixel) / 8) + 1) * height
  // Interlaced pictures carry up to seven filter bytes a row more.
  const maxOutputLength = limit + height * 8 + width * 8 + 1024
  try {
    const length = inflateSync(Buffer.concat(parts), { maxOutputLength }).length
    if (length < limit) throw broken('its picture data ends too early')
  } catch (error) {
    if (error instanceof LogoError) throw error
    throw broken('its picture data cannot be read')
  }
}

const readPng = (bytes: Uint8Array): Logo => {
  const view = viewOf(bytes)
  if (bytes.length < 45 || view.getUint32(12) !== 0x49484452) throw broken('its header is missing')
  const width = view.getUint32(16)
  const height = view.getUint32(20)
  checkSize(width, height)
  const channelCount = channels[bytes[25] ?? -1]
  if (channelCount === undefined) throw broken('its colour type is unknown')
  const data: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    if (at + 12 + length > bytes.length) throw broken('it ends too early')
    if (view.getUint32(at + 4) === 0x49444154) data.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  checkPngData(data, width, height, channelCount * (bytes[24] ?? 8))
  return { bytes, format: 'png', width, height }
}

// Start-of-frame markers; the other numbers of this range are tables.
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

const readJpeg = (bytes: Uint8Array): Logo => {
  const view = viewOf(bytes)
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) throw broken('a marker is missing')
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) {
      const height = view.getUint16(at + 5)
      const width = view.getUint16(at + 7)
      checkSize(width, height)
      return { bytes, format: 'jpg', width, height }
    }
    at += 2 + view.getUint16(at + 2)
  }
  throw broken('its size is missing')
}

const checked = new Map<string, Logo>()

/**
 * Checks the bytes of a logo by their content: PNG or JPEG, whole, at most 25 million pixels and 20 MB.
 * LogoError says what is wrong with it.
 */
export const readLogo = (bytes: Uint8Array): Logo => {
  if (bytes.length > maxBytes)
    throw new LogoError('The logo is larger than 20 MB. Make it smaller and choose it again.')
  const digest = createHash('sha256').update(bytes).digest('hex')
  const known = checked.get(digest)
  if (known) return known
  if (!startsWith(bytes, pngMagic) && !startsWith(bytes, Uint8Array.of(0xff, 0xd8, 0xff))) {
    throw new LogoError('The logo is neither PNG nor JPEG. Save it as one of them and choose the new file.')
  }
  const logo = bytes[0] === 0x89 ? readPng(bytes) : readJpeg(bytes)
  if (checked.size >= 8) checked.clear()
  checked.set(digest, logo)
  return logo
}
