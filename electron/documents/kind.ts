import type { DocumentContent } from '../../shared/contract/documents.ts'
import type { DocumentTotals, Rounding } from '../../shared/documents/model.ts'
import type { PrintableDocument } from '../../shared/documents/printable.ts'
import type { Db, Trx } from '../rpc/context.ts'
import type { DocumentKind, HeadRow, OwnHead, OwnLine } from './tables.ts'

/** What a kind of document adds to what all of them do: its own columns, how it is totalled, what it prints. */
export type DocumentSpec<K extends DocumentKind, C extends DocumentContent> = {
  readonly kind: K
  /** What a person wrote, read back from its rows. */
  readonly contentOf: (db: Db | Trx, head: HeadRow<K>) => Promise<C>
  /** Own columns that follow from the content, written at each save; AppError VALIDATION where they cannot. */
  readonly headColumns: (content: C) => Partial<OwnHead<K>>
  /** Own columns that a new draft begins with; a row names every column. */
  readonly newColumns: Partial<OwnHead<K>>
  readonly lineColumns: (line: C['lines'][number]) => OwnLine<K>
  /** Sums of what counts, with the figures of every line in its place; RangeError where they cannot be held. */
  readonly calculate: (content: C, rounding: Rounding) => DocumentTotals
  /** What is missing before it may go out, by the path of the field. */
  readonly problemsOf: (content: C) => Readonly<Record<string, string>>
  /** Completes what is printed with what only this kind prints. */
  readonly print: (db: Db, base: PrintableDocument, content: C, head: HeadRow<K> | null) => Promise<PrintableDocument>
}
