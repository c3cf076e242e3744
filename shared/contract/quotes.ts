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
  longTextField,
  optionalTextField,
  pageInput,
  percentField,
  quantityField,
  rowOutput,
  textField,
  versionField,
} from './fields.ts'
import { invoiceContentSchema } from './invoices.ts'
import { listFilterSchema } from './list-filter.ts'
import { roundingModes, roundingScopes } from './organizations.ts'
import { command, query } from './procedure.ts'

export const lineChoices = ['included', 'optional', 'alternative'] as const

export const quoteLineSchema = documentLineSchema.extend({
  /** Optional and alternative lines are printed with their price; only chosen ones count in the totals. */
  choice: z.enum(lineChoices).default('included'),
  isChosen: z.boolean().default(true),
  /** Alternatives of one group stand for each other: one of them is chosen. */
  groupName: optionalTextField(60).default(null),
})
export type QuoteLine = z.output<typeof quoteLineSchema>

/** What a person writes on a quote. */
export const quoteContentSchema = documentContentSchema.extend({
  validUntil: dateField.nullable(),
  lines: z.array(quoteLineSchema).max(2000, 'At most 2,000 lines.'),
})
export type QuoteContent = z.output<typeof quoteContentSchema>

/** `expired` is open past its last day; `invoiced` is accepted and wholly turned into invoices. */
export const quoteStates = ['draft', 'open', 'expired', 'accepted', 'invoiced', 'declined', 'void'] as const
export const quoteFilters = ['all', ...quoteStates] as const
export const quoteSorts = ['issuedOn', 'number', 'validUntil', 'client', 'payable'] as const

export const quoteSchema = z.object({
  ...documentFacts,
  state: z.enum(quoteStates),
  content: quoteContentSchema,
  roundingMode: z.enum(roundingModes),
  roundingScope: z.enum(roundingScopes),
  revisesId: z.string().nullable(),
  revisedBy: z.object({ id: z.string(), number: z.string().nullable() }).nullable(),
  decidedOn: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decisionNote: z.string().nullable(),
  /** What invoices made from it come to, and what is left. */
  invoicedE4: amountField,
  leftE4: amountField,
  invoices: z.array(
    z.object({
      invoiceId: z.string(),
      number: z.string().nullable(),
      state: z.string(),
      kind: z.enum(['lines', 'percentage', 'deposit', 'final']),
      percentE6: percentField.nullable(),
      issuedOn: z.string(),
      totalE4: amountField,
    }),
  ),
  /** How much of each line is left to invoice. */
  lineRests: z.array(z.object({ lineId: z.string(), invoicedE6: quantityField, leftE6: quantityField })),
})
export type Quote = z.output<typeof quoteSchema>

export const quoteRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  /** null is the whole business. */
  branchId: z.string().nullable(),
  number: z.string().nullable(),
  clientId: z.string().nullable(),
  clientName: z.string(),
  reference: z.string().nullable(),
  issuedOn: z.string(),
  validUntil: z.string().nullable(),
  currency: z.string(),
  payableE4: amountField,
  invoicedE4: amountField,
  state: z.enum(quoteStates),
  sentAt: z.string().nullable(),
})
export type QuoteRow = z.output<typeof quoteRowSchema>

export const quoteConversionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lines'),
    /** Chosen lines with the quantity that this invoice takes of each. */
    lines: z.array(z.object({ lineId: idField, quantityE6: quantityField })).min(1, 'Choose a line.'),
  }),
  /** A share of the whole, as a line for each tax. */
  z.object({ kind: z.literal('percentage'), percentE6: percentField }),
  /** Asked for before the work; the final invoice takes it off again with its tax. */
  z.object({ kind: z.literal('deposit'), percentE6: percentField }),
  /** Everything that is left, less the deposits. */
  z.object({ kind: z.literal('final') }),
])
export type QuoteConversion = z.output<typeof quoteConversionSchema>

const listed = z.object({
  search: z.string().max(200).default(''),
  /** Groups of conditions over the fields of `filterFields`. */
  where: listFilterSchema.nullable().default(null),
  filter: z.enum(quoteFilters).default('all'),
  clientId: idField.nullable().default(null),
  from: dateField.nullable().default(null),
  to: dateField.nullable().default(null),
})

