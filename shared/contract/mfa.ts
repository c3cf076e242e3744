import { z } from 'zod'
import { emptyInput } from './fields.ts'
import { command } from './procedure.ts'

const done = z.object({ done: z.boolean() })

/** One’s own one-time codes, asked for besides the password. */
export const mfa = {
  beginTotp: command({
    permission: 'workspace',
    reauthenticate: true,
    secret: true,
    settles: 'second-factor',
    summary: 'Makes a secret for an app of one-time codes; it counts once a code of it was confirmed.',
    changes: ['users'],
    input: emptyInput,
    output: z.object({ secret: z.string(), address: z.string() }),
  }),
  confirmTotp: command({
    permission: 'workspace',
    secret: true,
    settles: 'second-factor',
    summary: 'Turns the app of one-time codes on with a code of it; gives ten recovery codes, shown once.',
    changes: ['users', 'security'],
    input: z.object({ code: z.string().trim().max(20) }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  beginEmail: command({
    permission: 'workspace',
    reauthenticate: true,
    settles: 'second-factor',
    summary: 'Mails a code to one’s own address; codes by mail count once it was confirmed.',
    changes: ['users'],
    input: emptyInput,
    output: z.object({ address: z.string() }),
  }),
  confirmEmail: command({
    permission: 'workspace',
    secret: true,
    settles: 'second-factor',
    summary: 'Turns codes by mail on with the code that was mailed; gives ten recovery codes, shown once.',
    changes: ['users', 'security'],
    input: z.object({ code: z.string().trim().max(20) }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  turnOff: command({
    permission: 'workspace',
    reauthenticate: true,
    summary: 'Asks for no one-time code any more.',
    changes: ['users', 'security'],
    input: emptyInput,
    output: done,
  }),
  newRecoveryCodes: command({
    permission: 'workspace',
    reauthenticate: true,
    secret: true,
    summary: 'Makes ten new recovery codes, shown once; those before are void.',
    changes: ['users', 'security'],
    input: emptyInput,
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  distrustDevices: command({
    permission: 'workspace',
    summary: 'Asks for a code again on every computer.',
    changes: ['users', 'security'],
    input: emptyInput,
    output: done,
  }),
}
