import { type FormEvent, useState } from 'react'
import { AppError } from '../../shared/errors.ts'

/** What to say at the field of anything thrown; undefined to somebody who thought better of it. */
export const refusalOf = (thrown: unknown): string | undefined => {
  if (thrown instanceof AppError) return thrown.code === 'CANCELLED' ? undefined : thrown.message
  return 'Counterfoil did not expect this. Try it again.'
}

export type FieldSubmit = {
  /** Why it was refused, for the field. */
  readonly problem: string | undefined
  readonly busy: boolean
  readonly submit: (event: FormEvent) => Promise<void>
  /** Forgets what was refused. */
  readonly clear: () => void
}

/** Sends what a dialog of one field asks for; a refusal is said at the field, and nothing to whoever thought better of it. */
export const useFieldSubmit = (act: () => Promise<void>): FieldSubmit => {
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // A dialog may stand inside of another form, which this is not about.
    event.stopPropagation()
    setBusy(true)
    try {
      await act()
    } catch (thrown) {
      setProblem(refusalOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  return { problem, busy, submit, clear: () => setProblem(undefined) }
}
