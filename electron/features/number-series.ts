import { todayIn } from '../../shared/dates.ts'
import { formatNumber, validatePattern } from '../../shared/documents/numbering.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Db, Handlers, Trx } from '../rpc/context.ts'
import { deleteRow, getRow, updateRow } from '../rpc/rows.ts'
import { seriesReport } from './number-series/report.ts'
import { givenBy, peekNumber } from './numbering.ts'

const previewed = [0, 1, 2]

const refusePattern = (message: string): never => {
  throw new AppError('VALIDATION', message, { fields: { pattern: message } })
}

type Series = Parameters<typeof peekNumber>[1]

// A pattern that was used before, or one with the year written out, could begin at a number that is given already.
const assertFree = async (
  { trx, now, timezone }: CommandContext,
  series: Series,
  organization: Parameters<typeof peekNumber>[2],
) => {
  const number = await peekNumber(trx, series, organization, todayIn(timezone, now))
  if ((await givenBy(trx, organization.id, series.documentKind, number)) === null) return
  refusePattern(`The next number would be ${number}, which is given already. Choose another pattern or first value.`)
}

const liveSeries = ({ trx, organizationId }: CommandContext, documentKind: string) =>
  trx
    .selectFrom('numberSeries')
    .select(['id', 'code', 'pattern'])
    .where('organizationId', '=', organizationId)
    .where('documentKind', '=', documentKind)
    .where('deletedAt', 'is', null)
    .execute()

// Two series with one pattern would give the same numbers, unless the pattern says which is which.
const assertOwnPattern = (pattern: string, others: readonly { readonly pattern: string }[]) => {
  if (/\{(SERIES|BRANCH)\}/.test(pattern) || others.every((series) => series.pattern !== pattern)) return
  refusePattern('Another series has this pattern: both would give the same numbers. Add {SERIES} or other text.')
}

const givenCount = async (db: Db | Trx, seriesId: string) => {
  const { given } = await db
    .selectFrom('numberCounters')
    .select(({ fn }) => fn.countAll<number>().as('given'))
    .where('seriesId', '=', seriesId)
    .executeTakeFirstOrThrow()
  return given
}

const assertPattern = (pattern: string, country: string, series: string) => {
  const [problem] = validatePattern(pattern, { country, series, branch: 'MAIN' })
  if (problem !== undefined) refusePattern(`${problem.message}.`)
}

/** How documents are numbered. */
export const numberSeries: Handlers<'numberSeries'> = {
  list: async ({ db, organizationId, clock, timezone }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const today = todayIn(timezone, clock.now())
    const rows = await db
      .selectFrom('numberSeries')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .orderBy('documentKind')
      .orderBy('code')
      .execute()
    return await Promise.all(
      rows.map(async (row) => ({
        ...row,
        isDefault: row.isDefault === 1,
        givenCount: await givenCount(db, row.id),
        nextNumber: await peekNumber(db, row, organization, today),
      })),
    )
  },

  update: async (context, { id, version, pattern, startValue }) => {
    const { trx, organizationId } = context
    const series = await getRow(trx, 'numberSeries', organizationId, id, 'number series')
    const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
    if (pattern !== undefined) assertPattern(pattern, organization.country, series.code)
    const changed = { pattern: pattern ?? series.pattern, startValue: startValue ?? series.startValue }
    const others = (await liveSeries(context, series.documentKind)).filter((it) => it.id !== id)
    if (pattern !== undefined && pattern !== series.pattern) assertOwnPattern(pattern, others)
    await assertFree(context, { ...series, ...changed }, organization)
    const updated = await updateRow(context, 'numberSeries', { id, version }, changed)
    await context.record({
      kind: 'number-series.changed',
      entity: 'number-series',
      entityId: id,
      data: { pattern: changed.pattern },
    })
    return updated
  },

  create: async (context, { documentKind, code, pattern, startValue, branchId }) => {
    const { trx, organizationId } = context
    const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
    if (branchId !== null) await getRow(trx, 'branches', organizationId, branchId, 'branch')
    assertPattern(pattern, organization.country, code)
    const own = await liveSeries(context, documentKind)
    if (own.some((series) => series.code === code)) {
      const message = `There is a series ${code} for this kind of document already.`
      throw new AppError('DUPLICATE', message, { fields: { code: message } })
    }
    assertOwnPattern(pattern, own)
    const row = context.newRow()
    await assertFree(context, { ...row, documentKind, code, pattern, startValue, branchId }, organization)
    await trx
      .insertInto('numberSeries')
      .values({
        ...row,
        documentKind,
        code,
        pattern,
        startValue,
        branchId,
        deviceId: null,
        isDefault: own.length === 0 ? 1 : 0,
      })
      .execute()
    await context.record({
      kind: 'number-series.created',
      entity: 'number-series',
      entityId: row.id,
      data: { pattern },
    })
    return { id: row.id, version: 1 }
  },

  setDefault: async (context, { id, version }) => {
    const { trx, organizationId, now } = context
    const series = await getRow(trx, 'numberSeries', organizationId, id, 'number series')
    await trx
      .updateTable('numberSeries')
      .set((row) => ({ isDefault: 0, updatedAt: now, version: row('version', '+', 1) }))
      .where('organizationId', '=', organizationId)
      .where('documentKind', '=', series.documentKind)
      .where('isDefault', '=', 1)
      .where('id', '!=', id)
      .execute()
    return await updateRow(context, 'numberSeries', { id, version }, { isDefault: 1 })
  },

  delete: async (context, { id, version }) => {
    const series = await getRow(context.trx, 'numberSeries', context.organizationId, id, 'number series')
    if ((await givenCount(context.trx, id)) > 0)
      throw new AppError('INVALID_STATE', `Series ${series.code} has given numbers and stays for the record.`)
    if (series.isDefault === 1)
      throw new AppError(
        'INVALID_STATE',
        `New documents are numbered by ${series.code}. Make another series the default first.`,
      )
    return await deleteRow(context, 'numberSeries', { id, version })
  },

  report: seriesReport,

  preview: async ({ db, organizationId }, { pattern, startValue, code, on }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const sample = { series: code, branch: 'MAIN', client: 'C-0001' }
    const [problem] = validatePattern(pattern, { country: organization.country, ...sample })
    if (problem !== undefined) return { numbers: [], problem: `${problem.message}.` }
    const numbers = previewed.map((step) =>
      formatNumber(pattern, {
        ...sample,
        counter: startValue + step,
        issuedOn: on,
        fiscalYearStart: organization.fiscalYearStart,
      }),
    )
    return { numbers, problem: null }
  },
}
