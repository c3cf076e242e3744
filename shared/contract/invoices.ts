import { z } from 'zod'
import {
  amountField,
  bytesField,
  currencyField,
  dateField,
  exchangeRateField,
  idField,
  languageField,
  longTextField,
  optionalTextField,
  pageInput,
  percentField,
  quantityField,
  rowOutput,
  unitPriceField,
  versionField,
} from './fields.ts'
import { unitField } from './items.ts'
import { roundingModes, roundingScopes } from './organizations.ts'
import { command, query } from './procedure.ts'
import { taxCategories } from './tax-rates.ts'

const lineText = (max: number) =>
  z
    .string()
    .max(max, `At most ${max} characters.`)
    // Pasted from elsewhere it may hold control characters, which break files, mail headers and PDFs.
    .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())

export const lineTaxSchema = z.object({
  taxRateId: idField.nullable(),
  name: z.string().min(1).max(60),
  category: z.enum(taxCategories),
  rateE6: percentField,
  isCompound: z.boolean(),
  exemptionReason: optionalTextField(300),
})
export type LineTax = z.output<typeof lineTaxSchema>

const adjustmentSchema = z
  .object({
    kind: z.enum(['allowance', 'charge']),
    reason: optionalTextField(200),
    amountE4: amountField.nullable(),
    percentE6: percentField.nullable(),
    baseE4: amountField.nullable(),
  })
  .refine((it) => it.amountE4 !== null || it.percentE6 !== null, {
    path: ['amountE4'],
    error: 'Enter an amount or a percentage.',
  })

export const lineAdjustmentsSchema = z.array(adjustmentSchema).max(20)

export const documentAdjustmentSchema = adjustmentSchema.extend({
  id: idField,
  /** null spreads it over the lines, before tax. */
  taxes: z.array(lineTaxSchema).max(5).nullable(),
})

export const invoiceLineSchema = z.object({
  /** Made by the editor, so that a draft keeps its lines through every save. */
  id: idField,
  itemId: idField.nullable(),
  code: optionalTextField(50),
  name: lineText(300),
  description: longTextField(4000),
  quantityE6: quantityField,
  unit: unitField,
  priceE6: unitPriceField,
  baseQuantityE6: quantityField.refine((value) => value > 0n, 'The base quantity is above zero.'),
  adjustments: lineAdjustmentsSchema,
  taxes: z.array(lineTaxSchema).max(5, 'At most 5 taxes on a line.'),
})
export type InvoiceLine = z.output<typeof invoiceLineSchema>

/** What a person writes on an invoice; everything else follows from it. */
export const invoiceContentSchema = z.object({
  clientId: idField.nullable(),
  currency: currencyField,
  /** Base currency per unit of the invoice's currency. */
  exchangeRateE10: exchangeRateField,
  language: languageField,
  reference: optionalTextField(100),
  issuedOn: dateField,
  /** null follows the payment terms. */
  dueOn: dateField.nullable(),
  paymentTermsDays: z.int().min(0).max(3650).nullable(),
  supplyFrom: dateField.nullable(),
  supplyTo: dateField.nullable(),
  pricesIncludeTax: z.boolean(),
  notes: longTextField(4000),
  terms: longTextField(4000),
  prepaidE4: amountField,
  /** Added to reach the payable amount (BT-114), as a received document gives it. */
  roundingAmountE4: amountField.nullable().default(null),
  lines: z.array(invoiceLineSchema).max(2000, 'At most 2,000 lines.'),
  adjustments: z.array(documentAdjustmentSchema).max(50),
})
export type InvoiceContent = z.output<typeof invoiceContentSchema>

export const paymentStates = ['draft', 'unpaid', 'partly-paid', 'paid', 'overdue', 'void'] as const
export const deliveryStates = ['not-sent', 'queued', 'sent', 'failed', 'bounced'] as const

export const invoiceTotalsSchema = z.object({
  lineNetE4: amountField,
  allowanceE4: amountField,
  chargeE4: amountField,
  netE4: amountField,
  taxE4: amountField,
  totalE4: amountField,
  prepaidE4: amountField,
  roundingE4: amountField,
  payableE4: amountField,
  taxes: z.array(
    z.object({
      name: z.string(),
      category: z.enum(taxCategories),
      rateE6: percentField,
      compound: z.boolean(),
      taxableE4: amountField,
      taxE4: amountField,
    }),
  ),
})

export const invoiceSchema = z.object({
  id: z.string(),
  version: z.int(),
  number: z.string().nullable(),
  state: z.enum(['draft', 'open', 'paid', 'void']),
  paymentState: z.enum(paymentStates),
  overdueDays: z.int(),
  deliveryState: z.enum(deliveryStates),
  content: invoiceContentSchema,
  totals: invoiceTotalsSchema,
  minorUnits: z.int(),
  roundingMode: z.enum(roundingModes),
  roundingScope: z.enum(roundingScopes),
  clientName: z.string(),
  paidE4: amountField,
  openE4: amountField,
  settledOn: z.string().nullable(),
  issuedAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  pdfSha256: z.string().nullable(),
  updatedAt: z.string(),
  payments: z.array(
    z.object({
      allocationId: z.string(),
      paymentId: z.string(),
      number: z.string(),
      receivedOn: z.string(),
      method: z.string(),
      status: z.string(),
      amountE4: amountField,
    }),
  ),
})
export type Invoice = z.output<typeof invoiceSchema>

