import { toAppError } from '../errors.ts'

/** Whether no code was mailed because one was a moment ago: that one can be typed in. */
export const isCodeSent = (thrown: unknown): boolean =>
  Reflect.get(Object(toAppError(thrown).details), 'codeSent') === true
