import { z } from 'zod'
import {
  emptyInput,
  idField,
  optionalEmailField,
  optionalTextField,
  rowOutput,
  textField,
  timezoneField,
  versionField,
} from './fields.ts'
import { command, query } from './procedure.ts'

const branchFields = {
  name: textField(100),
  timezone: timezoneField,
  addressLine1: optionalTextField(200).default(null),
  addressLine2: optionalTextField(200).default(null),
  city: optionalTextField(100).default(null),
  region: optionalTextField(100).default(null),
  postalCode: optionalTextField(30).default(null),
  email: optionalEmailField.default(null),
  phone: optionalTextField(50).default(null),
}

/** The places of a business: documents, number series and memberships can belong to one. */
export const branches = {
  list: query({
    permission: 'organizations.read',
    summary: 'The branches that the caller sees, the main one first; closed ones if asked.',
    input: z.object({ withClosed: z.boolean().default(false) }),
    output: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        code: z.string(),
        name: z.string(),
        timezone: z.string(),
        isDefault: z.boolean(),
        isClosed: z.boolean(),
        addressLine1: z.string().nullable(),
        addressLine2: z.string().nullable(),
        city: z.string().nullable(),
        region: z.string().nullable(),
        postalCode: z.string().nullable(),
        email: z.string().nullable(),
        phone: z.string().nullable(),
      }),
    ),
  }),
  choices: query({
    permission: 'organizations.read',
    summary: 'Where the caller can work: nothing to choose in a business of one place.',
    input: emptyInput,
    output: z.object({
      /** The caller sees these branches alone, and not the whole business. */
      isLimited: z.boolean(),
      /** The branch of what the caller makes without choosing one. */
      branchId: z.string().nullable(),
      branches: z.array(
        z.object({ id: z.string(), code: z.string(), name: z.string(), isDefault: z.boolean(), isClosed: z.boolean() }),
      ),
    }),
  }),
  create: command({
    permission: 'organizations.manage',
    wholeBusiness: true,
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
    wholeBusiness: true,
    summary: 'Changes how a branch is called and reached; its code stays, as numbers have it.',
    changes: ['branches'],
    input: z.object({ id: idField, version: versionField, ...branchFields }),
    output: rowOutput,
  }),
  close: command({
    permission: 'organizations.manage',
    wholeBusiness: true,
    summary: 'Closes a branch that no live number series belongs to; its documents stay, and so does the main one.',
    changes: ['branches'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  reopen: command({
    permission: 'organizations.manage',
    wholeBusiness: true,
    summary: 'Opens a closed branch again.',
    changes: ['branches'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  members: query({
    permission: 'users.read',
    wholeBusiness: true,
    summary: 'Who is limited to which branches; whoever is not named sees the whole business.',
    input: emptyInput,
    output: z.array(z.object({ userId: z.string(), branchIds: z.array(z.string()) })),
  }),
  setMember: command({
    permission: 'users.manage',
    reauthenticate: true,
    wholeBusiness: true,
    summary: 'Limits a person to branches, or (none named) lets them see the whole business.',
    changes: ['users', 'branches'],
    input: z.object({
      /** The user's id. */
      id: idField,
      /** Of the membership. */
      version: versionField,
      branchIds: z.array(idField).max(100),
    }),
    output: rowOutput,
  }),
}
