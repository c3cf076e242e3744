import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { bytesField, dateField, emailField, emptyInput, idField, instantField, pageInput, textField } from './fields.ts'
import { command, query } from './procedure.ts'

/** `export` took something out, `read` looked at what is not everybody's to see. */
export const auditActions = ['insert', 'update', 'export', 'read'] as const

/** What a row of the record belongs to: what a person would open. */
export const auditSubjectSchema = z.object({
  table: z.string(),
  id: z.string(),
  /** Its number or name; null where it has none yet. */
  label: z.string().nullable(),
})
export type AuditSubject = z.output<typeof auditSubjectSchema>

/** What the branches and roles that the values name by id were called then; one that is nowhere any more is left out. */
const namesField = z.record(z.string(), z.string())

export const auditEntrySchema = z.object({
  seq: z.int(),
  /** The command that made it: changes of one command belong together. */
  commandSeq: z.int(),
  at: z.string(),
  procedure: z.string(),
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  deviceName: z.string().nullable(),
  table: z.string(),
  rowId: z.string(),
  action: z.enum(auditActions),
  oldValues: z.record(z.string(), z.unknown()).nullable(),
  newValues: z.record(z.string(), z.unknown()),
  names: namesField,
  subject: auditSubjectSchema.nullable(),
  /** Its place in the record, counted on its device; null for what happened before the record began. */
  entry: z.int().nullable(),
})
export type AuditEntry = z.output<typeof auditEntrySchema>

const headSchema = z.object({
  deviceId: z.string(),
  seq: z.int(),
  hash: z.string(),
  at: z.string(),
  publicKey: z.string(),
})

const problemSchema = z.object({
  kind: z.string(),
  deviceId: z.string().nullable(),
  seq: z.int().nullable(),
  commandSeq: z.int().nullable(),
  /** The security event that is wrong, counted from 1. */
  event: z.int().optional(),
  text: z.string(),
})

const takeoverSchema = z.object({
  deviceId: z.string(),
  /** The first entry that the key signs. */
  seq: z.int(),
  at: z.string(),
  previousKey: z.string(),
  publicKey: z.string(),
  /** When an owner confirmed that the key before it was lost; null where nobody did. */
  confirmedAt: z.string().nullable(),
})

export const recordVerificationSchema = z.object({
  ok: z.boolean(),
  entries: z.int(),
  commands: z.int(),
  changes: z.int(),
  documents: z.int(),
  rows: z.int(),
  /** Security events. */
  events: z.int(),
  /** Lines of timelines, and sums that are kept. */
  timeline: z.int(),
  sums: z.int(),
  heads: z.array(headSchema),
  /** Keys that took over without the one before them. */
  takeovers: z.array(takeoverSchema),
  first: problemSchema.nullable(),
  problems: z.array(problemSchema),
  notes: z.array(z.string()),
})

export const dailyRootSchema = z.object({
  day: z.string(),
  deviceId: z.string(),
  deviceName: z.string(),
  /** The last entry of the day. */
  seq: z.int(),
  hash: z.string(),
  at: z.string(),
  /** Entries of the day, of every organization on this device. */
  entries: z.int(),
  publicKey: z.string(),
})
export type DailyRoot = z.output<typeof dailyRootSchema>

/** One thing with all its parts: an invoice and its lines. */
const subjectField = z.object({ table: z.string().regex(/^[a-z_]{1,60}$/), id: idField })

const filters = {
  subject: subjectField.nullable().default(null),
  rowId: idField.nullable().default(null),
  tables: z
    .array(z.string().regex(/^[a-z_]{1,60}$/))
    .max(20)
    .default([]),
  userId: idField.nullable().default(null),
  deviceId: idField.nullable().default(null),
  /** `done`: whatever was done, without who only looked. */
  action: z
    .enum([...auditActions, 'done'])
    .nullable()
    .default(null),
  /** A part of the procedure's name. */
  procedure: z.string().trim().max(60).default(''),
  from: dateField.nullable().default(null),
  to: dateField.nullable().default(null),
}

const hashField = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'A head is 64 letters a to f and digits.')

// As it was printed, in groups or not; as base64 of its SPKI form.
const keyField = z
  .string()
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^[A-Za-z0-9+/]{40,120}={0,2}$/, 'This is no public key of a device.'))

const retentionFields = {
  /** Full years that the record is kept; null for ever. */
  years: z.int().min(1).max(99).nullable(),
  /** While it is set nothing is removed. */
  legalHold: z.boolean(),
}

export const retentionSchema = z.object({
  ...retentionFields,
  /** What the law of the country asks at least, and which law. */
  minimumYears: z.int(),
  rule: z.string(),
  /** Why nothing goes, whatever the date: a hold, or a business that keeps it for ever. */
  keeping: z.enum(['hold', 'for-ever']).nullable(),
  /** What goes next: on which day, what was recorded before which day, how many changes. */
  next: z.object({ on: dateField, before: dateField, changes: z.int() }).nullable(),
  /** The last instant that was removed; null while the record goes back to its beginning. */
  reachesBackTo: z.string().nullable(),
  /** The newest removal. */
  last: z.object({ at: z.string(), entries: z.int(), changes: z.int() }).nullable(),
  /** Whether another business of this folder keeps it longer: the record is one. */
  keptLonger: z.boolean(),
})
export type Retention = z.output<typeof retentionSchema>

