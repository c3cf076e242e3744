import { z } from 'zod'
import {
  amountField,
  dateField,
  exchangeRateField,
  idField,
  longTextField,
  optionalTextField,
  pageInput,
  rowOutput,
  versionField,
} from './fields.ts'
import { paymentMethods } from './payments.ts'
import { command, query } from './procedure.ts'

export const refundRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  number: z.string(),
  clientId: z.string(),
  clientName: z.string(),
  paymentId: z.string().nullable(),
  creditNoteId: z.string().nullable(),
  /** Number of the payment or credit note that it gives back. */
  sourceNumber: z.string(),
  refundedOn: z.string(),
  method: z.enum(paymentMethods),
  currency: z.string(),
  amountE4: amountField,
  reference: z.string().nullable(),
  notes: z.string().nullable(),
  cancelledOn: z.string().nullable(),
  cancelReason: z.string().nullable(),
})
export type RefundRow = z.output<typeof refundRowSchema>

/** Money given back to clients, from what is left of a payment or of a credit note. */
export const refunds = {
  list: query({
    permission: 'payments.read',
    summary: 'A page of refunds, newest first.',
    input: pageInput.extend({ clientId: idField.nullable().default(null) }),
    output: z.object({ rows: z.array(refundRowSchema), nextCursor: z.string().nullable() }),
  }),
  sources: query({
    permission: 'payments.read',
    summary: 'What a client has left to refund or to use: payments and credit notes with credit, oldest first.',
    input: z.object({ clientId: idField }),
    output: z.array(
      z.object({
        kind: z.enum(['payment', 'credit-note']),
        id: z.string(),
        version: z.int(),
        number: z.string(),
        on: z.string(),
        currency: z.string(),
        creditE4: amountField,
      }),
    ),
  }),
  create: command({
    permission: 'payments.write',
    summary: 'Records money given back of a payment or a credit note.',
    changes: ['payments', 'creditNotes', 'clients', 'numberSeries'],
    input: z
      .object({
        paymentId: idField.nullable().default(null),
        creditNoteId: idField.nullable().default(null),
        refundedOn: dateField,
        method: z.enum(paymentMethods).default('bank-transfer'),
        amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
        /** null takes the rate of what is refunded. */
        exchangeRateE10: exchangeRateField.nullable().default(null),
        reference: optionalTextField(100).default(null),
        notes: longTextField(2000).default(null),
      })
      .refine((it) => (it.paymentId === null) !== (it.creditNoteId === null), {
        path: ['paymentId'],
        error: 'Refund either a payment or a credit note.',
      }),
    output: rowOutput.extend({ number: z.string() }),
  }),
  cancel: command({
    permission: 'payments.write',
    summary: 'Takes a refund back that did not happen; the credit is there again.',
    changes: ['payments', 'creditNotes', 'clients'],
    input: z.object({
      id: idField,
      version: versionField,
      on: dateField,
      reason: z.string().trim().min(3, 'Say why, in a few words.').max(300),
    }),
    output: rowOutput,
  }),
}
