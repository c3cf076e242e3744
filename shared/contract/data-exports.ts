import { z } from 'zod'
import { bytesField, emptyInput } from './fields.ts'
import { command, query } from './procedure.ts'

/** Everything of a business as a file of its own, and back. */
export const dataExports = {
  everything: query({
    permission: 'exports.run',
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
  importEverything: command({
    permission: 'workspace',
    summary: 'Brings in the books of an archive that `everything` made; all of it or nothing.',
    changes: ['organizations', 'clients', 'items', 'invoices', 'quotes', 'creditNotes', 'payments', 'settings'],
    input: z.object({ content: bytesField.refine((bytes) => bytes.length <= 2 ** 31, 'At most 2 GB.') }),
    output: z.object({ organizationId: z.string(), legalName: z.string(), rowCount: z.int(), fileCount: z.int() }),
  }),
  stateHash: query({
    permission: 'exports.run',
    summary: 'SHA-256 of the books: equal where two databases hold the same.',
    input: emptyInput,
    output: z.object({ stateHash: z.string() }),
  }),
}
