import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
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

const isSound = (file: string, path: string): boolean =>
  !path.startsWith('files/') || hashFile(file) === path.slice(path.lastIndexOf('/') + 1)

const copyOne = (from: string, to: string): void => {
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

/**
 * Copies kept files that `to` does not have; those that are there are not written again. Gives the paths that could not
 * be copied because they are gone, or no longer have the content that their name says.
 */
export const copyKept = (
  from: string,
  to: string,
  paths: readonly string[],
  onFile: (done: number) => void = () => undefined,
): string[] => {
  const lost: string[] = []
  for (const [index, path] of paths.entries()) {
    const source = join(from, path)
    if (!existsSync(join(to, path))) {
      if (existsSync(source) && isSound(source, path)) copyOne(source, join(to, path))
      else lost.push(path)
    }
    onFile(index + 1)
  }
  return lost
}
