import type Sqlite from 'better-sqlite3'
import { draftColumns, personalColumns } from '../record/personal-columns.ts'
import { columnsOf, isOwn, type Replacement } from './tables.ts'

type It = Pick<Replacement, 'organization'>

// What an erasure does besides: a row that it took away stays away, and no work goes on for it.
const endings: Readonly<Record<string, readonly string[]>> = {
  clients: ['status', 'einvoice_format'],
  recurring_invoices: ['state', 'next_on', 'waiting'],
  taggings: [],
}

const tables = [...new Set([personalColumns, draftColumns, endings].flatMap(Object.keys))]
const documents = ['invoices', 'quotes', 'credit_notes']

const erasedIn = (table: string, fate: string | null) =>
  `(SELECT row_id FROM main.erasure_rows WHERE table_name = '${table}' ${fate === null ? '' : `AND fate = '${fate}'`}
    UNION ALL SELECT substr(f.value, ${table.length + 2}) FROM main.person_erasures p, json_each(p.found) f
    WHERE f.value GLOB '${table} *')`

const take = (database: Sqlite.Database, it: It, table: string, wanted: readonly string[], rows: string) => {
  const columns = columnsOf(database, table)
  const own = wanted.filter((column) => columns.includes(column)).join(', ')
  if (own === '' || !columns.includes('organization_id')) return
  database
    .prepare(
      `UPDATE backup.${table} AS n SET (${own}) = (SELECT ${own} FROM main.${table} o WHERE o.id = n.id)
      WHERE ${isOwn(table, 'n')} AND n.id IN (SELECT id FROM main.${table}) AND ${rows}`,
    )
    .run({ organization: it.organization })
}

const countLost = (database: Sqlite.Database, { organization }: It, table: string): number =>
  Number(
    database
      .prepare(
        `SELECT count(*) FROM backup.${table} n JOIN main.${table} o ON o.id = n.id
        WHERE n.organization_id = ? AND n.deleted_at IS NULL AND o.deleted_at IS NOT NULL
          AND n.id IN ${erasedIn(table, 'erased')}`,
      )
      .pluck()
      .get(organization),
  )

/**
 * Lets what was erased since stay erased: the rows of then, in the attached database `backup`, with the marks of now.
 * Gives how many drafts are gone by that.
 */
export const keepErased = (database: Sqlite.Database, it: It): number => {
  const lost = documents.reduce((sum, table) => sum + countLost(database, it, table), 0)
  for (const table of tables) {
    take(database, it, table, personalColumns[table] ?? [], `n.id IN ${erasedIn(table, null)}`)
    const more = [...(draftColumns[table] ?? []), ...(endings[table] ?? []), 'deleted_at']
    take(database, it, table, more, `n.id IN ${erasedIn(table, 'erased')}`)
  }
  take(database, it, 'quote_invoices', ['deleted_at'], `n.invoice_id IN ${erasedIn('invoices', 'erased')}`)
  return lost
}
