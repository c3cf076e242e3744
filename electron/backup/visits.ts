import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openConnection } from '../../db/open.ts'
import { changeDurably, readText, writeDurably } from './durable.ts'
import { becomeAnother, type Installation, readInstallation, takeVisit } from './installation.ts'
import type { Manifest } from './manifest.ts'
import { claim, isShared, manifestIn, type PlaceInput } from './ownership.ts'
import { databaseIn, listBackups } from './place.ts'

const schema = z.object({ visit: z.string() })

// In the place itself, one for each installation that uses it.
const pathIn = (folder: string, { installation }: Installation) => join(folder, `${installation}.cfplace.json`)

const lastVisit = (file: string): string | null => {
  try {
    const text = readText(file)
    return text === null ? null : schema.parse(JSON.parse(text)).visit
  } catch {
    return null
  }
}

const leaveVisit = (folder: string, own: Installation) => {
  const file = pathIn(folder, own)
  const visit = own.visits.at(-1)
  if (visit === undefined || lastVisit(file) === visit) return
  const text = `${JSON.stringify({ visit })}\n`
  try {
    if (existsSync(file)) changeDurably(file, (known) => (known === text ? null : text))
    else writeDurably(file, text)
  } catch {
    // A place that cannot be written to is told by whatever was to be written there.
  }
}

const isWritable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Comes to a place that others use too, before anything of it is changed. Whoever was there last under our name left a
 * word that is ours, or else a copy of this data folder goes on with the name: then this one takes another, and nothing
 * that was there before is its own any more until somebody says so.
 */
export const visitPlace = ({ directory, folder }: Pick<PlaceInput, 'directory' | 'folder'>): void => {
  if (!isShared(directory, folder) || !existsSync(folder)) return
  const own = isWritable(folder) ? takeVisit(directory) : readInstallation(directory)
  if (own === null) return
  const last = lastVisit(pathIn(folder, own))
  const present = last === null || own.visits.includes(last) ? own : becomeAnother(directory)
  if (present !== null) leaveVisit(folder, present)
}

// What the other one has made since is in its record alone.
const isOfRecord = ({ directory, key }: Pick<PlaceInput, 'directory' | 'key'>) => {
  const present = openConnection(databaseIn(directory), { readonly: true, key })
  const found = present.prepare('SELECT 1 FROM commands WHERE seq = ? AND id = ?')
  return {
    has: (head: Manifest['facts']['head']) => head !== null && found.get(head.seq, head.id) !== undefined,
    end: () => present.close(),
  }
}

/** The backups in a place that were ours before this data folder met a copy of itself, and that its record tells of. */
export const formerlyOurs = ({ directory, folder, key }: PlaceInput): string[] => {
  const former = new Set(readInstallation(directory)?.former)
  if (former.size === 0 || !isShared(directory, folder)) return []
  const found = listBackups(folder).filter(({ head }) => former.has(head?.installation ?? ''))
  if (found.length === 0) return []
  const record = isOfRecord({ directory, key })
  try {
    return found.map(({ file }) => file).filter((file) => record.has(manifestIn(file, key)?.facts.head ?? null))
  } finally {
    record.end()
  }
}

/** Makes them ours again: nobody goes on with a copy. */
export const takeOver = (place: PlaceInput): void => claim(place.directory, formerlyOurs(place))
