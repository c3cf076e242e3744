import { z } from 'zod'
import { amountField, bytesField, dateField, emptyInput, idField, pageInput } from './fields.ts'
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

/** So many rows are printed at most. */
export const mostReportRows = 5000

const paperTableSchema = z
  .object({
    title: z.string().max(200),
    columns: z
      .array(z.object({ label: z.string().max(80), align: z.enum(['start', 'end']) }))
      .min(1)
      .max(16),
    rows: z
      .array(
        z.object({
          kind: z.enum(['row', 'group', 'sum', 'total', 'detail']),
          cells: z.array(z.string().max(500)).min(1).max(16),
        }),
      )
      .max(mostReportRows, `At most ${mostReportRows} rows can be printed; choose a shorter range, or save as CSV.`),
    notes: z.array(z.string().max(1000)).max(20).default([]),
  })
  .refine((it) => it.rows.every(({ cells }) => cells.length <= it.columns.length), {
    path: ['rows'],
    error: 'A row has more cells than the table has columns.',
  })

/** A report as it stands on the screen: its figures are written already. */
export const reportPaperSchema = z.object({
  title: z.string().trim().min(1).max(120),
  /** What is counted, over which days, against what. */
  about: z.string().max(600).default(''),
  tables: z
    .array(paperTableSchema)
    .min(1)
    .max(60)
    .refine((tables) => tables.reduce((count, it) => count + it.rows.length, 0) <= mostReportRows, {
      error: `At most ${mostReportRows} rows can be printed; choose a shorter range, or save as CSV.`,
    }),
})
export type ReportPaper = z.input<typeof reportPaperSchema>

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
    summary: 'The documents behind a row of a report by their date, page by page, with the sum of all.',
    input: reportFields.extend({ key: z.string().max(120).nullable(), ...pageInput.shape }),
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
      nextCursor: z.string().nullable(),
      total: z.object({ count: z.int(), baseE4: amountField }),
    }),
  }),
  pdf: query({
    permission: 'reports.read',
    summary: 'Tables as a screen shows them, set as a PDF on the paper of the business.',
    input: reportPaperSchema,
    output: z.object({ pdf: bytesField }),
  }),
  fiscalYears: query({
    permission: 'reports.read',
    summary: 'The fiscal years that hold documents, newest first, with their first and last day.',
    input: emptyInput,
    output: z.array(z.object({ label: z.string(), from: z.string(), to: z.string() })),
  }),
}
