import { z } from 'zod'
import {
  idField,
  longTextField,
  optionalTextField,
  pageInput,
  rowOutput,
  textField,
  unitPriceField,
  versionField,
} from './fields.ts'
import { listFilterSchema } from './list-filter.ts'
import { command, query } from './procedure.ts'

/** UN/ECE Recommendation 20 codes offered in forms; any other two or three characters are accepted too. */
export const unitField = z
  .string()
  .regex(/^[A-Z0-9]{1,3}$/, 'Enter a unit code, such as C62 (piece), HUR (hour) or DAY.')

const itemFields = z.object({
  kind: z.enum(['product', 'service']),
  name: textField(200),
  code: optionalTextField(50),
  description: longTextField(4000),
  unit: unitField,
  priceE6: unitPriceField,
  taxRateId: idField.nullable(),
  /** HSN, SAC, CPV or another code of goods and services. */
  classification: optionalTextField(20),
})

export const itemSchema = itemFields.extend({
  id: z.string(),
  version: z.int(),
  status: z.enum(['active', 'archived']),
})
export type Item = z.output<typeof itemSchema>

/** Products and services with their price and tax. */
export const items = {
  list: query({
    permission: 'items.read',
    summary: 'A page of items by name.',
    input: pageInput.extend({
      search: z.string().max(200).default(''),
      /** Groups of conditions over the fields of `filterFields`. */
      where: listFilterSchema.nullable().default(null),
      status: z.enum(['active', 'archived', 'all']).default('active'),
      kind: z.enum(['product', 'service', 'all']).default('all'),
    }),
    output: z.object({ rows: z.array(itemSchema), nextCursor: z.string().nullable(), total: z.int() }),
  }),
  get: query({
    permission: 'items.read',
    summary: 'One item.',
    input: z.object({ id: idField }),
    output: itemSchema,
  }),
  create: command({
    permission: 'items.write',
    summary: 'Makes an item.',
    changes: ['items'],
    input: z.object({
      kind: itemFields.shape.kind.default('service'),
      name: itemFields.shape.name,
      code: itemFields.shape.code.default(null),
      description: itemFields.shape.description.default(null),
      unit: unitField.default('C62'),
      priceE6: unitPriceField,
      taxRateId: idField.nullable().default(null),
      classification: itemFields.shape.classification.default(null),
    }),
    output: rowOutput,
  }),
  update: command({
    permission: 'items.write',
    summary: 'Changes an item; documents keep what they hold.',
    changes: ['items'],
    input: itemFields.partial().extend({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  setStatus: command({
    permission: 'items.write',
    summary: 'Archives an item or brings it back.',
    changes: ['items'],
    input: z.object({ id: idField, version: versionField, status: z.enum(['active', 'archived']) }),
    output: rowOutput,
  }),
}
