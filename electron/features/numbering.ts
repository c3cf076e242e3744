import { sql } from 'kysely'
import { checkNumber, counterPeriod, formatNumber } from '../../shared/documents/numbering.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Db, Trx } from '../rpc/context.ts'
import { defaultSeriesOf } from './setup/default-series.ts'

type Series = {
  readonly id: string
  readonly documentKind: string
  readonly pattern: string
  readonly code: string
  readonly branchId: string | null
  readonly startValue: number
}
type Organization = { readonly id: string; readonly fiscalYearStart: string }
/** What a number is made of, but for its counter. */
type Printed = {
  readonly issuedOn: string
  readonly fiscalYearStart: string
  readonly clientId: string
  readonly client: string
  /** The code of the branch that a series without one of its own prints. */
  readonly branch: string
}

// Written into the text: a partial index serves only conditions that are known when the statement is prepared.
const onlyDefault = sql.lit(1)

export type TakenNumber = {
  readonly seriesId: string
  readonly number: string
  readonly counter: number
  readonly period: string
}

const branchCode = async (db: Db | Trx, organizationId: string, branchId: string | null): Promise<string> => {
  const branches = db.selectFrom('branches').select('code').where('organizationId', '=', organizationId)
  const branch = await (branchId === null ? branches.where('isDefault', '=', 1) : branches.where('id', '=', branchId))
    .limit(1)
    .executeTakeFirst()
  return branch?.code ?? ''
}

const lastValue = async (db: Db | Trx, series: Series, period: string) => {
  const counter = await db
    .selectFrom('numberCounters')
    .select(['id', 'lastValue'])
    .where('seriesId', '=', series.id)
    .where('period', '=', period)
    .executeTakeFirst()
  return { id: counter?.id, value: Math.max(counter?.lastValue ?? 0, series.startValue - 1) }
}

const tables = {
  invoice: 'invoices',
  payment: 'payments',
  quote: 'quotes',
  'credit-note': 'creditNotes',
  refund: 'refunds',
} as const

const isNumbered = (kind: string): kind is keyof typeof tables => Object.hasOwn(tables, kind)

/** The code of the series of a kind of document that gave a number already; null where none did. */
export const givenBy = async (
  db: Db | Trx,
  organizationId: string,
  documentKind: string,
  number: string,
): Promise<string | null> => {
  if (!isNumbered(documentKind)) return null
  const own = db
    .selectFrom('numberSeries')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('documentKind', '=', documentKind)
  const taken = await db
    .selectFrom(tables[documentKind])
    .innerJoin('numberSeries', 'numberSeries.id', `${tables[documentKind]}.seriesId`)
    .select('numberSeries.code')
    .where(`${tables[documentKind]}.seriesId`, 'in', own)
    .where(`${tables[documentKind]}.number`, '=', number)
    .limit(1)
    .executeTakeFirst()
  return taken?.code ?? null
}

const render = (series: Pick<Series, 'pattern' | 'code'>, printed: Printed, counter: number) =>
  formatNumber(series.pattern, { ...printed, counter, series: series.code })

// Series whose documents a restore took away gave their numbers all the same: what prints alike goes on after them.
const afterEnded = async (db: Db | Trx, series: Series, organizationId: string, printed: Printed, last: number) => {
  const ended = await db
    .selectFrom('numberSeries as ended')
    .innerJoin('numberCounters', 'numberCounters.seriesId', 'ended.id')
    .select(['ended.pattern', 'ended.code', 'ended.branchId', 'numberCounters.period', 'numberCounters.lastValue'])
    .where('ended.organizationId', '=', organizationId)
    .where('ended.documentKind', '=', series.documentKind)
    .where('ended.deletedAt', 'is not', null)
    .execute()
  const { issuedOn, fiscalYearStart, clientId } = printed
  const current = await Promise.all(
    ended
      .filter((it) => it.period === counterPeriod(it.pattern, issuedOn, fiscalYearStart, clientId))
      .map(async (it) => ({
        ...it,
        branch: it.branchId === null ? printed.branch : await branchCode(db, organizationId, it.branchId),
      })),
  )
  const reachOf = (value: number) => {
    const number = render(series, printed, value + 1)
    const alike = current.filter((it) => render(it, { ...printed, branch: it.branch }, value + 1) === number)
    return Math.max(value, ...alike.map(({ lastValue: reached }) => reached))
  }
  let value = last
  for (let next = reachOf(value); next > value; next = reachOf(value)) value = next
  return value
}

/** The number that a series gives next to a document of that date; nothing is taken. */
export const peekNumber = async (
  db: Db | Trx,
  series: Series,
  organization: Organization,
  issuedOn: string,
): Promise<string> => {
  const { fiscalYearStart } = organization
  const period = counterPeriod(series.pattern, issuedOn, fiscalYearStart)
  const { value } = await lastValue(db, series, period)
  const branch = await branchCode(db, organization.id, series.branchId)
  // Nobody's number: the code of the client stands where it will.
  const printed = { issuedOn, fiscalYearStart, clientId: '', client: '…', branch }
  return render(series, printed, (await afterEnded(db, series, organization.id, printed, value)) + 1)
}

