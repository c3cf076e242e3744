import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock, IdSource } from '../../shared/ids.ts'

/** The computer's clock: the one place that reads it. */
export const systemClock: Clock = { now: () => new Date().toISOString() }

const idBytes = 16
// Asking the system for each id's randomness would be most of the time that an id takes.
const pool = new Uint8Array(256 * idBytes)
let taken = pool.length

const randomBytes = (): Uint8Array => {
  if (taken === pool.length) {
    randomFillSync(pool)
    taken = 0
  }
  taken += idBytes
  return pool.subarray(taken - idBytes, taken)
}

const lastSequence = 0x7fff_ffff
let msecs = 0
let seq = 0

/** Ids of UUID version 7: sorted by the time they were made, also within one millisecond. */
export const systemIds: IdSource = {
  next: () => {
    const random = randomBytes()
    const now = Date.now()
    if (now > msecs) {
      msecs = now
      // Begins in the lower half, so that there is room to count up.
      seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 2
    } else if (seq === lastSequence) {
      msecs += 1
      seq = 0
    } else {
      seq += 1
    }
    return v7({ random, msecs, seq })
  },
}
