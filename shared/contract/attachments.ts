import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { bytesField, idField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

/** Files kept by their content beside a client or a document. */
export const attachments = {
  list: query({
    permission: 'clients.read',
    summary: 'The files of an entity.',
    input: z.object({ entityId: idField }),
    output: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        fileName: z.string(),
        mediaType: z.string(),
        size: z.int(),
        createdAt: z.string(),
      }),
    ),
  }),
  add: command({
    permission: 'clients.write',
    summary: 'Keeps a file of at most 20 MB with an entity.',
    changes: ['attachments'],
    input: z.object({
      entity: z.enum(['client', 'invoice', 'quote', 'credit-note']),
      entityId: idField,
      fileName: textField(200),
      content: bytesField.refine((bytes) => bytes.length <= 20 * 1024 * 1024, 'At most 20 MB.'),
    }),
    output: rowOutput,
  }),
  content: query({
    permission: 'clients.read',
    discloses: { what: disclosed.file, subject: ({ id }) => ({ table: 'attachments', id }) },
    summary: 'The bytes of a file.',
    input: z.object({ id: idField }),
    output: z.object({ fileName: z.string(), mediaType: z.string(), content: bytesField }),
  }),
  delete: command({
    permission: 'clients.write',
    summary: 'Removes a file from its entity.',
    changes: ['attachments'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
}
