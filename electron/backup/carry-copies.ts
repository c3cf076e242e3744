import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '../../db/key.ts'
import { needSpace, readText, writeDurably } from './durable.ts'
import { hashFile } from './hash-file.ts'
import { installationOf } from './installation.ts'
import { copyKept, copyOne, keptCheck, missingBytes } from './kept-files.ts'
import { manifestFrom } from './ownership.ts'
import { type FoundBackup, listBackups, manifestOf } from './place.ts'

export type CarryInput = {
  /** The data folder. */
  readonly directory: string
  /** The second place. */
  readonly place: string
  readonly key: DataKey
}

// Its files, then what says of it, then the copy itself: what has its name is whole.
const carryOne = ({ file, name, size }: FoundBackup, { directory, place, key }: CarryInput) => {
  const text = readText(manifestOf(file))
  const manifest = manifestFrom(text, key)
  // Damaged where it lies, or with a key of another time: not passed on as a sound one.
  if (text === null || manifest === null || manifest.encrypted !== (key !== null)) return
  if (hashFile(file) !== manifest.sha256) return
  const folder = join(directory, 'backups')
  needSpace(place, size + missingBytes(folder, place, manifest.kept) + 1_000_000)
  const isSound = keptCheck(key, manifest.facts.files)
  copyKept(folder, place, manifest.kept, { isSound, isChecked: () => false })
  writeDurably(manifestOf(join(place, name)), text)
  copyOne(file, join(place, name))
}

/** Brings the copies from before each update of the tables, which are kept for ever, to the second place, too. */
export const carryCopies = (input: CarryInput): void => {
  const own = installationOf(input.directory)
  for (const backup of listBackups(join(input.directory, 'backups'))) {
    const isOurs = backup.head !== null && own !== null && backup.head.installation === own
    if (!isOurs || backup.reason !== 'before-migration' || existsSync(join(input.place, backup.name))) continue
    carryOne(backup, input)
  }
}
