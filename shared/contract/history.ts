import { z } from 'zod'
import { emptyInput, idField } from './fields.ts'
import { command, query } from './procedure.ts'

export const pastCommandSchema = z.object({
  commandId: z.string(),
  procedure: z.string(),
  at: z.string(),
  /** What it did, in words: `Client Rosewood Bakery changed`. */
  title: z.string(),
  /** Why it cannot be undone any more; null where it can. */
  obstacle: z.string().nullable(),
})
export type PastCommand = z.output<typeof pastCommandSchema>

/** What one did last, and taking it back: also after a restart, and only what was never issued. */
export const history = {
  list: query({
    permission: 'organizations.read',
    wholeBusiness: true,
    summary: "One's own last commands that can be undone in principle, newest first.",
    input: emptyInput,
    output: z.array(pastCommandSchema),
  }),
  undo: command({
    permission: 'organizations.read',
    wholeBusiness: true,
    summary: 'Takes back a command of one’s own, as long as nothing it touched was changed since.',
    changes: [
      'clients',
      'items',
      'invoices',
      'quotes',
      'creditNotes',
      'tags',
      'savedViews',
      'clientTypes',
      'accountManagers',
      'documentTemplates',
      'exchangeRates',
      'reminders',
      'mail',
    ],
    input: z.object({ commandId: idField }),
    output: z.object({ title: z.string() }),
  }),
}
