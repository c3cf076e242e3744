import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { usePast } from './past/past-state.ts'

export type ErrorText = {
  readonly title: string
  /** What is safe, and what to do now. */
  readonly advice: string
}

/** Words for each kind of problem; a new code without words does not compile. */
export const errorTexts: Readonly<Record<ErrorCode, ErrorText>> = {
  VALIDATION: {
    title: 'Something does not fit yet',
    advice: 'Nothing was saved. Correct the marked fields and try again.',
  },
  NOT_FOUND: {
    title: 'This is no longer here',
    advice: 'It may have been deleted, or belongs to another organization. Go back to the list.',
  },
  CONFLICT: {
    title: 'This was changed meanwhile',
    advice: 'Your version is still here and nothing was overwritten. Load the newer one and compare.',
  },
  DUPLICATE: {
    title: 'This exists already',
    advice: 'Nothing was saved twice. Use the existing one or choose another name.',
  },
  FORBIDDEN: {
    title: 'You may not do this here',
    advice: 'Nothing was changed. Ask the owner of the organization for the permission.',
  },
  UNAUTHENTICATED: {
    title: 'This page is not signed in',
    advice: 'Your data is safe. Open the address printed in the terminal.',
  },
  LOCKED: { title: 'Counterfoil is locked', advice: 'Your data is safe. Sign in to go on.' },
  REAUTHENTICATE: { title: 'Is it still you?', advice: 'Nothing was changed. Enter your password to go on.' },
  SIGN_IN_FAILED: { title: 'This did not open it', advice: 'Nothing was changed. Check what you typed and try again.' },
  INVALID_STATE: { title: 'This cannot be done now', advice: 'Nothing was changed.' },
  IMMUTABLE: {
    title: 'An issued document stays as it is',
    advice: 'Nothing was changed. Make the document void, or duplicate it and correct the copy.',
  },
  OVER_ALLOCATED: {
    title: 'More was allocated than there is',
    advice: 'Nothing was recorded. Lower the allocated amounts and try again.',
  },
  MAIL_FAILED: {
    title: 'The message did not go out',
    advice: 'It is kept in the outbox. Check the mail account and try again.',
  },
  IMPORT_FAILED: {
    title: 'The file could not be read in',
    advice: 'Nothing of it was saved. Correct the file where it says, or choose another one.',
  },
  FILE_REFUSED: { title: 'This file cannot be used', advice: 'Nothing was changed. Choose another file.' },
  TOO_MANY_CALLS: {
    title: 'Too much at once',
    advice: 'Nothing was changed. Wait a moment and try again; if it goes on, reload the window.',
  },
  STORAGE_FULL: { title: 'The disk is full', advice: 'What was saved before is safe. Free some space and try again.' },
  STORAGE_UNAVAILABLE: {
    title: 'The data cannot be reached',
    advice: 'What you typed is still here. Check that the app is running and its folder is there, then try again.',
  },
  CANCELLED: { title: 'This was cancelled', advice: 'Nothing was changed.' },
  UNEXPECTED: {
    title: 'Something went wrong',
    advice: 'Your data is as it was. Try again; if it happens again, restart the app.',
  },
}

// Title and advice say the rest; the words of a broken line ("Internal Server Error") tell nobody anything.
const unexpected = 'Counterfoil did not expect this.'

/** Any thrown value as an AppError with words for a person. */
export const toAppError = (thrown: unknown): AppError =>
  thrown instanceof AppError ? thrown : new AppError('UNEXPECTED', unexpected, { details: String(thrown) })

// What is not there in a look at the past may well be there now.
const notThen = {
  title: 'This was not here then',
  message: 'At the moment that you look at it was not made yet, or had been deleted.',
  advice: 'Choose another moment, or go back to now.',
}

/** What to show for any thrown value: the kind of problem, the sentence of the case, and what to do. */
export const describeError = (thrown: unknown): ErrorText & { readonly message: string } => {
  const error = toAppError(thrown)
  if (error.code === 'NOT_FOUND' && usePast.getState().view !== null) return notThen
  return { ...errorTexts[error.code], message: error.code === 'UNEXPECTED' ? unexpected : error.message }
}
