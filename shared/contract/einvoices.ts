import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { eInvoiceFormats } from '../documents/einvoice-formats.ts'
import { bytesField, emptyInput, idField } from './fields.ts'
import { query } from './procedure.ts'

/** Documents that can leave as e-invoices. */
export const einvoiceKinds = ['invoice', 'credit-note'] as const
export type EInvoiceKind = (typeof einvoiceKinds)[number]

const formatField = z.enum(eInvoiceFormats)

export const einvoiceFindingSchema = z.object({
  /** The rule's name in the standard or profile; CF-* are ours. */
  rule: z.string(),
  severity: z.enum(['fatal', 'warning']),
  /** What is wrong and what to do, in plain words. */
  message: z.string(),
  /** Business term of EN 16931, '' where there is none. */
  term: z.string(),
  /** Part of the e-invoice: `buyer.address.city`, `lines[3].price`. */
  field: z.string(),
  /** Where to put it right. `correct`: the document is issued and says so; only a corrected one can say otherwise. */
  target: z.object({
    screen: z.enum(['document', 'client', 'business', 'correct']),
    /** Field of the editor's content (`lines.3.price`), or the label of a field on the other screens. */
    field: z.string(),
    /** The document is issued and prints it: once put right there, the document has to be corrected too. */
    needsCorrection: z.boolean(),
  }),
})
export type EInvoiceFinding = z.output<typeof einvoiceFindingSchema>

const documentInput = z.object({ entity: z.enum(einvoiceKinds).default('invoice'), id: idField })

/** Invoices and credit notes as e-invoices: judged on this device before they leave. */
export const eInvoices = {
  formats: query({
    permission: 'invoices.read',
    summary: 'The forms that an e-invoice can have.',
    input: emptyInput,
    output: z.array(
      z.object({ format: formatField, label: z.string(), about: z.string(), extension: z.enum(['xml', 'pdf']) }),
    ),
  }),
  check: query({
    permission: 'invoices.read',
    summary:
      'Every rule that a document would break, with where to put it right; a draft is judged as it would go out now.',
    input: documentInput.extend({
      /** null takes the form of the client. */
      format: formatField.nullable().default(null),
    }),
    output: z.object({
      /** The form that it was judged in; null where none was asked for and the client takes none. */
      format: formatField.nullable(),
      clientFormat: formatField.nullable(),
      clientId: z.string().nullable(),
      isValid: z.boolean(),
      findings: z.array(einvoiceFindingSchema),
    }),
  }),
  export: query({
    permission: 'invoices.read',
    discloses: {
      what: disclosed.client,
      subject: ({ entity, id }) => ({ table: entity === 'invoice' ? 'invoices' : 'creditNotes', id }),
    },
    summary: 'The file of an issued document in a form; INVALID_STATE where it breaks a rule, unless told to go on.',
    input: documentInput.extend({ format: formatField, evenIfInvalid: z.boolean().default(false) }),
    output: z.object({
      fileName: z.string(),
      mediaType: z.string(),
      content: bytesField,
      isValid: z.boolean(),
    }),
  }),
}
