import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { keptPath, opensSealed } from '../files.ts'
import { hashFile } from './hash-file.ts'

// In the clear they are named by their content's hash; encrypted ones lie apart, under names that only the key makes.
const folders = ['files', 'sealed'] as const
const whole = /^[0-9a-f]{16,}$/

/** Kept files of a folder, by their path within it: `files/ab/abcd…`; half written ones are left out. */
export const listKept = (directory: string): string[] =>
  folders.flatMap((folder) =>
    list(join(directory, folder))
      // In a place that others use too anything may lie.
      .filter((part) => /^[0-9a-f]{2}$/.test(part))
      .flatMap((part) =>
        list(join(directory, folder, part))
          .filter((name) => whole.test(name))
          .map((name) => `${folder}/${part}/${name}`),
      ),
  )

const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])

/** Whether a kept file lies in a folder. */
export const hasKept = (directory: string, path: string): boolean => existsSync(join(directory, path))

const sizeOf = (path: string): number | null => (existsSync(path) ? statSync(path).size : null)

/** Bytes of the kept files that `to` does not have yet. */
export const missingBytes = (from: string, to: string, paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + (sizeOf(join(to, path)) === null ? (sizeOf(join(from, path)) ?? 0) : 0), 0)

/** Whether a file is the kept file of this path: in the clear by its name, encrypted by what it unseals to. */
export type KeptCheck = (file: string, path: string) => boolean

/** A check of kept files by their content; `hashes` are those that rows name, which sealed ones are told by. */
export const keptCheck = (key: DataKey, hashes: readonly string[]): KeptCheck => {
  const opens = key === null ? null : opensSealed(key)
  const hashOf = new Map(key === null ? [] : hashes.map((hash) => [keptPath(key, hash).replaceAll('\\', '/'), hash]))
  return (file, path) => {
    if (!existsSync(file)) return false
    if (path.startsWith('files/')) return hashFile(file) === path.slice(path.lastIndexOf('/') + 1)
    const hash = hashOf.get(path)
    // Of one that no row names nobody can tell what it should be.
    return hash === undefined || opens === null || opens(hash, readFileSync(file))
  }
}

const turns = 29

/** The kept files whose turn it is to be looked at again on a day: all of them in 29 days, whatever days of the week. */
export const isTurnOf = (createdAt: string): ((path: string) => boolean) => {
  const today = Math.floor(Date.parse(createdAt) / 86_400_000) % turns
  return (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return Number.parseInt(name.slice(0, 6), 16) % turns === today
  }
}

/** Paths of a backup's kept files that are gone from its folder or are no longer what they were. */
export const unsoundKept = (folder: string, paths: readonly string[], isSound: KeptCheck): string[] =>
  paths.filter((path) => !isSound(join(folder, path), path))

/** Copies one kept file durably, under its name only once it is whole; throws where it was not written as it was read. */
export const copyOne = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true })
  const scratch = `${to}.partial`
  try {
    // Its own bytes, not a link: what happens to the one must not happen to the other.
    copyFileSync(from, scratch)
    const handle = openSync(scratch, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    if (hashFile(scratch) !== hashFile(from)) throw new Error(`${to} was not written as it was read.`)
    renameSync(scratch, to)
  } catch (error) {
    rmSync(scratch, { force: true })
    throw error
  }
}

export type KeptCopy = {
  readonly isSound: KeptCheck
  /** Which of those that are there already are looked at again, and written anew where they are damaged. */
  readonly isChecked: (path: string) => boolean
}

/**
 * Copies kept files that `to` does not have, or has damaged. Gives the paths of which neither folder has a sound one;
 * what lies in `to` of those is left as it is.
 */
export const copyKept = (
  from: string,
  to: string,
  paths: readonly string[],
  { isSound, isChecked }: KeptCopy,
  onFile: (done: number) => void = () => undefined,
): string[] => {
  const lost: string[] = []
  for (const [index, path] of paths.entries()) {
    const target = join(to, path)
    const isThere = existsSync(target) && (!isChecked(path) || isSound(target, path))
    if (!isThere) {
      if (isSound(join(from, path), path)) copyOne(join(from, path), target)
      else lost.push(path)
    }
    onFile(index + 1)
  }
  return lost
}
