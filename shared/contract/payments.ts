import { z } from 'zod'
import {
  amountField,
  currencyField,
  dateField,
  exchangeRateField,
  idField,
  listTotalsSchema,
  longTextField,
  optionalTextField,
  pageInput,
  rowOutput,
  versionField,
} from './fields.ts'
import { listFilterSchema } from './list-filter.ts'
import { command, query } from './procedure.ts'

export const paymentMethods = ['bank-transfer', 'cash', 'card', 'cheque', 'direct-debit', 'upi', 'other'] as const
export type PaymentMethod = (typeof paymentMethods)[number]
export const paymentStatuses = ['pending', 'cleared', 'bounced', 'cancelled'] as const

const allocationInput = z.object({
  invoiceId: idField,
  amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
})

const allocationsInput = z
  .array(allocationInput)
  .max(500)
  .refine((list) => new Set(list.map((it) => it.invoiceId)).size === list.length, 'Name each invoice once.')

export const paymentRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  /** null is the whole business. */
  branchId: z.string().nullable(),
  number: z.string(),
  clientId: z.string(),
  clientName: z.string(),
  receivedOn: z.string(),
  method: z.enum(paymentMethods),
  status: z.enum(paymentStatuses),
  currency: z.string(),
  /** What it settles or leaves as credit. The money that came is this and `roundingE4`. */
  amountE4: amountField,
  /** Cash rounding: above zero more came than was owed. */
  roundingE4: amountField,
  allocatedE4: amountField,
  /** What is left of it: the client's credit. */
  creditE4: amountField,
  reference: z.string().nullable(),
})
export type PaymentRow = z.output<typeof paymentRowSchema>

export const paymentSchema = paymentRowSchema.extend({
  notes: z.string().nullable(),
  statusOn: z.string().nullable(),
  statusReason: z.string().nullable(),
  refundedE4: amountField,
  /** Realised by what it pays, in base currency; a gain is above zero. */
  exchangeDifferenceE4: amountField,
  allocations: z.array(
    z.object({
      id: z.string(),
      invoiceId: z.string(),
      invoiceNumber: z.string(),
      amountE4: amountField,
      allocatedOn: z.string(),
      exchangeDifferenceE4: amountField,
    }),
  ),
  /** What it once paid and was taken back: by hand, or since it bounced or was cancelled. */
  reversals: z.array(
    z.object({
      id: z.string(),
      invoiceId: z.string(),
      invoiceNumber: z.string(),
      amountE4: amountField,
      reversedOn: z.string(),
    }),
  ),
  refunds: z.array(z.object({ id: z.string(), number: z.string(), refundedOn: z.string(), amountE4: amountField })),
})
export type Payment = z.output<typeof paymentSchema>

const listed = z.object({
  search: z.string().max(200).default(''),
  /** Groups of conditions over the fields of `filterFields`. */
  where: listFilterSchema.nullable().default(null),
  status: z.enum([...paymentStatuses, 'all']).default('all'),
  clientId: idField.nullable().default(null),
  withCredit: z.boolean().default(false),
})

/** Money received, and which invoices it pays. */
export const payments = {
  list: query({
    permission: 'payments.read',
    summary: 'A page of payments, newest first.',
    input: pageInput.extend(listed.shape),
    output: z.object({ rows: z.array(paymentRowSchema), nextCursor: z.string().nullable() }),
  }),
  totals: query({
    permission: 'payments.read',
    summary: 'How many payments a list holds, and what they come to in each currency.',
    input: listed,
    output: listTotalsSchema,
  }),
  get: query({
    permission: 'payments.read',
    summary: 'A payment with the invoices that it pays.',
    input: z.object({ id: idField }),
    output: paymentSchema,
  }),
  openInvoices: query({
    permission: 'payments.read',
    summary: 'Open invoices of a client in one currency, oldest due first.',
    input: z.object({ clientId: idField, currency: currencyField }),
    output: z.array(
      z.object({
        id: z.string(),
        branchId: z.string().nullable(),
        number: z.string(),
        issuedOn: z.string(),
        dueOn: z.string().nullable(),
        payableE4: amountField,
        openE4: amountField,
      }),
    ),
  }),
  rounding: query({
    permission: 'payments.read',
    summary: 'The step that sums paid in a currency by a method are rounded to; null where they are not.',
    input: z.object({ currency: currencyField, method: z.enum(paymentMethods) }),
    output: z.object({ stepE4: amountField.nullable() }),
  }),
  create: command({
    permission: 'payments.write',
    summary: "Records money received; what is not allocated stays as the client's credit.",
    changes: ['payments', 'invoices', 'clients', 'numberSeries'],
    input: z.object({
      clientId: idField,
      /** Left out it is that of the invoices that are paid, or where the caller works. */
      branchId: idField.nullable().optional(),
      receivedOn: dateField,
      method: z.enum(paymentMethods).default('bank-transfer'),
      /** A cheque is pending until it clears. */
      status: z.enum(['pending', 'cleared']).default('cleared'),
      currency: currencyField,
      exchangeRateE10: exchangeRateField.nullable().default(null),
      /**
       * The money that came. Where the method is rounded (`taxSettings.setCashRounding`) and it is the rounded sum of
       * invoices that it pays whole, the difference is noted as rounding and the invoices are settled.
       */
      amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
      reference: optionalTextField(100).default(null),
      notes: longTextField(2000).default(null),
      allocations: allocationsInput.default([]),
    }),
    output: rowOutput.extend({ number: z.string() }),
  }),
  allocate: command({
    permission: 'payments.write',
    summary: 'Uses what is left of a payment for open invoices.',
    changes: ['payments', 'invoices', 'clients'],
    input: z.object({ id: idField, version: versionField, allocations: allocationsInput.min(1, 'Choose an invoice.') }),
    output: rowOutput,
  }),
  unallocate: command({
    permission: 'payments.write',
    summary: 'Takes one allocation back by a reversal.',
    changes: ['payments', 'invoices', 'clients'],
    input: z.object({ id: idField, version: versionField, allocationId: idField }),
    output: rowOutput,
  }),
  setStatus: command({
    permission: 'payments.write',
    summary: 'Clears a pending payment, or lets it bounce or cancels it, which reverses its allocations.',
    changes: ['payments', 'invoices', 'clients'],
    input: z
      .object({
        id: idField,
        version: versionField,
        status: z.enum(['cleared', 'bounced', 'cancelled']),
        on: dateField,
        reason: optionalTextField(300).default(null),
      })
      .refine((it) => it.status === 'cleared' || it.reason !== null, {
        path: ['reason'],
        error: 'Say why, in a few words.',
      }),
    output: rowOutput,
  }),
}
