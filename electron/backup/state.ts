import { join } from 'node:path'
import { z } from 'zod'
import { restoredSchema } from '../../shared/contract/backups.ts'
import { readText, writeDurably } from './durable.ts'
import { backupReasons } from './manifest.ts'

const madeSchema = z.object({
  file: z.string(),
  createdAt: z.string(),
  reason: z.enum(backupReasons),
  size: z.int(),
  check: z.enum(['quick', 'full']),
  /** Kept files that were gone already. */
  missing: z.int(),
  /** The last command that is in it. */
  headSeq: z.int(),
  milliseconds: z.int(),
})

const problemSchema = z.object({
  at: z.string(),
  message: z.string(),
  /** The place had backups of ours and is missing, or is there without them: a person says whether it begins anew. */
  isGone: z.boolean().default(false),
})
export type Problem = z.output<typeof problemSchema>

const placeSchema = z.object({ last: madeSchema.nullable(), problem: problemSchema.nullable() })
export type PlaceState = z.output<typeof placeSchema>

const drillSchema = z.object({
  at: z.string(),
  file: z.string(),
  /** How long a restore takes. */
  milliseconds: z.int().nullable(),
  /** How old the newest backup was then. */
  ageMilliseconds: z.int(),
  problem: z.string().nullable(),
})

const inClearSchema = z.object({
  backups: z.int(),
  /** Files too damaged to say whose they are. */
  unread: z.array(z.string()).default([]),
  files: z.int(),
  failed: z.int(),
})

const emptyPlace = { last: null, problem: null }

const stateSchema = z.object({
  version: z.literal(1),
  settings: z.object({ automatic: z.boolean(), secondPlace: z.string().nullable() }),
  places: z.object({ main: placeSchema, second: placeSchema }),
  drill: drillSchema.nullable(),
  /** The last check of the database in use. */
  check: z.object({ at: z.string(), full: z.boolean(), problem: z.string().nullable() }).nullable(),
  /** Whether that check found its pages damaged, twice: then it is not opened again before it is whole. */
  damaged: z.boolean().default(false),
  /** Who could open the data when the slots in the backups of a place were last written; see manifest-keys.ts. */
  openers: z
    .object({ main: z.string().nullable(), second: z.string().nullable() })
    .default({ main: null, second: null }),
  /** How many backups of others in a place opened then with what does not open the data. */
  otherOpeners: z.object({ main: z.int(), second: z.int() }).default({ main: 0, second: 0 }),
  /** How many backups in the second place were ours before this data folder met a copy of itself; see visits.ts. */
  formerly: z.int().default(0),
  /** What the last sealing left in the clear in a place, of this data; null for nothing. */
  inClear: z
    .object({ main: inClearSchema.nullable(), second: inClearSchema.nullable() })
    .default({ main: null, second: null }),
  /** What the last restore of everything came to: the window that asked for it may be gone. */
  restored: restoredSchema.nullable().default(null),
  /** Files that failed when they were last looked at. */
  unsound: z.array(z.string()),
  /** Set while the data is open: still set at the next start, it was not closed. */
  open: z.boolean(),
})
export type BackupState = z.output<typeof stateSchema>

export const firstState: BackupState = {
  version: 1,
  settings: { automatic: true, secondPlace: null },
  places: { main: emptyPlace, second: emptyPlace },
  drill: null,
  check: null,
  damaged: false,
  openers: { main: null, second: null },
  otherOpeners: { main: 0, second: 0 },
  formerly: 0,
  inClear: { main: null, second: null },
  restored: null,
  unsound: [],
  open: false,
}

/** Beside the database and not in it: it must be readable when the database is not. */
export const stateFile = 'backups.json'

/** What is known about the backups of a data folder; the first state where nothing readable is. */
export const readState = (directory: string): BackupState => {
  const text = readText(join(directory, stateFile))
  try {
    return text === null ? firstState : stateSchema.parse(JSON.parse(text))
  } catch {
    // Only what is known about backups is lost, not one of them; the next one writes it anew.
    return firstState
  }
}

/** Writes the state in one step. */
export const writeState = (directory: string, state: BackupState): void =>
  writeDurably(join(directory, stateFile), `${JSON.stringify(state, null, 2)}\n`)

/** The folders in which backups of a data folder lie: its own, and the second place where there is one. */
export const placesOf = (directory: string): readonly string[] => {
  const { secondPlace } = readState(directory).settings
  return [join(directory, 'backups'), ...(secondPlace === null ? [] : [secondPlace])]
}
