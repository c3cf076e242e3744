import { closeSync, openSync, readSync } from 'node:fs'

const pieceBytes = 1024 * 1024
// As many equal bytes in a row are in every page of a database, and by chance in nothing that is encrypted.
const run = 32

/** Whether a file that can no longer be read as a database has content in the clear. */
export const hasClearBytes = (file: string): boolean => {
  const piece = Buffer.allocUnsafe(pieceBytes)
  const handle = openSync(file, 'r')
  try {
    let last = -1
    let length = 0
    for (;;) {
      const read = readSync(handle, piece, 0, pieceBytes, null)
      if (read === 0) return false
      for (const byte of piece.subarray(0, read)) {
        length = byte === last ? length + 1 : 1
        if (length >= run) return true
        last = byte
      }
    }
  } finally {
    closeSync(handle)
  }
}
