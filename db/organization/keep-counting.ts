import type Sqlite from 'better-sqlite3'
import { carryNumbers, type Numbering } from './given-numbers.ts'
import { columnsOf, type Replacement } from './tables.ts'

const numbersOf = (database: Sqlite.Database, schema: 'main' | 'backup', organization: string): Numbering => ({
  // A statement that reads gives objects by column name.
  series: database
    .prepare(
      `SELECT id, organization_id AS organizationId, document_kind AS documentKind, code, pattern, deleted_at AS deletedAt
      FROM ${schema}.number_series WHERE organization_id = ?`,
    )
    .all(organization) as Numbering['series'],
  counters: database
    .prepare(
      `SELECT id, series_id AS seriesId, period, last_value AS lastValue
      FROM ${schema}.number_counters WHERE organization_id = ?`,
    )
    .all(organization) as Numbering['counters'],
})

const endedValues: Readonly<Record<string, string>> = {
  id: '@id',
  is_default: '0',
  branch_id: '(SELECT b.id FROM backup.branches b WHERE b.id = o.branch_id)',
  created_at: 'iif(o.id = @id, o.created_at, @at)',
  updated_at: '@at',
  deleted_at: 'coalesce(o.deleted_at, @at)',
  version: 'o.version + 1',
}

/**
 * Lets the numbers of an organization in the attached database `backup` go on from where they are now: one that somebody
 * has on paper is never given again, whatever becomes of the document here, and of its series.
 */
export const keepCounting = (database: Sqlite.Database, { organization, at, newId }: Replacement): void => {
  const [now, then] = [numbersOf(database, 'main', organization), numbersOf(database, 'backup', organization)]
  const { ended, raised, added } = carryNumbers(now, then, newId)
  const columns = columnsOf(database, 'number_series')
  const values = columns.map((column) => endedValues[column] ?? `o.${column}`)
  const bring = database.prepare(
    `INSERT INTO backup.number_series (${columns.join(', ')}) SELECT ${values.join(', ')} FROM main.number_series o WHERE o.id = @from`,
  )
  for (const { id, series } of ended) bring.run({ id, from: series.id, at })
  const raise = database.prepare(
    'UPDATE backup.number_counters SET last_value = @lastValue, updated_at = @at, version = version + 1 WHERE id = @id',
  )
  for (const counter of raised) raise.run({ ...counter, at })
  const add = database.prepare(
    `INSERT INTO backup.number_counters (id, organization_id, created_at, updated_at, series_id, period, last_value)
    VALUES (@id, @organizationId, @at, @at, @seriesId, @period, @lastValue)`,
  )
  for (const counter of added) add.run({ ...counter, at })
}
