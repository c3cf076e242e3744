import type Sqlite from 'better-sqlite3'
import type { DataKey } from '../../db/key.ts'
import { openConnection } from '../../db/open.ts'
import { addMonths } from '../../shared/dates.ts'
import { counterPeriod, formatNumber } from '../../shared/documents/numbering.ts'
import { AppError } from '../../shared/errors.ts'
import type { ScratchContext } from './scratch-command.ts'

/** A series of a backup whose numbers may have gone on since, as nobody here can tell. */
export type OpenSeries = {
  readonly id: string
  readonly business: string
  readonly kind: string
  readonly code: string
  /** The last number that it gave, in the period of the backup; null where it gave none. */
  readonly last: string | null
}

/** The last number of a series that somebody has on paper, as it was typed. */
export type PaperNumber = { readonly seriesId: string; readonly last: string }

type Series = {
  readonly id: string
  readonly organizationId: string
  readonly business: string
  readonly kind: string
  readonly code: string
  readonly pattern: string
  readonly branch: string
  readonly fiscalYearStart: string
}

const open = `SELECT s.id, s.organization_id AS organizationId, o.legal_name AS business, s.document_kind AS kind, s.code,
    s.pattern, coalesce(b.code, '') AS branch, o.fiscal_year_start AS fiscalYearStart
  FROM number_series AS s JOIN organizations AS o ON o.id = s.organization_id
  LEFT JOIN branches AS b ON b.organization_id = o.id AND CASE WHEN s.branch_id IS NULL THEN b.is_default = 1 ELSE b.id = s.branch_id END
  WHERE s.deleted_at IS NULL AND o.deleted_at IS NULL AND o.is_demo = 0 AND s.pattern NOT LIKE '%{CLIENT}%'
  ORDER BY o.legal_name, s.document_kind, s.code`

const numberOf = ({ pattern, code, branch, fiscalYearStart }: Series, counter: number, issuedOn: string) =>
  formatNumber(pattern, { counter, issuedOn, fiscalYearStart, series: code, branch })

/**
 * The series of a backup's businesses but those that are known here, whose counters come along; with the last numbers
 * that they gave by a day. None in a database from before there were any.
 */
export const openSeriesIn = (database: Sqlite.Database, known: ReadonlySet<string>, on: string): OpenSeries[] => {
  try {
    // The columns that the statement names.
    const found = database.prepare(open).all() as Series[]
    const lastOf = database.prepare('SELECT last_value FROM number_counters WHERE series_id = ? AND period = ?').pluck()
    return found
      .filter(({ organizationId }) => !known.has(organizationId))
      .map((series) => {
        const { id, business, kind, code, pattern, fiscalYearStart } = series
        const counter = Number(lastOf.get(id, counterPeriod(pattern, on, fiscalYearStart)) ?? 0)
        return { id, business, kind, code, last: counter === 0 ? null : numberOf(series, counter, on) }
      })
  } catch {
    return []
  }
}

// Nobody's count, to find where it stands in a number.
const mark = 987_654_321
const monthsBack = 60

type Read = { readonly counter: number; readonly period: string }

/** What a number on paper says of its series: one of the last years, or the count alone, of this period; null for neither. */
const readNumber = (series: Series, text: string, today: string): Read | null => {
  const { pattern, fiscalYearStart } = series
  for (let back = 0; back <= monthsBack; back += 1) {
    const on = addMonths(today, -back)
    const [before = '', after = ''] = numberOf(series, mark, on).split(String(mark))
    const isLike = text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after)
    const count = isLike ? text.slice(before.length, text.length - after.length) : ''
    if (/^\d{1,9}$/.test(count)) return { counter: Number(count), period: counterPeriod(pattern, on, fiscalYearStart) }
  }
  if (!/^\d{1,9}$/.test(text)) return null
  return { counter: Number(text), period: counterPeriod(pattern, today, fiscalYearStart) }
}

const assertRead = (series: Series, last: string, today: string, index: number): Read => {
  const read = readNumber(series, last.trim(), today)
  if (read !== null) return read
  const message = `${last.trim()} is no number of the series ${series.code} of ${series.business}. Write it as it is on paper, such as ${numberOf(series, 7, today)}. Nothing was changed.`
  throw new AppError('VALIDATION', message, { fields: { [`numbers.${index}`]: message } })
}

export type PaperInput = {
  /** The backup. */
  readonly source: string
  readonly key: DataKey
  readonly numbers: readonly PaperNumber[]
  readonly at: string
}

/** Looks at what was typed before anything is closed for it. AppError VALIDATION for what is no number of its series. */
export const checkPaper = ({ source, key, numbers, at }: PaperInput): void => {
  if (numbers.length === 0) return
  const database = openConnection(source, { readonly: true, key })
  try {
    // The columns that the statement names.
    const found = database.prepare(open).all() as Series[]
    for (const [index, { seriesId, last }] of numbers.entries()) {
      const series = found.find(({ id }) => id === seriesId)
      if (series !== undefined && last.trim() !== '') assertRead(series, last, at.slice(0, 10), index)
    }
  } finally {
    database.close()
  }
}

const seriesOf = async ({ trx }: ScratchContext, id: string): Promise<Series | null> => {
  const row = await trx
    .selectFrom('numberSeries as s')
    .innerJoin('organizations as o', 'o.id', 's.organizationId')
    .select(['s.id', 's.organizationId', 'o.legalName as business', 's.documentKind as kind', 's.code', 's.pattern'])
    .select(['s.branchId', 'o.fiscalYearStart'])
    .where('s.id', '=', id)
    .where('s.deletedAt', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  const branches = trx.selectFrom('branches').select('code').where('organizationId', '=', row.organizationId)
  const branch = await (row.branchId === null
    ? branches.where('isDefault', '=', 1)
    : branches.where('id', '=', row.branchId)
  ).executeTakeFirst()
  return { ...row, branch: branch?.code ?? '' }
}

const setOn = async ({ trx, now, ids }: ScratchContext, { id, organizationId }: Series, { counter, period }: Read) => {
  const known = await trx
    .selectFrom('numberCounters')
    .select(['id', 'lastValue', 'version'])
    .where('seriesId', '=', id)
    .where('period', '=', period)
    .executeTakeFirst()
  if (known === undefined) {
    const row = { id: ids.next(), organizationId, createdAt: now, updatedAt: now, deletedAt: null, version: 1 }
    await trx
      .insertInto('numberCounters')
      .values({ ...row, seriesId: id, period, lastValue: counter })
      .execute()
  } else if (known.lastValue < counter) {
    await trx
      .updateTable('numberCounters')
      .set({ lastValue: counter, updatedAt: now, version: known.version + 1 })
      .where('id', '=', known.id)
      .execute()
  }
}

/** Lets series go on after the last numbers on paper. AppError VALIDATION for one that is none of its series. */
export const goOnFromPaper = async (context: ScratchContext, numbers: readonly PaperNumber[]): Promise<void> => {
  for (const [index, { seriesId, last }] of numbers.entries()) {
    const series = await seriesOf(context, seriesId)
    if (series === null || last.trim() === '') continue
    const today = context.now.slice(0, 10)
    await setOn(context, series, assertRead(series, last, today, index))
  }
}
