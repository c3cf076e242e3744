/** The smallest PNG there is: one transparent dot. */
export const dot = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  (letter) => letter.charCodeAt(0),
)

/** The head of a lossless WebP of a size; what follows it is whatever it is. */
export const webpOf = (width: number, height: number, length = 200): Uint8Array => {
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode('RIFF____WEBPVP8L'))
  view.setUint32(4, length - 8, true)
  view.setUint32(16, length - 20, true)
  bytes[20] = 0x2f
  view.setUint32(21, (width - 1) | ((height - 1) << 14), true)
  return bytes
}
