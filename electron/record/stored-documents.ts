import { sql } from 'kysely'
import { type DocumentContent, type DocumentShape, documentContent } from '../../db/record/documents.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { Db, Trx } from '../rpc/handles.ts'

// The driver names columns in camelCase and reads counts as numbers: the record wants the stored names, in their order.
const rowKey = (column: string) => column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const valuesOf = (row: Readonly<Record<string, unknown>>, columns: readonly string[]) =>
  columns.map((column) => row[rowKey(column)])

/** An issued document as its rows have it now; null where there is none. */
export const storedDocument = async (
  db: Db | Trx,
  shape: DocumentShape,
  id: string,
): Promise<DocumentContent | null> => {
  const names = shape.columns.split(',')
  const [head] = await rawRows<Record<string, unknown>>(
    db,
    sql`SELECT ${sql.raw(shape.columns)} FROM ${sql.table(shape.table)} WHERE id = ${id}`,
  )
  if (head === undefined) return null
  const parts: unknown[][][] = []
  for (const part of shape.parts) {
    const columns = part.columns.split(',')
    const rows = await rawRows<Record<string, unknown>>(
      db,
      sql`SELECT ${sql.raw(part.columns)} FROM ${sql.table(part.table)}
        WHERE ${sql.ref(shape.key)} = ${id} AND deleted_at IS NULL ORDER BY position, id`,
    )
    parts.push(rows.map((row) => valuesOf(row, columns)))
  }
  return documentContent(shape, valuesOf(head, names), parts)
}
