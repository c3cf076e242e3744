import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { amountField, dateField, exchangeRateField, idField, pageInput, rowOutput, versionField } from './fields.ts'
import { listFilterSchema } from './list-filter.ts'
import { command, query } from './procedure.ts'

export const bankStates = ['new', 'matched', 'ignored'] as const

/** Why a line is no payment of a client. */
export const asideReasons = ['fee', 'transfer', 'expense', 'tax', 'private', 'other'] as const
export type AsideReason = (typeof asideReasons)[number]

const partSchema = z.object({ invoiceId: z.string(), invoiceNumber: z.string(), amountE4: amountField })

export const proposalSchema = z.object({
  clientId: z.string(),
  clientName: z.string(),
  allocations: z.array(partSchema),
  /** 0 to 100; 80 and above is sure. */
  score: z.int(),
  /** Why, in words. */
  reasons: z.array(z.string()),
})
export type BankProposal = z.output<typeof proposalSchema>

export const bankTransactionRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  accountId: z.string(),
  accountName: z.string(),
  bookedOn: z.string(),
  amountE4: amountField,
  currency: z.string(),
  counterpartyName: z.string().nullable(),
  purpose: z.string(),
  reference: z.string().nullable(),
  state: z.enum(bankStates),
  paymentId: z.string().nullable(),
  paymentNumber: z.string().nullable(),
  clientName: z.string().nullable(),
  /** What no payment stands for yet; all of it for a line that waits, unless a part of it has become one. */
  openE4: amountField,
  /** How many payments it has become. */
  paymentCount: z.int(),
  asideReason: z.enum(asideReasons).nullable(),
  proposal: proposalSchema.nullable(),
})
export type BankTransactionRow = z.output<typeof bankTransactionRowSchema>

export const bankTransactionSchema = bankTransactionRowSchema.extend({
  valuedOn: z.string().nullable(),
  counterpartyAccount: z.string().nullable(),
  endToEndReference: z.string().nullable(),
  mandateReference: z.string().nullable(),
  structuredReference: z.string().nullable(),
  bankReference: z.string().nullable(),
  clientId: z.string().nullable(),
  fileName: z.string(),
  payments: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      clientId: z.string(),
      clientName: z.string(),
      amountE4: amountField,
    }),
  ),
  /** Other clients that it may be from, best first. */
  alternatives: z.array(proposalSchema),
})
export type BankTransaction = z.output<typeof bankTransactionSchema>

export const bankFilters = ['to-match', 'money-out', 'matched', 'ignored', 'all'] as const
export type BankFilter = (typeof bankFilters)[number]

const allocationsInput = z
  .array(
    z.object({
      invoiceId: idField,
      amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
    }),
  )
  .max(500)
  .refine((list) => new Set(list.map((it) => it.invoiceId)).size === list.length, 'Name each invoice once.')

/** The lines of bank statements, and the payments that they become. */
export const bankTransactions = {
  list: query({
    permission: 'bank.read',
    discloses: { what: disclosed.bankLines },
    wholeBusiness: true,
    summary: 'A page of bank lines, newest first, each with the payment that is proposed for it and why.',
    input: pageInput.extend({
      accountId: idField.nullable().default(null),
      filter: z.enum(bankFilters).default('to-match'),
      search: z.string().max(200).default(''),
      /** Groups of conditions over the fields of `filterFields`. */
      where: listFilterSchema.nullable().default(null),
    }),
    output: z.object({
      rows: z.array(bankTransactionRowSchema),
      nextCursor: z.string().nullable(),
      counts: z.object({ toMatch: z.int(), moneyOut: z.int() }),
    }),
  }),
  get: query({
    permission: 'bank.read',
    discloses: { what: disclosed.bankLine, subject: ({ id }) => ({ table: 'bankTransactions', id }) },
    wholeBusiness: true,
    summary: 'A bank line with everything that the bank said, its proposal and the other clients it may be from.',
    input: z.object({ id: idField }),
    output: bankTransactionSchema,
  }),
  accept: command({
    permission: 'bank.write',
    wholeBusiness: true,
    summary: 'Records a bank line as a payment of a client for invoices, and remembers who paid.',
    changes: ['bank', 'payments', 'invoices', 'clients', 'numberSeries'],
    input: z.object({
      id: idField,
      version: versionField,
      clientId: idField,
      allocations: allocationsInput,
      exchangeRateE10: exchangeRateField.nullable().default(null),
    }),
    output: rowOutput.extend({ paymentId: z.string(), paymentNumber: z.string() }),
  }),
  split: command({
    permission: 'bank.write',
    wholeBusiness: true,
    summary: 'Records a bank line as payments of several clients that come to what is open of it, all or none.',
    changes: ['bank', 'payments', 'invoices', 'clients', 'numberSeries'],
    input: z.object({
      id: idField,
      version: versionField,
      parts: z
        .array(
          z.object({
            clientId: idField,
            amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
            allocations: allocationsInput,
            exchangeRateE10: exchangeRateField.nullable().default(null),
          }),
        )
        .min(2, 'Name two clients at least.')
        .max(50, 'At most 50 parts.'),
    }),
    output: rowOutput.extend({ payments: z.array(z.object({ id: z.string(), number: z.string() })) }),
  }),
  acceptAll: command({
    permission: 'bank.write',
    wholeBusiness: true,
    summary: 'Accepts the proposals from a score on, some hundred lines at a time; says what became of each.',
    changes: ['bank', 'payments', 'invoices', 'clients', 'numberSeries'],
    input: z.object({
      accountId: idField.nullable().default(null),
      leastScore: z.int().min(50).max(100).default(80),
      cursor: z.string().max(500).nullable().default(null),
      /** Bookings up to this date only. */
      until: dateField.nullable().default(null),
    }),
    output: z.object({
      accepted: z.array(
        z.object({ id: z.string(), version: z.int(), paymentId: z.string(), paymentNumber: z.string() }),
      ),
      left: z.array(z.object({ id: z.string(), reason: z.string() })),
      /** There are more lines than were looked at: call again with it. */
      nextCursor: z.string().nullable(),
    }),
  }),
  undo: command({
    permission: 'bank.write',
    wholeBusiness: true,
    summary: 'Takes a match back: its payments are cancelled, what was learned from it is forgotten.',
    changes: ['bank', 'payments', 'invoices', 'clients'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  ignore: command({
    permission: 'bank.write',
    wholeBusiness: true,
    summary: 'Sets bank lines aside that are no payment of a client, with the reason.',
    changes: ['bank'],
    input: z.object({
      ids: z.array(idField).min(1).max(500),
      reason: z.enum(asideReasons).nullable().default(null),
    }),
    output: z.object({ changed: z.int() }),
  }),
  unignore: command({
    permission: 'bank.write',
    wholeBusiness: true,
    summary: 'Brings bank lines back that were set aside.',
    changes: ['bank'],
    input: z.object({ ids: z.array(idField).min(1).max(500) }),
    output: z.object({ changed: z.int() }),
  }),
}
