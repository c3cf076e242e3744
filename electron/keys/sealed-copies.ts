import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { examineFile } from '../../db/examine.ts'
import { isPlainDatabase, keyFile } from '../../db/inspect-file.ts'
import { needSpace, putInPlace, readText } from '../backup/durable.ts'
import { installationOf } from '../backup/installation.ts'
import { isShared, manifestFrom, provenOf } from '../backup/ownership.ts'
import { isBackupName, manifestOf } from '../backup/place.ts'
import { shred } from './convert.ts'
import { deriveKey, seal, unseal } from './derive.ts'
import { sealDatabase, takeBack } from './seal-database.ts'

// Beside its name: a damaged database is no database that could be converted, so its bytes are sealed as they are.
const ending = '.sealed'
const goes = '.shredding'
const pieceBytes = 4 * 1024 * 1024
const overhead = 28

// Each piece says which one it is and whether it is the last: none can be left out, moved or cut off unseen.
const labelOf = (name: string, index: number, isLast: boolean) => `${name}/${index}/${isLast ? 'last' : 'more'}`

type Change = (piece: Buffer, index: number, isLast: boolean) => Uint8Array

const rewrite = (from: string, to: string, size: number, change: Change) => {
  const scratch = `${to}.partial`
  const source = openSync(from, 'r')
  try {
    const target = openSync(scratch, 'w', 0o600)
    try {
      const total = statSync(from).size
      const buffer = Buffer.alloc(size)
      for (let at = 0, index = 0; at < total || index === 0; index += 1) {
        const read = readSync(source, buffer, 0, size, at)
        at += read
        writeSync(target, change(buffer.subarray(0, read), index, at >= total))
        if (read === 0) break
      }
      fsyncSync(target)
    } finally {
      closeSync(target)
    }
    putInPlace(scratch, to)
  } catch (error) {
    rmSync(scratch, { force: true })
    throw error
  } finally {
    closeSync(source)
  }
}

/** Seals a file byte for byte, beside its name, and removes what was in the clear. */
export const sealCopy = async (file: string, key: Uint8Array) => {
  const copies = deriveKey(key, 'copies')
  needSpace(join(file, '..'), statSync(file).size + 1_000_000)
  rewrite(file, `${file}${ending}`, pieceBytes, (piece, index, isLast) =>
    seal(copies, labelOf(basename(file), index, isLast), piece),
  )
  // Never sealed again once it is being written over.
  renameSync(file, `${file}${goes}`)
  await shred(`${file}${goes}`)
}

// Changed, or of another key.
class NotOurs extends Error {}

const unsealCopy = (file: string, key: Uint8Array) => {
  const copies = deriveKey(key, 'copies')
  const plain = file.slice(0, -ending.length)
  needSpace(join(file, '..'), statSync(file).size + 1_000_000)
  rewrite(file, plain, pieceBytes + overhead, (piece, index, isLast) => {
    const opened = unseal(copies, labelOf(basename(plain), index, isLast), piece)
    if (opened === null) throw new NotOurs()
    return opened
  })
  rmSync(file)
}

/** The content of a sealed copy, in memory: of a small one. null where this key did not seal it. */
const readCopy = (file: string, key: Uint8Array): Buffer | null => {
  const copies = deriveKey(key, 'copies')
  const name = basename(file, ending)
  const bytes = readFileSync(file)
  const pieces: Buffer[] = []
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const piece = bytes.subarray(at, at + pieceBytes + overhead)
    at += piece.length
    const opened = unseal(copies, labelOf(name, index, at >= bytes.length), piece)
    if (opened === null) return null
    pieces.push(opened)
  }
  return Buffer.concat(pieces)
}

// In a place that others use too: by its manifest, which was sealed with it.
const whoseIs = (directory: string, file: string, key: Uint8Array): 'ours' | 'theirs' | 'nobodys' => {
  const manifest = manifestOf(file.slice(0, -ending.length).replace(/\.json$/, '.db'))
  const sealed = existsSync(`${manifest}${ending}`) ? readCopy(`${manifest}${ending}`, key) : null
  const text = sealed?.toString('utf8') ?? readText(manifest)
  const known = manifestFrom(text, null)
  if (known === null) return 'nobodys'
  if (known.installation !== null) return known.installation === installationOf(directory) ? 'ours' : 'theirs'
  const { chain } = known.facts
  return chain !== null && provenOf({ directory, key }, [chain]).has(chain) ? 'ours' : 'nobodys'
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name))

