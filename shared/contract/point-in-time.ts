import { z } from 'zod'
import { emptyInput, idField } from './fields.ts'
import { query, stream } from './procedure.ts'

const momentField = z.iso.datetime({ message: 'Choose a day and a time.' })

export const pastViewSchema = z.object({
  /** What calls that are to be answered from then carry as `asOf`. */
  id: z.string(),
  at: z.string(),
  /** The day that it was then, in the business's time zone. */
  today: z.string(),
  /** When something was changed last by then. */
  last: z.string().nullable(),
  /** Figures that did not add up then. */
  differences: z.int(),
  milliseconds: z.int(),
  /** The procedures that such a window may call. */
  allowed: z.array(z.string()),
})
export type PastView = z.output<typeof pastViewSchema>

/** Where the work is, in the order in which they come. */
export const pastSteps = ['copy', 'remove', 'take-back', 'cut', 'search', 'sums'] as const

export const pastNewsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), step: z.enum(pastSteps), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('open'), view: pastViewSchema }),
  /** In words; with the earliest moment where the record does not reach so far. */
  z.object({ kind: z.literal('problem'), message: z.string(), earliest: z.string().nullable() }),
])
export type PastNews = z.output<typeof pastNewsSchema>

/** The books as they were at any moment of the past. */
export const pointInTime = {
  reach: query({
    permission: 'audit.read',
    summary: 'How far back one can look.',
    input: emptyInput,
    output: z.object({ earliest: z.string(), because: z.enum(['begun', 'record']), now: z.string() }),
  }),
  open: stream({
    permission: 'audit.read',
    summary:
      'Makes a picture of everything as it was at a moment; tells how far it is, and at last what to ask it with.',
    input: z.object({ at: momentField }),
    output: pastNewsSchema,
  }),
  close: query({
    permission: 'workspace',
    summary: 'Takes a picture of the past away again.',
    input: z.object({ id: idField }),
    output: z.object({ closed: z.boolean() }),
  }),
}
