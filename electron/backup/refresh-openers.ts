import { existsSync } from 'node:fs'
import type { Desk, PlaceName } from './desk.ts'
import { openersOf } from './manifest-keys.ts'
import { isShared } from './ownership.ts'
import { isGone } from './visits.ts'

/** Keeps who can open the backups of each place the same as who can open the data. */
export type Openers = {
  /** Writes the slots of every place that is there; one that is away is done at its next backup. */
  readonly refresh: () => Promise<void>
  readonly refreshPlace: (place: PlaceName) => Promise<void>
  /** Whether backups of this place still open with a password or a code of before. */
  readonly isPending: (place: PlaceName) => boolean
}

/** The openers of one data folder's backups. */
export const createOpeners = (desk: Desk): Openers => {
  const { directory, key, pool, log } = desk

  const isPending = (place: PlaceName): boolean => {
    const now = openersOf(directory)
    const { openers, places } = desk.state()
    if (now === null || desk.folderOf(place) === null || openers[place] === now) return false
    // A place without any backup has nothing that could be opened.
    return openers[place] !== null || places[place].last !== null
  }

  const refreshPlace = async (place: PlaceName) => {
    const folder = desk.folderOf(place)
    const now = openersOf(directory)
    if (folder === null || now === null || !existsSync(folder) || isGone({ directory, folder })) return
    // What others leave in a place that they use too, and take away again, changes without us.
    if (desk.state().openers[place] === now && !isShared(directory, folder)) return
    try {
      const others = await pool.run('refreshKeys', { directory, folder, key })
      const { openers, otherOpeners } = desk.state()
      if (openers[place] === now && otherOpeners[place] === others) return
      desk.save({ openers: { ...openers, [place]: now }, otherOpeners: { ...otherOpeners, [place]: others } })
    } catch (error) {
      log.warn({ error, place }, 'backups could not be given the present passwords')
    }
  }

  return {
    isPending,
    refreshPlace,
    refresh: async () => {
      for (const place of ['main', 'second'] as const) await refreshPlace(place)
    },
  }
}
