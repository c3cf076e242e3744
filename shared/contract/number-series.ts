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
        branchId: z.string().nullable(),
        nextNumber: z.string(),
        /** Numbers given so far, in every period. */
        givenCount: z.int(),
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
  create: command({
    permission: 'organizations.manage',
    summary: 'Adds a series for a kind of document, such as one for a branch or a device.',
    changes: ['numberSeries'],
    input: z.object({
      documentKind: z.enum(documentKinds),
      code: z
        .string()
        .trim()
        .regex(/^[A-Z0-9-]{1,12}$/, 'Use up to 12 capital letters, digits and -.'),
      pattern: textField(60),
      startValue: z.int().min(1).max(999_999_999).default(1),
      branchId: idField.nullable().default(null),
    }),
    output: rowOutput,
  }),
  setDefault: command({
    permission: 'organizations.manage',
    summary: 'Makes a series the one that new documents of its kind are numbered by.',
    changes: ['numberSeries'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'organizations.manage',
    summary: 'Removes a series that has given no number; one that has stays for the record.',
    changes: ['numberSeries'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  report: query({
    permission: 'organizations.read',
    wholeBusiness: true,
    summary: 'Every series and period: first and last number, what is void, and each gap with its cause.',
    input: z.object({ documentKind: z.enum(documentKinds).nullable().default(null) }),
    output: z.array(
      z.object({
        seriesId: z.string(),
        documentKind: z.string(),
        code: z.string(),
        period: z.string(),
        /** null where every document of the period went when a backup was restored. */
        firstNumber: z.string().nullable(),
        lastNumber: z.string().nullable(),
        count: z.int(),
        voids: z.array(z.object({ id: z.string(), number: z.string(), reason: z.string(), on: z.string() })),
        gaps: z.array(
          z.object({
            from: z.int(),
            to: z.int(),
            cause: z.enum(['start-value', 'pattern', 'restored', 'unknown']),
            /** The cause in words: what was changed or restored, by whom and when. */
            detail: z.string(),
          }),
        ),
      }),
    ),
  }),
  preview: query({
    permission: 'organizations.read',
    summary: 'The first numbers that a pattern would give, or what is wrong with it.',
    input: z.object({
      pattern: z.string().max(60),
      startValue: z.int().min(1).max(999_999_999).default(1),
      /** What {SERIES} stands for. */
      code: z.string().max(12).default('INV'),
      on: dateField,
    }),
    output: z.object({ numbers: z.array(z.string()), problem: z.string().nullable() }),
  }),
}