const isOfBackup = (name: string) => isBackupName(name) || name.endsWith('.cfbackup.json')

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name))
    : []

const sealFolder = async (folder: string, key: Uint8Array) => {
  for (const file of filesIn(folder)) {
    if (file.endsWith(goes)) await shred(file)
    else if (file.endsWith('.partial')) rmSync(file)
    // A kill before the rename left both: sealed once more, with the same content.
    else if (!file.endsWith(ending)) await sealCopy(file, key)
  }
}

const isConverted = async (file: string, key: Uint8Array): Promise<boolean> => {
  try {
    await sealDatabase(file, key)
    return true
  } catch {
    // Damaged: its bytes are sealed instead.
    return false
  }
}

const isSealedAlready = (folder: string, key: Uint8Array): boolean => {
  if (existsSync(join(folder, keyFile))) return true
  const file = join(folder, 'counterfoil.db')
  return existsSync(file) && !isPlainDatabase(file) && examineFile(file, key, false).sound
}

// An earlier version that was killed at the wrong moment left the log in the clear beside the sealed database: it is in
// that already, and would be taken for a part of it. Nothing is thrown away: it is sealed under a name of its own.
const partFromForeignLog = async (folder: string, key: Uint8Array) => {
  const file = join(folder, 'counterfoil.db')
  const log = `${file}-wal`
  const apart = join(folder, 'left-over.db-wal')
  if (!existsSync(file) || isPlainDatabase(file)) return
  if (existsSync(log) && !existsSync(apart) && !examineFile(file, key, false).sound) {
    renameSync(log, apart)
    rmSync(`${file}-shm`, { force: true })
    if (!examineFile(file, key, false).sound) renameSync(apart, log)
  }
  if (existsSync(apart)) await sealCopy(apart, key)
}

// A database that a restore took the place of.
const sealReplaced = async (folder: string, key: Uint8Array) => {
  await takeBack(folder, (name) => name === 'counterfoil.db')
  await partFromForeignLog(folder, key)
  const file = join(folder, 'counterfoil.db')
  if (isSealedAlready(folder, key) || (isPlainDatabase(file) && (await isConverted(file, key)))) return
  await sealFolder(folder, key)
}

/** The folders of databases that were put aside: those that a restore took the place of, and damaged ones. */
export const asideIn = (directory: string): string[] =>
  ['replaced', 'damaged'].flatMap((name) => foldersIn(join(directory, name)))

/** Removes what is left over from attempts at a data folder that nobody agreed to. */
export const clearAttempts = async (directory: string): Promise<void> => {
  for (const name of ['salvage', 'diagnosis']) {
    const folder = join(directory, name)
    for (const file of existsSync(folder) ? filesIn(folder) : []) await shred(file)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seals one of the folders of `asideIn`. One with a key file of its own was encrypted already. */
export const sealAside = async (folder: string, key: Uint8Array): Promise<void> => {
  if (basename(dirname(folder)) === 'replaced') return await sealReplaced(folder, key)
  // Byte for byte: what is wrong with them must not change.
  if (!isSealedAlready(folder, key)) await sealFolder(folder, key)
}

/**
 * Gives what was sealed byte for byte back in the clear, before the key goes out of use: what was put aside, and damaged
 * backups in their places. Gives the files that stay as they are: this key does not open them, or, in a place that others
 * use too, nobody can tell whose they are.
 */
export const unsealAside = (directory: string, places: readonly string[], key: Uint8Array): string[] => {
  const aside = asideIn(directory).flatMap(filesIn)
  const backups = places
    .filter((place) => existsSync(place))
    .flatMap((place) => {
      const sealed = filesIn(place).filter((file) => file.endsWith(ending) && isOfBackup(basename(file, ending)))
      // All of them before the first comes back: its manifest says of both whose they are.
      return sealed.map((file) => ({
        file,
        whose: isShared(directory, place) ? whoseIs(directory, file, key) : 'ours',
      }))
    })
  const left = backups.filter(({ whose }) => whose === 'nobodys').map(({ file }) => file)
  const ours = backups.filter(({ whose }) => whose === 'ours').map(({ file }) => file)
  for (const file of [...aside, ...ours]) {
    if (!file.endsWith(ending)) continue
    try {
      unsealCopy(file, key)
    } catch (error) {
      if (!(error instanceof NotOurs)) throw error
      left.push(file)
    }
  }
  return left
}
