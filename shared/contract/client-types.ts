import { z } from 'zod'
import { emptyInput, idField, optionalTextField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

const fields = z.object({
  code: textField(20),
  name: textField(80),
  description: optionalTextField(300),
  /** Days; null takes the organization's terms. */
  paymentTermsDays: z.int().min(0, 'Days cannot be negative.').max(3650, 'At most 3,650 days.').nullable(),
})

export const clientTypeSchema = fields.extend({
  id: z.string(),
  version: z.int(),
  isActive: z.boolean(),
  clientCount: z.int(),
})
export type ClientType = z.output<typeof clientTypeSchema>

/** Kinds of clients, with the terms that their clients begin with. */
export const clientTypes = {
  list: query({
    permission: 'clients.read',
    summary: 'Every client type with how many clients it has.',
    input: emptyInput,
    output: z.array(clientTypeSchema),
  }),
  create: command({
    permission: 'settings.write',
    summary: 'Adds a client type; its code is its own.',
    changes: ['clientTypes'],
    input: fields.extend({
      description: fields.shape.description.default(null),
      paymentTermsDays: fields.shape.paymentTermsDays.default(null),
    }),
    output: rowOutput,
  }),
  update: command({
    permission: 'settings.write',
    summary: 'Changes a client type, or hides it from forms; clients that have it keep it.',
    changes: ['clientTypes', 'clients'],
    input: fields.partial().extend({ id: idField, version: versionField, isActive: z.boolean().optional() }),
    output: rowOutput,
  }),
}
