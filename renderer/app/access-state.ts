import { create } from 'zustand'
import type { AccessState } from '../../shared/contract/access.ts'
import { api, isRefused } from '../api.ts'
import { setConnection } from '../connection.ts'

/** Where the front door stands; null before the first answer. */
export const useAccess = create<{ readonly state: AccessState | null }>(() => ({ state: null }))

/** Takes over what a call of the front door answered. */
export const setAccess = (state: AccessState): void => useAccess.setState({ state })

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Follows the front door until the signal ends it. */
export const followAccess = async (signal: AbortSignal): Promise<void> => {
  while (!signal.aborted && !isRefused()) {
    try {
      const states = await api.access.watch({}, { signal })
      for await (const state of states) {
        if (signal.aborted) return
        setAccess(state)
      }
    } catch {
      // Calls that fail say why; this loop only comes back.
      if (!signal.aborted) setConnection('reconnecting')
      await pause(1000)
    }
    await pause(200)
  }
}

/** Whether somebody has to sign in before anything else is shown. */
export const mustSignIn = ({ phase, guarded, person }: AccessState): boolean =>
  phase === 'locked' || (phase === 'open' && guarded && person === null)
