import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { eInvoiceFormats } from '../documents/einvoice-formats.ts'
import {
  emailField,
  emptyInput,
  idField,
  instantField,
  languageField,
  optionalEmailField,
  optionalTextField,
  pageInput,
  rowOutput,
  textField,
  versionField,
} from './fields.ts'
import { listFilterSchema } from './list-filter.ts'
import { command, query } from './procedure.ts'

const host = z
  .string()
  .trim()
  .min(1, 'This is required.')
  .max(253)
  .regex(/^[A-Za-z0-9._:-]+$/, 'Enter the name of the mail server, such as smtp.example.com.')

const accountFields = z.object({
  fromName: textField(100),
  fromAddress: emailField,
  replyTo: optionalEmailField,
  host,
  port: z
    .int('Enter a whole number.')
    .min(1, 'A port is between 1 and 65535.')
    .max(65535, 'A port is between 1 and 65535.'),
  security: z.enum(['tls', 'starttls', 'none']),
  userName: optionalTextField(254),
})

export const messageFields = z.object({
  to: z.array(emailField).min(1, 'Enter a recipient.').max(20),
  cc: z.array(emailField).max(20).default([]),
  subject: textField(200),
  body: z.string().min(1, 'Write a message.').max(20_000),
})

/** What messages bring, each with a template of its own. */
export const mailKinds = ['invoice', 'quote', 'credit-note'] as const
export type MailKind = (typeof mailKinds)[number]

/** Every kind of message that has a template. */
export const messageKinds = [...mailKinds, 'reminder-friendly', 'reminder-firm', 'reminder-final', 'statement'] as const
export type MessageKind = (typeof messageKinds)[number]

const documentTables = { invoice: 'invoices', quote: 'quotes', 'credit-note': 'creditNotes' } as const

const mailedFields = { entity: z.enum(mailKinds).default('invoice'), entityId: idField }

export const outboxStates = ['queued', 'sending', 'accepted', 'failed', 'bounced', 'cancelled'] as const

export const outboxRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  entity: z.string(),
  entityId: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  state: z.enum(outboxStates),
  attempts: z.int(),
  nextAttemptAt: z.string().nullable(),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  /** Not before this instant. */
  sendAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
  seenAt: z.string().nullable(),
  seenHow: z.enum(['by-hand', 'reply']).nullable(),
  kind: z.string(),
})
export type OutboxRow = z.output<typeof outboxRowSchema>

