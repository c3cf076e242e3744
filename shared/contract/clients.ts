import { z } from 'zod'
import { disclosed, ofClient } from '../disclosures.ts'
import { healthLevels } from '../documents/client-health.ts'
import { einvoiceClientFields } from './einvoice-fields.ts'
import {
  addressSchema,
  amountField,
  currencyField,
  dateField,
  idField,
  languageField,
  longTextField,
  optionalEmailField,
  optionalTextField,
  pageInput,
  rowOutput,
  taxIdsSchema,
  textField,
  versionField,
} from './fields.ts'
import { listFilterSchema } from './list-filter.ts'
import { command, query } from './procedure.ts'

export const clientStatuses = ['active', 'inactive', 'archived'] as const
export const noteKinds = ['general', 'follow-up', 'issue', 'compliment'] as const

const clientFields = z.object({
  kind: z.enum(['person', 'company']),
  name: textField(200),
  code: optionalTextField(30),
  email: optionalEmailField,
  phone: optionalTextField(40),
  website: optionalTextField(200),
  address: addressSchema,
  deliveryAddress: addressSchema.nullable(),
  taxIds: taxIdsSchema,
  language: languageField.nullable(),
  currency: currencyField.nullable(),
  /** Days; null takes the organization's terms, 0 is due on receipt. */
  paymentTermsDays: z
    .int('Enter whole days.')
    .min(0, 'Days cannot be negative.')
    .max(3650, 'At most 3,650 days.')
    .nullable(),
  summary: longTextField(4000),
  clientTypeId: idField.nullable(),
  accountManagerId: idField.nullable(),
  /** null takes the default of each kind of document. */
  templateId: idField.nullable(),
  /** null takes the default plan. */
  reminderPlanId: idField.nullable(),
  ...einvoiceClientFields,
})

const createFields = z.object({
  kind: clientFields.shape.kind.default('company'),
  name: clientFields.shape.name,
  code: clientFields.shape.code.default(null),
  email: clientFields.shape.email.default(null),
  phone: clientFields.shape.phone.default(null),
  website: clientFields.shape.website.default(null),
  address: addressSchema.default(addressSchema.parse({})),
  deliveryAddress: clientFields.shape.deliveryAddress.default(null),
  taxIds: taxIdsSchema.default([]),
  language: clientFields.shape.language.default(null),
  currency: clientFields.shape.currency.default(null),
  paymentTermsDays: clientFields.shape.paymentTermsDays.default(null),
  summary: clientFields.shape.summary.default(null),
  clientTypeId: clientFields.shape.clientTypeId.default(null),
  accountManagerId: clientFields.shape.accountManagerId.default(null),
  templateId: clientFields.shape.templateId.default(null),
  reminderPlanId: clientFields.shape.reminderPlanId.default(null),
  electronicAddress: clientFields.shape.electronicAddress.default(null),
  electronicAddressScheme: clientFields.shape.electronicAddressScheme.default(null),
  legalId: clientFields.shape.legalId.default(null),
  legalIdScheme: clientFields.shape.legalIdScheme.default(null),
  buyerReference: clientFields.shape.buyerReference.default(null),
  einvoiceFormat: clientFields.shape.einvoiceFormat.default(null),
})
export type CreateClientInput = z.input<typeof createFields>

/** Money between a client and the business, in one currency. */
export const clientBalanceSchema = z.object({
  currency: z.string(),
  billedE4: amountField,
  paidE4: amountField,
  openE4: amountField,
  /** What is left of payments and credit notes, to use or to refund. */
  creditE4: amountField,
  /** By credit notes, with tax, whether used or not. */
  creditedE4: amountField,
  writtenOffE4: amountField,
  refundedE4: amountField,
  invoiceCount: z.int(),
  settledCount: z.int(),
  /** Mean days from issue to full payment; null before the first. */
  averageDaysToPay: z.number().nullable(),
})

export const contactSchema = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  role: z.string().nullable(),
  isPrimary: z.boolean(),
})

export const noteSchema = z.object({
  id: z.string(),
  version: z.int(),
  kind: z.enum(noteKinds),
  content: z.string(),
  followUpOn: z.string().nullable(),
  doneAt: z.string().nullable(),
  createdAt: z.string(),
})

export const clientSchema = clientFields.extend({
  id: z.string(),
  version: z.int(),
  code: z.string(),
  status: z.enum(clientStatuses),
  createdAt: z.string(),
  contacts: z.array(contactSchema),
  notes: z.array(noteSchema),
  balances: z.array(clientBalanceSchema),
})
export type Client = z.output<typeof clientSchema>

export const clientHealthSchema = z.object({
  clientId: z.string(),
  level: z.enum(healthLevels),
  /** 0 to 100; null where too little is known. */
  score: z.number().nullable(),
  /** The rule in words, then what it took points for. */
  reasons: z.array(
    z.object({
      rule: z.enum(['late-share', 'days-late', 'overdue-days', 'overdue-share']),
      points: z.number(),
      value: z.number(),
    }),
  ),
  settledCount: z.int(),
  lateCount: z.int(),
  overdueCount: z.int(),
})
export type ClientHealthRow = z.output<typeof clientHealthSchema>

export const clientSorts = ['name', 'created', 'open'] as const

export const clientRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(['person', 'company']),
  email: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  status: z.enum(clientStatuses),
  currency: z.string(),
  paymentTermsDays: z.int().nullable(),
  openE4: amountField,
  billedE4: amountField,
  /** More than one currency: the amounts are those of `currency` alone. */
  hasOtherCurrencies: z.boolean(),
})

