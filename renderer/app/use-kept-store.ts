import { useEffect, useState } from 'react'
import { api } from '../api.ts'
import { openKept } from '../kept-store.ts'
import { coverRoute } from './last-route.ts'

// Where documents that are being written are kept; see each kind's `kept`.
const prefixes = ['counterfoil.draft.', 'counterfoil.quote-draft.', 'counterfoil.credit-note-draft.']

/** Opens what this window kept, with the key of encrypted data; true once it can be read. */
export const useKeptStore = (): boolean => {
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    let over = false
    // Read before the key is asked for: the desktop empties the storage then, whose files keep what was overwritten.
    const stored = coverRoute({ ...localStorage })
    // Without its key nothing is kept: what is typed into encrypted data must not be written in the clear.
    const open = async () => {
      while (!over) {
        try {
          const { key } = await api.access.windowKey({})
          const { person, guarded, people } = await api.access.state({})
          const whose = { owner: person?.id ?? '', adopts: !guarded || people.length === 1 }
          await openKept(key, prefixes, whose, stored)
          if (!over) setReady(true)
          return
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 300))
        }
      }
    }
    void open()
    return () => {
      over = true
    }
  }, [])
  return isReady
}
