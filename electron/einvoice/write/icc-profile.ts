/** Parts of an ICC profile are aligned to four bytes. */
const aligned = (size: number): number => Math.ceil(size / 4) * 4

const ascii = (view: DataView, at: number, text: string): void => {
  for (const [index, letter] of [...text].entries()) view.setUint8(at + index, letter.charCodeAt(0))
}

const tag = (size: number, type: string): DataView => {
  const view = new DataView(new ArrayBuffer(aligned(size)))
  ascii(view, 0, type)
  return view
}

/** s15Fixed16Number */
const fixed = (value: number): number => Math.round(value * 65_536)

const colour = (xyz: readonly [number, number, number]): DataView => {
  const view = tag(20, 'XYZ ')
  for (const [index, value] of xyz.entries()) view.setInt32(8 + index * 4, fixed(value))
  return view
}

const text = (words: string): DataView => {
  const view = tag(9 + words.length, 'text')
  ascii(view, 8, words)
  return view
}

// textDescriptionType has a Unicode and a Macintosh form after the plain one, here both empty.
const description = (words: string): DataView => {
  const view = tag(13 + words.length + 78, 'desc')
  view.setUint32(8, words.length + 1)
  ascii(view, 12, words)
  return view
}

const steps = 1024

/** The transfer curve of sRGB (IEC 61966-2-1): linear at the dark end, then to the power of 2.4. */
const curve = (): DataView => {
  const view = tag(12 + steps * 2, 'curv')
  view.setUint32(8, steps)
  for (let step = 0; step < steps; step += 1) {
    const value = step / (steps - 1)
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    view.setUint16(12 + step * 2, Math.round(linear * 65_535))
  }
  return view
}

const headerSize = 128

const writeHeader = (view: DataView, size: number): void => {
  view.setUint32(0, size)
  view.setUint32(8, 0x02_10_00_00)
  ascii(view, 12, 'mntrRGB XYZ ')
  for (const [index, part] of [2026, 1, 1, 0, 0, 0].entries()) view.setUint16(24 + index * 2, part)
  ascii(view, 36, 'acsp')
  // The white of the connection space, D50.
  for (const [index, value] of [0.9642, 1, 0.8249].entries()) view.setInt32(68 + index * 4, fixed(value))
}

const build = (): Uint8Array => {
  const response = curve()
  const tags: readonly (readonly [string, DataView])[] = [
    ['desc', description('sRGB IEC61966-2.1')],
    ['cprt', text('No copyright, use freely')],
    ['wtpt', colour([0.9642, 1, 0.8249])],
    // The primaries of sRGB adapted to D50 by Bradford.
    ['rXYZ', colour([0.436_074_7, 0.222_504_5, 0.013_932_2])],
    ['gXYZ', colour([0.385_064_9, 0.716_878_6, 0.097_104_5])],
    ['bXYZ', colour([0.143_080_4, 0.060_616_9, 0.714_173_3])],
    ['rTRC', response],
    ['gTRC', response],
    ['bTRC', response],
  ]
  const parts = [...new Set(tags.map(([, part]) => part))]
  const table = headerSize + 4 + tags.length * 12
  const size = parts.reduce((sum, part) => sum + part.byteLength, table)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  writeHeader(view, size)
  view.setUint32(headerSize, tags.length)
  const offsets = new Map<DataView, number>()
  let offset = table
  for (const part of parts) {
    offsets.set(part, offset)
    bytes.set(new Uint8Array(part.buffer), offset)
    offset += part.byteLength
  }
  for (const [index, [name, part]] of tags.entries()) {
    const at = headerSize + 4 + index * 12
    ascii(view, at, name)
    view.setUint32(at + 4, offsets.get(part) ?? 0)
    view.setUint32(at + 8, part.byteLength)
  }
  return bytes
}

let built: Uint8Array | undefined

/** An ICC profile (version 2.1, display, RGB) of the colours of sRGB, made of their published figures. */
export const srgbProfile = (): Uint8Array => {
  built ??= build()
  return built
}
