import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export { needSpace } from '../../db/space.ts'

/** Waits until a file or a folder is on the disk itself. */
export const syncPath = (path: string): void => {
  // A folder cannot be opened on Windows, where a rename is durable by itself.
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Waits until the names in a folder are on the disk itself. */
export const syncFolder = (folder: string): void => {
  if (process.platform !== 'win32') syncPath(folder)
}

/** Gives a whole file its name, over whatever had it, durably. */
export const putInPlace = (scratch: string, path: string): void => {
  renameSync(scratch, path)
  syncFolder(dirname(path))
}

const writeScratch = (scratch: string, text: string) => {
  const handle = openSync(scratch, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Replaces a small file in one step: after a crash there is the old text or the new one. */
export const writeDurably = (path: string, text: string): void => {
  const scratch = `${path}.partial`
  try {
    writeScratch(scratch, text)
    putInPlace(scratch, path)
  } catch (error) {
    rmSync(scratch, { force: true })
    throw error
  }
}

/** Writes a small file where there is none yet, durably; false where somebody else's has the name, which stays. */
export const writeNew = (path: string, text: string): boolean => {
  let handle: number
  try {
    handle = openSync(path, 'wx', 0o600)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
  try {
    writeSync(handle, text)
    fsyncSync(handle)
    syncFolder(dirname(path))
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
  return true
}

/**
 * Changes a small file that others may be changing too, in one step: `change` is asked again where the text became another
 * one meanwhile, so that nobody's change is lost. Nothing is written where there is no file, or `change` gives null.
 */
export const changeDurably = (path: string, change: (text: string) => string | null): void => {
  // A name of its own: two that write at once must not write into one file.
  const scratch = `${path}.${randomBytes(4).toString('hex')}.partial`
  try {
    for (;;) {
      const text = readText(path)
      const next = text === null ? null : change(text)
      if (next === null) break
      writeScratch(scratch, next)
      // Asked last, when all that is left to do is the rename.
      if (readText(path) !== text) continue
      putInPlace(scratch, path)
      return
    }
    rmSync(scratch, { force: true })
  } catch (error) {
    rmSync(scratch, { force: true })
    throw error
  }
}

/** The text of a file; null where there is none or it cannot be read. */
export const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
