import { z } from 'zod'
import { ofWholeClient } from './data-exports.ts'
import { bytesField, emptyInput, idField, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

export const erasureAskers = ['person', 'representative', 'authority', 'business'] as const

const countsSchema = z.object({
  contacts: z.int(),
  notes: z.int(),
  files: z.int(),
  drafts: z.int(),
  recurring: z.int(),
  messages: z.int(),
  rules: z.int(),
  /** Documents past the time that the law asks for: what they say of the person goes too. */
  expired: z.int(),
})
export type ErasureCounts = z.output<typeof countsSchema>

const erasureSchema = z.object({
  id: z.string(),
  clientId: z.string(),
  clientCode: z.string(),
  at: z.string(),
  /** Who did it; null where nobody is named on this computer. */
  by: z.string().nullable(),
  askedBy: z.enum(erasureAskers),
  reason: z.string(),
  counts: countsSchema,
  keptCount: z.int(),
  /** The day from which the last kept document can go; null where nothing was kept. */
  retainedUntil: z.string().nullable(),
  rule: z.string(),
})
export type Erasure = z.output<typeof erasureSchema>

/** What people may ask of a business about their own data: to see it, and to have it erased. */
export const dataRights = {
  exportData: query({
    permission: 'exports.run',
    also: ofWholeClient,
    wholeBusiness: true,
    sensitive: 'Everything about a client, as an archive',
    reauthenticate: true,
    summary: 'Everything that names a client, as an archive with a page to read, data for programs, and the files.',
    input: z.object({ clientId: idField }),
    output: z.object({
      content: bytesField,
      fileName: z.string(),
      rowCount: z.int(),
      fileCount: z.int(),
      /** Names of kept files that are missing from the data folder. */
      missing: z.array(z.string()),
    }),
  }),
  previewErasure: query({
    permission: 'organizations.manage',
    wholeBusiness: true,
    summary: 'What an erasure of a client takes away, what must stay, until when and by which rule.',
    input: z.object({ clientId: idField }),
    output: z.object({
      client: z.object({ id: z.string(), version: z.int(), code: z.string(), name: z.string() }),
      counts: countsSchema,
      kept: z.array(
        z.object({
          kind: z.enum(['invoice', 'credit-note', 'quote', 'payment', 'refund']),
          count: z.int(),
          firstOn: z.string(),
          lastOn: z.string(),
          /** The day from which the last of them can go. */
          freeFrom: z.string(),
        }),
      ),
      keptCount: z.int(),
      retainedUntil: z.string().nullable(),
      rule: z.object({
        country: z.string().nullable(),
        years: z.int(),
        from: z.enum(['calendar-year', 'fiscal-year']),
        source: z.string(),
      }),
      /** Invoices that are not paid: without an address nobody can be reminded. */
      openInvoices: z.int(),
      waitingMessages: z.int(),
      earlier: z.array(erasureSchema),
    }),
  }),
  erase: command({
    permission: 'organizations.manage',
    wholeBusiness: true,
    reauthenticate: true,
    summary: 'Erases what is known of a client; issued documents and payments stay as long as the law asks.',
    changes: [
      'clients',
      'invoices',
      'quotes',
      'creditNotes',
      'payments',
      'recurringInvoices',
      'mail',
      'attachments',
      'bank',
      'tags',
      'notifications',
    ],
    input: z.object({
      clientId: idField,
      version: versionField,
      askedBy: z.enum(erasureAskers),
      /** Stays for good, so it must not name the person. */
      reason: textField(300),
      /** The code of the client, typed. */
      confirmation: textField(30),
    }),
    output: erasureSchema,
  }),
  erasures: query({
    permission: 'audit.read',
    wholeBusiness: true,
    summary: 'Every erasure, newest first; none of them says who it was.',
    input: emptyInput,
    output: z.array(erasureSchema),
  }),
}
