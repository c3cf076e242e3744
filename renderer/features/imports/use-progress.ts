import { useCallback, useRef, useState } from 'react'
import type { ImportProgress } from '../../../shared/contract/data-imports.ts'
import { api } from '../../api.ts'
import { newId } from '../../ids.ts'

/** How far a work is, and when it may be done; null seconds while that cannot be told. */
export type Seen = ImportProgress & { readonly secondsLeft: number | null }

// Before that the first pieces tell little about the rest.
const leastMilliseconds = 1500

const secondsLeft = ({ done, of }: ImportProgress, since: number): number | null => {
  const passed = performance.now() - since
  if (of === null || done === 0 || passed < leastMilliseconds) return null
  return Math.ceil(((passed / done) * (of - done)) / 1000)
}

/** Follows one long work after the other, each under an id of its own, and can stop the one that goes on. */
export const useProgress = () => {
  const [seen, setSeen] = useState<Seen | null>(null)
  const current = useRef<string | null>(null)

  const follow = useCallback(async <T>(start: (progressId: string) => Promise<T>): Promise<T> => {
    const progressId = newId()
    const stop = new AbortController()
    const since = performance.now()
    current.current = progressId
    setSeen(null)
    const listen = async () => {
      const states = await api.dataImports.progress({ progressId }, { signal: stop.signal })
      for await (const state of states) {
        if (current.current === progressId) setSeen({ ...state, secondsLeft: secondsLeft(state, since) })
      }
    }
    // Without it the work goes on unseen: the answer is what counts.
    listen().catch(() => undefined)
    try {
      return await start(progressId)
    } finally {
      stop.abort()
      if (current.current === progressId) {
        current.current = null
        setSeen(null)
      }
    }
  }, [])

  const stop = useCallback(async () => {
    if (current.current !== null) await api.dataImports.cancel({ progressId: current.current })
  }, [])
  return { seen, follow, stop }
}
