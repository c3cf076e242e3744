import { useEffect, useState } from 'react'
import type { Item } from '../../../shared/contract/items.ts'
import { api } from '../../api.ts'

/** Items that match what is typed, while it is asked for. */
export const useItemSearch = (text: string, active: boolean): readonly Item[] => {
  const [found, setFound] = useState<readonly Item[]>([])
  useEffect(() => {
    if (!active) return
    const stop = new AbortController()
    const ask = async () => {
      try {
        const page = await api.items.list({ search: text.trim(), limit: 8 }, { signal: stop.signal })
        if (!stop.signal.aborted) setFound(page.rows)
      } catch {
        // Without an answer nothing is offered, and what is typed stays as it is.
        if (!stop.signal.aborted) setFound([])
      }
    }
    const timer = setTimeout(() => void ask(), 80)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, active])
  return active ? found : []
}
