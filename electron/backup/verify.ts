import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { examineFile, type FileProblem } from '../../db/examine.ts'
import { compareFacts, type DatabaseFacts } from '../../db/facts.ts'
import type { DataKey } from '../../db/key.ts'
import { readText } from './durable.ts'
import { hashFile } from './hash-file.ts'
import { keptCheck, unsoundKept } from './kept-files.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { manifestOf } from './place.ts'

export type Verified =
  | {
      readonly sound: true
      readonly facts: DatabaseFacts
      readonly manifest: Manifest | null
      /** Kept files that the backup should bring and that are gone from its folder, or no longer what they were. */
      readonly missing: readonly string[]
    }
  | { readonly sound: false; readonly problem: FileProblem; readonly faults: readonly string[] }

/** Checks a backup as a restore would: its bytes against the manifest, then the whole database, then its files. */
export const verifyBackup = (file: string, key: DataKey, full = true): Verified => {
  const text = readText(manifestOf(file))
  const manifest = text === null ? null : readManifest(text, key)
  if (manifest !== null) {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    if (size < manifest.size) {
      const problem = size === 0 ? 'empty' : 'cut'
      return { sound: false, problem, faults: [`${size} of ${manifest.size} bytes are left.`] }
    }
    if (hashFile(file) !== manifest.sha256) {
      return { sound: false, problem: 'damaged', faults: ['Its bytes are not those that were written.'] }
    }
  }
  const examined = examineFile(file, key, full)
  if (!examined.sound) return examined
  const differences = manifest === null ? [] : compareFacts(manifest.facts, examined.facts)
  if (differences.length > 0) return { sound: false, problem: 'damaged', faults: differences }
  const missing = unsoundKept(dirname(file), manifest?.kept ?? [], keptCheck(key, examined.facts.files))
  return { sound: true, facts: examined.facts, manifest, missing }
}