/** Quotes: offers with a last day, accepted or declined, and turned into one or several invoices. */
export const quotes = {
  list: query({
    permission: 'quotes.read',
    summary: 'A page of quotes.',
    input: pageInput.extend({
      ...listed.shape,
      sort: z.enum(quoteSorts).default('issuedOn'),
      direction: z.enum(['asc', 'desc']).default('desc'),
    }),
    output: z.object({ rows: z.array(quoteRowSchema), nextCursor: z.string().nullable() }),
  }),
  totals: query({
    permission: 'quotes.read',
    summary: 'How many quotes a list holds, and what they come to in each currency.',
    input: listed,
    output: listTotalsSchema,
  }),
  stats: query({
    permission: 'quotes.read',
    summary: 'How many quotes each filter holds, and what is open and accepted in each currency.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.object({
      counts: z.record(z.enum(quoteFilters), z.int()),
      sums: z.array(z.object({ currency: z.string(), openE4: amountField, acceptedE4: amountField })),
    }),
  }),
  get: query({
    permission: 'quotes.read',
    summary: 'A quote with its lines, totals, decision and the invoices made from it.',
    input: z.object({ id: idField }),
    output: quoteSchema,
  }),
  blank: query({
    permission: 'quotes.read',
    summary: 'The content that a new quote begins with, for a client or for none yet.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.object({
      content: quoteContentSchema,
      minorUnits: z.int(),
      roundingMode: z.enum(roundingModes),
      roundingScope: z.enum(roundingScopes),
    }),
  }),
  saveDraft: command({
    permission: 'quotes.write',
    summary: "Makes a draft (version null) or saves one. The id is the editor's, so that a retry makes no second one.",
    changes: ['quotes'],
    input: z.object({ id: idField, version: versionField.nullable(), content: quoteContentSchema }),
    output: rowOutput.extend({ savedAt: z.string() }),
  }),
  deleteDraft: command({
    permission: 'quotes.write',
    summary: 'Deletes a draft; `restoreDraft` takes it back.',
    changes: ['quotes'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restoreDraft: command({
    permission: 'quotes.write',
    summary: 'Takes back the deletion of a draft.',
    changes: ['quotes'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  issue: command({
    permission: 'quotes.write',
    summary: 'Gives a draft its number and freezes it, with what it prints.',
    changes: ['quotes', 'numberSeries'],
    input: z.object({
      id: idField,
      version: versionField,
      /** Another series than the default one. */
      seriesId: idField.nullable().default(null),
    }),
    output: rowOutput.extend({ number: z.string() }),
  }),
  accept: command({
    permission: 'quotes.write',
    summary: 'Notes that the client accepted, who said so and when, and which optional lines they take.',
    changes: ['quotes'],
    input: z.object({
      id: idField,
      version: versionField,
      on: dateField,
      by: textField(120),
      note: longTextField(2000).default(null),
      /** Of the optional and alternative lines, those taken; null keeps what the quote marks as chosen. */
      chosenLineIds: z.array(idField).nullable().default(null),
      /** Holds to an offer that had expired on that day: without it such an acceptance is refused. */
      acceptExpired: z.boolean().default(false),
    }),
    output: rowOutput,
  }),
  decline: command({
    permission: 'quotes.write',
    summary: 'Notes that the client declined, who said so and when.',
    changes: ['quotes'],
    input: z.object({
      id: idField,
      version: versionField,
      on: dateField,
      by: textField(120),
      note: longTextField(2000).default(null),
    }),
    output: rowOutput,
  }),
  reopen: command({
    permission: 'quotes.write',
    summary: 'Takes back a decision while nothing is invoiced.',
    changes: ['quotes'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  markSent: command({
    permission: 'quotes.write',
    summary: 'Notes that a quote went out by post, by hand or in another way, and when; `takeBackSent` takes it back.',
    changes: ['quotes'],
    input: markSentInput,
    output: rowOutput,
  }),
  takeBackSent: command({
    permission: 'quotes.write',
    summary: 'Takes the last `markSent` back.',
    changes: ['quotes'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  void: command({
    permission: 'quotes.write',
    summary: 'Withdraws an issued quote that was not invoiced; its number stays listed with the reason.',
    changes: ['quotes'],
    input: z.object({ id: idField, version: versionField, reason: voidReasonField }),
    output: rowOutput,
  }),
  duplicate: command({
    permission: 'quotes.write',
    summary: 'Makes a new draft with the same client and lines; `revise` lets it take the place of the first.',
    changes: ['quotes'],
    input: z.object({ id: idField, newId: idField, revise: z.boolean().default(false) }),
    output: rowOutput,
  }),
  previewInvoice: query({
    permission: 'quotes.read',
    summary: 'The invoice that a conversion would make, with its totals; nothing is written.',
    input: z.object({ id: idField, conversion: quoteConversionSchema }),
    output: z.object({ content: invoiceContentSchema, netE4: amountField, taxE4: amountField, totalE4: amountField }),
  }),
  toInvoice: command({
    permission: 'invoices.write',
    summary: 'Makes a draft invoice of chosen lines, a percentage, a deposit, or the rest less deposits.',
    changes: ['quotes', 'invoices'],
    input: z.object({ id: idField, version: versionField, invoiceId: idField, conversion: quoteConversionSchema }),
    output: rowOutput.extend({ invoiceId: z.string() }),
  }),
  preview: query({
    permission: 'quotes.read',
    discloses: ofContent,
    summary: 'The PDF of content that is not saved yet.',
    input: z.object({ content: quoteContentSchema }),
    output: z.object({ pdf: bytesField }),
  }),
  pdf: query({
    permission: 'quotes.read',
    discloses: ofDocument('quotes'),
    summary: 'The PDF of a quote: the kept one where it is issued.',
    input: z.object({ id: idField }),
    output: z.object({ pdf: bytesField, fileName: z.string() }),
  }),
}