/** Every change with old and new values, who read what, and the proofs that nobody tampered with it. */
export const audit = {
  list: query({
    permission: 'audit.read',
    discloses: {
      what: disclosed.record,
      subject: ({ subject }) => (subject?.table === 'clients' ? { table: 'clients', id: subject.id } : undefined),
    },
    wholeBusiness: true,
    summary: 'Changes and reads of a row, or of the organization, newest first.',
    input: pageInput.extend(filters),
    output: z.object({ rows: z.array(auditEntrySchema), nextCursor: z.string().nullable() }),
  }),
  between: query({
    permission: 'audit.read',
    discloses: {
      what: disclosed.record,
      subject: ({ subject }) => (subject.table === 'clients' ? { table: 'clients', id: subject.id } : undefined),
    },
    wholeBusiness: true,
    summary: 'What differs of a thing with all its parts between two moments.',
    input: z
      .object({ subject: subjectField, from: instantField, to: instantField })
      .refine((it) => it.from <= it.to, { path: ['to'], error: 'The second moment is before the first.' }),
    output: z.object({
      /** Whether the thing itself was there at the first moment. */
      wasThere: z.boolean(),
      rows: z.array(
        z.object({
          table: z.string(),
          rowId: z.string(),
          kind: z.enum(['added', 'removed', 'changed']),
          /** Its name or number, where it has one. */
          label: z.string().nullable(),
          oldValues: z.record(z.string(), z.unknown()).nullable(),
          newValues: z.record(z.string(), z.unknown()),
          names: namesField,
        }),
      ),
    }),
  }),
  choices: query({
    permission: 'audit.read',
    wholeBusiness: true,
    summary: 'What the record can be filtered by: its people and devices.',
    input: emptyInput,
    output: z.object({
      users: z.array(z.object({ id: z.string(), name: z.string() })),
      devices: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  }),
  verify: query({
    permission: 'audit.read',
    wholeBusiness: true,
    summary:
      'Checks the whole record: chain, signatures, changes, issued documents, rows and sums; names the first bad entry.',
    input: z.object({
      head: hashField.nullable().default(null),
      /** Public keys known from elsewhere: where there are any, only what they signed counts. */
      keys: z.array(keyField).max(50).default([]),
      /** Whether a key counts as unknown although an owner confirmed that the one before it was lost. */
      strict: z.boolean().default(false),
    }),
    output: recordVerificationSchema,
  }),
  confirmKeyLoss: command({
    permission: 'security.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary:
      'Says that a key of the record was lost or left behind when another took over, so that the check in the app goes on from it.',
    changes: ['security'],
    input: z.object({ deviceId: idField, seq: z.int().min(1), publicKey: keyField }),
    output: z.object({ confirmedAt: z.string() }),
  }),
  roots: query({
    permission: 'audit.read',
    wholeBusiness: true,
    summary: 'The last entry of each day: what to print or mail, so that a later cut shows.',
    input: z.object({ to: dateField.nullable().default(null), days: z.int().min(1).max(92).default(31) }),
    output: z.array(dailyRootSchema),
  }),
  rootPdf: query({
    permission: 'audit.read',
    wholeBusiness: true,
    summary: 'The root of a day on paper.',
    input: z.object({ day: dateField }),
    output: z.object({ pdf: bytesField, fileName: z.string() }),
  }),
  mailRoot: command({
    permission: 'mail.send',
    also: ['audit.read'],
    wholeBusiness: true,
    summary: 'Puts the root of a day into the outbox.',
    changes: ['mail'],
    input: z.object({ day: dateField, to: emailField, subject: textField(200) }),
    output: z.object({ id: z.string(), version: z.int() }),
  }),
  noteExport: command({
    permission: 'workspace',
    summary: 'Puts on record that rows of a list leave as a file; called before the file is made.',
    changes: ['security'],
    input: z.object({ what: textField(120), rows: z.int().min(0) }),
    output: z.object({ noted: z.boolean() }),
  }),
  retention: query({
    permission: 'audit.read',
    wholeBusiness: true,
    summary: 'How long the record is kept, what leaves it next, and how far back it reaches.',
    input: emptyInput,
    output: retentionSchema,
  }),
  setRetention: command({
    permission: 'security.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Sets how long the record is kept, and whether a legal hold stops every removal.',
    changes: ['security'],
    input: z.object(retentionFields),
    output: z.object(retentionFields),
  }),
  exportRecord: query({
    permission: 'exports.run',
    also: ['audit.read'],
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'The record as JSON lines that resources/verifier/verify.mjs checks without Counterfoil.',
    sensitive: 'The record as a file',
    input: emptyInput,
    output: z.object({
      content: bytesField,
      fileName: z.string(),
      entries: z.int(),
      shown: z.int(),
      head: z.string().nullable(),
    }),
  }),
}
