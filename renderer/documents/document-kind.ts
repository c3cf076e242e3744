import type { ComponentType, ReactNode } from 'react'
import type { z } from 'zod'
import type { Client, FeatureName } from '../../shared/contract/index.ts'
import type { Rounding } from '../../shared/documents/model.ts'
import type { ComparedField } from '../ui/differences.ts'
import type { LocaleFormats } from '../ui/locale.tsx'
import type { DocumentContent, DocumentLine } from './document-content.ts'

/** A document as its own procedures store it. */
export type StoredDocument = {
  readonly id: string
  readonly version: number
  readonly isDraft: boolean
  readonly content: DocumentContent
  readonly rounding: Rounding
  readonly updatedAt: string
  /** The very answer of the feature's `get`, for the page that shows what is issued. */
  readonly answer: unknown
}

type Versioned = { readonly id: string; readonly version: number }
type Draft = { readonly id: string; readonly version: number | null; readonly content: DocumentContent }

/** The calls that the editor makes; they throw AppError. */
export type DocumentProcedures = {
  readonly get: (id: string) => Promise<StoredDocument>
  /** What a new one begins with, for a client or for none yet. */
  readonly blank: (clientId: string | null) => Promise<{ content: DocumentContent; rounding: Rounding }>
  readonly saveDraft: (
    draft: Draft,
    options?: { readonly idempotencyKey: string },
  ) => Promise<{ version: number; savedAt: string }>
  readonly deleteDraft: (draft: Versioned) => Promise<unknown>
  readonly restoreDraft: (draft: { readonly id: string }) => Promise<unknown>
  /** Makes a new draft of it; a kind without it is not copied. */
  readonly duplicate?: (draft: { readonly id: string; readonly newId: string }) => Promise<{ id: string }>
  /** `seriesId`: another series than the default one, for kinds that offer several. */
  readonly issue: (draft: Versioned & { readonly seriesId: string | null }) => Promise<{ number: string }>
  readonly preview: (
    content: DocumentContent,
    options: { readonly signal: AbortSignal },
  ) => Promise<{ pdf: Uint8Array }>
}

/** How a kind of document is called where the editor speaks of it. */
export type DocumentWords = {
  /** `invoice`, within a sentence. */
  readonly one: string
  readonly many: string
  /** `Invoice`, as a heading and on the paper. */
  readonly title: string
  /** Over the address: `Billed to`. */
  readonly addressee: string
  /** The label of its date: `Invoice date`. */
  readonly date: string
  /** The grand total: `Amount due`. */
  readonly payable: string
  readonly notesHint: string
  readonly termsHint: string
  /** What is stamped beside the title while it is written; DRAFT where nothing is said. */
  readonly stamp?: string
}

/** What is about to be issued, for the question that is asked before. */
export type IssueQuestion = {
  readonly content: DocumentContent
  readonly clientName: string
  /** The amount in words and signs: `£120.00`. */
  readonly total: string
  readonly number: string | null
  readonly formats: LocaleFormats
}

type DocumentPaths =
  | { readonly list: '/invoices'; readonly one: '/invoices/$id' }
  | { readonly list: '/quotes'; readonly one: '/quotes/$id' }
  | { readonly list: '/credit-notes'; readonly one: '/credit-notes/$id' }

type LineProps = { readonly line: DocumentLine; readonly position: number }

/** What lines of one kind have beside those of the others. */
export type LineParts = {
  /** A line that is inserted: the blank one with what this kind begins with. */
  readonly begin: (line: DocumentLine) => DocumentLine
  /** Entries of the menu of a line. */
  readonly Menu: ComponentType<LineProps>
  /** What stands below a line. */
  readonly Note: ComponentType<LineProps>
  /** Whether anything stands below it. */
  readonly hasNote: (line: DocumentLine) => boolean
}

/** A kind of document that is written on the paper: what it is called, what it shows and which procedures it lives by. */
export type DocumentKind = {
  readonly name: 'invoice' | 'quote' | 'credit-note'
  readonly feature: FeatureName
  /** What attachments call it; null where none are kept beside it. */
  readonly entity: Parameters<Client['attachments']['add']>[0]['entity'] | null
  /** What tags know it by; null where it has none. */
  readonly tagged: Parameters<Client['tags']['assign']>[0]['entity'] | null
  readonly words: DocumentWords
  readonly paths: DocumentPaths
  readonly procedures: DocumentProcedures
  /** How drafts are kept in this browser: under which prefix, and what a readable one is. */
  readonly kept: { readonly prefix: string; readonly content: z.ZodType<DocumentContent> }
  /** The facts beside the address, in their order. */
  readonly facts: readonly ComponentType[]
  /** Whether something may be paid already when it is written. */
  readonly hasPrepaid: boolean
  readonly lines?: LineParts
  /** What keeps it from being issued beside what every document needs: problems by field. */
  readonly missing?: (content: DocumentContent) => Readonly<Record<string, string>>
  /** The sentences of the question before it is issued. */
  readonly consequences: (question: IssueQuestion) => ReactNode
  /** More entries of the menu of a draft; `prepare` stores it first, and is false where that was not possible. */
  readonly DraftItems?: ComponentType<{ readonly id: string; readonly prepare: () => Promise<boolean> }>
  /** Fields that a comparison after a conflict names, beside those that every document has. */
  readonly comparedFields?: (formats: LocaleFormats) => readonly ComparedField[]
}

/** As much of a kind as the paper itself works with: enough for what is written without being a document yet. */
export type PaperKind = Pick<DocumentKind, 'name' | 'words' | 'facts' | 'hasPrepaid' | 'lines'> & {
  readonly procedures: Pick<DocumentProcedures, 'blank' | 'preview'>
}