/** The people and companies that are billed. */
export const clients = {
  list: query({
    permission: 'clients.read',
    discloses: { what: disclosed.clientList },
    summary: 'A page of clients.',
    input: pageInput.extend({
      search: z.string().max(200).default(''),
      /** Groups of conditions over the fields of `filterFields`. */
      where: listFilterSchema.nullable().default(null),
      status: z.enum([...clientStatuses, 'all']).default('active'),
      owing: z.boolean().default(false),
      clientTypeId: idField.nullable().default(null),
      accountManagerId: idField.nullable().default(null),
      sort: z.enum(clientSorts).default('name'),
      direction: z.enum(['asc', 'desc']).default('asc'),
    }),
    output: z.object({ rows: z.array(clientRowSchema), nextCursor: z.string().nullable(), total: z.int() }),
  }),
  get: query({
    permission: 'clients.read',
    discloses: ofClient,
    summary: 'A client with contacts, notes and money figures.',
    input: z.object({ id: idField }),
    output: clientSchema,
  }),
  health: query({
    permission: 'clients.read',
    summary: 'How clients pay, by the published rule, with what took points.',
    input: z.object({ ids: z.array(idField).min(1).max(200) }),
    output: z.array(clientHealthSchema),
  }),
  duplicates: query({
    permission: 'clients.read',
    discloses: { what: disclosed.clientList },
    summary: 'Pairs of clients that look like the same one, with the reason.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.array(
      z.object({
        reason: z.enum(['tax-id', 'email', 'name']),
        value: z.string(),
        clients: z.array(
          z.object({
            id: z.string(),
            version: z.int(),
            code: z.string(),
            name: z.string(),
            email: z.string().nullable(),
            city: z.string().nullable(),
            documentCount: z.int(),
          }),
        ),
      }),
    ),
  }),
  merge: command({
    permission: 'clients.write',
    wholeBusiness: true,
    summary:
      'Merges one client into another: documents, payments, contacts, notes and files move to it; it keeps its own details.',
    changes: ['clients', 'invoices', 'quotes', 'creditNotes', 'payments', 'recurringInvoices', 'attachments', 'mail'],
    input: z
      .object({ keepId: idField, keepVersion: versionField, mergeId: idField, mergeVersion: versionField })
      .refine((it) => it.keepId !== it.mergeId, { path: ['mergeId'], error: 'Choose another client.' }),
    output: rowOutput.extend({ moved: z.int() }),
  }),
  create: command({
    permission: 'clients.write',
    summary: 'Makes a client; the code is made where none is given.',
    changes: ['clients'],
    input: createFields,
    output: rowOutput,
  }),
  update: command({
    permission: 'clients.write',
    summary: 'Changes a client; issued documents keep what they printed.',
    changes: ['clients', 'invoices'],
    input: clientFields.partial().extend({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  setStatus: command({
    permission: 'clients.write',
    summary: 'Makes a client active, inactive or archived.',
    changes: ['clients'],
    input: z.object({ id: idField, version: versionField, status: z.enum(clientStatuses) }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'clients.write',
    wholeBusiness: true,
    summary: 'Deletes a client without documents; `restore` takes it back.',
    changes: ['clients'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restore: command({
    permission: 'clients.write',
    wholeBusiness: true,
    summary: 'Takes back a deletion.',
    changes: ['clients'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
}

/** The people at a client; one of them is the primary contact. */
export const clientContacts = {
  create: command({
    permission: 'clients.write',
    summary: 'Adds a contact; the first one is primary.',
    changes: ['clients'],
    input: z.object({
      clientId: idField,
      name: textField(100),
      email: optionalEmailField.default(null),
      phone: optionalTextField(40).default(null),
      role: optionalTextField(100).default(null),
      isPrimary: z.boolean().default(false),
    }),
    output: rowOutput,
  }),
  update: command({
    permission: 'clients.write',
    summary: 'Changes a contact; making it primary takes that from the one before.',
    changes: ['clients'],
    input: z.object({
      id: idField,
      version: versionField,
      name: textField(100).optional(),
      email: optionalEmailField.optional(),
      phone: optionalTextField(40).optional(),
      role: optionalTextField(100).optional(),
      isPrimary: z.literal(true).optional(),
    }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'clients.write',
    summary: 'Removes a contact.',
    changes: ['clients'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
}

/** What was said and what is to be done about a client. */
export const clientNotes = {
  create: command({
    permission: 'clients.write',
    summary: 'Adds a note; a follow-up needs its date.',
    changes: ['clients'],
    input: z
      .object({
        clientId: idField,
        kind: z.enum(noteKinds).default('general'),
        content: textField(4000).or(longTextField(4000).pipe(z.string('This is required.'))),
        followUpOn: dateField.nullable().default(null),
      })
      .refine((note) => note.kind !== 'follow-up' || note.followUpOn !== null, {
        path: ['followUpOn'],
        error: 'A follow-up needs a date.',
      }),
    output: rowOutput,
  }),
  setDone: command({
    permission: 'clients.write',
    summary: 'Marks a follow-up as done, or open again.',
    changes: ['clients'],
    input: z.object({ id: idField, version: versionField, done: z.boolean() }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'clients.write',
    summary: 'Removes a note.',
    changes: ['clients'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
}
