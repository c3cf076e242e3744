import { z } from 'zod'
import { dateField, emptyInput, idField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

export const documentKinds = ['invoice', 'payment', 'quote', 'credit-note', 'refund'] as const

/** How documents are numbered. */
export const numberSeries = {
  list: query({
    permission: 'organizations.read',
    summary: 'The series of the organization with the number that each gives next.',
    input: emptyInput,
    output: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        documentKind: z.string(),
        code: z.string(),
        pattern: z.string(),
        startValue: z.int(),
        isDefault: z.boolean(),
        nextNumber: z.string(),
      }),
    ),
  }),
  update: command({
    permission: 'organizations.manage',
    summary: 'Changes pattern or first value of a series; numbers already given stay.',
    changes: ['numberSeries'],
    input: z.object({
      id: idField,
      version: versionField,
      pattern: textField(60).optional(),
      startValue: z.int().min(1).max(999_999_999).optional(),
    }),
    output: rowOutput,
  }),
  preview: query({
    permission: 'organizations.read',
    summary: 'The first numbers that a pattern would give, or what is wrong with it.',
    input: z.object({
      pattern: z.string().max(60),
      startValue: z.int().min(1).max(999_999_999).default(1),
      on: dateField,
    }),
    output: z.object({ numbers: z.array(z.string()), problem: z.string().nullable() }),
  }),
}
