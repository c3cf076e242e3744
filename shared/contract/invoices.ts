import { z } from 'zod'
import { ofContent, ofDocument } from '../disclosures.ts'
import { documentContentSchema, documentFacts, markSentInput, voidReasonField } from './documents.ts'
import {
  amountField,
  bytesField,
  dateField,
  idField,
  listTotalsSchema,
  pageInput,
  rowOutput,
  versionField,
} from './fields.ts'
import { listFilterSchema } from './list-filter.ts'
import { roundingModes, roundingScopes } from './organizations.ts'
import { command, query } from './procedure.ts'

/** What a person writes on an invoice; everything else follows from it. */
export const invoiceContentSchema = documentContentSchema.extend({
  /** null follows the payment terms. */
  dueOn: dateField.nullable(),
  paymentTermsDays: z.int().min(0).max(3650).nullable(),
  prepaidE4: amountField,
})
export type InvoiceContent = z.output<typeof invoiceContentSchema>
export type { DocumentLine as InvoiceLine, LineTax } from './documents.ts'

export const paymentStates = ['draft', 'unpaid', 'partly-paid', 'paid', 'overdue', 'void'] as const

export const invoiceSchema = z.object({
  ...documentFacts,
  state: z.enum(['draft', 'open', 'paid', 'void']),
  paymentState: z.enum(paymentStates),
  overdueDays: z.int(),
  content: invoiceContentSchema,
  roundingMode: z.enum(roundingModes),
  roundingScope: z.enum(roundingScopes),
  paidE4: amountField,
  openE4: amountField,
  settledOn: z.string().nullable(),
  /** The credited invoice that this one stands for. */
  correctsId: z.string().nullable(),
  /** Of what is paid: by credit notes, and written off. */
  creditedE4: amountField,
  writtenOffE4: amountField,
  /** Realised by what settles it, in base currency; a gain is above zero. */
  exchangeDifferenceE4: amountField,
  credits: z.array(
    z.object({
      allocationId: z.string(),
      creditNoteId: z.string(),
      number: z.string(),
      allocatedOn: z.string(),
      amountE4: amountField,
    }),
  ),
  writeOffs: z.array(z.object({ id: z.string(), amountE4: amountField, writtenOffOn: z.string(), reason: z.string() })),
  /** Credit notes made from it, whether they pay it or another. */
  creditNotes: z.array(
    z.object({
      id: z.string(),
      number: z.string().nullable(),
      state: z.string(),
      issuedOn: z.string(),
      totalE4: amountField,
    }),
  ),
  /** The quote that it was made from. */
  quote: z.object({ id: z.string(), number: z.string().nullable() }).nullable(),
  payments: z.array(
    z.object({
      allocationId: z.string(),
      paymentId: z.string(),
      number: z.string(),
      receivedOn: z.string(),
      method: z.string(),
      status: z.string(),
      amountE4: amountField,
    }),
  ),
})
export type Invoice = z.output<typeof invoiceSchema>

export const invoiceSorts = ['issuedOn', 'number', 'dueOn', 'client', 'payable'] as const
export const invoiceFilters = ['all', 'draft', 'open', 'overdue', 'partly-paid', 'paid', 'void'] as const

export const invoiceRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  /** null is the whole business. */
  branchId: z.string().nullable(),
  number: z.string().nullable(),
  clientId: z.string().nullable(),
  clientName: z.string(),
  reference: z.string().nullable(),
  issuedOn: z.string(),
  dueOn: z.string().nullable(),
  currency: z.string(),
  payableE4: amountField,
  openE4: amountField,
  paidE4: amountField,
  paymentState: z.enum(paymentStates),
  overdueDays: z.int(),
  sentAt: z.string().nullable(),
})
export type InvoiceRow = z.output<typeof invoiceRowSchema>

const listed = z.object({
  search: z.string().max(200).default(''),
  /** Groups of conditions over the fields of `filterFields`. */
  where: listFilterSchema.nullable().default(null),
  filter: z.enum(invoiceFilters).default('all'),
  clientId: idField.nullable().default(null),
  from: dateField.nullable().default(null),
  to: dateField.nullable().default(null),
})

