import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { emptyInput, idField } from './fields.ts'
import { command, query } from './procedure.ts'

const sessionSchema = z.object({
  id: z.string(),
  deviceName: z.string(),
  client: z.string(),
  how: z.enum(['password', 'pin', 'recovery', 'token', 'open']),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  expiresAt: z.string(),
  isCurrent: z.boolean(),
})

/** Where somebody is signed in. */
export const sessions = {
  list: query({
    permission: 'workspace',
    summary: 'Where one is signed in oneself, newest use first.',
    input: emptyInput,
    output: z.array(sessionSchema),
  }),
  revoke: command({
    permission: 'workspace',
    summary: 'Ends one of one’s own sessions for good.',
    changes: ['sessions', 'security'],
    input: z.object({ id: idField }),
    output: z.object({ revoked: z.int() }),
  }),
  revokeOthers: command({
    permission: 'workspace',
    summary: 'Ends all of one’s own sessions but this one.',
    changes: ['sessions', 'security'],
    input: emptyInput,
    output: z.object({ revoked: z.int() }),
  }),
  ofPerson: query({
    permission: 'users.manage',
    discloses: { what: disclosed.sessions, subject: ({ id }) => ({ table: 'users', id }) },
    summary: 'Where a person of the organization is signed in.',
    input: z.object({ id: idField }),
    output: z.array(sessionSchema),
  }),
  revokeOfPerson: command({
    permission: 'users.manage',
    reauthenticate: true,
    summary: 'Ends every session of a person of the organization.',
    changes: ['sessions', 'security'],
    input: z.object({ id: idField }),
    output: z.object({ revoked: z.int() }),
  }),
}
