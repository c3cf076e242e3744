import { z } from 'zod'
import { templateDesignSchema } from '../documents/template-design.ts'
import { bytesField, emptyInput, idField, languageField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

/** The papers that a template can be the default of. */
export const templateKinds = ['invoice', 'quote', 'credit-note', 'statement'] as const
export type TemplateKind = (typeof templateKinds)[number]

export const documentTemplateSchema = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  design: templateDesignSchema,
  defaultFor: z.array(z.enum(templateKinds)),
})
export type DocumentTemplate = z.output<typeof documentTemplateSchema>

const fields = z.object({ name: textField(60), design: templateDesignSchema })

/** How documents look: own templates, made from one of the four finished ones. */
export const documentTemplates = {
  list: query({
    permission: 'organizations.read',
    summary: 'The own templates of the organization; without a default, documents use the plain one.',
    input: emptyInput,
    output: z.array(documentTemplateSchema),
  }),
  create: command({
    permission: 'organizations.manage',
    summary: 'Adds a template; `defaultFor` makes it the default of these kinds.',
    changes: ['documentTemplates'],
    input: fields.extend({ defaultFor: z.array(z.enum(templateKinds)).default([]) }),
    output: rowOutput,
  }),
  update: command({
    permission: 'organizations.manage',
    summary: 'Changes a template; issued documents keep the design they were issued with.',
    changes: ['documentTemplates'],
    input: fields.partial().extend({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  setDefaults: command({
    permission: 'organizations.manage',
    summary: 'Makes a template the default of exactly these kinds; others that had them lose them.',
    changes: ['documentTemplates'],
    input: z.object({ id: idField, version: versionField, kinds: z.array(z.enum(templateKinds)) }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'organizations.manage',
    summary: 'Deletes a template; drafts and clients that had it take the default.',
    changes: ['documentTemplates'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restore: command({
    permission: 'organizations.manage',
    summary: 'Brings a deleted template back, as the default of nothing that has another one now.',
    changes: ['documentTemplates'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  preview: query({
    permission: 'organizations.read',
    summary: 'The PDF of a sample document in a design, with your own name, logo and ways to pay.',
    input: z.object({
      design: templateDesignSchema,
      kind: z.enum(templateKinds).default('invoice'),
      /** null: the language of the business. */
      language: languageField.nullable().default(null),
      lines: z.int().min(1).max(200).default(5),
    }),
    output: z.object({ pdf: bytesField }),
  }),
}
