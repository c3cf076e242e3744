import type Sqlite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { ExactSqliteDialect } from '../../../db/driver.ts'
import type { Database } from '../../../db/tables/index.ts'
import { checkIntegrity } from '../../features/integrity/check.ts'
import { rebuildSummaries } from '../../features/integrity/rebuild.ts'
import type { Db } from '../../rpc/handles.ts'
import type { Triggers } from './triggers.ts'

// What each kind is found by; setting a column to itself lets the index's own triggers write its entry anew.
const searched: readonly (readonly [string, string, string])[] = [
  ['clients', 'name', ''],
  ['items', 'name', ''],
  ['invoices', 'client_name', 'AND issued_at IS NULL'],
  ['quotes', 'client_name', 'AND issued_at IS NULL'],
  ['credit_notes', 'client_name', 'AND issued_at IS NULL'],
]

const entryTriggers = /^(clients|items|invoices|quotes|credit_notes)_search_/
const indexTriggers = /^search_entries_/
// Past this part of all entries it is quicker to put the index together anew.
const fewest = 20

const isLittle = (database: Sqlite.Database): boolean => {
  const count = (sql: string) => Number(database.prepare(sql).pluck().get())
  const touched = count('SELECT (SELECT count(*) FROM rewind_born) + (SELECT count(*) FROM rewind_touched)')
  return touched * fewest < count('SELECT count(*) FROM search_entries')
}

// Issued documents that came back with their rows are not in the index: they are issued once more, for it alone.
const indexIssued = (database: Sqlite.Database, table: string) => {
  database.exec(`
    CREATE TABLE rewind_missing AS SELECT id, issued_at FROM "${table}" WHERE issued_at IS NOT NULL
      AND id IN (SELECT row_id FROM rewind_touched WHERE table_name = '${table}') AND id NOT IN (SELECT entity_id FROM search_entries);
    UPDATE "${table}" SET issued_at = NULL WHERE id IN (SELECT id FROM rewind_missing);
    UPDATE "${table}" AS d SET issued_at = (SELECT m.issued_at FROM rewind_missing m WHERE m.id = d.id)
      WHERE id IN (SELECT id FROM rewind_missing);
    DROP TABLE rewind_missing`)
}

/** Makes the search index fit the rows again, from what `rewind` left of which rows were touched, by its own triggers. */
export const deriveSearch = (database: Sqlite.Database, triggers: Triggers): void => {
  const follows = isLittle(database)
  triggers.restore(entryTriggers)
  if (follows) triggers.restore(indexTriggers)
  database.exec('DELETE FROM search_entries WHERE entity_id IN (SELECT row_id FROM rewind_born)')
  for (const [table, column, where] of searched) {
    database.exec(`UPDATE "${table}" SET "${column}" = "${column}"
      WHERE id IN (SELECT row_id FROM rewind_touched WHERE table_name = '${table}') ${where}`)
  }
  for (const table of ['invoices', 'quotes', 'credit_notes']) indexIssued(database, table)
  for (const index of follows ? [] : ['search_words', 'search_trigrams']) {
    database.exec(`INSERT INTO ${index} (${index}) VALUES ('rebuild')`)
  }
  triggers.drop()
  database.exec('DROP TABLE rewind_born; DROP TABLE rewind_touched')
}

/** Computes all summaries of a scratch file anew; gives how many figures of how many did not add up then. */
export const deriveSums = async (database: Sqlite.Database): Promise<{ checked: number; differences: number }> => {
  const writer = new Kysely<Database>({ dialect: new ExactSqliteDialect(database) })
  const organizations = await writer.selectFrom('organizations').select('id').execute()
  let checked = 0
  let differences = 0
  await writer.transaction().execute(async (trx) => {
    for (const { id } of organizations) await rebuildSummaries(trx, id)
  })
  for (const { id } of organizations) {
    // The same handle seen through the type that only reads.
    const found = await checkIntegrity(writer as unknown as Db, id)
    checked += found.checked
    differences += found.differences.length
  }
  return { checked, differences }
}
