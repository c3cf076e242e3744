import type { ImportEntity } from '../../../../shared/contract/data-imports.ts'

/** Looks into a row by the plain name of a column; '' where there is none. */
export type Look = (name: string) => string

/** What a row of an invoice file is. */
export type RowRole = 'line' | 'total' | 'payment' | 'tax' | 'ignore'

/** How one product writes one kind of table. */
export type Template = {
  readonly id: string
  readonly product: string
  readonly label: string
  /** What a row is, in the plural: `clients`, `time entries`. */
  readonly holds: string
  /** What it is imported as; null where the product has no place for it yet. */
  readonly entity: ImportEntity | null
  /** What it may be read as instead, where somebody asks for it. */
  readonly also?: readonly ImportEntity[]
  /** Plain names of columns that together are its sign. */
  readonly signature: readonly string[]
  /** Those columns and no others: names that many tables have. */
  readonly exact?: boolean
  /** What stands above the names, where that tells it from another table. */
  readonly titled?: RegExp
  /** Plain column name, `#2` for its second occurrence, to field; columns not named here are left out. */
  readonly columns: Readonly<Record<string, string>>
  /** Why nothing or only a part of it can come in, in words. */
  readonly note?: string
  /** Each name once: several rows may name the same client. */
  readonly distinct?: boolean
  /** Why a row is not one of these records; null for one that is. */
  readonly leaveOut?: (look: Look) => string | null
  /** Every document of it is a credit note. */
  readonly credits?: boolean
  /** The total of an invoice is a row of its own. */
  readonly totalRows?: boolean
  readonly roleOf?: (look: Look) => RowRole
  /** Changes the text of a field before it is read. */
  readonly polish?: (field: string, text: string, look: Look) => string
}
