import { useEffect, useRef } from 'react'
import type { AccessState } from '../../shared/contract/access.ts'
import { settleKept } from '../kept-store.ts'
import { mustSignIn } from './access-state.ts'

/** Loads the window anew once it is locked: whatever it had in its memory is gone, and what was typed is kept. */
export const useCleanWindow = (state: AccessState | null): void => {
  const wasInside = useRef(false)
  const isLocked = state !== null && mustSignIn(state)
  const isInside = state !== null && !isLocked && state.phase === 'open'
  useEffect(() => {
    if (isInside) wasInside.current = true
    if (isLocked && wasInside.current) void settleKept().then(() => location.reload())
  }, [isInside, isLocked])
}
