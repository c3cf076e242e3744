import { create } from 'zustand'
import type { PastView } from '../../../shared/contract/point-in-time.ts'

type Past = {
  /** The moment that the window shows; null for the present. */
  readonly view: PastView | null
  /** The moment that is being asked for: an instant, or none chosen yet; null while nobody asks. */
  readonly asking: { readonly at: string | null } | null
}

/** The moment that this window looks at. A window that is loaded anew shows the present. */
export const usePast = create<Past>(() => ({ view: null, asking: null }))

/** Asks which moment to show; one that is given is gone to at once. */
export const askForMoment = (at: string | null = null): void => usePast.setState({ asking: { at } })

export const stopAsking = (): void => usePast.setState({ asking: null })
