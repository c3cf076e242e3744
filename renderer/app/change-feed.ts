import type { Query } from '@tanstack/react-query'
import type { Entity } from '../../shared/contract/procedure.ts'
import { api, isRefused } from '../api.ts'
import { setConnection } from '../connection.ts'
import { readAnew } from './query-client.ts'
import { readersOf } from './readers.ts'

const isLive = (query: Query) => query.meta?.['live'] !== false

const held = new Set<Entity>()
let holders = 0

/** Keeps what is shown from being read anew while many commands run; what changed is read once on release. */
export const holdChanges = (): (() => void) => {
  holders += 1
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    holders -= 1
    if (holders > 0) return
    const changed = [...held]
    held.clear()
    invalidate(changed)
  }
}

/** Asks again every shown query that reads from one of these entities; not while changes are held. */
export const invalidate = (entities: readonly Entity[]): void => {
  if (holders > 0) {
    for (const entity of entities) held.add(entity)
    return
  }
  const features = new Set<string>(entities.flatMap((entity) => readersOf[entity]))
  readAnew((query) => isLive(query) && features.has(String(query.queryKey[0])))
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const follow = async (signal: AbortSignal, gap: boolean): Promise<void> => {
  const events = await api.changes.watch({}, { signal })
  // Only now: a read while the line is cut would fail and show so.
  if (gap) readAnew(isLive)
  for await (const event of events) {
    if (signal.aborted) return
    invalidate(event.entities)
  }
}

/** Follows the change events until the signal ends it; after a gap everything shown is read again. */
export const followChanges = async (signal: AbortSignal): Promise<void> => {
  for (let gap = false; !signal.aborted && !isRefused(); gap = true) {
    try {
      await follow(signal, gap)
    } catch {
      // The reason does not matter here: calls that fail say it, this loop only comes back.
      if (!signal.aborted) setConnection('reconnecting')
      await pause(1500)
    }
    await pause(250)
  }
}