/** The mail account, messages, and the outbox that sends them. */
export const mail = {
  account: query({
    permission: 'mail.read',
    discloses: { what: disclosed.mailAccount },
    summary: 'The mail account without its password, and where passwords are kept.',
    input: emptyInput,
    output: z.object({
      account: accountFields.extend({ id: z.string(), version: z.int(), hasPassword: z.boolean() }).nullable(),
      secretStore: z.object({ kind: z.enum(['keychain', 'file', 'sealed']), warning: z.string().nullable() }),
    }),
  }),
  saveAccount: command({
    permission: 'mail.manage',
    summary: 'Sets the mail account; a password left out stays as it is.',
    changes: ['mail'],
    input: accountFields.extend({
      version: versionField.nullable(),
      password: z.string().min(1).max(1000).nullable().default(null),
    }),
    output: rowOutput,
  }),
  testAccount: query({
    permission: 'mail.manage',
    summary: 'Connects and signs in with these settings; says which step fails and why.',
    input: accountFields.extend({ password: z.string().max(1000).nullable().default(null) }),
    output: z.object({
      ok: z.boolean(),
      steps: z.array(z.object({ step: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
  }),
  removeAccount: command({
    permission: 'mail.manage',
    summary: 'Removes the mail account and its password.',
    changes: ['mail'],
    input: z.object({ version: versionField }),
    output: rowOutput,
  }),
  template: query({
    permission: 'mail.read',
    summary: 'The message template of a kind and language, with the variables it may use.',
    input: z.object({ kind: z.enum(messageKinds), language: languageField }),
    output: z.object({
      subject: z.string(),
      body: z.string(),
      version: z.int().nullable(),
      variables: z.array(z.object({ name: z.string(), meaning: z.string() })),
    }),
  }),
  saveTemplate: command({
    permission: 'mail.manage',
    summary: 'Saves the message template of a kind and language.',
    changes: ['mail'],
    input: z.object({
      kind: z.enum(messageKinds),
      language: languageField,
      version: versionField.nullable(),
      subject: textField(200),
      body: z.string().min(1, 'Write a message.').max(20_000),
    }),
    output: rowOutput,
  }),
  compose: query({
    permission: 'mail.read',
    // Whose address it goes to; the document that it brings is asked for by its kind.
    also: ['clients.read'],
    discloses: {
      what: disclosed.client,
      subject: ({ entity, entityId: id }) => ({ table: documentTables[entity], id }),
    },
    summary: 'The message for a document as it would go out: recipient, subject, body, attachment.',
    input: z.object(mailedFields),
    output: z.object({
      to: z.array(z.string()),
      cc: z.array(z.string()),
      subject: z.string(),
      body: z.string(),
      attachments: z.array(z.object({ fileName: z.string(), size: z.int() })),
      /** The e-invoice that the client takes; one that breaks a rule is not attached. */
      einvoice: z.object({ format: z.enum(eInvoiceFormats), isAttached: z.boolean() }).nullable(),
      from: z.string().nullable(),
      /** Why it cannot go out yet, in words; null when it can. */
      obstacle: z.string().nullable(),
    }),
  }),
  send: command({
    permission: 'mail.send',
    summary: 'Puts the message into the outbox; the document is sent once the server has accepted it.',
    changes: ['mail', 'invoices', 'quotes', 'creditNotes'],
    input: messageFields.extend({
      ...mailedFields,
      /** Not before this instant; null for at once. */
      sendAt: instantField.nullable().default(null),
    }),
    output: rowOutput,
  }),
  outbox: query({
    permission: 'mail.read',
    discloses: { what: disclosed.messageList },
    summary: 'A page of messages, newest first.',
    input: pageInput.extend({
      /** Words in the subject, or in an address. */
      search: z.string().max(200).default(''),
      /** Groups of conditions over the fields of `filterFields`. */
      where: listFilterSchema.nullable().default(null),
      state: z.enum([...outboxStates, 'all']).default('all'),
      kind: z.enum([...messageKinds, 'all']).default('all'),
      entityId: idField.nullable().default(null),
    }),
    output: z.object({
      rows: z.array(outboxRowSchema),
      nextCursor: z.string().nullable(),
      waiting: z.int(),
      failed: z.int(),
    }),
  }),
  standing: query({
    permission: 'mail.read',
    summary: 'How many messages wait, and how many could not be sent.',
    input: emptyInput,
    output: z.object({ waiting: z.int(), failed: z.int() }),
  }),
  message: query({
    permission: 'mail.read',
    discloses: { what: disclosed.message, subject: ({ id }) => ({ table: 'outboxMessages', id }) },
    summary: 'A message with every attempt to deliver it.',
    input: z.object({ id: idField }),
    output: outboxRowSchema.extend({
      cc: z.array(z.string()),
      body: z.string(),
      serverResponse: z.string().nullable(),
      log: z.array(
        z.object({ at: z.string(), outcome: z.string(), detail: z.string().nullable(), server: z.string().nullable() }),
      ),
    }),
  }),
  retry: command({
    permission: 'mail.send',
    summary: 'Tries a queued or failed message now.',
    changes: ['mail'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  cancel: command({
    permission: 'mail.send',
    summary: 'Takes a message out of the outbox before it goes.',
    changes: ['mail'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  resetTemplate: command({
    permission: 'mail.manage',
    summary: 'Gives up an own template: the one that comes with the app counts again.',
    changes: ['mail'],
    input: z.object({ kind: z.enum(messageKinds), language: languageField, version: versionField }),
    output: rowOutput,
  }),
  markSeen: command({
    permission: 'mail.send',
    summary: 'Records that an accepted message arrived: somebody said so, or answered it; or takes that back.',
    changes: ['mail', 'invoices'],
    input: z.object({ id: idField, version: versionField, how: z.enum(['by-hand', 'reply']).nullable() }),
    output: rowOutput,
  }),
  markBounced: command({
    permission: 'mail.send',
    summary: 'Records that an accepted message came back.',
    changes: ['mail', 'invoices'],
    input: z.object({ id: idField, version: versionField, reason: optionalTextField(300).default(null) }),
    output: rowOutput,
  }),
}
