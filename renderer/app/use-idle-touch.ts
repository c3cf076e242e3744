import { useEffect } from 'react'
import { api } from '../api.ts'
import { useAccess } from './access-state.ts'

// Often enough for a lock after one minute, seldom enough to cost nothing.
const everyMilliseconds = 20_000
const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** Tells the core that somebody is at the screen, which puts off the lock. */
export const useIdleTouch = (): void => {
  const guarded = useAccess(({ state }) => state?.guarded === true)
  useEffect(() => {
    if (!guarded) return
    let told = Number.NEGATIVE_INFINITY
    const tell = () => {
      const now = performance.now()
      if (now - told < everyMilliseconds) return
      told = now
      // A line that is cut is told of elsewhere.
      void api.access.touch({}).catch(() => undefined)
    }
    for (const sign of signs) window.addEventListener(sign, tell, { passive: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, tell)
    }
  }, [guarded])
}
