import { Worker } from 'node:worker_threads'
import { findBrokenReferences } from '../../db/facts.ts'
import type { DataKey } from '../../db/key.ts'
import { mapIntoMemory, openConnection } from '../../db/open.ts'
import { hashFile } from './hash-file.ts'

/** The copy that is checked, which nobody else opens; `mapped` as in `examineFile`. */
export type Copy = { readonly file: string; readonly key: DataKey; readonly mapped: boolean }

/** What is found out about a copy beside the check of its pages. */
export type SecondChecks = { readonly sha256: string; readonly faults: readonly string[] }

export type CheckBeside = {
  readonly check: (copy: Copy) => Promise<SecondChecks>
  /** Ends it, done or not: afterwards nothing holds the file. */
  readonly end: () => Promise<void>
}

/** Hashes a copy and follows its references in this thread; `isLeft` ends it in between with an error. */
export const checkHere = ({ file, key, mapped }: Copy, isLeft: () => boolean = () => false): SecondChecks => {
  const sha256 = hashFile(file, () => {
    if (isLeft()) throw new Error('Nobody waits for it any more.')
  })
  const database = openConnection(file, { readonly: true, key })
  try {
    if (mapped) mapIntoMemory(database)
    return { sha256, faults: findBrokenReferences(database) }
  } finally {
    database.close()
  }
}

/** The same, one after the other, for whoever waits for it anyway. */
export const checkAfterwards = (): CheckBeside => ({
  check: (copy) => Promise.resolve().then(() => checkHere(copy)),
  end: () => Promise.resolve(),
})

/** The same in a thread of its own, which starts now and so is there when the copy is. */
export const checkInThread = (workerUrl: URL): CheckBeside => {
  const left = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(workerUrl, { workerData: { left } })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const answer = new Promise<SecondChecks>((resolve, reject) => {
    // What check-worker.ts answers.
    worker.once('message', (it: { readonly found: SecondChecks } | { readonly error: unknown }) =>
      'found' in it ? resolve(it.found) : reject(it.error),
    )
    worker.once('error', reject)
  })
  // Whoever ended it asks for nothing any more.
  answer.catch(() => undefined)
  return {
    check: (copy) => {
      worker.postMessage(copy)
      return answer
    },
    end: async () => {
      // Not from outside: a thread that is ended while it closes a handle leaves it open for good.
      Atomics.store(left, 0, 1)
      worker.postMessage(null)
      await ended
    },
  }
}
