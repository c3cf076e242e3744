import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openConnection } from '../../db/open.ts'
import { AppError } from '../../shared/errors.ts'
import { changeDurably, readText, writeDurably } from './durable.ts'
import { becomeAnother, type Installation, readInstallation, takeVisit } from './installation.ts'
import type { Manifest } from './manifest.ts'
import { claim, isShared, manifestIn, type PlaceInput } from './ownership.ts'
import { databaseIn, listBackups } from './place.ts'
import { readState } from './state.ts'

const schema = z.object({ visit: z.string() })

// In the place itself, one for each installation that uses it.
const pathIn = (folder: string, { installation }: Pick<Installation, 'installation'>) =>
  join(folder, `${installation}.cfplace.json`)

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

const isOfOurs = (directory: string, folder: string, last: string): boolean => {
  if (existsSync(last)) return true
  const own = readInstallation(directory)
  const names = own === null ? [] : [own.installation, ...own.former]
  if (names.some((installation) => existsSync(pathIn(folder, { installation })))) return true
  // What an earlier version left has no word beside it.
  return listBackups(folder).some(({ head }) => names.includes(head?.installation ?? ''))
}

/**
 * Whether the second place, which had backups of ours, is missing or is there without any sign of us: its disk is not
 * plugged in, and what lies under its path is another one.
 */
export const isGone = ({ directory, folder }: Pick<PlaceInput, 'directory' | 'folder'>): boolean => {
  const { settings, places } = readState(directory)
  const last = settings.secondPlace === folder ? places.second.last : null
  return last !== null && !isOfOurs(directory, folder, last.file)
}

/** Refuses to make anything anew in a place that is gone; only a person can say that it begins there once more. */
export const assertNotGone = (place: Pick<PlaceInput, 'directory' | 'folder'>): void => {
  if (!isGone(place)) return
  const { folder } = place
  const message = existsSync(folder)
    ? `${folder} is there, but none of the backups that were made in it: another disk may be in its place. Plug the right one in, or begin anew there.`
    : `${folder} is not there any more, nor are the backups in it. Plug its disk in, or begin anew there.`
  throw new AppError('STORAGE_UNAVAILABLE', message)
}

/**
 * Comes to a place that others use too, before anything of it is changed. Whoever was there last under our name left a
 * word that is ours, or else a copy of this data folder goes on with the name: then this one takes another, and nothing
 * that was there before is its own any more until somebody says so.
 */
export const visitPlace = ({ directory, folder }: Pick<PlaceInput, 'directory' | 'folder'>): void => {
  // Our word in what only lies under the path of it would be taken for a sign of us.
  if (!isShared(directory, folder) || !existsSync(folder) || isGone({ directory, folder })) return
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
