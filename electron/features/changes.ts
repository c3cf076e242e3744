import type { Handlers } from '../rpc/context.ts'

/** Told after each commit what may be different. */
export const changes: Handlers<'changes'> = {
  watch: ({ engines, signal }) => engines.changes.watch(signal),
}
