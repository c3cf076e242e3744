import { z } from 'zod'
import { permissions, roles as roleNames } from '../permissions.ts'
import { emptyInput, idField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

const permissionsField = z.array(z.enum(permissions)).max(permissions.length)

/** Roles: six that are built in, and those that an organization makes of permissions. */
export const roles = {
  list: query({
    permission: 'users.read',
    summary: 'Every role with its permissions and how many people have it.',
    input: emptyInput,
    output: z.array(
      z.object({
        /** Null for a built-in role. */
        id: z.string().nullable(),
        version: z.int(),
        /** What of the built-in roles it is; `staff` for an own one. */
        role: z.enum(roleNames),
        name: z.string(),
        permissions: z.array(z.enum(permissions)),
        memberCount: z.int(),
        /** The caller may change it. */
        mayChange: z.boolean(),
        /** The caller may give it: it does no more than their own. */
        mayGive: z.boolean(),
      }),
    ),
  }),
  create: command({
    permission: 'roles.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Makes a role of permissions that its maker has.',
    changes: ['roles'],
    input: z.object({ name: textField(60), permissions: permissionsField }),
    output: rowOutput,
  }),
  update: command({
    permission: 'roles.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Changes an own role, for everybody who has it.',
    changes: ['roles', 'users'],
    input: z.object({
      id: idField,
      version: versionField,
      name: textField(60).optional(),
      permissions: permissionsField.optional(),
    }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'roles.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Removes an own role that nobody has.',
    changes: ['roles'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
}
