import type { Insertable, Selectable } from 'kysely'
import type {
  DocumentAdjustmentColumns,
  DocumentHeadColumns,
  DocumentLineColumns,
} from '../../db/tables/document-head.ts'
import type { Database } from '../../db/tables/index.ts'

export type DocumentKind = 'invoice' | 'quote' | 'credit-note'

/** Where each kind of document is kept, and by which column its parts name it. */
export const documentTables = {
  invoice: {
    head: 'invoices',
    lines: 'invoiceLines',
    adjustments: 'invoiceAdjustments',
    taxes: 'invoiceTaxes',
    parent: 'invoiceId',
  },
  quote: {
    head: 'quotes',
    lines: 'quoteLines',
    adjustments: 'quoteAdjustments',
    taxes: 'quoteTaxes',
    parent: 'quoteId',
  },
  'credit-note': {
    head: 'creditNotes',
    lines: 'creditNoteLines',
    adjustments: 'creditNoteAdjustments',
    taxes: 'creditNoteTaxes',
    parent: 'creditNoteId',
  },
} as const satisfies Readonly<Record<DocumentKind, Readonly<Record<string, string>>>>

/** Whether an entity that something is about is a document. */
export const isDocument = (entity: string): entity is DocumentKind => Object.hasOwn(documentTables, entity)

type TablesOf<K extends DocumentKind> = (typeof documentTables)[K]
type HeadTable<K extends DocumentKind> = Database[TablesOf<K>['head']]
type LineTable<K extends DocumentKind> = Database[TablesOf<K>['lines']]

export type HeadRow<K extends DocumentKind> = Selectable<HeadTable<K>>
export type LineRow<K extends DocumentKind> = Selectable<LineTable<K>>

/** The columns of the head that only this kind has, as they are written. */
export type OwnHead<K extends DocumentKind> = Omit<Insertable<HeadTable<K>>, keyof DocumentHeadColumns>
/** The columns of a line that only this kind has, as they are written. */
export type OwnLine<K extends DocumentKind> = Omit<
  Insertable<LineTable<K>>,
  keyof DocumentLineColumns | TablesOf<K>['parent']
>

export type SharedHead = Selectable<DocumentHeadColumns>
export type SharedLine = Selectable<DocumentLineColumns>
export type SharedAdjustment = Selectable<DocumentAdjustmentColumns>

/**
 * The tables of a kind for statements that touch only what all kinds have. Kysely cannot resolve columns through a
 * union of tables; the three share document-head.ts, which a schema test holds them to, so invoices stand for all.
 */
export const standIn = (kind: DocumentKind) => {
  const tables = documentTables[kind]
  return {
    head: tables.head as 'invoices',
    lines: tables.lines as 'invoiceLines',
    adjustments: tables.adjustments as 'invoiceAdjustments',
    taxes: tables.taxes as 'invoiceTaxes',
    parent: tables.parent as 'invoiceId',
  }
}

/** What a kind is called in a sentence. */
export const wordFor = (kind: DocumentKind): string => (kind === 'credit-note' ? 'credit note' : kind)

/** The same at the beginning of one. */
export const titleFor = (kind: DocumentKind): string => {
  const word = wordFor(kind)
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}
