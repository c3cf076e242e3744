import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate'
import { z } from 'zod'
import { fromJson, toJson } from '../../db/json.ts'
import { AppError } from '../../shared/errors.ts'
import { sha256Of } from '../files.ts'
import type { ExportedRow } from './tables.ts'

/** Everything of one organization: what `books.json` in the archive holds. */
export type WorkspaceExport = {
  readonly format: 'counterfoil-books'
  readonly formatVersion: 1
  readonly schemaVersion: number
  readonly exportedAt: string
  readonly organizationId: string
  readonly stateHash: string
  readonly tables: Readonly<Record<string, readonly ExportedRow[]>>
}

export type WorkspaceArchive = { readonly books: WorkspaceExport; readonly files: ReadonlyMap<string, Uint8Array> }

/** What proves the books to others: the record, and the program that checks it. Counterfoil itself does not read it back. */
export type ArchivedRecord = { readonly record: Uint8Array; readonly verifier: Uint8Array | null }

const readme = `This archive holds the books of one business, as Counterfoil keeps them.

books.json   every row of every table, in JSON:
  format, formatVersion   what this file is
  schemaVersion           the version of the tables it was written from
  stateHash               SHA-256 of the books: the same after an import
  tables                  rows by table; names as in docs/schema.md, in camelCase
Whole numbers are exact and scaled: keys that end in E4 are amounts in ten-thousandths, E6 prices, quantities and
percentages in millionths, E10 exchange rates; they are strings of digits. Dates are YYYY-MM-DD, instants ISO 8601 in UTC.
record.jsonl  who changed what and when, each entry signed: node verify.mjs record.jsonl checks it, with no other program
files/       attachments and kept PDFs, named by the SHA-256 of their content

Counterfoil reads it again: first screen, "Bring in an export".
`

// Fixed, so that the same books give the same bytes.
const stamp = new Date('2000-01-01T00:00:00Z')

/** The archive of an export as bytes. */
export const writeArchive = ({ books, files }: WorkspaceArchive, proof: ArchivedRecord | null = null): Uint8Array => {
  const entries: Zippable = {
    'README.txt': strToU8(readme),
    'books.json': strToU8(toJson(books)),
  }
  if (proof !== null) entries['record.jsonl'] = proof.record
  if (proof !== null && proof.verifier !== null) entries['verify.mjs'] = proof.verifier
  // What is kept is a PDF or a picture most of the time: compressed already.
  for (const [hash, content] of files) entries[`files/${hash}`] = [content, { level: 0 }]
  return zipSync(entries, { mtime: stamp })
}

const rowSchema = z.record(z.string(), z.unknown())
const booksSchema = z.object({
  format: z.literal('counterfoil-books'),
  formatVersion: z.literal(1),
  schemaVersion: z.int().min(1),
  exportedAt: z.string(),
  organizationId: z.uuid(),
  stateHash: z.string().regex(/^[0-9a-f]{64}$/),
  tables: z.record(z.string(), z.array(rowSchema)),
})

const refuse = (why: string) =>
  new AppError('IMPORT_FAILED', `This is no export of Counterfoil: ${why}. Nothing was changed.`)

// Enough for a business of decades; a small file that claims more is out to fill the disk.
const mostUnpacked = 4_000_000_000
const mostEntries = 500_000

/** Reads an archive that `writeArchive` made; AppError IMPORT_FAILED says what is wrong with any other. */
export const readArchive = (bytes: Uint8Array): WorkspaceArchive => {
  let entries: Record<string, Uint8Array>
  let unpacked = 0
  let count = 0
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize
        count += 1
        if (count > mostEntries) throw refuse(`it holds more than ${mostEntries} files`)
        if (unpacked > mostUnpacked) throw refuse('it would unpack to more than 4 GB')
        return name === 'books.json' || /^files\/[0-9a-f]{64}$/.test(name)
      },
    })
  } catch (error) {
    if (error instanceof AppError) throw error
    throw refuse('it is not a whole ZIP file')
  }
  const text = entries['books.json']
  if (text === undefined) throw refuse('books.json is missing')
  const books = parseBooks(strFromU8(text))
  const files = new Map<string, Uint8Array>()
  for (const [name, content] of Object.entries(entries)) {
    if (!name.startsWith('files/')) continue
    const hash = name.slice('files/'.length)
    if (sha256Of(content) !== hash) throw refuse(`the file ${hash} was changed`)
    files.set(hash, content)
  }
  return { books, files }
}

const parseBooks = (text: string): WorkspaceExport => {
  let value: unknown
  try {
    value = fromJson(text)
  } catch {
    throw refuse('books.json is not JSON')
  }
  const parsed = booksSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw refuse(`books.json, ${issue?.path.join('.') || 'top'}: ${issue?.message ?? 'not as expected'}`)
}
