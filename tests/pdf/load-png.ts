import { inflateSync } from 'node:zlib'

/** The pixels of a PNG of eight bits a channel, RGB, not interlaced: all that the examples are. */
export const loadPng = (bytes: Buffer): { width: number; height: number; data: Uint8Array } => {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const parts: Buffer[] = []
  for (let at = 8; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + size))
    at += size + 12
  }
  const raw = inflateSync(Buffer.concat(parts))
  const step = 3
  const row = width * step
  const data = new Uint8Array(row * height)
  const at = (index: number) => data[index] ?? 0
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)]
    for (let x = 0; x < row; x += 1) {
      const left = x >= step ? at(y * row + x - step) : 0
      const up = y > 0 ? at((y - 1) * row + x) : 0
      const corner = x >= step && y > 0 ? at((y - 1) * row + x - step) : 0
      const guess = left + up - corner
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner
      const add = [0, left, up, (left + up) >> 1, paeth][filter ?? 0] ?? 0
      data[y * row + x] = ((raw[y * (row + 1) + 1 + x] ?? 0) + add) & 255
    }
  }
  return { width, height, data }
}
