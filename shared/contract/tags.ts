import { z } from 'zod'
import { emptyInput, idField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

export const tagColors = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet'] as const
export const taggedEntities = [
  'client',
  'item',
  'invoice',
  'quote',
  'credit-note',
  'payment',
  'recurring-invoice',
] as const

/** Words of one's own on clients, items, documents, payments and schedules. */
export const tags = {
  list: query({
    permission: 'organizations.read',
    summary: 'Every tag with how often it is used.',
    input: emptyInput,
    output: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        name: z.string(),
        color: z.enum(tagColors),
        useCount: z.int(),
      }),
    ),
  }),
  of: query({
    permission: 'organizations.read',
    summary: 'The tags of some rows.',
    input: z.object({ entityIds: z.array(idField).min(1).max(200) }),
    output: z.array(z.object({ entityId: z.string(), tagId: z.string(), name: z.string(), color: z.enum(tagColors) })),
  }),
  create: command({
    permission: 'settings.write',
    summary: 'Makes a tag; a name is there once.',
    changes: ['tags'],
    input: z.object({ name: textField(40), color: z.enum(tagColors).default('gray') }),
    output: rowOutput,
  }),
  update: command({
    permission: 'settings.write',
    summary: 'Renames or recolours a tag everywhere.',
    changes: ['tags'],
    input: z.object({
      id: idField,
      version: versionField,
      name: textField(40).optional(),
      color: z.enum(tagColors).optional(),
    }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'settings.write',
    summary: 'Removes a tag from everything; `restore` takes it back.',
    changes: ['tags'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restore: command({
    permission: 'settings.write',
    summary: 'Brings a removed tag back, on whatever had it when it was removed.',
    changes: ['tags'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  assign: command({
    permission: 'settings.write',
    summary: 'Puts a tag on rows or takes it off; what is so already stays.',
    changes: ['tags'],
    input: z.object({
      tagId: idField,
      entity: z.enum(taggedEntities),
      entityIds: z.array(idField).min(1).max(500),
      on: z.boolean(),
    }),
    output: z.object({ changed: z.int() }),
  }),
}
