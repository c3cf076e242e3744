import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { emptyInput, idField, pageInput } from './fields.ts'
import { command, query } from './procedure.ts'

/** Who is asked for a one-time code besides the password. */
export const secondFactorRules = ['nobody', 'admins', 'everybody'] as const

export const securitySettingsSchema = z.object({
  /** Days until the password is asked for again. */
  sessionDays: z.int().min(1, 'At least one day.').max(90, 'At most 90 days.'),
  /** Minutes without a key or a click until the screen locks. */
  idleMinutes: z.int().min(1, 'At least one minute.').max(480, 'At most 8 hours.'),
  /** The same for owners and admins. */
  adminIdleMinutes: z.int().min(1, 'At least one minute.').max(480, 'At most 8 hours.'),
  secondFactor: z.enum(secondFactorRules),
})
export type SecuritySettings = z.output<typeof securitySettingsSchema>

/** What happened to who may come in, and the rules for it. */
export const security = {
  events: query({
    permission: 'security.read',
    discloses: { what: disclosed.securityEvents },
    summary: 'Security events, newest first: sign-ins, failures, passwords, roles, exports, restores.',
    input: pageInput.extend({ userId: idField.nullable().default(null) }),
    output: z.object({
      rows: z.array(
        z.object({
          seq: z.int(),
          at: z.string(),
          kind: z.string(),
          userId: z.string().nullable(),
          userName: z.string().nullable(),
          deviceName: z.string(),
          data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  }),
  verify: query({
    permission: 'security.read',
    summary: 'Reads the chain of security events again and names the first one that is not as it was written.',
    input: emptyInput,
    output: z.object({ count: z.int(), head: z.string(), firstBad: z.int().nullable() }),
  }),
  settings: query({
    permission: 'security.read',
    summary: 'How long sessions last, when the screen locks, and who is asked for a one-time code.',
    input: emptyInput,
    output: securitySettingsSchema,
  }),
  setSettings: command({
    permission: 'security.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Changes the rules of signing in; where a person belongs to several businesses the strictest counts.',
    changes: ['security'],
    input: securitySettingsSchema,
    output: securitySettingsSchema,
  }),
}
