import { sql } from 'kysely'
import type { DataKey } from '../../db/key.ts'
import { rawRows } from '../features/raw-rows.ts'
import { openFileStore } from '../files.ts'
import { verifierFile } from '../record/verifier-file.ts'
import type { Db } from '../rpc/handles.ts'
import { stateHash } from './state-hash.ts'
import { type ExportedRow, exportedRows, exportedTables } from './tables.ts'
import { writeArchive } from './workspace-file.ts'

/** The version of the tables of an open database. */
export const schemaVersionOf = async (db: Db): Promise<number> => {
  const [row] = await rawRows<{ userVersion: number }>(db, sql`SELECT user_version FROM pragma_user_version`)
  return row?.userVersion ?? 0
}

// Every file that a row names by its hash: attachments, and the kept PDFs of issued documents.
const hashesIn = (tables: Readonly<Record<string, readonly ExportedRow[]>>): Set<string> => {
  const hashes = new Set<string>()
  for (const rows of Object.values(tables)) {
    for (const row of rows) {
      for (const key of ['sha256', 'pdfSha256', 'fileSha256']) {
        const hash = row[key]
        if (typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)) hashes.add(hash)
      }
    }
  }
  return hashes
}

export type ExportInput = {
  readonly organizationId: string
  readonly directory: string
  readonly exportedAt: string
  /** The signed file of its record. */
  readonly record: Uint8Array
}

/** The archive of everything of an organization; a file that is missing from the folder is named, not invented. */
export const exportWorkspace = async (
  db: Db,
  { organizationId, directory, exportedAt, record }: ExportInput,
  key: DataKey,
) => {
  const tables: Record<string, ExportedRow[]> = {}
  for (const table of await exportedTables(db)) {
    const rows = await exportedRows(db, table, organizationId)
    if (rows.length > 0) tables[table.name] = rows
  }
  const store = openFileStore(directory, key)
  const files = new Map<string, Uint8Array>()
  const missing: string[] = []
  for (const hash of hashesIn(tables)) {
    const content = await store.get(hash).catch(() => null)
    if (content === null) missing.push(hash)
    else files.set(hash, content)
  }
  const books = {
    format: 'counterfoil-books',
    formatVersion: 1,
    schemaVersion: await schemaVersionOf(db),
    exportedAt,
    organizationId,
    stateHash: await stateHash(db, organizationId),
    tables,
  } as const
  const rowCount = Object.values(tables).reduce((sum, rows) => sum + rows.length, 0)
  const bytes = writeArchive({ books, files }, { record, verifier: verifierFile(import.meta.url) })
  return { bytes, rowCount, fileCount: files.size, missing, stateHash: books.stateHash }
}