const findSeries = (trx: Trx, organizationId: string, documentKind: string, seriesId: string | null) => {
  const series = trx
    .selectFrom('numberSeries')
    .innerJoin('organizations', 'organizations.id', 'numberSeries.organizationId')
    .select([
      'numberSeries.id',
      'numberSeries.documentKind',
      'numberSeries.pattern',
      'numberSeries.code',
      'numberSeries.branchId',
      'numberSeries.startValue',
      'organizations.fiscalYearStart',
      'organizations.country',
    ])
    .where('numberSeries.organizationId', '=', organizationId)
    .where('numberSeries.documentKind', '=', documentKind)
    .where('numberSeries.deletedAt', 'is', null)
  return (
    seriesId === null
      ? series.where('numberSeries.isDefault', '=', onlyDefault)
      : series.where('numberSeries.id', '=', seriesId)
  ).executeTakeFirst()
}

const seriesOfBranch = async (trx: Trx, branchId: string, documentKind: string): Promise<string | null> => {
  const series = await trx
    .selectFrom('numberSeries')
    .select('id')
    .where('branchId', '=', branchId)
    .where('documentKind', '=', documentKind)
    .where('deletedAt', 'is', null)
    .orderBy('code')
    .limit(1)
    .executeTakeFirst()
  return series?.id ?? null
}

// A business that is older than a kind of document gets its series when the first one is numbered.
const makeDefault = async ({ trx, organizationId, newRow }: CommandContext, documentKind: string) => {
  const { country } = await trx
    .selectFrom('organizations')
    .select('country')
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow()
  const series = defaultSeriesOf(documentKind, country)
  if (series === undefined) return
  const known = await trx
    .selectFrom('numberSeries')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('documentKind', '=', documentKind)
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  // Where somebody made series of their own, which one counts is theirs to say.
  if (known !== undefined) return
  await trx
    .insertInto('numberSeries')
    .values({ ...newRow(), ...series, branchId: null, deviceId: null, isDefault: 1 })
    .execute()
}

type NumberedFor = {
  /** Whose document it is, for patterns that count by client. */
  readonly clientId: string | null
  /** Whose document it is: a series of that branch comes before the default one. */
  readonly branchId?: string | null
  /** The series that a person chose; null takes the default one. */
  readonly seriesId?: string | null
}

const clientCode = async (trx: Trx, clientId: string | null) => {
  if (clientId === null) return ''
  return (await trx.selectFrom('clients').select('code').where('id', '=', clientId).executeTakeFirst())?.code ?? ''
}

const givenTwice = (number: string, code: string, other: string) =>
  new AppError(
    'INVALID_STATE',
    `Series ${code} would give ${number} next, which ${other === code ? 'is' : `series ${other} has`} given already. Choose another pattern or first value for it in the settings.`,
  )

/**
 * Takes the next number of a series (the default one of the kind), inside the command's transaction: if the command
 * fails, the number was never taken, so that a series has no gaps. A series that was never made is made here.
 * AppError FORBIDDEN for a chosen series of a branch that is not theirs, INVALID_STATE without a default series, where the
 * law has no room for the number, or where a document of the kind has it already.
 */
export const takeNumber = async (
  context: CommandContext,
  documentKind: string,
  issuedOn: string,
  { clientId, branchId = null, seriesId = null }: NumberedFor,
): Promise<TakenNumber> => {
  const { trx, organizationId, now, branchIds } = context
  const own = seriesId ?? (branchId === null ? null : await seriesOfBranch(trx, branchId, documentKind))
  let series = await findSeries(trx, organizationId, documentKind, own)
  if (series === undefined && seriesId === null) {
    await makeDefault(context, documentKind)
    series = await findSeries(trx, organizationId, documentKind, null)
  }
  if (series === undefined) {
    const word = documentKind.replace('-', ' ')
    throw new AppError(
      'INVALID_STATE',
      seriesId === null
        ? `There is no number series for ${word}s. Add one in the settings.`
        : `The chosen number series is none of ${word}s. Choose another.`,
    )
  }
  if (seriesId !== null && branchIds !== null && series.branchId !== null && !branchIds.includes(series.branchId)) {
    throw new AppError('FORBIDDEN', 'The chosen number series is of a branch that is not yours. Choose another.')
  }
  const printed: Printed = {
    issuedOn,
    fiscalYearStart: series.fiscalYearStart,
    clientId: clientId ?? '',
    client: series.pattern.includes('{CLIENT}') ? await clientCode(trx, clientId) : '',
    branch: series.pattern.includes('{BRANCH}')
      ? await branchCode(trx, organizationId, series.branchId ?? branchId)
      : '',
  }
  const period = counterPeriod(series.pattern, issuedOn, series.fiscalYearStart, printed.clientId)
  const last = await lastValue(trx, series, period)
  const counter = (await afterEnded(trx, series, organizationId, printed, last.value)) + 1
  const number = render(series, printed, counter)
  // A counter that has outgrown its zeros makes the number longer than the pattern promised.
  const [problem] = checkNumber(number, series.country)
  if (problem !== undefined) throw new AppError('INVALID_STATE', `${problem.message} in the settings.`)
  const other = await givenBy(trx, organizationId, documentKind, number)
  if (other !== null) throw givenTwice(number, series.code, other)
  if (last.id === undefined) {
    await trx
      .insertInto('numberCounters')
      .values({ ...context.newRow(), seriesId: series.id, period, lastValue: counter })
      .execute()
  } else {
    await trx
      .updateTable('numberCounters')
      .set((row) => ({ lastValue: counter, updatedAt: now, version: row('version', '+', 1) }))
      .where('id', '=', last.id)
      .execute()
  }
  return { seriesId: series.id, number, counter, period }
}
