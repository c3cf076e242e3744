import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { reminderObstacles, reminderTones } from '../documents/reminders.ts'
import {
  amountField,
  emptyInput,
  idField,
  pageInput,
  percentField,
  rowOutput,
  textField,
  versionField,
} from './fields.ts'
import { command, query } from './procedure.ts'

const stepFields = z
  .object({
    id: idField,
    /** Days after the due date; below zero before it. */
    days: z.int('Enter whole days.').min(-365, 'At most 365 days before.').max(3650, 'At most 3,650 days after.'),
    tone: z.enum(reminderTones),
    feePercentE6: percentField.nullable().default(null),
    feeAmountE4: amountField.nullable().default(null),
  })
  .refine((step) => step.days >= 0 || (step.feePercentE6 === null && step.feeAmountE4 === null), {
    path: ['feeAmountE4'],
    error: 'Before the due date nothing is late: no fee.',
  })
  .refine((step) => (step.feeAmountE4 ?? 0n) >= 0n, { path: ['feeAmountE4'], error: 'A fee cannot be below zero.' })

const planFields = z.object({
  name: textField(60),
  /** Whether its messages go by themselves; otherwise they wait in a list for a person. */
  isAutomatic: z.boolean(),
  isDefault: z.boolean(),
  /** Invoices with less open are left alone. */
  leastOpenE4: amountField.refine((least) => least >= 0n, 'This cannot be below zero.'),
  steps: z
    .array(stepFields)
    .min(1, 'Add a step.')
    .max(12)
    .refine(
      (steps) => new Set(steps.map((step) => step.days)).size === steps.length,
      'Two steps fall on the same day.',
    ),
})
export type ReminderPlanInput = z.output<typeof planFields>

export const reminderPlanSchema = planFields.extend({ id: z.string(), version: z.int(), clientCount: z.int() })
export type ReminderPlan = z.output<typeof reminderPlanSchema>

const nextSchema = z.object({
  on: z.string().nullable(),
  stepId: z.string().nullable(),
  tone: z.enum(reminderTones).nullable(),
  feeE4: amountField.nullable(),
  /** Why none goes, or why the one that is planned could not go. */
  why: z.enum(reminderObstacles).nullable(),
})

/** Reminders of open invoices by a plan: once for each step, visible with date and reason. */
export const reminders = {
  plans: query({
    permission: 'invoices.read',
    summary: 'Every reminder plan with its steps.',
    input: emptyInput,
    output: z.array(reminderPlanSchema),
  }),
  savePlan: command({
    permission: 'settings.write',
    summary: 'Makes a plan (version null) or changes one; steps that had their turn stay in the history.',
    changes: ['reminders'],
    input: z.object({ id: idField, version: versionField.nullable(), values: planFields }),
    output: rowOutput,
  }),
  deletePlan: command({
    permission: 'settings.write',
    summary: 'Removes a plan; clients that had it take the default one.',
    changes: ['reminders', 'clients'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput.extend({ clientIds: z.array(z.string()) }),
  }),
  restorePlan: command({
    permission: 'settings.write',
    summary: 'Takes back a removal, for the clients that had the plan and were given no other since.',
    changes: ['reminders', 'clients'],
    input: z.object({ id: idField, clientIds: z.array(idField).max(100_000).default([]) }),
    output: rowOutput,
  }),
  ofInvoice: query({
    permission: 'invoices.read',
    summary: 'The next reminder of an invoice with its date, or why there is none, and those that went.',
    input: z.object({ invoiceId: idField }),
    output: z.object({
      plan: z.object({ id: z.string(), name: z.string(), isAutomatic: z.boolean() }).nullable(),
      stopReason: z.string().nullable(),
      next: nextSchema,
      history: z.array(
        z.object({
          id: z.string(),
          plannedOn: z.string(),
          doneOn: z.string(),
          tone: z.enum(reminderTones),
          outcome: z.enum(['sent', 'by-hand', 'skipped']),
          messageId: z.string().nullable(),
          messageState: z.string().nullable(),
          feeInvoiceId: z.string().nullable(),
          feeInvoiceNumber: z.string().nullable(),
        }),
      ),
    }),
  }),
  due: query({
    permission: 'invoices.read',
    summary: 'Invoices whose reminder is due and waits for a person, oldest due first.',
    input: pageInput,
    output: z.object({
      rows: z.array(
        z.object({
          invoiceId: z.string(),
          version: z.int(),
          number: z.string(),
          clientName: z.string(),
          dueOn: z.string(),
          currency: z.string(),
          openE4: amountField,
          plannedOn: z.string(),
          stepId: z.string(),
          tone: z.enum(reminderTones),
          feeE4: amountField,
          why: z.enum(reminderObstacles).nullable(),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  }),
  preview: query({
    permission: 'mail.read',
    also: ['invoices.read', 'clients.read'],
    discloses: { what: disclosed.client, subject: ({ invoiceId }) => ({ table: 'invoices', id: invoiceId }) },
    summary: 'The message of the reminder that is due or next, as it would go out.',
    input: z.object({ invoiceId: idField }),
    output: z.object({
      to: z.array(z.string()),
      stepId: z.string(),
      subject: z.string(),
      body: z.string(),
      tone: z.enum(reminderTones),
      feeE4: amountField,
      obstacle: z.string().nullable(),
    }),
  }),
  send: command({
    permission: 'mail.send',
    summary: 'Sends the next reminder of an invoice now, with its fee; each step once.',
    changes: ['reminders', 'invoices', 'mail', 'clients', 'numberSeries'],
    input: z.object({
      invoiceId: idField,
      /** The step that was seen: another one sent meanwhile is not sent twice. */
      stepId: idField,
      /** Told in another way, by telephone or letter: nothing is mailed. */
      byHand: z.boolean().default(false),
    }),
    output: z.object({
      invoiceId: z.string(),
      messageId: z.string().nullable(),
      feeInvoiceId: z.string().nullable(),
      feeInvoiceNumber: z.string().nullable(),
    }),
  }),
  skip: command({
    permission: 'invoices.write',
    summary: 'Leaves out the next step of an invoice for good.',
    changes: ['reminders', 'invoices'],
    input: z.object({ invoiceId: idField, stepId: idField }),
    output: z.object({ invoiceId: z.string() }),
  }),
  stop: command({
    permission: 'invoices.write',
    summary: 'Stops the reminders of an invoice with a reason, or lets them go on (reason null).',
    changes: ['reminders', 'invoices'],
    input: z.object({
      invoiceId: idField,
      version: versionField,
      reason: z.string().trim().min(3, 'Say why, in a few words.').max(300).nullable(),
    }),
    output: rowOutput,
  }),
}