/** Invoices: drafts that are written, then issued with a number and frozen, paid, or void. */
export const invoices = {
  list: query({
    permission: 'invoices.read',
    summary: 'A page of invoices.',
    input: pageInput.extend({
      ...listed.shape,
      sort: z.enum(invoiceSorts).default('issuedOn'),
      direction: z.enum(['asc', 'desc']).default('desc'),
    }),
    output: z.object({ rows: z.array(invoiceRowSchema), nextCursor: z.string().nullable() }),
  }),
  totals: query({
    permission: 'invoices.read',
    summary: 'How many invoices a list holds, and what they come to in each currency.',
    input: listed,
    output: listTotalsSchema,
  }),
  stats: query({
    permission: 'invoices.read',
    summary: 'How many invoices each filter holds, and what is open and overdue in each currency.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.object({
      counts: z.object({
        all: z.int(),
        draft: z.int(),
        open: z.int(),
        overdue: z.int(),
        'partly-paid': z.int(),
        paid: z.int(),
        void: z.int(),
      }),
      open: z.array(z.object({ currency: z.string(), openE4: amountField, overdueE4: amountField })),
    }),
  }),
  get: query({
    permission: 'invoices.read',
    summary: 'An invoice with its lines, totals and payments.',
    input: z.object({ id: idField }),
    output: invoiceSchema,
  }),
  blank: query({
    permission: 'invoices.read',
    summary: 'The content that a new invoice begins with, for a client or for none yet.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.object({
      content: invoiceContentSchema,
      minorUnits: z.int(),
      roundingMode: z.enum(roundingModes),
      roundingScope: z.enum(roundingScopes),
    }),
  }),
  saveDraft: command({
    permission: 'invoices.write',
    summary:
      "Makes a draft (version null) or saves one. The id is the editor's, so that a retry never makes a second one.",
    changes: ['invoices'],
    input: z.object({ id: idField, version: versionField.nullable(), content: invoiceContentSchema }),
    output: rowOutput.extend({ savedAt: z.string() }),
  }),
  deleteDraft: command({
    permission: 'invoices.write',
    summary: 'Deletes a draft; `restoreDraft` takes it back.',
    changes: ['invoices', 'quotes'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restoreDraft: command({
    permission: 'invoices.write',
    summary: 'Takes back the deletion of a draft.',
    changes: ['invoices', 'quotes'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  issue: command({
    permission: 'invoices.issue',
    summary: 'Gives a draft its number and freezes it, with what it prints.',
    changes: ['invoices', 'clients', 'numberSeries', 'quotes'],
    input: z.object({
      id: idField,
      version: versionField,
      /** Another series than the default one. */
      seriesId: idField.nullable().default(null),
    }),
    output: rowOutput.extend({ number: z.string() }),
  }),
  markSent: command({
    permission: 'invoices.write',
    summary:
      'Notes that an invoice went out by post, by hand or in another way, and when; `takeBackSent` takes it back.',
    changes: ['invoices'],
    input: markSentInput,
    output: rowOutput,
  }),
  takeBackSent: command({
    permission: 'invoices.write',
    summary: 'Takes the last `markSent` back.',
    changes: ['invoices'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  void: command({
    permission: 'invoices.issue',
    summary: 'Makes an issued, unpaid invoice void; its number stays listed with the reason.',
    changes: ['invoices', 'clients', 'quotes'],
    input: z.object({
      id: idField,
      version: versionField,
      reason: voidReasonField,
    }),
    output: rowOutput,
  }),
  duplicate: command({
    permission: 'invoices.write',
    summary: 'Makes a new draft with the same client and lines, dated today.',
    changes: ['invoices'],
    input: z.object({ id: idField, newId: idField }),
    output: rowOutput,
  }),
  preview: query({
    permission: 'invoices.read',
    discloses: ofContent,
    summary: 'The PDF of content that is not saved yet, by the template that prints and sends it.',
    input: z.object({ content: invoiceContentSchema }),
    output: z.object({ pdf: bytesField }),
  }),
  pdf: query({
    permission: 'invoices.read',
    discloses: ofDocument('invoices'),
    summary: 'The PDF of an invoice: the kept one where it is issued.',
    input: z.object({ id: idField }),
    output: z.object({ pdf: bytesField, fileName: z.string() }),
  }),
}
