import { z } from 'zod'
import type { Db, Trx } from '../../rpc/handles.ts'

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)
const countedSchema = z.object({ count: z.int(), hash: hashSchema })

const stateSchema = z.object({
  /** Every row that was there, without what is personal: its columns, how many, and a hash over them. */
  tables: z.array(z.object({ table: z.string(), columns: z.array(z.string()), rows: z.int(), hash: hashSchema })),
  /** The commands that stay because something shown refers to them. */
  commands: countedSchema,
  /** The issued documents, by the hashes that they were issued with. */
  documents: countedSchema,
  /** The rows that erasures had found. */
  erased: countedSchema,
})

const rootSchema = z.object({ at: z.string(), device: z.string(), hash: hashSchema, seq: z.int() })

/** What a checkpoint says: what it stands for, and what was true when that ended. */
export const checkpointSchema = z.object({
  cut: z.object({
    /** The last command that was removed, and its instant. */
    command: z.int(),
    at: z.string(),
    /** Where the chain of each device goes on: after this entry, signed with this key. */
    devices: z.array(z.object({ device: z.string(), hash: hashSchema, publicKey: z.string(), seq: z.int() })),
    entries: z.int(),
    changes: z.int(),
    /** Keys that had taken over without the one before them; checkpoints of before these were named say none. */
    takeovers: z
      .array(
        z.object({ at: z.string(), device: z.string(), previousKey: z.string(), publicKey: z.string(), seq: z.int() }),
      )
      .optional(),
  }),
  publicKey: z.string(),
  /** The last entry of each day that was removed: who kept one on paper finds it here. */
  roots: z.array(rootSchema),
  state: stateSchema,
})
export type Checkpoint = z.output<typeof checkpointSchema>
export type StateAt = z.output<typeof stateSchema>
export type Root = z.output<typeof rootSchema>

export type MadeCheckpoint = Checkpoint & {
  readonly deviceId: string
  readonly seq: number
  readonly madeAt: string
}

/** What an entry of kind `checkpoint` says; null where it is not readable. */
export const readCheckpoint = (body: string | null): Checkpoint | null => {
  try {
    return checkpointSchema.parse(JSON.parse(body ?? 'null'))
  } catch {
    return null
  }
}

/** The checkpoints that are in the record, the one that cuts furthest last. */
export const checkpointsOf = async (db: Db | Trx): Promise<MadeCheckpoint[]> => {
  const rows = await db
    .selectFrom('chainEntries')
    .select(['deviceId', 'seq', 'at', 'body'])
    .where('kind', '=', 'checkpoint')
    // The index is of the few entries that are no commands.
    .where('kind', '<>', 'command')
    .execute()
  return rows
    .flatMap(({ body, deviceId, seq, at }) => {
      const checkpoint = readCheckpoint(body)
      return checkpoint === null ? [] : [{ ...checkpoint, deviceId, seq, madeAt: at }]
    })
    .sort((one, other) => one.cut.command - other.cut.command)
}

/** The checkpoint that the record begins with now; null where it goes back to its beginning. */
export const newestCheckpoint = async (db: Db | Trx): Promise<MadeCheckpoint | null> =>
  (await checkpointsOf(db)).at(-1) ?? null

/**
 * How far back the log of changes reaches: after this command and its instant every change is there. Null where nothing
 * was ever removed.
 */
export const recordReachesBackTo = async (
  db: Db | Trx,
): Promise<{ readonly commandSeq: number; readonly at: string } | null> => {
  const checkpoint = await newestCheckpoint(db)
  return checkpoint === null ? null : { commandSeq: checkpoint.cut.command, at: checkpoint.cut.at }
}
