import { sql } from 'kysely'
import { fromJson } from '../../../db/json.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { Db, QueryContext } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'
import { type Explained, goneByRestores, goneWords, splitByRestores } from './restored.ts'

type Run = {
  readonly seriesId: string
  readonly documentKind: string
  readonly code: string
  readonly pattern: string
  readonly startValue: number
  readonly period: string
  readonly count: number
  /** The first and the last number that a document has here; null where every one is gone. */
  readonly first: number | null
  readonly last: number | null
  readonly firstNumber: string | null
  readonly lastNumber: string | null
  /** How far the numbers were given. */
  readonly reached: number
}

// Counters are kept on the documents that have void ones; payments and refunds count in their numbers alone.
const counted = ['invoices', 'quotes', 'credit_notes'] as const
const countedKinds = sql.join(['invoice', 'quote', 'credit-note'])

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
    sql`SELECT s.id AS series_id, s.document_kind, s.code, s.pattern, s.start_value,
        c.period, count(n.counter) AS count, min(n.counter) AS first, max(n.counter) AS last,
        -- An import counts what it brought, and takes it back as a whole.
        iif(s.device_id IS NULL, c.last_value, coalesce(max(n.counter), 0)) AS reached,
        (SELECT f.number FROM (${numbersOf(organizationId)}) f WHERE f.series_id = s.id AND f.period = c.period ORDER BY f.counter LIMIT 1) AS first_number,
        (SELECT f.number FROM (${numbersOf(organizationId)}) f WHERE f.series_id = s.id AND f.period = c.period ORDER BY f.counter DESC LIMIT 1) AS last_number
      FROM number_series s JOIN number_counters c ON c.series_id = s.id
      LEFT JOIN (${numbersOf(organizationId)}) n ON n.series_id = s.id AND n.period = c.period
      WHERE s.organization_id = ${organizationId} AND s.document_kind IN (${countedKinds})
        ${documentKind === null ? sql`` : sql`AND s.document_kind = ${documentKind}`}
        -- What a restore keeps beside a series for numbers of another pattern: they are told with the series itself.
        AND s.deleted_at IS NOT s.created_at
      GROUP BY s.id, c.period ORDER BY s.document_kind, s.code, c.period DESC`,
  )

type Range = { readonly from: number; readonly to: number }

const missingIn = async (db: Db, organizationId: string, run: Run): Promise<Range[]> => {
  const { first, last, count, reached } = run
  if (first === null || last === null) return [{ from: 1, to: reached }]
  const before = first > 1 ? [{ from: 1, to: first - 1 }] : []
  const after = reached > last ? [{ from: last + 1, to: reached }] : []
  // In order and without holes, last less first is one less than their number: nothing to look for.
  if (last - first + 1 === count) return [...before, ...after]
  const inside = await rawRows<{ counter: number; next: number }>(
    db,
    sql`SELECT counter, next FROM (
        SELECT counter, lead(counter) OVER (ORDER BY counter) AS next FROM (${numbersOf(organizationId)})
        WHERE series_id = ${run.seriesId} AND period = ${run.period})
      WHERE next > counter + 1`,
  )
  return [...before, ...inside.map(({ counter, next }) => ({ from: counter + 1, to: next - 1 })), ...after]
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

type Gap = { from: number; to: number; cause: 'start-value' | 'pattern' | 'restored' | 'unknown'; detail: string }

const day = (at: string) => at.slice(0, 10)

const explain = ({ gone, ...gap }: Explained, run: Run, changes: readonly Change[]): Gap => {
  if (gone !== null) return { ...gap, cause: 'restored', detail: goneWords(gone) }
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

// Ended by a restore and made again: the one goes on from the other.
const alike = (run: Run, runs: readonly Run[]) =>
  runs.filter(
    (it) =>
      it.seriesId !== run.seriesId &&
      it.documentKind === run.documentKind &&
      it.period === run.period &&
      it.code === run.code &&
      it.pattern === run.pattern,
  )

// What went of several is told once: with the one that has documents, or that came furthest.
const isToldWith = (one: Run, run: Run) =>
  one.count > 0 || one.reached > run.reached || (one.reached === run.reached && one.seriesId < run.seriesId)

/** Every series and period with its first and last number, what is void, and each gap with its cause, for an auditor. */
export const seriesReport = async (
  { db, organizationId }: QueryContext,
  { documentKind }: Input<(typeof contract)['numberSeries']['report']>,
) => {
  const runs = await runsOf(db, organizationId, documentKind)
  const allGone = await goneByRestores(db, organizationId)
  const report = []
  for (const run of runs) {
    if (run.reached === 0) continue
    const heirs = alike(run, runs)
    if (run.count === 0 && heirs.some((it) => isToldWith(it, run))) continue
    const ids = new Set([run, ...heirs].map(({ seriesId }) => seriesId))
    const gone = allGone.filter((it) => ids.has(it.seriesId) && it.period === run.period)
    const missing = splitByRestores(await missingIn(db, organizationId, run), gone)
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
