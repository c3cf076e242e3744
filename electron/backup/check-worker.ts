import { parentPort, workerData } from 'node:worker_threads'
import { type Copy, checkHere, type SecondChecks } from './second-checks.ts'

type Answer = { readonly found: SecondChecks } | { readonly error: unknown }

const answer = (copy: Copy): Answer => {
  // What checkInThread gives it.
  const { left } = workerData as { readonly left: Int32Array }
  try {
    return { found: checkHere(copy, () => Atomics.load(left, 0) === 1) }
  } catch (error) {
    return { error }
  }
}

// Nobody listens afterwards, so the thread ends by itself.
parentPort?.once('message', (copy: Copy | null) => {
  if (copy !== null) parentPort?.postMessage(answer(copy))
})
