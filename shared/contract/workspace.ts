import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { amountField, emptyInput, idField, pageInput, rowOutput, textField, versionField } from './fields.ts'
import { command, entities, query, stream } from './procedure.ts'

export const activitySchema = z.object({
  seq: z.int(),
  kind: z.string(),
  entity: z.string(),
  entityId: z.string(),
  clientId: z.string().nullable(),
  at: z.string(),
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  deviceName: z.string().nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()])),
})
export type Activity = z.output<typeof activitySchema>

/** What happened, newest first: the timeline of a document, of a client, or of the business. */
export const activity = {
  list: query({
    permission: 'organizations.read',
    summary: 'What happened to an entity, around a client, or in the organization.',
    input: pageInput.extend({ entityId: idField.nullable().default(null), clientId: idField.nullable().default(null) }),
    output: z.object({ rows: z.array(activitySchema), nextCursor: z.string().nullable() }),
  }),
}

/** Where the business stands. */
export const home = {
  summary: query({
    permission: 'invoices.read',
    summary: 'Outstanding, overdue, received this month, twelve months, what needs attention, set-up progress.',
    input: emptyInput,
    output: z.object({
      currency: z.string(),
      outstanding: z.array(
        z.object({
          currency: z.string(),
          openE4: amountField,
          overdueE4: amountField,
          openCount: z.int(),
          overdueCount: z.int(),
        }),
      ),
      receivedThisMonthE4: amountField,
      issuedThisMonthE4: amountField,
      months: z.array(z.object({ month: z.string(), issuedE4: amountField, receivedE4: amountField })),
      attention: z.array(
        z.object({
          kind: z.enum([
            'overdue',
            'draft',
            'mail-failed',
            'reminder',
            'follow-up',
            'credit',
            'cheque',
            'recurring',
            'recurring-problem',
            'quote-accepted',
            'quote-expiring',
          ]),
          count: z.int(),
          title: z.string(),
          detail: z.string(),
          route: z.string(),
        }),
      ),
      checklist: z.array(z.object({ key: z.string(), title: z.string(), done: z.boolean(), route: z.string() })),
    }),
  }),
}

export const searchKinds = ['client', 'invoice', 'quote', 'credit-note', 'item'] as const

/** Finds clients, items and documents as one types; typos are tolerated. */
export const search = {
  find: query({
    permission: 'organizations.read',
    // Below the name of a client stands the e-mail address.
    discloses: { what: disclosed.clientList },
    summary: 'The best matches of a text.',
    input: z.object({ text: z.string().max(200), limit: z.int().min(1).max(50).default(20) }),
    output: z.array(
      z.object({
        kind: z.enum(searchKinds),
        id: z.string(),
        title: z.string(),
        subtitle: z.string(),
        approximate: z.boolean(),
      }),
    ),
  }),
}

// Read whole at every start of a screen: what a person arranges is small, a file does not belong here.
const isSmall = (value: unknown) => JSON.stringify(value).length <= 20_000
const tooLarge = 'At most 20,000 characters of JSON.'

/** Small values that screens keep per person: theme, columns, shortcuts. */
export const settings = {
  get: query({
    permission: 'workspace',
    summary: 'All settings of the current user.',
    input: emptyInput,
    output: z.record(z.string(), z.json()),
  }),
  set: command({
    permission: 'workspace',
    summary: 'Sets one setting of the current user.',
    changes: ['settings'],
    input: z.object({
      key: z.string().regex(/^(?!access\.)[a-z][a-zA-Z0-9.-]{0,60}$/, 'Not a setting name.'),
      value: z.json().refine(isSmall, tooLarge),
    }),
    output: z.object({ key: z.string() }),
  }),
}

/** Filters, sort and columns of a list under a name, for oneself or for everybody in the business. */
export const savedViews = {
  list: query({
    permission: 'organizations.read',
    summary: "The saved views of a list: one's own, and those that are shared.",
    input: z.object({ list: z.string().max(40) }),
    output: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        name: z.string(),
        /** Whether everybody in the business has it. */
        isShared: z.boolean(),
        definition: z.record(z.string(), z.json()),
      }),
    ),
  }),
  save: command({
    permission: 'settings.write',
    summary: "Saves a view under a name; the same name is replaced, among one's own or among the shared ones.",
    changes: ['savedViews'],
    input: z.object({
      list: z.string().regex(/^[a-z-]{1,40}$/),
      name: textField(60),
      isShared: z.boolean().default(false),
      definition: z.record(z.string().max(60), z.json()).refine(isSmall, tooLarge),
    }),
    output: rowOutput,
  }),
  share: command({
    permission: 'settings.write',
    summary: 'Gives a view to everybody in the business, or keeps it to oneself.',
    changes: ['savedViews'],
    input: z.object({ id: idField, version: versionField, isShared: z.boolean() }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'settings.write',
    summary: 'Removes a saved view.',
    changes: ['savedViews'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
}

/** Told after each commit what may be different. */
export const changes = {
  watch: stream({
    permission: 'workspace',
    summary: 'Change events: the entities that a command may have changed.',
    input: emptyInput,
    output: z.object({ procedure: z.string(), entities: z.array(z.enum(entities)) }),
  }),
}

/** Proofs that derived figures equal the rows they come from. */
export const integrity = {
  check: query({
    permission: 'audit.read',
    wholeBusiness: true,
    summary: 'Recomputes every derived figure and compares; lists what differs.',
    input: emptyInput,
    output: z.object({ checked: z.int(), differences: z.array(z.string()) }),
  }),
  rebuild: command({
    permission: 'organizations.manage',
    wholeBusiness: true,
    summary: 'Computes the summary tables anew from the documents.',
    changes: ['clients', 'invoices', 'payments'],
    input: emptyInput,
    output: z.object({ rebuilt: z.int() }),
  }),
}
