import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { AppError } from '../shared/errors.ts'

/** Beside an encrypted database: its key, wrapped by passwords and the recovery code. */
export const keyFile = 'keys.json'

/** What is to become of the key file when another database takes the place of the present one. */
export type KeysOfSwap =
  | { readonly kind: 'keep' }
  /** The new database is in the clear. */
  | { readonly kind: 'none' }
  | { readonly kind: 'replace'; readonly text: string }

type Swap = {
  readonly format: 'counterfoil-swap'
  /** The whole, checked database that takes the place; a name within the data folder. */
  readonly incoming: string
  /** The folder that gets what was there; a path within the data folder. */
  readonly aside: string
  readonly keys: KeysOfSwap
}

/** Called after each step: a test ends the process there. */
export type AfterStep = (step: 'noted' | 'folder' | 'moved' | 'aside' | 'keys' | 'placed' | 'done') => void

const noteOf = (directory: string) => join(directory, 'swap.json')
// The log last: until it is gone, the database that it belongs to can be put back by hand.
const present = ['counterfoil.db', 'counterfoil.db-shm', 'counterfoil.db-journal', 'counterfoil.db-wal'] as const

const sync = (path: string) => {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Writes a small file in one step, durably. */
export const writeNote = (path: string, text: string): void => {
  const scratch = `${path}.partial`
  const handle = openSync(scratch, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(scratch, path)
  sync(dirname(path))
}

const freeName = (path: string): string => {
  if (!existsSync(path)) return path
  let count = 2
  while (existsSync(`${path}-${count}`)) count += 1
  return `${path}-${count}`
}

// Everything of it goes, each piece to a name of its own: what stayed would be taken for a part of the new database.
const moveAside = (directory: string, aside: string, after: AfterStep) => {
  for (const name of present) {
    const from = join(directory, name)
    if (!existsSync(from)) continue
    renameSync(from, freeName(join(aside, name)))
    after('moved')
  }
}

// What is aside already came there before a kill; what has its name now is the new one.
const moveKeys = (from: string, to: string) => {
  if (existsSync(from) && !existsSync(to)) renameSync(from, to)
}

const readNote = (directory: string): Swap | null => {
  const file = noteOf(directory)
  if (!existsSync(file)) return null
  try {
    // Written by `swapDatabase` in one step, so it is whole; checked by its mark.
    const note = JSON.parse(readFileSync(file, 'utf8')) as Swap
    if (note.format === 'counterfoil-swap') return note
  } catch {
    // Said below.
  }
  throw new AppError(
    'STORAGE_UNAVAILABLE',
    `${file} cannot be read, so it is not known which database belongs here. It was left as it is; ask for help with this folder.`,
  )
}

const carryOut = (directory: string, swap: Swap, after: AfterStep) => {
  const incoming = join(directory, swap.incoming)
  const aside = join(directory, swap.aside)
  mkdirSync(aside, { recursive: true })
  sync(dirname(aside))
  after('folder')
  // Without it the last step was taken before a kill, and what lies here is the new database.
  if (existsSync(incoming)) {
    moveAside(directory, aside, after)
    sync(aside)
    sync(directory)
    after('aside')
    const keys = join(directory, keyFile)
    if (swap.keys.kind !== 'keep') {
      moveKeys(keys, join(aside, keyFile))
      if (swap.keys.kind === 'replace') writeNote(keys, swap.keys.text)
      sync(directory)
    }
    after('keys')
    renameSync(incoming, join(directory, 'counterfoil.db'))
    sync(directory)
  }
  after('placed')
  rmSync(noteOf(directory), { force: true })
  sync(directory)
  after('done')
}

/**
 * Puts a whole, closed database in the place of the present one, which is kept with its log in the folder `aside`, or
 * one beside it where that has something else. The database must be closed. Killed at any moment, `finishSwap` ends what
 * was begun. Gives the folder, within the data folder.
 */
export const swapDatabase = (
  directory: string,
  swap: { readonly incoming: string; readonly aside: string; readonly keys: KeysOfSwap },
  after: AfterStep = () => undefined,
): string => {
  const aside = relative(directory, freeName(join(directory, swap.aside)))
  const noted: Swap = { format: 'counterfoil-swap', ...swap, aside }
  writeNote(noteOf(directory), `${JSON.stringify(noted, null, 2)}\n`)
  after('noted')
  carryOut(directory, noted, after)
  return aside
}

/** Ends a swap that was cut off; before a data folder is opened. Nothing happens where there is none. */
export const finishSwap = (directory: string, after: AfterStep = () => undefined): void => {
  const swap = readNote(directory)
  if (swap !== null) carryOut(directory, swap, after)
}