export const invoiceSorts = ['issuedOn', 'number', 'dueOn', 'client', 'payable'] as const
export const invoiceFilters = ['all', 'draft', 'open', 'overdue', 'partly-paid', 'paid', 'void'] as const

export const invoiceRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  number: z.string().nullable(),
  clientId: z.string().nullable(),
  clientName: z.string(),
  reference: z.string().nullable(),
  issuedOn: z.string(),
  dueOn: z.string().nullable(),
  currency: z.string(),
  payableE4: amountField,
  openE4: amountField,
  paidE4: amountField,
  paymentState: z.enum(paymentStates),
  overdueDays: z.int(),
  sentAt: z.string().nullable(),
})
export type InvoiceRow = z.output<typeof invoiceRowSchema>

/** Invoices: drafts that are written, then issued with a number and frozen, paid, or void. */
export const invoices = {
  list: query({
    permission: 'invoices.read',
    summary: 'A page of invoices.',
    input: pageInput.extend({
      search: z.string().max(200).default(''),
      filter: z.enum(invoiceFilters).default('all'),
      clientId: idField.nullable().default(null),
      from: dateField.nullable().default(null),
      to: dateField.nullable().default(null),
      sort: z.enum(invoiceSorts).default('issuedOn'),
      direction: z.enum(['asc', 'desc']).default('desc'),
    }),
    output: z.object({ rows: z.array(invoiceRowSchema), nextCursor: z.string().nullable() }),
  }),
  stats: query({
    permission: 'invoices.read',
    summary: 'How many invoices each filter holds, and what is open and overdue in each currency.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.object({
      counts: z.object({
        all: z.int(),
        draft: z.int(),
        open: z.int(),
        overdue: z.int(),
        'partly-paid': z.int(),
        paid: z.int(),
        void: z.int(),
      }),
      open: z.array(z.object({ currency: z.string(), openE4: amountField, overdueE4: amountField })),
    }),
  }),
  get: query({
    permission: 'invoices.read',
    summary: 'An invoice with its lines, totals and payments.',
    input: z.object({ id: idField }),
    output: invoiceSchema,
  }),
  blank: query({
    permission: 'invoices.read',
    summary: 'The content that a new invoice begins with, for a client or for none yet.',
    input: z.object({ clientId: idField.nullable().default(null) }),
    output: z.object({
      content: invoiceContentSchema,
      minorUnits: z.int(),
      roundingMode: z.enum(roundingModes),
      roundingScope: z.enum(roundingScopes),
    }),
  }),
  saveDraft: command({
    permission: 'invoices.write',
    summary:
      "Makes a draft (version null) or saves one. The id is the editor's, so that a retry never makes a second one.",
    changes: ['invoices'],
    input: z.object({ id: idField, version: versionField.nullable(), content: invoiceContentSchema }),
    output: rowOutput.extend({ savedAt: z.string() }),
  }),
  deleteDraft: command({
    permission: 'invoices.write',
    summary: 'Deletes a draft; `restoreDraft` takes it back.',
    changes: ['invoices'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restoreDraft: command({
    permission: 'invoices.write',
    summary: 'Takes back the deletion of a draft.',
    changes: ['invoices'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  issue: command({
    permission: 'invoices.issue',
    summary: 'Gives a draft its number and freezes it, with what it prints.',
    changes: ['invoices', 'clients', 'numberSeries'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput.extend({ number: z.string() }),
  }),
  void: command({
    permission: 'invoices.issue',
    summary: 'Makes an issued, unpaid invoice void; its number stays listed with the reason.',
    changes: ['invoices', 'clients'],
    input: z.object({
      id: idField,
      version: versionField,
      reason: z.string().trim().min(3, 'Say why, in a few words.').max(300),
    }),
    output: rowOutput,
  }),
  duplicate: command({
    permission: 'invoices.write',
    summary: 'Makes a new draft with the same client and lines, dated today.',
    changes: ['invoices'],
    input: z.object({ id: idField, newId: idField }),
    output: rowOutput,
  }),
  preview: query({
    permission: 'invoices.read',
    summary: 'The PDF of content that is not saved yet, by the template that prints and sends it.',
    input: z.object({ content: invoiceContentSchema }),
    output: z.object({ pdf: bytesField }),
  }),
  pdf: query({
    permission: 'invoices.read',
    summary: 'The PDF of an invoice: the kept one where it is issued.',
    input: z.object({ id: idField }),
    output: z.object({ pdf: bytesField, fileName: z.string() }),
  }),
}
