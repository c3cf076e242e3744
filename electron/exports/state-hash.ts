import { createHash } from 'node:crypto'
import { toJson } from '../../db/json.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { exportedRows, exportedTables, rowKey } from './tables.ts'

/**
 * SHA-256 over every row of the books of an organization, tables and rows in order: two databases with the same hash
 * hold the same books, with the same sums that triggers keep.
 */
export const stateHash = async (db: Db | Trx, organizationId: string): Promise<string> => {
  const hash = createHash('sha256')
  for (const table of await exportedTables(db)) {
    const keys = [...table.columns].sort().map(rowKey)
    for (const row of await exportedRows(db, table, organizationId)) {
      hash.update(`${table.name} ${toJson(keys.map((key) => [key, text(row[key])]))}\n`)
    }
  }
  return hash.digest('hex')
}

const text = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
