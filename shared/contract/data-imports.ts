import { z } from 'zod'
import { amountField, bytesField, currencyField, exchangeRateField, idField, pageInput, textField } from './fields.ts'
import { command, query, stream } from './procedure.ts'

/** What a table can hold that the product takes. */
export const importEntities = ['clients', 'items', 'invoices', 'payments'] as const
export type ImportEntity = (typeof importEntities)[number]

export const importFormats = ['csv', 'xlsx', 'iif'] as const
export type ImportFormat = (typeof importFormats)[number]

export const importEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-15',
  'shift_jis',
  'euc-jp',
  'gbk',
] as const
export type ImportEncoding = (typeof importEncodings)[number]

export const importSeparators = [',', ';', '\t', '|'] as const
export type ImportSeparator = (typeof importSeparators)[number]

export const dateOrders = ['ymd', 'dmy', 'mdy'] as const
export type DateOrder = (typeof dateOrders)[number]
export const decimalMarks = ['.', ','] as const
export type DecimalMark = (typeof decimalMarks)[number]

/** Why a row is taken for one that is there already; each group is decided by itself. */
export const duplicateGroups = ['number', 'tax-id', 'email', 'name', 'in-file'] as const
export type DuplicateGroup = (typeof duplicateGroups)[number]
export const duplicateActions = ['skip', 'update', 'create'] as const
export type DuplicateAction = (typeof duplicateActions)[number]

/** Largest file: with its base64 it fits a call of the web host. */
export const largestImport = 20 * 1024 * 1024

const source = z.object({
  fileName: textField(200),
  file: bytesField.refine((bytes) => bytes.length <= largestImport, 'A file may have 20 MB at most. Split it.'),
  /** null in this and the next three: as detected. */
  sheet: z.string().max(100).nullable().default(null),
  encoding: z.enum(importEncodings).nullable().default(null),
  separator: z.enum(importSeparators).nullable().default(null),
  /** Row of the column names, counted from 1 as a spreadsheet does. */
  headerRow: z.int().min(1).max(1000).nullable().default(null),
  entity: z.enum(importEntities).nullable().default(null),
})

const actionField = z.enum(duplicateActions)

const planInput = source.extend({
  entity: z.enum(importEntities),
  templateId: z.string().max(60).nullable().default(null),
  /** The field that each column fills, in the order of the columns; null leaves it out. */
  columns: z.array(z.string().max(40).nullable()).max(1000),
  decimal: z.enum(decimalMarks),
  dateOrder: z.enum(dateOrders),
  duplicates: z
    .object({
      number: actionField.default('skip'),
      'tax-id': actionField.default('skip'),
      email: actionField.default('skip'),
      name: actionField.default('skip'),
      'in-file': actionField.default('skip'),
    })
    .prefault({}),
  /** A total of the file that ours does not meet: close up to 1.00 by a rounding amount (BT-114), or refuse the invoice. */
  differences: z.enum(['round', 'refuse']).default('round'),
  /** Rates to the base currency for invoices and payments whose rows have none. */
  rates: z
    .array(z.object({ currency: currencyField, rateE10: exchangeRateField }))
    .max(50)
    .default([]),
  /** Chosen by the caller, who follows the work by it and may stop it; null where nobody does. */
  progressId: idField.nullable().default(null),
})
export type ImportPlan = z.output<typeof planInput>

const problemSchema = z.object({
  row: z.int(),
  /** Name of the column in the file; null where the row as a whole is meant. */
  column: z.string().nullable(),
  value: z.string(),
  message: z.string(),
  /** false: only this value is left out, the row comes in. */
  refuses: z.boolean(),
})
export type ImportProblem = z.output<typeof problemSchema>

const countsSchema = z.object({
  /** Rows, or invoices where several rows make one. */
  records: z.int(),
  create: z.int(),
  update: z.int(),
  skip: z.int(),
  refuse: z.int(),
})
export type ImportCounts = z.output<typeof countsSchema>

const madeSchema = z.object({
  clients: z.int(),
  contacts: z.int(),
  items: z.int(),
  invoices: z.int(),
  // Imports of before made none.
  creditNotes: z.int().default(0),
  payments: z.int(),
})
export type ImportMade = z.output<typeof madeSchema>

const fieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  required: z.boolean(),
  about: z.string().nullable(),
})

