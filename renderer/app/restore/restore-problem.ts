import { describeError, toAppError } from '../errors.ts'

type Words = { readonly title: string; readonly message: string; readonly advice: string }

const safe = 'Your data is as it was.'

/** What to show where no backup was found, one cannot be looked into, or was not restored. */
export const describeRestoreProblem = (thrown: unknown, step: 'find' | 'look' | 'restore'): Words => {
  const { code, message } = toAppError(thrown)
  if (code === 'STORAGE_FULL') {
    return { title: 'There is not enough room', message, advice: `${safe} Free some space and try again.` }
  }
  if (code === 'NOT_FOUND' && step === 'find') {
    return { title: 'No backup was found there', message, advice: 'Check the path, or go back to the list.' }
  }
  if (code === 'STORAGE_UNAVAILABLE') {
    return {
      title: step === 'look' ? 'This backup cannot be used' : 'The backup was not restored',
      message,
      advice: safe,
    }
  }
  return describeError(thrown)
}
