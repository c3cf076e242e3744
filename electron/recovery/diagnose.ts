import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Examination, examineFile, type FileProblem } from '../../db/examine.ts'
import type { DatabaseFacts } from '../../db/facts.ts'
import { isOwnLog } from '../../db/inspect-log.ts'
import type { DataKey } from '../../db/key.ts'
import { needSpace } from '../backup/durable.ts'
import { databaseIn } from '../backup/place.ts'
import { fileSize } from './file-size.ts'

/** What is the matter with the data of a folder, in words. */
export type Finding = {
  readonly problem: FileProblem | null
  /** One sentence: what is wrong. */
  readonly what: string
  /** One sentence: what to do. */
  readonly todo: string
  readonly faults: readonly string[]
  /** What can still be read of a sound one. */
  readonly facts: DatabaseFacts | null
  /** Whether tables can be read out of it one by one. */
  readonly canSalvage: boolean
}

type Words = { readonly what: string; readonly todo: string; readonly canSalvage: boolean }

const words: Readonly<Record<FileProblem, Words>> = {
  missing: {
    what: 'The database is missing from its folder.',
    todo: 'Restore the newest backup, or put the folder back if it was moved.',
    canSalvage: false,
  },
  folder: {
    what: 'A folder lies where the database should be.',
    todo: 'Move that folder away, or restore the newest backup.',
    canSalvage: false,
  },
  empty: {
    what: 'The database is empty: its content was lost.',
    todo: 'Restore the newest backup.',
    canSalvage: false,
  },
  cut: {
    what: 'The database was cut off: its end is missing.',
    todo: 'Restore the newest backup, or read out what is left.',
    canSalvage: true,
  },
  foreign: {
    what: 'The file is not a Counterfoil database, or its beginning was destroyed.',
    todo: 'Restore the newest backup.',
    canSalvage: false,
  },
  'wrong-key': {
    what: 'The key does not fit this database, or its beginning was destroyed.',
    todo: 'Try the recovery code, or restore the newest backup.',
    canSalvage: false,
  },
  newer: {
    what: 'The data was written by a newer version of Counterfoil.',
    todo: 'Update Counterfoil. Nothing is wrong with the data.',
    canSalvage: false,
  },
  damaged: {
    what: 'The database is damaged inside.',
    todo: 'Restore the newest backup, or read out what can still be read.',
    canSalvage: true,
  },
  unreadable: {
    what: 'The database cannot be read.',
    todo: 'Check the disk and the permissions of the folder, then try again.',
    canSalvage: false,
  },
}

const foreignLog: Finding = {
  problem: 'damaged',
  what: 'The log beside the database is that of another database, or of another day.',
  todo: 'Restore the newest backup, or read out what the database holds without that log.',
  faults: ['The log beside it does not go on from what it holds.'],
  facts: null,
  canSalvage: true,
}

const tell = (examined: Examination): Finding => {
  if (examined.sound) {
    const what = 'Nothing is wrong with the database.'
    return { problem: null, what, todo: 'Open it.', faults: [], facts: examined.facts, canSalvage: false }
  }
  const { problem, faults } = examined
  return { problem, faults, facts: null, ...words[problem] }
}

// To read a database SQLite makes files beside it: only ever beside a copy.
const examineCopy = (file: string, key: DataKey, scratch: string): Examination => {
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch)
  try {
    const copy = join(scratch, 'counterfoil.db')
    copyFileSync(file, copy)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    return examineFile(copy, key, true)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Finds out what is wrong with the closed database of a data folder; changes nothing in it. */
export const diagnose = (directory: string, key: DataKey): Finding => {
  const file = databaseIn(directory)
  // What cannot be a database is not opened at all.
  if (fileSize(file) < 100) return tell(examineFile(file, key, true))
  try {
    needSpace(directory, Math.ceil((fileSize(file) + fileSize(`${file}-wal`)) * 1.05) + 1_000_000)
    if (!isOwnLog(file, key)) return foreignLog
    return tell(examineCopy(file, key, join(directory, 'diagnosis')))
  } catch {
    // No room for a copy, or a disk that cannot be written to: then where it lies, which only reads it.
    return tell(examineFile(file, key, true))
  }
}
