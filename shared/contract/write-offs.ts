import { z } from 'zod'
import { voidReasonField } from './documents.ts'
import { amountField, dateField, idField, rowOutput, versionField } from './fields.ts'
import { command } from './procedure.ts'

/** Rests of invoices that will not be paid: they count as settled, not as money. */
export const writeOffs = {
  create: command({
    permission: 'payments.write',
    summary: 'Writes off what is open of an invoice, or a part of it, with a reason.',
    changes: ['invoices', 'clients'],
    input: z.object({
      invoiceId: idField,
      invoiceVersion: versionField,
      amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
      on: dateField,
      reason: voidReasonField,
    }),
    output: rowOutput,
  }),
  reverse: command({
    permission: 'payments.write',
    summary: 'Takes a write-off back: the amount is open again.',
    changes: ['invoices', 'clients'],
    input: z.object({ id: idField, on: dateField }),
    output: rowOutput,
  }),
}
