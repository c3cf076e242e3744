import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { owedKinds } from '../people/owed.ts'
import { emptyInput, idField } from './fields.ts'
import { command, query, stream } from './procedure.ts'
import { pictureSchema } from './users.ts'

const secretField = z.string().min(1, 'Type it here.').max(500)
const codeField = z.string().max(60)

/** Where the front door stands: the data being opened, locked, damaged, worked on as a whole, or open. */
export const accessPhases = ['opening', 'locked', 'damaged', 'working', 'open'] as const

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  color: z.string().nullable(),
  /** Null for initials, and where the data is not open. */
  pictureId: z.string().nullable(),
  /** A PIN is enough: the person signed in in full here, and that session is still good. */
  mayUsePin: z.boolean(),
})

export const accessStateSchema = z.object({
  phase: z.enum(accessPhases),
  /** Who is signed in; null where somebody has to sign in, or before the first run. */
  person: z.object({ id: z.string(), name: z.string(), color: z.string().nullable() }).nullable(),
  /** What that person has to do before anything else is open; with it whether a code can be mailed to them. */
  owes: z.object({ what: z.enum(owedKinds), byMail: z.boolean() }).nullable(),
  /** Somebody has a password, so that nobody acts without signing in. */
  guarded: z.boolean(),
  encrypted: z.boolean(),
  /** Those who can sign in now; encrypted and locked, those whose password opens the data. */
  people: z.array(personSchema),
  /** Why it is locked. */
  reason: z.enum(['start', 'idle', 'system', 'person', 'over']).nullable(),
  keychain: z.object({ warning: z.string().nullable(), staysSignedIn: z.boolean() }),
  /** Minutes without a key or a click after which it locks; null where nobody has a password. */
  idleMinutes: z.int().nullable(),
  /** What is wrong with the data, in the phase `damaged`; in `locked` with its key file, of which copies are tried. */
  problem: z.object({ code: z.enum(errorCodes), message: z.string() }).nullable(),
  /** What is being done with the whole data, in the phases `opening` and `working`. */
  work: z.object({ title: z.string(), done: z.int(), total: z.int() }).nullable(),
})
export type AccessState = z.output<typeof accessStateSchema>

const signedInSchema = z.object({
  /** `code`: the password was right, and a one-time code is asked for as well: call again with both. */
  next: z.enum(['open', 'code']),
  methods: z.array(z.enum(['totp', 'email', 'recovery-code'])),
})

const signIn = {
  /** A one-time code or a recovery code, where one is asked for. */
  code: codeField.nullable().default(null),
  /** Ask for no code on this computer for 30 days. */
  trustDevice: z.boolean().default(false),
}

const newPassword = z.string().max(500, 'Take at most 500 characters.')
const tokenField = z.string().trim().min(10, 'This code is not complete. Check it.').max(200, 'This code is too long.')

