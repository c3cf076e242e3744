import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { examineFile } from '../../db/examine.ts'
import { type ChangesSince, changesSince, type DatabaseFacts, lastInCommon, wasIn } from '../../db/facts.ts'
import type { DataKey } from '../../db/key.ts'
import { openConnection } from '../../db/open.ts'
import type { Replayable } from '../../db/replay.ts'
import { bringBackup, refuseBackup, refuseInUse } from './bring.ts'
import { readText } from './durable.ts'
import { type Entry, entryAfter, type PeopleThere, peopleIn } from './entry.ts'
import { readManifest } from './manifest.ts'
import { type OpenSeries, openSeriesIn } from './paper-numbers.ts'
import { databaseIn, type FoundBackup, lookAt, manifestOf } from './place.ts'
import { whatIsReplayable } from './replay.ts'

export type PreviewInput = {
  /** The data folder. */
  readonly directory: string
  readonly source: string
  readonly key: DataKey
  /** The key of the present database; null where it is in the clear or its key is not known. */
  readonly presentKey: DataKey
  /** Whether the present data is encrypted. */
  readonly isEncrypted: boolean
  /** Whose passwords open it, where its key is at hand. */
  readonly openers: readonly string[] | null
}

export type Preview = {
  readonly backup: FoundBackup
  readonly facts: DatabaseFacts
  /** What the present database holds; null where it cannot be read. */
  readonly present: DatabaseFacts | null
  /** What was done since, or since both were the same; null where the present database cannot be read or never was. */
  readonly lost: ChangesSince | null
  /** The same of each business in the backup alone, by its id. */
  readonly lostOf: Readonly<Record<string, ChangesSince | null>>
  /** What the log of a damaged present database says was done since and could be done again; null where it does not. */
  readonly replayable: Replayable | null
  /** What becomes of who may come in. */
  readonly entry: Entry
  /** Series that may have given more numbers since than anybody here can tell. */
  readonly series: readonly OpenSeries[]
}

const readIn = <T>(file: string, key: DataKey, read: (database: Sqlite.Database) => T, none: T): T => {
  try {
    const database = openConnection(file, { readonly: true, key })
    try {
      return read(database)
    } finally {
      database.close()
    }
  } catch {
    // Damaged: the restore itself will say so.
    return none
  }
}

const lookAhead = ({ source, key, isEncrypted, openers }: PreviewInput) => {
  const known = {
    ofBackup: readIn(source, key, peopleIn, new Map()),
    isEncrypted,
    isBackupEncrypted: key !== null,
    openers,
  }
  return (now: PeopleThere | null) => entryAfter({ ...known, now })
}

const factsOf = (directory: string, found: FoundBackup, key: DataKey): DatabaseFacts => {
  const text = readText(manifestOf(found.file))
  const manifest = text === null ? null : readManifest(text, key)
  // The restore itself checks every byte; here it is enough that it is the file that was written.
  if (manifest !== null && found.size === manifest.size) return manifest.facts
  if (manifest !== null) throw refuseBackup(found.file, found.size === 0 ? 'empty' : 'cut', [])
  const scratch = join(directory, 'counterfoil.db.preview')
  try {
    return bringBackup(found.file, key, scratch).facts
  } finally {
    rmSync(scratch, { force: true })
  }
}

// Only where data went back to before a backup: then it is not in any of its states, but has a beginning in common.
const commonWith = (present: Sqlite.Database, { directory, source, key }: PreviewInput): DatabaseFacts['head'] => {
  const scratch = join(directory, 'counterfoil.db.preview')
  try {
    bringBackup(source, key, scratch)
    const backup = openConnection(scratch, { readonly: true, key })
    try {
      return lastInCommon(present, backup)
    } finally {
      backup.close()
    }
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${scratch}${end}`, { force: true })
  }
}

/** What a backup holds, and what would be lost by going back to it; AppError says why it cannot be used. */
export const previewBackup = (input: PreviewInput): Preview => {
  const { directory, source, key, presentKey } = input
  const backup = lookAt(source)
  if (backup === null) throw refuseBackup(source, 'missing', [])
  refuseInUse(directory, source)
  const facts = factsOf(directory, backup, key)
  const entryFrom = lookAhead(input)
  const seriesFrom = (here: DatabaseFacts['organizations']) => {
    const known = new Set(here.map(({ id }) => id))
    return readIn(source, key, (then) => openSeriesIn(then, known, backup.createdAt.slice(0, 10)), [])
  }
  const file = databaseIn(directory)
  const examined = examineFile(file, presentKey, false)
  if (!examined.sound) {
    const readable = whatIsReplayable(file, presentKey, facts)
    return {
      backup,
      facts,
      present: null,
      lost: null,
      lostOf: {},
      replayable: readable,
      entry: entryFrom(null),
      series: seriesFrom([]),
    }
  }
  const database = openConnection(file, { readonly: true, key: presentKey })
  try {
    const isLeft = facts.head !== null && !wasIn(database, facts.head)
    const head = isLeft ? commonWith(database, input) : facts.head
    const lostOf = Object.fromEntries(
      facts.organizations.map(({ id }) => [id, changesSince(database, head, id, isLeft)]),
    )
    return {
      backup,
      facts,
      present: examined.facts,
      lost: changesSince(database, head, null, isLeft),
      lostOf,
      replayable: null,
      entry: entryFrom(peopleIn(database)),
      series: seriesFrom(examined.facts.organizations),
    }
  } finally {
    database.close()
  }
}
