import { z } from 'zod'
import { taxSchemes } from '../tax/regimes/regime.ts'
import { taxTreatments } from './documents.ts'
import { amountField, dateField, pageInput, percentField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'
import { taxCategories } from './tax-rates.ts'
import { taxBases } from './tax-settings.ts'

const documentKinds = ['invoice', 'credit-note'] as const

const periodInput = z
  .object({
    from: dateField,
    /** The last day, included. */
    to: dateField,
    basis: z.enum(taxBases).default('issue'),
  })
  .refine((it) => it.from <= it.to, { path: ['to'], error: 'The last day is before the first.' })

export const taxFigureSchema = z.object({
  key: z.string(),
  kind: z.enum(documentKinds),
  name: z.string(),
  category: z.enum(taxCategories),
  rateE6: percentField,
  treatment: z.enum(taxTreatments),
  place: z.string().nullable(),
  buyer: z.enum(['business', 'consumer']),
  /** Of invoices to consumers above the value that the regime asks for apart, and of credit notes for them. */
  isLarge: z.boolean(),
  taxableE4: amountField,
  taxE4: amountField,
})

const typedFigureSchema = z.object({
  id: z.string(),
  version: z.int(),
  taxReturn: z.string(),
  /** `row.column` of the return. */
  cell: z.string(),
  amountE4: amountField,
})

/** What the books say about taxes: by period and basis, down to the documents. */
export const taxReports = {
  figures: query({
    permission: 'reports.read',
    wholeBusiness: true,
    summary: 'Taxes of a period in base currency, by tax, rate, treatment, place and kind of buyer.',
    input: periodInput,
    output: z.object({
      currency: z.string(),
      regime: z.string(),
      settings: z.object({
        scheme: z.enum(taxSchemes),
        flatPercentE6: percentField.nullable(),
        usesOss: z.boolean(),
        lutNumber: z.string().nullable(),
        isLarge: z.boolean(),
      }),
      figures: z.array(taxFigureSchema),
      lockedUntil: z.string().nullable(),
      /** What was typed into the returns of exactly this period: purchases, which the books do not know. */
      typed: z.array(typedFigureSchema),
    }),
  }),
  documents: query({
    permission: 'reports.read',
    wholeBusiness: true,
    summary: 'The documents behind figures of a period, by date; amounts in base currency.',
    input: pageInput.and(periodInput).and(z.object({ keys: z.array(z.string().max(500)).min(1).max(400) })),
    output: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(documentKinds),
          number: z.string(),
          on: z.string(),
          clientName: z.string(),
          tax: z.string(),
          taxableE4: amountField,
          taxE4: amountField,
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  }),
  setFigure: command({
    permission: 'organizations.manage',
    wholeBusiness: true,
    summary: 'Keeps a figure that a return of a period asks for and the books do not know; null takes it away.',
    changes: ['taxSettings'],
    input: z
      .object({
        from: dateField,
        /** The last day, included. */
        to: dateField,
        taxReturn: z.string().max(40),
        cell: z.string().max(60),
        amountE4: amountField.nullable(),
        /** Of the figure that the caller saw there; null where there was none. */
        version: versionField.nullable(),
      })
      .refine((it) => it.from <= it.to, { path: ['to'], error: 'The last day is before the first.' }),
    output: z.object({ id: z.string().nullable(), version: z.int() }),
  }),
}
