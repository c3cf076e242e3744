import { useEffect, useState } from 'react'
import { api } from '../api.ts'
import { openKept } from '../kept-store.ts'

// Where documents that are being written are kept; see each kind's `kept`.
const prefixes = ['counterfoil.draft.', 'counterfoil.quote-draft.', 'counterfoil.credit-note-draft.']

/** Opens what this window kept, with the key of encrypted data; true once it can be read. */
export const useKeptStore = (): boolean => {
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    let over = false
    api.access
      .windowKey({})
      .then(({ key }) => openKept(key, prefixes))
      // Locked meanwhile: whoever comes next opens it again.
      .catch(() => undefined)
      .finally(() => {
        if (!over) setReady(true)
      })
    return () => {
      over = true
    }
  }, [])
  return isReady
}
