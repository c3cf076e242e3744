import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react'
import { describeError, toAppError } from '../../../app/errors.ts'
import { showToast } from '../../../ui/toast.tsx'

type Values = Readonly<Record<string, unknown>>

const isSame = (one: Values, other: Values) => JSON.stringify(one) === JSON.stringify(other)

/** A row of a list that is edited in place: saved when it is left or by Enter, taken back by Escape. */
export const useRowEdit = <V extends Values>(stored: V, save: (values: V) => Promise<unknown>) => {
  const [edited, setEdited] = useState<V | null>(null)
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const values = edited ?? stored
  const set = (change: Partial<V>) => {
    setEdited({ ...values, ...change })
    setProblems(Object.fromEntries(Object.entries(problems).filter(([field]) => !(field in change))))
  }
  const reset = () => {
    setEdited(null)
    setProblems({})
  }
  const saving = useRef<V | null>(null)
  const commit = async (): Promise<boolean> => {
    // Enter, and then the row is left before the answer: saved once.
    if (saving.current !== null && saving.current === edited) return false
    if (edited === null || isSame(edited, stored)) {
      reset()
      return false
    }
    saving.current = edited
    try {
      await save(edited)
      // What was typed since stays.
      setEdited((now) => (now === edited ? null : now))
      setProblems({})
      return true
    } catch (thrown) {
      const { fields } = toAppError(thrown)
      setProblems(fields ?? {})
      if (fields === undefined) showToast({ message: describeError(thrown).message, tone: 'problem' })
      return false
    } finally {
      if (saving.current === edited) saving.current = null
    }
  }
  const row = {
    onBlur: (event: FocusEvent<HTMLElement>) => {
      // What opens from the row, such as a list of choices, lies elsewhere in the document.
      if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) void commit()
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'text') {
        event.preventDefault()
        void commit()
      }
      if (event.key === 'Escape' && edited !== null) {
        event.stopPropagation()
        reset()
      }
    },
  }
  return { values, set, commit, reset, problems, row, isEdited: edited !== null && !isSame(edited, stored) }
}
