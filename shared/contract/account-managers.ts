import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { emptyInput, idField, optionalEmailField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

const fields = z.object({
  name: textField(100),
  email: optionalEmailField,
  /** The user that it is; null for somebody who does not use the app. */
  userId: idField.nullable(),
})

export const accountManagerSchema = fields.extend({
  id: z.string(),
  version: z.int(),
  isActive: z.boolean(),
  clientCount: z.int(),
})
export type AccountManager = z.output<typeof accountManagerSchema>

/** The people who look after clients, users of the app or not. */
export const accountManagers = {
  list: query({
    permission: 'clients.read',
    discloses: { what: disclosed.managers },
    summary: 'Every account manager with how many clients they have.',
    input: emptyInput,
    output: z.array(accountManagerSchema),
  }),
  create: command({
    permission: 'settings.write',
    summary: 'Adds an account manager.',
    changes: ['accountManagers'],
    input: fields.extend({ email: fields.shape.email.default(null), userId: fields.shape.userId.default(null) }),
    output: rowOutput,
  }),
  update: command({
    permission: 'settings.write',
    summary: 'Changes an account manager, or hides them from forms; clients that they have stay theirs.',
    changes: ['accountManagers', 'clients'],
    input: fields.partial().extend({ id: idField, version: versionField, isActive: z.boolean().optional() }),
    output: rowOutput,
  }),
}
