import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { examineFile } from '../../db/examine.ts'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import { readText, writeDurably } from '../backup/durable.ts'
import { hashFile } from '../backup/hash-file.ts'
import { listKept } from '../backup/kept-files.ts'
import { readManifest, writeManifest } from '../backup/manifest.ts'
import { keysForBackup } from '../backup/manifest-keys.ts'
import { type FoundBackup, listBackups, manifestOf } from '../backup/place.ts'
import { keptPath } from '../files.ts'
import { sweepPlainFiles } from './convert.ts'
import { sealDatabase, takeBack } from './seal-database.ts'
import { sealAside } from './sealed-copies.ts'

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

/** Encrypts what an encrypted folder still has in the clear: kept files, its backups in every place, what was put aside. */
export const sealWhatIsLeft = async (directory: string, places: readonly string[], key: Uint8Array): Promise<void> => {
  const keys = keysForBackup(directory)
  await sweepPlainFiles(directory, key)
  for (const place of places) {
    takeBack(place)
    for (const backup of listBackups(place)) {
      if (isPlainDatabase(backup.file)) await sealDatabase(backup.file, key)
      sealManifest(backup, key, keys)
    }
    // Last: until its manifest names the sealed files, a backup needs those in the clear.
    if (listKept(place).some((path) => path.startsWith('files/'))) await sweepPlainFiles(place, key)
  }
  await sealAside(directory, key)
}
