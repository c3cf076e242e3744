import { z } from 'zod'
import { ofContent, ofDocument } from '../disclosures.ts'
import {
  documentContentSchema,
  documentFacts,
  documentLineSchema,
  markSentInput,
  voidReasonField,
} from './documents.ts'
import {
  amountField,
  bytesField,
  dateField,
  idField,
  listTotalsSchema,
  optionalTextField,
  pageInput,
  percentField,
  quantityField,
  rowOutput,
  versionField,
} from './fields.ts'
import { invoiceContentSchema } from './invoices.ts'
import { listFilterSchema } from './list-filter.ts'
import { roundingModes, roundingScopes } from './organizations.ts'
import { command, query } from './procedure.ts'
import { taxCategories } from './tax-rates.ts'

export const creditNoteLineSchema = documentLineSchema.extend({
  /** The line of the invoice that it gives back; null where it is free. */
  invoiceLineId: idField.nullable().default(null),
})
export type CreditNoteLine = z.output<typeof creditNoteLineSchema>

/**
 * The tax of one rate as it is given back: what closes an invoice gives exactly what is left. It holds while the lines
 * at this rate come to `netE4`; an edited draft is taxed anew.
 */
export const mirroredTaxSchema = z.object({
  name: z.string(),
  category: z.enum(taxCategories),
  rateE6: percentField,
  isCompound: z.boolean(),
  netE4: amountField,
  taxableE4: amountField,
  taxE4: amountField,
})
export type MirroredTax = z.output<typeof mirroredTaxSchema>

/** What a person writes on a credit note. Its amounts are above zero: they lower what the client owes. */
export const creditNoteContentSchema = documentContentSchema.extend({
  /** The invoice that it credits; null for a free one. */
  invoiceId: idField.nullable().default(null),
  reason: optionalTextField(300).default(null),
  mirroredTaxes: z.array(mirroredTaxSchema).max(50).nullable().default(null),
  lines: z.array(creditNoteLineSchema).max(2000, 'At most 2,000 lines.'),
})
export type CreditNoteContent = z.output<typeof creditNoteContentSchema>

export const creditNoteStates = ['draft', 'issued', 'applied', 'void'] as const
export const creditNoteFilters = ['all', ...creditNoteStates] as const
export const creditNoteSorts = ['issuedOn', 'number', 'client', 'payable'] as const

const creditUseInput = z.object({
  invoiceId: idField,
  amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
})

const creditUsesInput = z
  .array(creditUseInput)
  .max(500)
  .refine((list) => new Set(list.map((it) => it.invoiceId)).size === list.length, 'Name each invoice once.')

export const creditNoteSchema = z.object({
  ...documentFacts,
  state: z.enum(creditNoteStates),
  content: creditNoteContentSchema,
  roundingMode: z.enum(roundingModes),
  roundingScope: z.enum(roundingScopes),
  invoice: z.object({ id: z.string(), number: z.string(), issuedOn: z.string() }).nullable(),
  appliedE4: amountField,
  refundedE4: amountField,
  /** What is left of it: the client's credit. */
  creditE4: amountField,
  applications: z.array(
    z.object({
      id: z.string(),
      invoiceId: z.string(),
      invoiceNumber: z.string(),
      amountE4: amountField,
      allocatedOn: z.string(),
    }),
  ),
  refunds: z.array(z.object({ id: z.string(), number: z.string(), refundedOn: z.string(), amountE4: amountField })),
})
export type CreditNote = z.output<typeof creditNoteSchema>

export const creditNoteRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  /** null is the whole business. */
  branchId: z.string().nullable(),
  number: z.string().nullable(),
  clientId: z.string().nullable(),
  clientName: z.string(),
  invoiceId: z.string().nullable(),
  invoiceNumber: z.string().nullable(),
  reference: z.string().nullable(),
  reason: z.string().nullable(),
  issuedOn: z.string(),
  currency: z.string(),
  payableE4: amountField,
  creditE4: amountField,
  state: z.enum(creditNoteStates),
  sentAt: z.string().nullable(),
})
export type CreditNoteRow = z.output<typeof creditNoteRowSchema>

