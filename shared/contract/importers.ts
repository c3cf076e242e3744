import { z } from 'zod'
import { amountField, bytesField, idField, textField } from './fields.ts'
import { command } from './procedure.ts'

/** Real documents in. */
export const importers = {
  einvoice: command({
    permission: 'imports.run',
    summary:
      'Makes a draft of a UBL or CII invoice or credit note; the answer lists each total of the file beside ours.',
    changes: ['invoices', 'creditNotes', 'clients', 'items'],
    input: z.object({
      fileName: textField(200).default('invoice.xml'),
      xml: z.union([bytesField, z.string().max(10_000_000)]),
      /** Only says what would be made. */
      dryRun: z.boolean().default(false),
    }),
    output: z.object({
      invoiceId: idField.nullable(),
      creditNoteId: idField.nullable(),
      clientId: idField.nullable(),
      clientName: z.string(),
      clientMade: z.boolean(),
      itemsMade: z.int(),
      itemsMatched: z.int(),
      documentType: z.enum(['invoice', 'credit-note']),
      syntax: z.string(),
      number: z.string(),
      currency: z.string(),
      lines: z.int(),
      totals: z.array(
        z.object({
          term: z.string(),
          label: z.string(),
          inFileE4: amountField.nullable(),
          oursE4: amountField.nullable(),
          differs: z.boolean(),
          reason: z.string().nullable(),
        }),
      ),
      /** The invoice that a credit note is linked to: the preceding one of the file (BT-25). */
      credits: z.object({ id: idField, number: z.string() }).nullable(),
      warnings: z.array(z.string()),
    }),
  }),
}
