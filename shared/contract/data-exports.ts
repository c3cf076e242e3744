import { z } from 'zod'
import type { Permission } from '../permissions.ts'
import { bytesField, dateField, emptyInput } from './fields.ts'
import { command, query } from './procedure.ts'

export const sheetNames = [
  'clients',
  'contacts',
  'items',
  'invoices',
  'invoice-lines',
  'invoice-taxes',
  'credit-notes',
  'credit-note-lines',
  'quotes',
  'payments',
  'allocations',
  'refunds',
  'bank-transactions',
  'audit',
] as const

/** What shows the rows of a sheet on screen: whoever may not call it gets no sheet of them either. */
export const sheetsShownBy = {
  clients: 'clients.list',
  contacts: 'clients.get',
  items: 'items.list',
  invoices: 'invoices.list',
  'invoice-lines': 'invoices.get',
  'invoice-taxes': 'invoices.get',
  'credit-notes': 'creditNotes.list',
  'credit-note-lines': 'creditNotes.get',
  quotes: 'quotes.list',
  payments: 'payments.list',
  allocations: 'payments.get',
  refunds: 'refunds.list',
  'bank-transactions': 'bankTransactions.list',
  audit: 'audit.list',
} as const satisfies Readonly<Record<(typeof sheetNames)[number], `${string}.${string}`>>

/** What one must be allowed to read of a client to take everything about them along. */
export const ofWholeClient: readonly Permission[] = [
  'clients.read',
  'invoices.read',
  'quotes.read',
  'creditNotes.read',
  'payments.read',
  'recurring.read',
  'bank.read',
  'mail.read',
]

// An archive that is read in again cannot leave a part out: it is for whoever may read all of it.
const ofWholeBooks: readonly Permission[] = [
  'organizations.read',
  'clients.read',
  'items.read',
  'invoices.read',
  'quotes.read',
  'creditNotes.read',
  'payments.read',
  'recurring.read',
  'bank.read',
  'audit.read',
]

const rangeFields = { from: dateField.nullable().default(null), to: dateField.nullable().default(null) }
const fileOutput = z.object({ content: bytesField, fileName: z.string() })

/**
 * Everything of a business as a file of its own, and back. What leaves asks for the password again: an unlocked screen
 * alone must not give the books away. Rows that a list shows already leave without (`audit.noteExport`): whoever is at
 * the screen can read and copy them there.
 */
export const dataExports = {
  everything: query({
    permission: 'exports.run',
    also: ofWholeBooks,
    wholeBusiness: true,
    sensitive: 'Everything of the business, as an archive',
    reauthenticate: true,
    summary: 'The books whole, as a documented archive that Counterfoil reads again.',
    input: emptyInput,
    output: z.object({
      content: bytesField,
      fileName: z.string(),
      rowCount: z.int(),
      fileCount: z.int(),
      /** Hashes of kept files that are missing from the data folder. */
      missing: z.array(z.string()),
      stateHash: z.string(),
    }),
  }),
  sheet: query({
    permission: 'exports.run',
    sensitive: 'A table of the books, as CSV',
    reauthenticate: true,
    summary: 'One table as CSV: exact numbers, dates YYYY-MM-DD, formulas disarmed.',
    input: z.object({ sheet: z.enum(sheetNames), separator: z.enum([',', ';']).default(','), ...rangeFields }),
    output: fileOutput,
  }),
  workbook: query({
    permission: 'exports.run',
    sensitive: 'Tables of the books, as a workbook',
    reauthenticate: true,
    summary: 'Tables as one workbook (XLSX), a sheet each; all of them where none is named.',
    input: z.object({ sheets: z.array(z.enum(sheetNames)).max(sheetNames.length).default([]), ...rangeFields }),
    output: fileOutput,
  }),
  bundle: query({
    permission: 'exports.run',
    wholeBusiness: true,
    sensitive: 'What an accountant asks for, as an archive',
    reauthenticate: true,
    summary:
      'What an accountant asks for in one archive: CSV, workbook, PDFs, the record; without what the caller may not see.',
    input: z.object(rangeFields),
    output: fileOutput.extend({ documentCount: z.int(), missing: z.array(z.string()) }),
  }),
  importEverything: command({
    permission: 'workspace',
    reauthenticate: true,
    summary: 'Brings in the books of an archive that `everything` made; all of it or nothing.',
    changes: ['organizations', 'clients', 'items', 'invoices', 'quotes', 'creditNotes', 'payments', 'settings'],
    input: z.object({ content: bytesField.refine((bytes) => bytes.length <= 2 ** 31, 'At most 2 GB.') }),
    output: z.object({ organizationId: z.string(), legalName: z.string(), rowCount: z.int(), fileCount: z.int() }),
  }),
  stateHash: query({
    permission: 'exports.run',
    wholeBusiness: true,
    summary: 'SHA-256 of the books: equal where two databases hold the same.',
    input: emptyInput,
    output: z.object({ stateHash: z.string() }),
  }),
}
