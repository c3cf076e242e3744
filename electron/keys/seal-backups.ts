import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { examineFile } from '../../db/examine.ts'
import { isPlainDatabase, keyFile } from '../../db/inspect-file.ts'
import { readText, syncFolder, writeDurably } from '../backup/durable.ts'
import { hashFile } from '../backup/hash-file.ts'
import { listKept } from '../backup/kept-files.ts'
import { readManifest, writeManifest } from '../backup/manifest.ts'
import { type FoundBackup, listBackups, manifestOf } from '../backup/place.ts'
import { keptPath } from '../files.ts'
import { convertFile, shred, sweepPlainFiles } from './convert.ts'

// The copy under the key takes the name; what was in the clear is written over before it goes.
const sealFile = async (file: string, key: Uint8Array) => {
  const scratch = `${file}.partial`
  await convertFile(file, scratch, { from: null, to: key })
  const plain = `${file}.plain`
  renameSync(file, plain)
  renameSync(scratch, file)
  syncFolder(join(file, '..'))
  await shred(plain)
  for (const end of ['-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true })
}

const sealManifest = ({ file, head }: FoundBackup, key: Uint8Array, keys: unknown) => {
  const text = readText(manifestOf(file))
  if (head === null || head.encrypted || text === null) return
  const manifest = readManifest(text, null)
  const examined = examineFile(file, key, false)
  if (manifest === null || !examined.sound) return
  const kept = manifest.kept.map((path) => (path.startsWith('files/') ? keptPath(key, basename(path)) : path))
  const { size } = statSync(file)
  writeDurably(
    manifestOf(file),
    writeManifest(
      { ...manifest, kept, size, sha256: hashFile(file), encrypted: true, keys, facts: examined.facts },
      key,
    ),
  )
}

// A kill between the two renames of `sealFile` leaves the name to nobody for a moment.
const takeBack = (folder: string) => {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!name.endsWith('.plain')) continue
    const file = join(folder, name.slice(0, -'.plain'.length))
    if (existsSync(file)) rmSync(join(folder, name), { force: true })
    else renameSync(join(folder, name), file)
  }
}

/** Encrypts what an encrypted folder still has in the clear: kept files, its backups in every place, replaced databases. */
export const sealWhatIsLeft = async (directory: string, places: readonly string[], key: Uint8Array): Promise<void> => {
  const keys: unknown = JSON.parse(readFileSync(join(directory, keyFile), 'utf8'))
  await sweepPlainFiles(directory, key)
  for (const place of places) {
    takeBack(place)
    for (const backup of listBackups(place)) {
      if (isPlainDatabase(backup.file)) await sealFile(backup.file, key)
      sealManifest(backup, key, keys)
    }
    // Last: until its manifest names the sealed files, a backup needs those in the clear.
    if (listKept(place).some((path) => path.startsWith('files/'))) await sweepPlainFiles(place, key)
  }
  const replaced = join(directory, 'replaced')
  for (const name of existsSync(replaced) ? readdirSync(replaced) : []) {
    takeBack(join(replaced, name))
    const file = join(replaced, name, 'counterfoil.db')
    if (isPlainDatabase(file)) await sealFile(file, key)
  }
}
