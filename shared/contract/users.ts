import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { permissions, roles as roleNames } from '../permissions.ts'
import { bytesField, emptyInput, idField, optionalEmailField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

const colorField = z.string().regex(/^#[0-9a-f]{6}$/, 'Enter a colour as #rrggbb.')

/** A built-in role, or one of the organization's own. */
const roleInput = {
  role: z.enum(roleNames),
  /** An own role; `role` is then what is not looked at. */
  roleId: idField.nullable().default(null),
}

const personSchema = z.object({
  /** The user's id. */
  id: z.string(),
  version: z.int(),
  membershipVersion: z.int(),
  name: z.string(),
  email: z.string().nullable(),
  color: z.string().nullable(),
  /** The picture, another id for each other picture; null for initials. */
  pictureId: z.string().nullable(),
  role: z.enum(roleNames),
  roleId: z.string().nullable(),
  roleName: z.string(),
  status: z.enum(['active', 'invited', 'inactive']),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  lastLoginAt: z.string().nullable(),
  isYou: z.boolean(),
  /** The caller may change this person here. */
  mayChange: z.boolean(),
})

/** What is handed to a person once, to set a password within a day. */
const handedOver = z.object({ id: idField, token: z.string().nullable(), expiresAt: z.string().nullable() })

/** Pixels of a picture's side, and bytes: as much as a face needs on a screen of double density. */
export const mostPicturePixels = 256
export const mostPictureBytes = 40 * 1024

/** A person's picture as it is shown. */
export const pictureSchema = z.object({ mediaType: z.enum(['image/png', 'image/webp']), content: bytesField })

const personInput = z.object({ id: idField })

/** The people of an organization, and oneself. */
export const users = {
  me: query({
    permission: 'workspace',
    summary: 'Who is signed in: profile, ways to sign in, and what they may do in this organization.',
    input: emptyInput,
    output: z.object({
      id: z.string().nullable(),
      version: z.int(),
      name: z.string(),
      email: z.string().nullable(),
      color: z.string().nullable(),
      pictureId: z.string().nullable(),
      hasPassword: z.boolean(),
      hasPin: z.boolean(),
      mustChangePassword: z.boolean(),
      /** Nobody else, and no password: nothing of this concerns the person. */
      isAlone: z.boolean(),
      roleName: z.string().nullable(),
      permissions: z.array(z.enum(permissions)),
      /** The procedures that they may call: `invoices.issue`. */
      mayCall: z.array(z.string()),
      totp: z.boolean(),
      emailCode: z.boolean(),
      recoveryCodesLeft: z.int(),
      mayMailCodes: z.boolean(),
      /** This business has an account to send mail with. */
      hasMailAccount: z.boolean(),
      /** A business asks for one-time codes, and the person has none yet. */
      needsSecondFactor: z.boolean(),
    }),
  }),
  updateMe: command({
    permission: 'workspace',
    summary: 'Changes one’s own name, address and colour; another address asks for the password again.',
    changes: ['users'],
    input: z.object({
      version: versionField,
      name: textField(100),
      email: optionalEmailField,
      color: colorField.nullable(),
    }),
    output: rowOutput,
  }),
  setPicture: command({
    permission: 'workspace',
    summary: 'Sets or removes one’s own picture: a square PNG or WebP of at most 256 pixels and 40 KB.',
    changes: ['users'],
    input: z.object({
      version: versionField,
      picture: bytesField.refine((bytes) => bytes.length <= mostPictureBytes, 'At most 40 KB.').nullable(),
    }),
    output: rowOutput,
  }),
  faces: query({
    permission: 'workspace',
    summary: 'Who works or worked here, as timelines show them.',
    input: emptyInput,
    output: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        color: z.string().nullable(),
        pictureId: z.string().nullable(),
      }),
    ),
  }),
  picture: query({
    permission: 'workspace',
    summary: 'The picture of somebody of the same business, or null.',
    input: z.object({ id: idField }),
    output: pictureSchema.nullable(),
  }),
  setPassword: command({
    permission: 'workspace',
    reauthenticate: true,
    secret: true,
    settles: 'new-password',
    summary: 'Sets one’s own password; other sessions of the person end.',
    changes: ['users', 'sessions'],
    input: z.object({ password: z.string().max(500) }),
    output: rowOutput,
  }),
  setPin: command({
    permission: 'workspace',
    reauthenticate: true,
    secret: true,
    summary: 'Sets or removes one’s own PIN for changing places at a shared screen.',
    changes: ['users'],
    input: z.object({ pin: z.string().max(20).nullable() }),
    output: rowOutput,
  }),
  list: query({
    permission: 'users.read',
    discloses: { what: disclosed.people },
    summary: 'The people of the organization with role, status and last sign-in.',
    input: emptyInput,
    output: z.array(personSchema),
  }),
  elsewhere: query({
    permission: 'users.manage',
    wholeBusiness: true,
    discloses: { what: disclosed.people },
    summary:
      'For whoever owns the workstation: who signs in here and has no place in this business; for others nobody.',
    input: emptyInput,
    output: z.array(personSchema.pick({ id: true, name: true, email: true, color: true, lastLoginAt: true })),
  }),
  left: query({
    permission: 'users.manage',
    wholeBusiness: true,
    discloses: { what: disclosed.people },
    summary:
      'For whoever owns the workstation: who worked here, comes in no more and can be erased; for others nobody.',
    input: emptyInput,
    output: z.array(
      personSchema.pick({ id: true, name: true, email: true, color: true, lastLoginAt: true }).extend({
        /** Without a place in any business, whoever is active came in nowhere either. */
        status: z.enum(['active', 'inactive']),
      }),
    ),
  }),
  erase: command({
    permission: 'users.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary:
      'Erases who somebody was that worked here, for an owner of the workstation; what they did stays, under a name that stands for them.',
    changes: ['users', 'sessions', 'accountManagers', 'notifications'],
    input: z.object({
      id: idField,
      /** The name of the person, typed. */
      confirmation: textField(100),
    }),
    output: z.object({ id: idField, standIn: z.string() }),
  }),
  invite: command({
    permission: 'users.manage',
    reauthenticate: true,
    secret: true,
    summary: 'Adds a person; gives the code to hand over, once: with it they set a password within a day.',
    changes: ['users'],
    input: z.object({
      name: textField(100),
      email: optionalEmailField.default(null),
      ...roleInput,
      /** The branches that they are limited to, of those of the caller; none: they see the whole business. */
      branchIds: z.array(idField).max(100).default([]),
      /** false: no code is made now, `mailCode` sends one. */
      handsCode: z.boolean().default(true),
    }),
    output: handedOver.extend({
      /** They have no password yet: without a code they cannot come in. */
      needsCode: z.boolean(),
    }),
  }),
  update: command({
    permission: 'users.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Changes the name and the address of a person.',
    changes: ['users'],
    input: z.object({ id: idField, version: versionField, name: textField(100), email: optionalEmailField }),
    output: rowOutput,
  }),
  setRole: command({
    permission: 'users.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Gives a person another role in this organization.',
    changes: ['users'],
    input: z.object({ id: idField, version: versionField, ...roleInput }),
    output: rowOutput,
  }),
  deactivate: command({
    permission: 'users.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary:
      'Keeps a person out: no sign-in, every session ends; what they did stays theirs. A business that has no other owner becomes the caller’s.',
    changes: ['users', 'sessions'],
    input: personInput,
    output: rowOutput,
  }),
  activate: command({
    permission: 'users.manage',
    wholeBusiness: true,
    reauthenticate: true,
    secret: true,
    summary: 'Lets a person in again; gives the code with which they set a new password.',
    changes: ['users'],
    input: personInput,
    output: handedOver,
  }),
  remove: command({
    permission: 'users.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Takes a person out of this organization; without any other they can no longer sign in.',
    changes: ['users', 'sessions'],
    input: personInput,
    output: rowOutput,
  }),
  makeCode: command({
    permission: 'users.manage',
    reauthenticate: true,
    secret: true,
    summary: 'Makes a new code with which a person sets a password within a day; one made before is void.',
    changes: ['users'],
    input: personInput,
    output: handedOver,
  }),
  mailCode: command({
    permission: 'users.manage',
    reauthenticate: true,
    secret: true,
    summary: 'Mails a person a new code to set a password with, past the outbox: nobody else gets to see it.',
    changes: ['users'],
    input: personInput,
    output: z.object({ id: idField, sentTo: z.string(), expiresAt: z.string() }),
  }),
  turnOffSecondFactor: command({
    permission: 'users.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Turns the one-time codes of a person off who has lost phone and recovery codes.',
    changes: ['users'],
    input: personInput,
    output: rowOutput,
  }),
}
