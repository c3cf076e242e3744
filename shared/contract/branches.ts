import { z } from 'zod'
import { emptyInput, idField, optionalTextField, rowOutput, textField, timezoneField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

const branchFields = {
  name: textField(100),
  timezone: timezoneField,
  addressLine1: optionalTextField(200).default(null),
  city: optionalTextField(100).default(null),
  postalCode: optionalTextField(30).default(null),
}

/** The places of a business; a number series can belong to one. */
export const branches = {
  list: query({
    permission: 'organizations.read',
    summary: 'The branches, the main one first.',
    input: emptyInput,
    output: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        code: z.string(),
        name: z.string(),
        timezone: z.string(),
        isDefault: z.boolean(),
        addressLine1: z.string().nullable(),
        city: z.string().nullable(),
        postalCode: z.string().nullable(),
      }),
    ),
  }),
  create: command({
    permission: 'organizations.manage',
    summary: 'Adds a branch; its code is what {BRANCH} becomes in numbers.',
    changes: ['branches'],
    input: z.object({
      code: z
        .string()
        .trim()
        .regex(/^[A-Z0-9]{1,8}$/, 'Use up to 8 capital letters and digits.'),
      ...branchFields,
    }),
    output: rowOutput,
  }),
  update: command({
    permission: 'organizations.manage',
    summary: 'Changes name, time zone or address of a branch; its code stays, as numbers have it.',
    changes: ['branches'],
    input: z.object({ id: idField, version: versionField, ...branchFields }),
    output: rowOutput,
  }),
  close: command({
    permission: 'organizations.manage',
    summary: 'Closes a branch that no live number series belongs to; the main one stays.',
    changes: ['branches'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
}
