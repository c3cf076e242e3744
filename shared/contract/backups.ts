import { z } from 'zod'
import { emptyInput } from './fields.ts'
import { command, query } from './procedure.ts'

export const backupReasons = [
  'auto',
  'exit',
  'manual',
  'before-migration',
  'before-restore',
  'before-update',
  'before-encryption',
] as const
export type BackupReason = (typeof backupReasons)[number]

/** A path on this computer: no file system takes a NUL in one. */
export const pathField = z
  .string()
  .trim()
  .max(4096)
  .refine((path) => !path.includes('\0'), 'This is not a path.')
const fileField = pathField.min(1, 'Choose a backup.')
const folderField = pathField.min(1, 'Choose a folder.')

export const organizationFactsSchema = z.object({
  id: z.string(),
  name: z.string(),
  currency: z.string(),
  clients: z.int(),
  documents: z.int(),
  payments: z.int(),
  /** What clients owe, by currency. */
  open: z.array(z.object({ currency: z.string(), amountE4: z.bigint() })).readonly(),
  newest: z.object({ number: z.string(), client: z.string(), on: z.string() }).nullable(),
})
export type OrganizationFacts = z.output<typeof organizationFactsSchema>

/** What a database holds, for a person to recognize. */
export const heldSchema = z.object({
  schemaVersion: z.int(),
  organizations: z.array(organizationFactsSchema).readonly(),
  /** When something was last done in it. */
  lastAt: z.string().nullable(),
})
export type Held = z.output<typeof heldSchema>

export const foundSchema = z.object({
  file: z.string(),
  name: z.string(),
  createdAt: z.string(),
  reason: z.enum(backupReasons),
  size: z.int(),
  place: z.enum(['main', 'second', 'named']),
  /** false for one that failed when it was last checked. */
  sound: z.boolean(),
  encrypted: z.boolean(),
  /** Made by another computer, or by this one before its data folder was a new one. */
  elsewhere: z.boolean(),
})
export type FoundBackup = z.output<typeof foundSchema>

const madeSchema = z.object({
  file: z.string(),
  createdAt: z.string(),
  size: z.int(),
  /** Kept files that were gone when it was made. */
  missing: z.int(),
  check: z.enum(['quick', 'full']),
})

export const placeSchema = z.object({
  folder: z.string(),
  last: madeSchema.nullable(),
  problem: z
    .object({
      at: z.string(),
      message: z.string(),
      /** It had backups of ours and is missing, or is there without them: a person says whether it begins anew. */
      isGone: z.boolean(),
    })
    .nullable(),
  /** Its backups still open with a password or a recovery code of before: done as soon as the place is there. */
  keysPending: z.boolean(),
  /** Backups of others in it that open with a password or a recovery code which does not open the data. */
  otherOpeners: z.int(),
  /** Backups in it that were ours until a copy of this data folder came to use the place, too. */
  formerly: z.int(),
  /** What of encrypted data is in the clear in this place all the same; null for nothing. */
  inClear: z
    .object({
      /** Backups that another computer or an earlier version made: not ours to change. */
      backups: z.int(),
      /** Copies too damaged to say what they hold and whose they are, by their whole path. */
      unread: z.array(z.string()),
      /** Kept files that those need, or that nobody knows. */
      files: z.int(),
      /** Backups of ours that could not be sealed yet. */
      failed: z.int(),
    })
    .nullable(),
})

/** Actions done again from a log, when the last of them was done, and why they end there. */
export const replaySchema = z.object({
  commands: z.int(),
  last: z.string().nullable(),
  /** null where the log itself ends. */
  stop: z
    .object({
      /**
       * A person was erased, the record was cut; it cannot be read, or the signed record does not prove it; unknown: what
       * was done since cannot be told at all.
       */
      why: z.enum(['erasure', 'removal', 'unreadable', 'unproved', 'unknown']),
      /** When the first action that is not done again was done; null where that is not known. */
      at: z.string().nullable(),
      /** How many are not done again; null where that is not known. */
      left: z.int().nullable(),
    })
    .nullable(),
})
export type Replayed = z.output<typeof replaySchema>

/** What becomes of who may come in, and of what keeps others out, by going back to a backup. */
export const entrySchema = z.object({
  /** A backup in the clear of data that is encrypted: sealed with the key of now, or everything is in the clear. */
  encryption: z.enum(['same', 'sealed', 'in-clear']),
  /** Somebody needs a password now, and nobody does afterwards. */
  unguarded: z.boolean(),
  /** People, passwords and roles are those of the backup's day, for some of them at least. */
  ofThen: z.boolean(),
})
export type Entry = z.output<typeof entrySchema>

/** What a restore of everything came to, for whoever comes after it. */
export const restoredSchema = z.object({
  at: z.string(),
  /** Of when the backup is. */
  createdAt: z.string(),
  /** The folder that keeps the data that was there. */
  aside: z.string(),
  /** Kept files that the backup needs and that are nowhere. */
  missing: z.int(),
  /** What was done again from the log of damaged data; null where that was not looked at. */
  replayed: replaySchema.nullable(),
  /** null where it was made by an earlier version, which does not say. */
  entry: entrySchema.nullable().default(null),
})

