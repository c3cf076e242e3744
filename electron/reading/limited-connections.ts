import type { DataKey } from '../../db/key.ts'
import { type LimitedReader, openLimitedReader } from '../../db/limited-reader.ts'
import type { Shadow } from '../../db/shadow.ts'

/** As many people and branches as are looked at in turn; each keeps pages of the file in memory. */
export const mostConnections = 4

/** What a connection is opened with: told where the thread has none, and so no more often than it must. */
export type Opening = { readonly key: DataKey; readonly shadow: Shadow }

const held = new Map<string, LimitedReader>()

/**
 * The connection of this thread through a shadow, opened where there is none and it is told how; else null. The one
 * that was used last is closed last: a thread does one thing after the other, so that nothing is being read on it.
 */
export const limitedConnection = async (
  file: string,
  shadowKey: string,
  opening: Opening | null,
): Promise<LimitedReader | null> => {
  const name = `${file} ${shadowKey}`
  const known = held.get(name) ?? (opening === null ? null : openLimitedReader(file, opening.key, opening.shadow))
  if (known === null) return null
  held.delete(name)
  held.set(name, known)
  for (const [oldest, { close }] of [...held].slice(0, Math.max(0, held.size - mostConnections))) {
    held.delete(oldest)
    await close()
  }
  return known
}