/** What to give back of an invoice; never more than is left of it. */
export const creditScopeSchema = z.discriminatedUnion('kind', [
  /** Everything that is left. */
  z.object({ kind: z.literal('whole') }),
  /** Whole lines, each as far as it is left. */
  z.object({ kind: z.literal('lines'), lineIds: z.array(idField).min(1, 'Choose a line.') }),
  z.object({
    kind: z.literal('quantities'),
    lines: z.array(z.object({ lineId: idField, quantityE6: quantityField })).min(1, 'Choose a line.'),
  }),
  /** An amount with tax, spread over the rates by what is left of each. */
  z.object({
    kind: z.literal('amount'),
    amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
  }),
])
export type CreditScope = z.output<typeof creditScopeSchema>

const listed = z.object({
  search: z.string().max(200).default(''),
  /** Groups of conditions over the fields of `filterFields`. */
  where: listFilterSchema.nullable().default(null),
  filter: z.enum(creditNoteFilters).default('all'),
  clientId: idField.nullable().default(null),
  invoiceId: idField.nullable().default(null),
  from: dateField.nullable().default(null),
  to: dateField.nullable().default(null),
})

/** Credit notes: what is given back of invoices, applied to invoices, refunded, or kept as credit. */
export const creditNotes = {
  list: query({
    permission: 'creditNotes.read',
    summary: 'A page of credit notes.',
    input: pageInput.extend({
      ...listed.shape,
      sort: z.enum(creditNoteSorts).default('issuedOn'),
      direction: z.enum(['asc', 'desc']).default('desc'),
    }),
    output: z.object({ rows: z.array(creditNoteRowSchema), nextCursor: z.string().nullable() }),
  }),
  totals: query({
    permission: 'creditNotes.read',
    summary: 'How many credit notes a list holds, and what they come to in each currency.',
    input: listed,
    output: listTotalsSchema,
  }),
  stats: query({
    permission: 'creditNotes.read',
    summary: 'How many credit notes each filter holds, and what credit is left in each currency.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.object({
      counts: z.record(z.enum(creditNoteFilters), z.int()),
      sums: z.array(z.object({ currency: z.string(), creditE4: amountField })),
    }),
  }),
  get: query({
    permission: 'creditNotes.read',
    summary: 'A credit note with its lines, totals and what became of it.',
    input: z.object({ id: idField }),
    output: creditNoteSchema,
  }),
  blank: query({
    permission: 'creditNotes.read',
    summary: 'The content that a new free credit note begins with.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.object({
      content: creditNoteContentSchema,
      minorUnits: z.int(),
      roundingMode: z.enum(roundingModes),
      roundingScope: z.enum(roundingScopes),
    }),
  }),
  /** What is left to credit of an invoice. */
  left: query({
    permission: 'creditNotes.read',
    summary: 'What is left to credit of an invoice: of each line, of each tax, and in all.',
    input: z.object({ invoiceId: idField }),
    output: z.object({
      lines: z.array(
        z.object({
          lineId: z.string(),
          name: z.string(),
          quantityE6: quantityField,
          leftE6: quantityField,
          leftNetE4: amountField,
        }),
      ),
      netE4: amountField,
      taxE4: amountField,
      totalE4: amountField,
      /** By line and quantity only while no earlier credit was by amount. */
      byLine: z.boolean(),
    }),
  }),
  fromInvoice: query({
    permission: 'creditNotes.read',
    summary: 'The content of the credit note that a choice would make, with its totals; nothing is written.',
    input: z.object({ invoiceId: idField, scope: creditScopeSchema }),
    output: z.object({
      content: creditNoteContentSchema,
      netE4: amountField,
      taxE4: amountField,
      totalE4: amountField,
    }),
  }),
  creditInvoice: command({
    permission: 'creditNotes.issue',
    summary: 'Credits an invoice: makes and issues the credit note and applies it to what is open of the invoice.',
    changes: ['creditNotes', 'invoices', 'clients', 'numberSeries', 'quotes'],
    input: z.object({
      id: idField,
      invoiceId: idField,
      invoiceVersion: versionField,
      scope: creditScopeSchema,
      issuedOn: dateField,
      reason: voidReasonField,
      apply: z.boolean().default(true),
    }),
    output: rowOutput.extend({ number: z.string() }),
  }),
  correctInvoice: command({
    permission: 'creditNotes.issue',
    summary: 'Credits what is left of an issued invoice and makes a draft in its place, or issues it too, in one step.',
    changes: ['creditNotes', 'invoices', 'clients', 'numberSeries', 'quotes'],
    input: z.object({
      invoiceId: idField,
      invoiceVersion: versionField,
      reason: voidReasonField,
      creditNoteId: idField,
      newInvoiceId: idField,
      /** The corrected content; null takes that of the invoice. */
      content: invoiceContentSchema.nullable().default(null),
      issue: z.boolean().default(false),
    }),
    output: z.object({
      creditNoteId: z.string(),
      creditNoteNumber: z.string(),
      invoiceId: z.string(),
      invoiceNumber: z.string().nullable(),
    }),
  }),
  saveDraft: command({
    permission: 'creditNotes.write',
    summary: "Makes a draft (version null) or saves one. The id is the editor's, so that a retry makes no second one.",
    changes: ['creditNotes'],
    input: z.object({ id: idField, version: versionField.nullable(), content: creditNoteContentSchema }),
    output: rowOutput.extend({ savedAt: z.string() }),
  }),
  deleteDraft: command({
    permission: 'creditNotes.write',
    summary: 'Deletes a draft; `restoreDraft` takes it back.',
    changes: ['creditNotes'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restoreDraft: command({
    permission: 'creditNotes.write',
    summary: 'Takes back the deletion of a draft.',
    changes: ['creditNotes'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  issue: command({
    permission: 'creditNotes.issue',
    summary: 'Gives a draft its number and freezes it; what it gives back is the client credit from then on.',
    changes: ['creditNotes', 'clients', 'numberSeries', 'quotes'],
    input: z.object({
      id: idField,
      version: versionField,
      /** Another series than the default one. */
      seriesId: idField.nullable().default(null),
    }),
    output: rowOutput.extend({ number: z.string() }),
  }),
  markSent: command({
    permission: 'creditNotes.write',
    summary:
      'Notes that a credit note went out by post, by hand or in another way, and when; `takeBackSent` takes it back.',
    changes: ['creditNotes'],
    input: markSentInput,
    output: rowOutput,
  }),
  takeBackSent: command({
    permission: 'creditNotes.write',
    summary: 'Takes the last `markSent` back.',
    changes: ['creditNotes'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  void: command({
    permission: 'creditNotes.issue',
    summary: 'Makes an issued, unused credit note void; its number stays listed with the reason.',
    changes: ['creditNotes', 'clients', 'quotes'],
    input: z.object({ id: idField, version: versionField, reason: voidReasonField }),
    output: rowOutput,
  }),
  apply: command({
    permission: 'creditNotes.issue',
    summary: 'Uses what is left of a credit note for open invoices.',
    changes: ['creditNotes', 'invoices', 'clients'],
    input: z.object({
      id: idField,
      version: versionField,
      on: dateField,
      applications: creditUsesInput.min(1, 'Choose an invoice.'),
    }),
    output: rowOutput,
  }),
  unapply: command({
    permission: 'creditNotes.issue',
    summary: 'Takes one application back by a reversal.',
    changes: ['creditNotes', 'invoices', 'clients'],
    input: z.object({ id: idField, version: versionField, applicationId: idField }),
    output: rowOutput,
  }),
  preview: query({
    permission: 'creditNotes.read',
    discloses: ofContent,
    summary: 'The PDF of content that is not saved yet.',
    input: z.object({ content: creditNoteContentSchema }),
    output: z.object({ pdf: bytesField }),
  }),
  pdf: query({
    permission: 'creditNotes.read',
    discloses: ofDocument('creditNotes'),
    summary: 'The PDF of a credit note: the kept one where it is issued.',
    input: z.object({ id: idField }),
    output: z.object({ pdf: bytesField, fileName: z.string() }),
  }),
}