export const backupStatusSchema = z.object({
  automatic: z.boolean(),
  main: placeSchema,
  second: placeSchema.nullable(),
  /** When the next automatic one is due at the earliest; null where nothing was done since the last. */
  nextAt: z.string().nullable(),
  drill: z
    .object({
      at: z.string(),
      name: z.string(),
      /** How long a restore takes; null where it did not work. */
      milliseconds: z.int().nullable(),
      ageMilliseconds: z.int(),
      problem: z.string().nullable(),
    })
    .nullable(),
  /** The last check of the database in use. */
  check: z.object({ at: z.string(), full: z.boolean(), problem: z.string().nullable() }).nullable(),
  /** The last time that everything went back to a backup; null for never. */
  restored: restoredSchema.nullable(),
  running: z
    .object({
      kind: z.enum(['backup', 'verify', 'drill', 'check']),
      step: z.string(),
      done: z.int(),
      total: z.int(),
      since: z.string(),
    })
    .nullable(),
})
export type BackupStatus = z.output<typeof backupStatusSchema>

export const lostSchema = z.object({
  documents: z.int(),
  payments: z.int(),
  clients: z.int(),
  other: z.int(),
  /** Clients and people whose data was erased since: where everything goes back, they are back too. */
  erasures: z.int(),
  /** Numbers of invoices issued since, the newest first. */
  issued: z.array(z.string()).readonly(),
  /** For a backup of a state that was left by going back to an earlier one: when that was. Since then is counted. */
  leftAt: z.string().nullable(),
})

export const previewSchema = z.object({
  backup: foundSchema,
  holds: heldSchema,
  /** null where the present database cannot be read. */
  present: heldSchema.nullable(),
  /** What was done since and would be gone; null where the present data is not a later state of the same. */
  lost: lostSchema.nullable(),
  /** The same of each business in the backup, were it alone brought back; by its id. */
  lostOf: z.record(z.string(), lostSchema.nullable()),
  /** Actions since that the log of a damaged present database still tells, to be done again; null for none. */
  replayable: replaySchema.nullable(),
  entry: entrySchema,
  /** Series that may have given more numbers since than anybody here can tell: what is last on paper is asked for. */
  series: z.array(
    z.object({
      id: z.string(),
      business: z.string(),
      kind: z.string(),
      code: z.string(),
      /** The last number in the backup, in the period of its day; null for none. */
      last: z.string().nullable(),
    }),
  ),
  /** The caller may go back to all of it; without that, it tells of the businesses alone that they may bring back. */
  everything: z.boolean(),
})
export type BackupPreview = z.output<typeof previewSchema>

const permission = 'backups.manage' as const

/** Copies of everything, where they lie and whether they could be restored. */
export const backups = {
  status: query({
    permission,
    wholeBusiness: true,
    summary: 'The last backup in each place, when the next is due, the last restore drill, and what goes on now.',
    input: emptyInput,
    output: backupStatusSchema,
  }),
  list: query({
    permission,
    wholeBusiness: true,
    summary: 'The backups in both places, or those of a folder or a file that is named; newest first.',
    input: z.object({ path: folderField.nullable().default(null) }),
    output: z.object({ rows: z.array(foundSchema) }),
  }),
  preview: query({
    permission,
    wholeBusiness: true,
    summary: 'What a backup holds, and what would be lost by going back to it.',
    input: z.object({ file: fileField }),
    output: previewSchema,
  }),
  create: command({
    permission,
    wholeBusiness: true,
    summary: 'Makes a backup now, in each place, and checks it.',
    changes: ['backups'],
    input: emptyInput,
    output: backupStatusSchema,
  }),
  verify: command({
    permission,
    wholeBusiness: true,
    summary: 'Checks a backup as a restore would: its bytes, every page and index, references, counts and sums.',
    changes: ['backups'],
    input: z.object({ file: fileField }),
    output: z.object({
      sound: z.boolean(),
      /** What is wrong with it, in words. */
      faults: z.array(z.string()),
      /** Kept files that it needs and that are not beside it. */
      missing: z.int(),
    }),
  }),
  drill: command({
    permission,
    wholeBusiness: true,
    summary: 'Restores the newest backup into a folder of its own, checks it, and measures how long it takes.',
    changes: ['backups'],
    input: emptyInput,
    output: backupStatusSchema,
  }),
  takeOver: command({
    permission,
    wholeBusiness: true,
    summary:
      'Makes the backups in the second place ours again that were, before a copy of this data folder used it too.',
    changes: ['backups'],
    input: emptyInput,
    output: backupStatusSchema,
  }),
  beginAnew: command({
    permission,
    wholeBusiness: true,
    // Whatever lies there now gets a copy of everything.
    reauthenticate: true,
    summary:
      'Begins anew in a second place that is missing, or lies there without the backups made in it: for who owns the workstation.',
    changes: ['backups'],
    input: emptyInput,
    output: backupStatusSchema,
  }),
  setSettings: command({
    permission,
    wholeBusiness: true,
    // A second folder gets a copy of everything.
    reauthenticate: true,
    summary:
      'Whether backups are made by themselves, and the second folder that gets them: for who owns the workstation.',
    changes: ['backups'],
    input: z.object({ automatic: z.boolean(), secondPlace: folderField.nullable() }),
    output: backupStatusSchema,
  }),
}
