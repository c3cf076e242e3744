import { showToast } from '../ui/toast.tsx'
import { describeError, toAppError } from './errors.ts'

const tell = (thrown: unknown): void => {
  const error = toAppError(thrown)
  if (error.code === 'CANCELLED') return
  const { title, message, advice } = describeError(error)
  showToast({ message: error.code === 'UNEXPECTED' ? `${title}. ${advice}` : message, tone: 'problem' })
}

/** Tells, once and in words, of what no screen has caught; stops listening when the signal says so. */
export const tellUnhandled = (signal: AbortSignal): void => {
  window.addEventListener('unhandledrejection', (event) => tell(event.reason), { signal })
}
