import { z } from 'zod'
import { dateField, idField, optionalTextField, percentField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

export const taxCategories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M', 'B'] as const

const taxRateFields = z.object({
  name: textField(60),
  category: z.enum(taxCategories),
  rateE6: percentField,
  isCompound: z.boolean(),
  effectiveFrom: dateField.nullable(),
  effectiveTo: dateField.nullable(),
  exemptionReason: optionalTextField(300),
  /** State, province or country whose authority charges it (`CA-QC`, `US-NY`); null for rates chosen by item. */
  place: optionalTextField(10),
})

export const taxRateVersionSchema = z.object({
  id: z.string(),
  version: z.int(),
  effectiveFrom: z.string(),
  name: z.string(),
  rateE6: percentField,
})

/** `name` and `rateE6` are those in force on the day asked for, today if none; `original` is before the first version. */
export const taxRateSchema = taxRateFields.extend({
  id: z.string(),
  version: z.int(),
  original: z.object({ name: z.string(), rateE6: percentField }),
  versions: z.array(taxRateVersionSchema),
  isDefault: z.boolean(),
  status: z.enum(['active', 'archived']),
})
export type TaxRate = z.output<typeof taxRateSchema>

/** Tax rates by category, each with the dates it is in force. */
export const taxRates = {
  list: query({
    permission: 'items.read',
    summary: 'Every tax rate of the organization; `on` keeps those in force that day.',
    input: z.object({
      on: dateField.nullable().default(null),
      status: z.enum(['active', 'archived', 'all']).default('active'),
    }),
    output: z.array(taxRateSchema),
  }),
  create: command({
    permission: 'organizations.manage',
    summary: 'Adds a tax rate.',
    changes: ['taxRates'],
    input: z.object({
      name: taxRateFields.shape.name,
      category: taxRateFields.shape.category.default('S'),
      rateE6: percentField,
      isCompound: z.boolean().default(false),
      isDefault: z.boolean().default(false),
      effectiveFrom: dateField.nullable().default(null),
      effectiveTo: dateField.nullable().default(null),
      exemptionReason: optionalTextField(300).default(null),
      place: optionalTextField(10).default(null),
    }),
    output: rowOutput,
  }),
  update: command({
    permission: 'organizations.manage',
    summary: 'Changes a tax rate; documents keep the rate they hold.',
    changes: ['taxRates'],
    input: taxRateFields
      .partial()
      .extend({ id: idField, version: versionField, isDefault: z.literal(true).optional() }),
    output: rowOutput,
  }),
  setStatus: command({
    permission: 'organizations.manage',
    summary: 'Archives a tax rate or brings it back.',
    changes: ['taxRates'],
    input: z.object({ id: idField, version: versionField, status: z.enum(['active', 'archived']) }),
    output: rowOutput,
  }),
  addVersion: command({
    permission: 'organizations.manage',
    summary: 'Says what a rate is from a day on; documents before it keep the percentage that held then.',
    changes: ['taxRates'],
    input: z.object({
      taxRateId: idField,
      effectiveFrom: dateField,
      name: taxRateFields.shape.name,
      rateE6: percentField,
    }),
    output: rowOutput,
  }),
  deleteVersion: command({
    permission: 'organizations.manage',
    summary: 'Takes a dated percentage of a rate away; documents keep what they hold.',
    changes: ['taxRates'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
}
