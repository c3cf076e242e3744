import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

const pieceBytes = 4 * 1024 * 1024

/** SHA-256 of a file's bytes. Never of a database that is open in this process: closing it would drop its locks. */
export const hashFile = (file: string): string => {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(pieceBytes)
  const handle = openSync(file, 'r')
  try {
    for (;;) {
      const read = readSync(handle, piece, 0, pieceBytes, null)
      if (read === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, read))
    }
  } finally {
    closeSync(handle)
  }
}

const program = `
const { createHash } = require('node:crypto')
const { createReadStream } = require('node:fs')
const { parentPort, workerData } = require('node:worker_threads')
const hash = createHash('sha256')
createReadStream(workerData.file, { highWaterMark: workerData.pieceBytes })
  .on('data', (piece) => hash.update(piece))
  .on('end', () => parentPort.postMessage(hash.digest('hex')))
`

export type Hashing = {
  readonly hash: Promise<string>
  /** Ends it, done or not: afterwards nothing holds the file. */
  readonly end: () => Promise<void>
}

/** The same in a thread of its own, while this one reads the file, too. Only of a file that nobody else opens. */
export const hashAside = (file: string): Hashing => {
  const worker = new Worker(program, { eval: true, workerData: { file, pieceBytes } })
  const hash = new Promise<string>((resolve, reject) => {
    worker.once('message', (found) => resolve(String(found)))
    worker.once('error', reject)
  })
  // Whoever ended it asks for nothing any more.
  hash.catch(() => undefined)
  return {
    hash,
    end: async () => {
      await worker.terminate()
    },
  }
}
