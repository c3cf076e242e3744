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

// Closed by itself before it ends: a thread that is ended from outside leaves a handle that it is just closing open for good.
const program = `
const { createHash } = require('node:crypto')
const { closeSync, openSync, readSync } = require('node:fs')
const { parentPort, workerData } = require('node:worker_threads')
const { file, pieceBytes, left } = workerData
const hash = createHash('sha256')
const piece = Buffer.allocUnsafe(pieceBytes)
const handle = openSync(file, 'r')
let read = -1
try {
  while (read !== 0 && Atomics.load(left, 0) === 0) {
    read = readSync(handle, piece, 0, pieceBytes, null)
    hash.update(piece.subarray(0, read))
  }
} finally {
  closeSync(handle)
}
if (read === 0) parentPort.postMessage(hash.digest('hex'))
`

export type Hashing = {
  readonly hash: Promise<string>
  /** Ends it, done or not: afterwards nothing holds the file. */
  readonly end: () => Promise<void>
}

/** The same in a thread of its own, while this one reads the file, too. Only of a file that nobody else opens. */
export const hashAside = (file: string): Hashing => {
  const left = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(program, { eval: true, workerData: { file, pieceBytes, left } })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const hash = new Promise<string>((resolve, reject) => {
    worker.once('message', (found) => resolve(String(found)))
    worker.once('error', reject)
  })
  // Whoever ended it asks for nothing any more.
  hash.catch(() => undefined)
  return {
    hash,
    end: async () => {
      Atomics.store(left, 0, 1)
      await ended
    },
  }
}
