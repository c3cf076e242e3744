import { z } from 'zod'
import { recurrenceUnits } from '../documents/recurrence.ts'
import {
  amountField,
  dateField,
  idField,
  listTotalsSchema,
  pageInput,
  rowOutput,
  textField,
  versionField,
} from './fields.ts'
import { invoiceContentSchema } from './invoices.ts'
import { listFilterSchema } from './list-filter.ts'
import { command, query } from './procedure.ts'

export const recurringStates = ['active', 'paused', 'ended'] as const
export const recurringActions = ['draft', 'issue', 'send'] as const
export const catchUpRules = ['ask', 'all', 'latest'] as const

const recurrenceFields = z.object({
  unit: z.enum(recurrenceUnits),
  every: z.int().min(1, 'Every 1 or more.').max(999, 'At most 999.'),
  anchor: z.enum(['same-day', 'last-day']),
  startsOn: dateField,
  endsOn: dateField.nullable(),
  count: z.int().min(1, 'At least once.').max(10_000).nullable(),
})

export const recurringInvoiceFields = recurrenceFields
  .extend({
    name: textField(120),
    action: z.enum(recurringActions),
    /** `item` takes the price that the item has on the day; other lines keep theirs. */
    prices: z.enum(['fixed', 'item']),
    /** What to do with several periods that came due while the app was away. */
    catchUp: z.enum(catchUpRules),
    /** Texts of lines, notes and reference may hold {MONTH} {YEAR} {QUARTER} {PERIOD} {DATE}. */
    content: invoiceContentSchema,
  })
  .refine((it) => it.endsOn === null || it.endsOn >= it.startsOn, {
    path: ['endsOn'],
    error: 'The last day is before the first.',
  })
export type RecurringInvoiceInput = z.output<typeof recurringInvoiceFields>

const recurringRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  /** null is the whole business. */
  branchId: z.string().nullable(),
  name: z.string(),
  clientId: z.string(),
  clientName: z.string(),
  state: z.enum(recurringStates),
  unit: z.enum(recurrenceUnits),
  every: z.int(),
  anchor: z.enum(['same-day', 'last-day']),
  action: z.enum(recurringActions),
  currency: z.string(),
  totalE4: amountField,
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  count: z.int().nullable(),
  nextOn: z.string().nullable(),
  waiting: z.int(),
  problem: z.string().nullable(),
})
export type RecurringInvoiceRow = z.output<typeof recurringRowSchema>

const listed = z.object({
  /** Words in the name, or in the name of the client. */
  search: z.string().max(200).default(''),
  /** Groups of conditions over the fields of `filterFields`. */
  where: listFilterSchema.nullable().default(null),
  state: z.enum([...recurringStates, 'waiting', 'all']).default('all'),
  clientId: idField.nullable().default(null),
})

/** Invoices that come again and again: each schedule makes one invoice a period, exactly once. */
export const recurringInvoices = {
  list: query({
    permission: 'recurring.read',
    summary: 'A page of schedules, the next one first.',
    input: pageInput.extend(listed.shape),
    output: z.object({ rows: z.array(recurringRowSchema), nextCursor: z.string().nullable() }),
  }),
  totals: query({
    permission: 'recurring.read',
    summary: 'How many schedules a list holds, and what one period of them comes to in each currency.',
    input: listed,
    output: listTotalsSchema,
  }),
  get: query({
    permission: 'recurring.read',
    summary: 'A schedule with its content, its next dates and what its periods came to.',
    input: z.object({ id: idField }),
    output: recurringRowSchema.extend({
      prices: z.enum(['fixed', 'item']),
      catchUp: z.enum(catchUpRules),
      content: invoiceContentSchema,
      nextDates: z.array(z.string()),
      madeCount: z.int(),
      runs: z.array(
        z.object({
          periodOn: z.string(),
          outcome: z.enum(['made', 'skipped']),
          invoiceId: z.string().nullable(),
          invoiceNumber: z.string().nullable(),
          invoiceState: z.string().nullable(),
          totalE4: amountField.nullable(),
        }),
      ),
    }),
  }),
  dates: query({
    permission: 'recurring.read',
    summary: 'The first dates of a schedule that is being written.',
    input: recurrenceFields.extend({ limit: z.int().min(1).max(60).default(12) }),
    output: z.object({ dates: z.array(z.string()), endsOn: z.string().nullable() }),
  }),
  create: command({
    permission: 'recurring.write',
    summary: 'Makes a schedule; what is due today is made at once.',
    changes: ['recurringInvoices', 'invoices'],
    input: z.object({ id: idField, values: recurringInvoiceFields }),
    output: rowOutput,
  }),
  update: command({
    permission: 'recurring.write',
    summary: 'Changes a schedule from its next period on; invoices already made stay.',
    changes: ['recurringInvoices'],
    input: z.object({ id: idField, version: versionField, values: recurringInvoiceFields }),
    output: rowOutput,
  }),
  setState: command({
    permission: 'recurring.write',
    summary: 'Pauses, resumes or ends a schedule; a resumed one goes on from today and leaves out what it missed.',
    changes: ['recurringInvoices'],
    input: z.object({ id: idField, version: versionField, state: z.enum(recurringStates) }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'recurring.write',
    summary: 'Deletes a schedule; `restore` takes it back. Its invoices stay.',
    changes: ['recurringInvoices'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restore: command({
    permission: 'recurring.write',
    summary: 'Takes back the deletion of a schedule.',
    changes: ['recurringInvoices'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  waiting: query({
    permission: 'recurring.read',
    summary:
      'Schedules with periods that came due while the app was away, or may have been made before a restore, with what each would make.',
    input: z.object({ id: idField.nullable().default(null) }),
    output: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        name: z.string(),
        clientName: z.string(),
        currency: z.string(),
        action: z.enum(recurringActions),
        /** The day of a restore before which they may have been made already; null where none is in doubt. */
        restoredOn: z.string().nullable(),
        periods: z.array(z.object({ on: z.string(), from: z.string(), to: z.string(), totalE4: amountField })),
      }),
    ),
  }),
  catchUp: command({
    permission: 'recurring.write',
    summary: 'Answers for missed periods: makes all, only the latest, or none; each period is answered once.',
    changes: ['recurringInvoices', 'invoices', 'clients', 'numberSeries', 'mail'],
    input: z.object({
      id: idField,
      version: versionField,
      choice: z.enum(['all', 'latest', 'skip']),
      /** Date the invoices as planned, or all today. */
      dating: z.enum(['planned', 'today']).default('planned'),
    }),
    output: rowOutput.extend({ made: z.int(), skipped: z.int() }),
  }),
  makeNow: command({
    permission: 'recurring.write',
    summary: 'Makes the next period now, whatever its date, or tries again what failed.',
    changes: ['recurringInvoices', 'invoices', 'clients', 'numberSeries', 'mail'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput.extend({ invoiceId: z.string() }),
  }),
}
