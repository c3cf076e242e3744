import { useEffect, useState } from 'react'
import type { AccessState } from '../../shared/contract/access.ts'
import { settleKept } from '../kept-store.ts'
import { mustSignIn } from './access-state.ts'

/**
 * Loads the window anew once it is locked: whatever it had in its memory is gone, and what was typed is kept. True while
 * it is on its way.
 */
export const useCleanWindow = (state: AccessState | null): boolean => {
  const [wasInside, setWasInside] = useState(false)
  const isLocked = state !== null && mustSignIn(state)
  const isInside = state !== null && !isLocked && state.phase === 'open'
  const isLeaving = wasInside && isLocked
  useEffect(() => {
    if (isInside) setWasInside(true)
    if (isLeaving) void settleKept().then(() => location.reload())
  }, [isInside, isLeaving])
  return isLeaving
}
