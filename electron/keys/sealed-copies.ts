import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { examineFile } from '../../db/examine.ts'
import { isPlainDatabase, keyFile } from '../../db/inspect-file.ts'
import { needSpace, putInPlace } from '../backup/durable.ts'
import { isBackupName } from '../backup/place.ts'
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

/**
 * Seals what was put aside in the clear: databases that a restore took the place of, and the copies of damaged ones. A
 * folder with a key file of its own was encrypted already.
 */
export const sealAside = async (directory: string, key: Uint8Array): Promise<void> => {
  for (const name of ['salvage', 'diagnosis']) {
    // Left over from an attempt that nobody agreed to.
    const folder = join(directory, name)
    for (const file of existsSync(folder) ? filesIn(folder) : []) await shred(file)
    rmSync(folder, { recursive: true, force: true })
  }
  for (const folder of foldersIn(join(directory, 'replaced'))) {
    takeBack(folder, (name) => name === 'counterfoil.db')
    const file = join(folder, 'counterfoil.db')
    if (isSealedAlready(folder, key) || (isPlainDatabase(file) && (await isConverted(file, key)))) continue
    await sealFolder(folder, key)
  }
  // Byte for byte: what is wrong with them must not change.
  for (const folder of foldersIn(join(directory, 'damaged'))) {
    if (!isSealedAlready(folder, key)) await sealFolder(folder, key)
  }
}

/**
 * Gives what was sealed byte for byte back in the clear, before the key goes out of use: what was put aside, and damaged
 * backups in their places. Gives the files that this key does not open: they stay as they are.
 */
export const unsealAside = (directory: string, places: readonly string[], key: Uint8Array): string[] => {
  const aside = [...foldersIn(join(directory, 'replaced')), ...foldersIn(join(directory, 'damaged'))].flatMap(filesIn)
  const backups = places.filter((place) => existsSync(place)).flatMap(filesIn)
  const left: string[] = []
  for (const file of [...aside, ...backups.filter((path) => isOfBackup(basename(path, ending)))]) {
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
