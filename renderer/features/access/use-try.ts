import { useCallback, useEffect, useState } from 'react'
import { toAppError } from '../../app/errors.ts'

export type Try = {
  readonly busy: boolean
  /** What went wrong, in one sentence; the same one for as long as one has to wait. */
  readonly problem: string | null
  /** The sentence with the seconds that are left now; null where there is nothing to wait for. */
  readonly countdown: string | null
  readonly secondsLeft: number
  /** The PIN was wrong too often, or may not be used here. */
  readonly asksPassword: boolean
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>
  readonly clear: () => void
}

const numberIn = (details: unknown, key: string): number => {
  const found: unknown = Reflect.get(Object(details), key)
  return typeof found === 'number' ? found : 0
}

/** How long to wait, in words. */
export const waitingText = (seconds: number): string =>
  seconds > 90
    ? `Too many wrong tries. Wait ${Math.ceil(seconds / 60)} minutes.`
    : `Too many wrong tries. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`

/** One try after another at the door: what failed, and how long until the next one. */
export const useTry = (): Try => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [secondsLeft, setSecondsLeft] = useState(0)
  const [wait, setWait] = useState(0)
  const [asksPassword, setAsksPassword] = useState(false)
  const isWaiting = secondsLeft > 0
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setSecondsLeft((seconds) => Math.max(0, seconds - 1)), 1000)
    return () => clearInterval(timer)
  }, [isWaiting])
  const run = useCallback(async (work: () => Promise<unknown>) => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
      return true
    } catch (thrown) {
      const error = toAppError(thrown)
      const seconds = numberIn(error.details, 'seconds')
      // Once the wait is over its sentence would ask for it again.
      setProblem(seconds > 0 ? null : error.message)
      setSecondsLeft(seconds)
      setWait(seconds)
      setAsksPassword(Reflect.get(Object(error.details), 'usePassword') === true)
      return false
    } finally {
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => {
    setProblem(null)
    setSecondsLeft(0)
  }, [])
  return {
    busy,
    problem: isWaiting ? waitingText(wait) : problem,
    countdown: isWaiting ? waitingText(secondsLeft) : null,
    secondsLeft,
    asksPassword,
    run,
    clear,
  }
}
