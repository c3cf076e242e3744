import type { AccessState } from '../../shared/contract/access.ts'
import type { AppError } from '../../shared/errors.ts'

export type Phase = AccessState['phase']
export type LockReason = AccessState['reason']

/** What of the state is the gate's own; the rest is asked of the core and the vault when somebody wants to know. */
export type Standing = {
  readonly phase: Phase
  readonly reason: LockReason
  readonly problem: AccessState['problem']
  readonly work: AccessState['work']
}

/** Where the front door stands, and whoever wants to be told. */
export type FrontDoor = {
  readonly standing: () => Standing
  readonly set: (change: Partial<Standing>) => void
  readonly fail: (error: AppError) => void
  /** Encrypted data waits for somebody to open it; `problem` is what is wrong with its key file. */
  readonly lockAtStart: (problem: AppError | null) => void
  readonly watch: (signal: AbortSignal | undefined) => AsyncGenerator<void, void, undefined>
}

/** A front door that is just being opened. */
export const createFrontDoor = (): FrontDoor => {
  let standing: Standing = { phase: 'opening', reason: null, problem: null, work: null }
  const listeners = new Set<() => void>()
  const set: FrontDoor['set'] = (change) => {
    standing = { ...standing, ...change }
    for (const listen of listeners) listen()
  }
  async function* watch(signal: AbortSignal | undefined): AsyncGenerator<void, void, undefined> {
    let changed = true
    let wake = (): void => undefined
    const listen = () => {
      changed = true
      wake()
    }
    listeners.add(listen)
    signal?.addEventListener('abort', listen)
    try {
      while (signal?.aborted !== true) {
        if (changed) {
          // States that follow each other at once are told once.
          changed = false
          yield
          continue
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      listeners.delete(listen)
      signal?.removeEventListener('abort', listen)
    }
  }
  return {
    standing: () => standing,
    set,
    fail: ({ code, message }) => set({ phase: 'damaged', problem: { code, message }, work: null }),
    lockAtStart: (problem) =>
      set({ phase: 'locked', reason: 'start', problem: problem && { code: problem.code, message: problem.message } }),
    watch,
  }
}
