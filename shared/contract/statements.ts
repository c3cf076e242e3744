import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import {
  amountField,
  bytesField,
  currencyField,
  dateField,
  idField,
  instantField,
  languageField,
  pageInput,
  rowOutput,
} from './fields.ts'
import { messageFields } from './mail.ts'
import { command, query } from './procedure.ts'

export const statementKinds = [
  'invoice',
  'invoice-void',
  'credit-note',
  'credit-note-void',
  'payment',
  'payment-returned',
  'refund',
  'refund-cancelled',
  'write-off',
  'cash-rounding',
] as const
export type StatementKind = (typeof statementKinds)[number]

/** Days past due: not yet due, up to 30, 60, 90 days, and more. */
export const ageingSchema = z.object({
  notDueE4: amountField,
  to30E4: amountField,
  to60E4: amountField,
  to90E4: amountField,
  over90E4: amountField,
  /** What is open in all. */
  openE4: amountField,
  /** Payments and credit notes that pay nothing yet. */
  creditE4: amountField,
  /** Open less credit: what the client owes. */
  balanceE4: amountField,
})
export type Ageing = z.output<typeof ageingSchema>

export const statementRowSchema = z.object({
  on: z.string(),
  kind: z.enum(statementKinds),
  id: z.string(),
  number: z.string(),
  /** Due date of an invoice, reason of a write-off, reference of a payment. */
  note: z.string().nullable(),
  /** Above zero raises what the client owes. */
  amountE4: amountField,
  balanceE4: amountField,
})
export type StatementRow = z.output<typeof statementRowSchema>

export const statementSchema = z.object({
  currency: z.string(),
  minorUnits: z.int(),
  openingE4: amountField,
  rows: z.array(statementRowSchema),
  closingE4: amountField,
  ageing: ageingSchema,
})
export type Statement = z.output<typeof statementSchema>

const periodFields = { from: dateField, to: dateField }

const isForwards = (it: { readonly from: string; readonly to: string }) => it.from <= it.to
const backwards = { path: ['to'], error: 'The end of the period is before its beginning.' }

const oneStatement = z
  .object({
    clientId: idField,
    ...periodFields,
    currency: currencyField,
    language: languageField.nullable().default(null),
  })
  .refine(isForwards, backwards)

/** What clients owed on any day, from the ledger of documents and allocations. */
export const statements = {
  get: query({
    permission: 'payments.read',
    wholeBusiness: true,
    summary: 'The statement of a client over a period, one for each currency: opening, every entry, closing, ageing.',
    input: z
      .object({ clientId: idField, ...periodFields, currency: currencyField.nullable().default(null) })
      .refine(isForwards, backwards),
    output: z.object({ clientName: z.string(), statements: z.array(statementSchema) }),
  }),
  pdf: query({
    permission: 'payments.read',
    discloses: { what: disclosed.client, subject: ({ clientId }) => ({ table: 'clients', id: clientId }) },
    wholeBusiness: true,
    summary: 'The statement of a client in one currency as a PDF.',
    input: oneStatement,
    output: z.object({ pdf: bytesField, fileName: z.string() }),
  }),
  compose: query({
    permission: 'mail.read',
    also: ['clients.read', 'payments.read'],
    discloses: { what: disclosed.client, subject: ({ clientId }) => ({ table: 'clients', id: clientId }) },
    wholeBusiness: true,
    summary: 'The message of a statement as it would go out.',
    input: oneStatement,
    output: z.object({
      to: z.array(z.string()),
      subject: z.string(),
      body: z.string(),
      obstacle: z.string().nullable(),
    }),
  }),
  send: command({
    permission: 'mail.send',
    also: ['payments.read'],
    wholeBusiness: true,
    summary: 'Puts a statement into the outbox, as a PDF of what it says now.',
    changes: ['mail'],
    input: messageFields.extend({ statement: oneStatement, sendAt: instantField.nullable().default(null) }),
    output: rowOutput,
  }),
  aged: query({
    permission: 'reports.read',
    summary:
      'What was owed on a day by every client, by how long it was due, in each currency and in the base currency.',
    input: z.object({
      on: dateField,
      /** From which day age is counted. */
      basis: z.enum(['due', 'issued']).default('due'),
      currency: currencyField.nullable().default(null),
      clientId: idField.nullable().default(null),
    }),
    output: z.object({
      baseCurrency: z.string(),
      rows: z.array(
        ageingSchema.extend({
          clientId: z.string(),
          clientName: z.string(),
          currency: z.string(),
          invoiceCount: z.int(),
          oldestDueOn: z.string().nullable(),
          /** At the rate of each document. */
          baseBalanceE4: amountField,
        }),
      ),
      totals: z.array(ageingSchema.extend({ currency: z.string(), invoiceCount: z.int() })),
      base: ageingSchema,
    }),
  }),
  openInvoices: query({
    permission: 'reports.read',
    summary: 'The invoices behind a figure of the ageing: open on a day, oldest due first, page by page.',
    input: z.object({
      on: dateField,
      clientId: idField.nullable().default(null),
      currency: currencyField.nullable().default(null),
      ...pageInput.shape,
    }),
    output: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          number: z.string(),
          clientId: z.string(),
          clientName: z.string(),
          issuedOn: z.string(),
          dueOn: z.string().nullable(),
          currency: z.string(),
          payableE4: amountField,
          openE4: amountField,
          daysOverdue: z.int(),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  }),
}