/** The front door: answered by the gate, also while nobody is signed in or the data is not open. */
export const access = {
  state: query({
    permission: 'anyone',
    summary: 'Where the front door stands, and who can come in.',
    input: emptyInput,
    output: accessStateSchema,
  }),
  picture: query({
    permission: 'anyone',
    summary: 'The picture of somebody who can come in; null for initials, and while the data is not open.',
    input: z.object({ userId: idField }),
    output: pictureSchema.nullable(),
  }),
  watch: stream({
    permission: 'anyone',
    summary: 'The state now, and again whenever it changes.',
    input: emptyInput,
    output: accessStateSchema,
  }),
  signIn: command({
    permission: 'anyone',
    summary: 'Signs a person in with the password; encrypted data is opened by it.',
    changes: ['sessions'],
    input: z.object({
      userId: idField,
      password: secretField,
      ...signIn,
      /** Open without a password until the session ends, however long it was closed; encrypted, with a keychain only. */
      staySignedIn: z.boolean().default(false),
    }),
    output: signedInSchema,
  }),
  signInWithPin: command({
    permission: 'anyone',
    summary: 'Signs in somebody who signed in in full here before.',
    changes: ['sessions'],
    input: z.object({ userId: idField, pin: secretField }),
    output: signedInSchema,
  }),
  sendEmailCode: command({
    permission: 'anyone',
    summary: 'Mails a one-time code to a person whose password was right.',
    changes: [],
    input: z.object({ userId: idField, password: secretField }),
    output: z.object({ sent: z.boolean() }),
  }),
  acceptToken: command({
    permission: 'anyone',
    summary: 'Takes an invitation or a reset once: sets the password and signs the person in.',
    changes: ['sessions', 'users'],
    input: z.object({ token: tokenField, password: newPassword }),
    output: signedInSchema,
  }),
  recover: command({
    permission: 'anyone',
    summary: 'Opens the data with the printed recovery code and gives an owner a new password.',
    changes: ['sessions', 'users'],
    input: z.object({
      recoveryCode: z.string().max(100, 'This is too long for a recovery code.'),
      /** The owner who gets the password; null where there is one alone. */
      userId: idField.nullable().default(null),
      password: newPassword,
    }),
    output: z.object({
      next: z.enum(['open', 'choose-person']),
      owners: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  }),
  reauthenticate: command({
    permission: 'anyone',
    summary: 'Says the password again, for what an unlocked screen alone must not allow.',
    changes: [],
    input: z.object({ password: secretField }),
    output: z.object({ until: z.string() }),
  }),
  removePassword: command({
    permission: 'anyone',
    summary: 'Takes the password of somebody away who works here alone: nobody is asked who they are any more.',
    changes: ['users', 'sessions'],
    input: z.object({ password: secretField }),
    output: accessStateSchema,
  }),
  switchPerson: command({
    permission: 'anyone',
    summary: 'Shows who can come in, for a colleague at the same screen; the data stays open behind it.',
    changes: ['sessions'],
    input: emptyInput,
    output: accessStateSchema,
  }),
  lock: command({
    permission: 'anyone',
    summary: 'Locks the screen; encrypted data is closed and its key forgotten.',
    changes: ['sessions'],
    input: z.object({ reason: z.enum(['person', 'idle', 'system']).default('person') }),
    output: accessStateSchema,
  }),
  signOut: command({
    permission: 'anyone',
    summary: 'Ends the session of whoever is signed in, and locks.',
    changes: ['sessions'],
    input: emptyInput,
    output: accessStateSchema,
  }),
  touch: command({
    permission: 'anyone',
    summary: 'Says that somebody is at the screen: puts off the lock.',
    changes: [],
    input: emptyInput,
    output: z.object({ idleMinutes: z.int().nullable() }),
  }),
  openCodes: query({
    permission: 'anyone',
    summary:
      'How many invitations and codes for a new password are open; those made in the clear open no encrypted data.',
    input: emptyInput,
    output: z.object({ count: z.int() }),
  }),
  turnOnEncryption: command({
    permission: 'anyone',
    summary: 'Encrypts the data with a new key; gives the recovery code, shown once.',
    changes: ['settings'],
    input: z.object({ password: secretField }),
    output: z.object({ recoveryCode: z.string() }),
  }),
  turnOffEncryption: command({
    permission: 'anyone',
    summary: 'Keeps the data in the clear again.',
    changes: ['settings'],
    input: z.object({ password: secretField }),
    output: accessStateSchema,
  }),
  newRecoveryCode: command({
    permission: 'anyone',
    summary: 'Makes a new recovery code, shown once; the one before no longer opens anything.',
    changes: ['settings'],
    input: z.object({ password: secretField }),
    output: z.object({ recoveryCode: z.string() }),
  }),
  windowKey: query({
    permission: 'anyone',
    summary: 'The key under which the window keeps unsaved drafts of encrypted data; null in the clear.',
    input: emptyInput,
    output: z.object({ key: z.instanceof(Uint8Array).nullable() }),
  }),
  retry: command({
    permission: 'anyone',
    summary: 'Tries again to open data that could not be opened.',
    changes: [],
    input: emptyInput,
    output: accessStateSchema,
  }),
}

/** Features that the gate answers, not the core. */
export const gateFeatures = ['access', 'recovery'] as const
