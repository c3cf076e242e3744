import { z } from 'zod'
import { amountField, dateField, emptyInput, idField } from './fields.ts'
import { query } from './procedure.ts'

export const reportKinds = ['revenue', 'payments', 'days-to-pay', 'quotes'] as const
export type ReportKind = (typeof reportKinds)[number]

/** What a row of a report stands for. */
export const reportGroups = [
  'month',
  'quarter',
  'fiscal-year',
  'client',
  'item',
  'item-kind',
  'client-type',
  'account-manager',
  'currency',
  'method',
] as const
export type ReportGroup = (typeof reportGroups)[number]

/** The groups that each report knows. */
export const groupsOfReport: Readonly<Record<ReportKind, readonly ReportGroup[]>> = {
  revenue: [
    'month',
    'quarter',
    'fiscal-year',
    'client',
    'item',
    'item-kind',
    'client-type',
    'account-manager',
    'currency',
  ],
  payments: ['month', 'quarter', 'fiscal-year', 'client', 'method', 'client-type', 'account-manager', 'currency'],
  'days-to-pay': ['month', 'quarter', 'fiscal-year', 'client', 'client-type', 'account-manager', 'currency'],
  quotes: ['month', 'quarter', 'fiscal-year', 'client', 'client-type', 'account-manager', 'currency'],
}

const reportFields = z.object({
  report: z.enum(reportKinds),
  groupBy: z.enum(reportGroups),
  /** Revenue when a document is issued, or when its money is received. */
  basis: z.enum(['issued', 'received']).default('issued'),
  from: dateField,
  /** Its last day, which counts. */
  to: dateField,
  clientId: idField.nullable().default(null),
})

export const reportRowSchema = z.object({
  /** What the row stands for: a month `2026-03`, an id, a code; null where nothing is said. */
  key: z.string().nullable(),
  label: z.string(),
  /** With tax, in the base currency. */
  amountE4: amountField,
  netE4: amountField,
  taxE4: amountField,
  count: z.int(),
  /** Quotes that were accepted. */
  wonCount: z.int(),
  wonE4: amountField,
  /** Mean days from issue to full payment; null where none was paid. */
  averageDays: z.number().nullable(),
  /** The same of the period that is compared with; null without one. */
  previousE4: amountField.nullable(),
  previousCount: z.int().nullable(),
  previousDays: z.number().nullable(),
})
export type ReportRow = z.output<typeof reportRowSchema>

/** Reports over any range, in the base currency, each row with the documents behind it. */
export const reports = {
  run: query({
    permission: 'reports.read',
    summary: 'A report: its rows, their sum, and the same of the period before or a year before.',
    input: reportFields
      .extend({ compare: z.enum(['none', 'period-before', 'year-before']).default('none') })
      .refine((it) => it.from <= it.to, { path: ['to'], error: 'The end of the range is before its beginning.' })
      .refine((it) => groupsOfReport[it.report].includes(it.groupBy), {
        path: ['groupBy'],
        error: 'This report cannot be grouped by that.',
      }),
    output: z.object({
      baseCurrency: z.string(),
      rows: z.array(reportRowSchema),
      total: reportRowSchema,
      previous: z.object({ from: z.string(), to: z.string() }).nullable(),
    }),
  }),
  documents: query({
    permission: 'reports.read',
    summary: 'The documents behind a row of a report.',
    input: reportFields.extend({ key: z.string().max(120).nullable(), limit: z.int().min(1).max(1000).default(200) }),
    output: z.object({
      rows: z.array(
        z.object({
          kind: z.enum(['invoice', 'credit-note', 'payment', 'refund', 'quote']),
          id: z.string(),
          number: z.string(),
          clientName: z.string(),
          on: z.string(),
          currency: z.string(),
          amountE4: amountField,
          /** What of it is in the row, in the base currency. */
          baseE4: amountField,
        }),
      ),
      more: z.boolean(),
    }),
  }),
  fiscalYears: query({
    permission: 'reports.read',
    summary: 'The fiscal years that hold documents, newest first, with their first and last day.',
    input: emptyInput,
    output: z.array(z.object({ label: z.string(), from: z.string(), to: z.string() })),
  }),
}
