import { toAppError } from '../../app/errors.ts'
import { showToast } from '../../ui/toast.tsx'

/** Runs what a button does and says what went wrong; a question that was answered with no is no problem. */
export const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (thrown) {
    const error = toAppError(thrown)
    if (error.code !== 'CANCELLED') showToast({ message: error.message, tone: 'problem' })
    return false
  }
}