export const importInspectionSchema = z.object({
  sha256: z.string(),
  format: z.enum(importFormats),
  /** null for a workbook, which says its own. */
  encoding: z.enum(importEncodings).nullable(),
  separator: z.enum(importSeparators).nullable(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  headerRow: z.int(),
  rowCount: z.int(),
  template: z.object({ id: z.string(), product: z.string(), label: z.string() }).nullable(),
  /** What the file holds in words, and what of it can come in. */
  holds: z.string(),
  note: z.string().nullable(),
  /** What it is read as; null where nothing in it can come in. */
  entity: z.enum(importEntities).nullable(),
  entities: z.array(z.enum(importEntities)),
  decimal: z.object({ value: z.enum(decimalMarks), certain: z.boolean(), example: z.string().nullable() }),
  dateOrder: z.object({
    value: z.enum(dateOrders),
    certain: z.boolean(),
    example: z.object({ text: z.string(), date: z.string() }).nullable(),
    /** Dates that no one order reads. */
    conflict: z.string().nullable(),
  }),
  columns: z.array(
    z.object({ index: z.int(), header: z.string(), samples: z.array(z.string()), field: z.string().nullable() }),
  ),
  fields: z.array(fieldSchema),
  /** The same file was imported before and not undone. */
  earlier: z.object({ id: z.string(), createdAt: z.string() }).nullable(),
})
export type ImportInspection = z.output<typeof importInspectionSchema>

export const importDryRunSchema = z.object({
  counts: countsSchema,
  made: madeSchema,
  problems: z.array(problemSchema),
  /** All of them, where `problems` holds the first ones. */
  problemCount: z.int(),
  duplicates: z.array(
    z.object({
      row: z.int(),
      name: z.string(),
      group: z.enum(duplicateGroups),
      reason: z.string(),
      existingId: z.string().nullable(),
      existingName: z.string(),
      action: actionField,
    }),
  ),
  duplicateCounts: z.array(z.object({ group: z.enum(duplicateGroups), count: z.int() })),
  sample: z.array(z.object({ row: z.int(), title: z.string(), details: z.array(z.string()) })),
  /** Invoices and payments: what comes in, by currency. */
  totals: z.array(z.object({ currency: z.string(), totalE4: amountField, paidE4: amountField })),
  /** Differences closed by a rounding amount. */
  rounded: z.int(),
  /** Lines of invoices and credit notes, and how many are of an item that is there. */
  lines: z.object({ all: z.int(), linked: z.int() }),
  /** Currencies that need a rate before their rows can come in. */
  missingRates: z.array(z.string()),
})
export type ImportDryRun = z.output<typeof importDryRunSchema>

export const importRowSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  entity: z.enum(importEntities),
  product: z.string().nullable(),
  fileName: z.string(),
  counts: countsSchema,
  made: madeSchema,
  undoneAt: z.string().nullable(),
})
export type ImportRow = z.output<typeof importRowSchema>

export const importProgressSchema = z.object({
  /** Rows of the file read so far, and of how many. */
  rowsRead: z.int(),
  rows: z.int(),
  /** Records looked at or written so far, and of how many; null while that is not known. */
  done: z.int(),
  of: z.int().nullable(),
})
export type ImportProgress = z.output<typeof importProgressSchema>

/** Tables of other products in: clients, items, invoices, credit notes, payments. */
export const dataImports = {
  inspect: query({
    permission: 'imports.run',
    wholeBusiness: true,
    summary: 'Says what a CSV, XLSX or IIF file holds: format, product, columns with samples, a proposed mapping.',
    input: source.extend({ dateOrder: z.enum(dateOrders).nullable().default(null) }),
    output: importInspectionSchema,
  }),
  dryRun: query({
    permission: 'imports.run',
    wholeBusiness: true,
    summary: 'Says row by row what an import would make, refuse and take for a duplicate; writes nothing.',
    input: planInput,
    output: importDryRunSchema,
  }),
  run: command({
    permission: 'imports.run',
    wholeBusiness: true,
    summary: 'Imports a file in one transaction: all of it or nothing. Rows with errors are left out only if told so.',
    changes: ['imports', 'clients', 'items', 'invoices', 'creditNotes', 'payments', 'numberSeries'],
    input: planInput.extend({ leaveOutRefused: z.boolean().default(false) }),
    output: z.object({ id: z.string(), counts: countsSchema, made: madeSchema }),
  }),
  progress: stream({
    permission: 'imports.run',
    wholeBusiness: true,
    summary: 'How far the dry run or the import of a `progressId` is, from before it begins until it ends.',
    input: z.object({ progressId: idField }),
    output: importProgressSchema,
  }),
  cancel: query({
    permission: 'imports.run',
    wholeBusiness: true,
    summary: 'Stops the dry run or the import of a `progressId`: it answers CANCELLED, and nothing of it stays.',
    input: z.object({ progressId: idField }),
    output: z.object({ stopped: z.boolean() }),
  }),
  undo: command({
    permission: 'imports.run',
    wholeBusiness: true,
    summary: 'Takes back what an import made and nobody has used since; says what stays and why.',
    changes: ['imports', 'clients', 'items', 'invoices', 'creditNotes', 'payments'],
    input: z.object({ id: idField }),
    output: z.object({
      undone: madeSchema,
      restored: z.int(),
      kept: z.array(z.object({ what: z.string(), name: z.string(), reason: z.string() })),
      keptCount: z.int(),
    }),
  }),
  list: query({
    permission: 'imports.run',
    wholeBusiness: true,
    summary: 'A page of imports, newest first.',
    input: pageInput,
    output: z.object({ rows: z.array(importRowSchema), nextCursor: z.string().nullable() }),
  }),
}
