import { z } from 'zod'
import { accessStateSchema } from './access.ts'
import { entrySchema, foundSchema, heldSchema, pathField, previewSchema, replaySchema } from './backups.ts'
import { emptyInput, idField } from './fields.ts'
import { command, query } from './procedure.ts'

const fileField = pathField.min(1, 'Choose a backup.')
/** The recovery code or a password of the time of the backup, where its key is another one. */
const secretField = z.string().max(500).nullable().default(null)

/** Going back to a backup, and what to do with data that does not open: answered by the gate, which closes the data for it. */
export const recovery = {
  diagnose: query({
    permission: 'anyone',
    summary: 'What is wrong with data that could not be opened, and what can be done; changes nothing.',
    input: emptyInput,
    output: z.object({
      what: z.string(),
      todo: z.string(),
      faults: z.array(z.string()),
      canSalvage: z.boolean(),
      directory: z.string(),
    }),
  }),
  backups: query({
    permission: 'anyone',
    summary: 'The backups that are found, or those of a folder or a file that is named; newest first.',
    input: z.object({ path: pathField.nullable().default(null) }),
    output: z.object({ rows: z.array(foundSchema) }),
  }),
  preview: query({
    permission: 'anyone',
    summary: 'What a backup holds, and what would be lost by going back to it.',
    input: z.object({ file: fileField, secret: secretField }),
    output: previewSchema,
  }),
  restore: command({
    permission: 'anyone',
    summary: 'Puts a checked copy of a backup, or one business of it, in the place of the data, which is kept aside.',
    changes: ['organizations'],
    input: z.object({
      file: fileField,
      secret: secretField,
      /** The one business that is brought back; null for everything. */
      organizationId: idField.nullable().default(null),
      /** Of damaged data: does again what its log says was done since the backup, as far as the record proves it. */
      replay: z.boolean().default(true),
      /** The last numbers on paper of series that may have gone on since; left out or empty: as in the backup. */
      numbers: z
        .array(z.object({ seriesId: idField, last: z.string().trim().max(60) }))
        .max(1000)
        .default([]),
    }),
    output: z.object({
      /** The folder that keeps the data that was there. */
      aside: z.string(),
      /** Kept files that the backup needs and that are nowhere. */
      missing: z.int(),
      milliseconds: z.int(),
      replayed: replaySchema.nullable(),
      /** What became of who may come in; null where one business came back alone. */
      entry: entrySchema.nullable(),
      state: accessStateSchema,
    }),
  }),
  salvage: command({
    permission: 'anyone',
    summary: 'Reads what is left of a damaged database into a new file; nothing takes its place yet.',
    changes: [],
    input: emptyInput,
    output: z.object({
      tables: z.array(z.object({ table: z.string(), read: z.int(), lost: z.int().nullable() })),
      holds: heldSchema,
      /** The folder with the damaged database, byte for byte. */
      aside: z.string(),
    }),
  }),
  acceptSalvage: command({
    permission: 'anyone',
    summary: 'Puts what was salvaged in the place of the damaged database, which is kept.',
    changes: ['organizations'],
    input: emptyInput,
    output: z.object({ aside: z.string(), state: accessStateSchema }),
  }),
}
