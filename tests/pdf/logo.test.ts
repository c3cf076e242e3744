import { crc32, deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { LogoError, readLogo } from '../../electron/pdf/logo.ts'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import { useFonts } from './fonts.ts'
import { usualInvoice } from './printables.ts'
import { readPdf } from './read-pdf.ts'

beforeAll(useFonts)

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

type Picture = { width: number; height: number; color?: number; data?: Uint8Array }

const channels: Record<number, number> = { 2: 3, 6: 4 }

const png = ({ width, height, color = 6, data }: Picture): Uint8Array => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, color, 0, 0, 0], 8)
  const row = (channels[color] ?? 4) * width + 1
  const pixels = Buffer.alloc(data ? 0 : row * height, 0x9c)
  for (let at = 0; at < pixels.length; at += row) pixels[at] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', data ?? deflateSync(pixels)),
    chunk('IEND', new Uint8Array()),
  ])
}

const jpegHead = (width: number, height: number): Uint8Array =>
  Buffer.from([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    4,
    0,
    0,
    0xff,
    0xc0,
    0,
    17,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    3,
    1,
    17,
    0,
    2,
    17,
    1,
    3,
    17,
    1,
  ])

const problem = (bytes: Uint8Array): string => {
  try {
    readLogo(bytes)
    return 'accepted'
  } catch (error) {
    return error instanceof LogoError ? error.message : `not a LogoError: ${String(error)}`
  }
}

describe('a logo', () => {
  test.each([2, 6])('as PNG of colour type %i is printed, and the bytes repeat', async (color) => {
    const logo = png({ width: 120, height: 40, color })
    const document = usualInvoice({ branding: { logo, accentColor: '#1f4e5f' } })
    const bytes = await renderDocumentPdf(document)
    expect(Buffer.from(bytes).includes('/Subtype /Image')).toBe(true)
    expect((await readPdf(bytes))[0]?.text).toContain('Linden & Hale Studio Ltd')
    expect(await renderDocumentPdf(document)).toEqual(bytes)
  })

  test('has its size read from its content', () => {
    expect(readLogo(png({ width: 120, height: 40 }))).toMatchObject({ format: 'png', width: 120, height: 40 })
    expect(readLogo(jpegHead(640, 200))).toMatchObject({ format: 'jpg', width: 640, height: 200 })
  })
})

describe('a bad logo is refused with its reason', () => {
  test.each([
    ['SVG text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /neither PNG nor JPEG/],
    ['an address', Buffer.from('https://example.org/logo.png'), /neither PNG nor JPEG/],
    ['a path', Buffer.from('/etc/passwd'), /neither PNG nor JPEG/],
    ['nothing', new Uint8Array(), /neither PNG nor JPEG/],
    [
      'a PNG of 36 million pixels',
      png({ width: 6_000, height: 6_000, data: deflateSync(Buffer.alloc(10)) }),
      /25 million/,
    ],
    ['a PNG without height', png({ width: 10, height: 0 }), /no width or height/],
    ['a PNG cut in the middle', png({ width: 120, height: 40 }).subarray(0, 60), /ends too early/],
    [
      'a PNG whose data grows beyond its size',
      png({ width: 10, height: 10, data: deflateSync(Buffer.alloc(5_000_000)) }),
      /cannot be read/,
    ],
    ['a PNG whose data is too short', png({ width: 10, height: 10, data: deflateSync(Buffer.alloc(20)) }), /too early/],
    ['a PNG of noise', png({ width: 10, height: 10, data: Buffer.from('noise') }), /cannot be read/],
    ['a JPEG of 64 thousand by 64 thousand', jpegHead(65_000, 65_000), /25 million/],
    [
      'a JPEG without a frame',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xd9, 0, 0, 0, 0, 0, 0]),
      /damaged/,
    ],
  ])('%s', async (_, bytes, message) => {
    expect(problem(bytes)).toMatch(message)
    const document = usualInvoice({ branding: { logo: bytes, accentColor: '#1f4e5f' } })
    await expect(renderDocumentPdf(document)).rejects.toThrow(LogoError)
  })
})
