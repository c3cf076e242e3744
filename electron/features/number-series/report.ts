import { sql } from 'kysely'
import { fromJson } from '../../../db/json.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { Db, QueryContext } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'

type Run = {
  readonly seriesId: string
  readonly documentKind: string
  readonly code: string
  readonly startValue: number
  readonly period: string
  readonly count: number
  readonly first: number
  readonly last: number
  readonly firstNumber: string
  readonly lastNumber: string
}

// Counters are kept on the documents that have void ones; payments and refunds count in their numbers alone.
const counted = ['invoices', 'quotes', 'credit_notes'] as const

const numbersOf = (organizationId: string) =>
  sql.join(
    counted.map(
      (table) => sql`SELECT series_id, period, counter, number FROM ${sql.table(table)}
        WHERE organization_id = ${organizationId} AND counter IS NOT NULL`,
    ),
    sql` UNION ALL `,
  )

const runsOf = (db: Db, organizationId: string, documentKind: string | null) =>
  rawRows<Run>(
    db,
    sql`SELECT s.id AS series_id, s.document_kind, s.code, s.start_value, n.period, count(*) AS count,
        min(n.counter) AS first, max(n.counter) AS last,
        (SELECT f.number FROM (${numbersOf(organizationId)}) f WHERE f.series_id = s.id AND f.period = n.period ORDER BY f.counter LIMIT 1) AS first_number,
        (SELECT f.number FROM (${numbersOf(organizationId)}) f WHERE f.series_id = s.id AND f.period = n.period ORDER BY f.counter DESC LIMIT 1) AS last_number
      FROM number_series s JOIN (${numbersOf(organizationId)}) n ON n.series_id = s.id
      WHERE s.organization_id = ${organizationId} ${documentKind === null ? sql`` : sql`AND s.document_kind = ${documentKind}`}
      GROUP BY s.id, n.period ORDER BY s.document_kind, s.code, n.period DESC`,
  )

const missingIn = async (db: Db, organizationId: string, run: Run): Promise<{ from: number; to: number }[]> => {
  // In order and without holes, last less first is one less than their number: nothing to look for.
  const before = run.first > 1 ? [{ from: 1, to: run.first - 1 }] : []
  if (run.last - run.first + 1 === run.count) return before
  const inside = await rawRows<{ counter: number; next: number }>(
    db,
    sql`SELECT counter, next FROM (
        SELECT counter, lead(counter) OVER (ORDER BY counter) AS next FROM (${numbersOf(organizationId)})
        WHERE series_id = ${run.seriesId} AND period = ${run.period})
      WHERE next > counter + 1`,
  )
  return [...before, ...inside.map(({ counter, next }) => ({ from: counter + 1, to: next - 1 }))]
}

type Change = {
  readonly at: string
  readonly name: string | null
  readonly oldValues: string
  readonly newValues: string
}

const changesOf = (db: Db, seriesId: string) =>
  rawRows<Change>(
    db,
    sql`SELECT c.at, u.name, a.old_values, a.new_values FROM audit_log a JOIN commands c ON c.seq = a.command_seq
      LEFT JOIN users u ON u.id = c.user_id
      WHERE a.table_name = 'number_series' AND a.row_id = ${seriesId} AND a.action = 'update' ORDER BY a.seq`,
  )

const field = (json: string, key: string): unknown => {
  const held = fromJson(json)
  return typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined
}

type Gap = { from: number; to: number; cause: 'start-value' | 'pattern' | 'unknown'; detail: string }

const day = (at: string) => at.slice(0, 10)

const explain = (gap: { from: number; to: number }, run: Run, changes: readonly Change[]): Gap => {
  const by = ({ at, name }: Change) => `on ${day(at)}${name === null ? '' : ` by ${name}`}`
  for (const change of changes) {
    const start = Number(field(change.newValues, 'start_value'))
    if (start === gap.to + 1) {
      const was = String(field(change.oldValues, 'start_value'))
      return {
        ...gap,
        cause: 'start-value',
        detail: `The start value was changed from ${was} to ${start} ${by(change)}.`,
      }
    }
  }
  if (gap.from === 1 && gap.to + 1 === run.startValue) {
    return { ...gap, cause: 'start-value', detail: `The series begins at ${run.startValue}.` }
  }
  const pattern = changes.find((change) => field(change.newValues, 'pattern') !== undefined)
  if (pattern !== undefined) {
    const [from, to] = [field(pattern.oldValues, 'pattern'), field(pattern.newValues, 'pattern')]
    return {
      ...gap,
      cause: 'pattern',
      detail: `The pattern was changed from ${String(from)} to ${String(to)} ${by(pattern)}.`,
    }
  }
  return {
    ...gap,
    cause: 'unknown',
    detail: 'No change of the series explains it. Numbers are never taken without a document.',
  }
}

const voidsOf = (db: Db, run: Run) => {
  const of = (table: 'invoices' | 'quotes' | 'credit_notes') =>
    sql`SELECT id, number, void_reason AS reason, substr(voided_at, 1, 10) AS "on", counter FROM ${sql.table(table)}
      WHERE series_id = ${run.seriesId} AND period = ${run.period} AND voided_at IS NOT NULL`
  return rawRows<{ id: string; number: string; reason: string; on: string }>(
    db,
    sql`SELECT id, number, reason, "on" FROM (${sql.join(counted.map(of), sql` UNION ALL `)}) ORDER BY counter`,
  )
}

/** Every series and period with its first and last number, what is void, and each gap with its cause, for an auditor. */
export const seriesReport = async (
  { db, organizationId }: QueryContext,
  { documentKind }: Input<(typeof contract)['numberSeries']['report']>,
) => {
  const report = []
  for (const run of await runsOf(db, organizationId, documentKind)) {
    const missing = await missingIn(db, organizationId, run)
    const changes = missing.length === 0 ? [] : await changesOf(db, run.seriesId)
    const { seriesId, code, period, count, firstNumber, lastNumber } = run
    report.push({
      seriesId,
      documentKind: run.documentKind,
      code,
      period,
      firstNumber,
      lastNumber,
      count,
      voids: await voidsOf(db, run),
      gaps: missing.map((gap) => explain(gap, run, changes)),
    })
  }
  return report
}
