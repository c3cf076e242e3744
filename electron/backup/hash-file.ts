import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

const pieceBytes = 4 * 1024 * 1024

/**
 * SHA-256 of a file's bytes; `beforePiece` may throw to end it. Never of a database that is open in this process: closing
 * it would drop its locks.
 */
export const hashFile = (file: string, beforePiece: () => void = () => undefined): string => {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(pieceBytes)
  const handle = openSync(file, 'r')
  try {
    for (;;) {
      beforePiece()
      const read = readSync(handle, piece, 0, pieceBytes, null)
      if (read === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, read))
    }
  } finally {
    closeSync(handle)
  }
}
