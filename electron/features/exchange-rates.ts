import { type SqlBool, sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { type ExchangeRate, exchangeRate } from '../../shared/money/scaled.ts'
import { type Db, type Handlers, type Trx, withPreparation } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'
import { deleteRow, getRow, restoreRow, updateRow } from '../rpc/rows.ts'
import { addressOf, fetchRates } from './exchange-rates/fetching.ts'
import { readRatesCsv } from './exchange-rates/reading.ts'
import { datedRateOf, writeRate, writeReading } from './exchange-rates/table.ts'

/** One unit of a currency is one of the same. */
export const sameCurrency: ExchangeRate = exchangeRate(10_000_000_000n)

// Currencies that by law are worth one of another (IMF, Annual Report on Exchange Arrangements 2023, conventional pegs).
const atPar: ReadonlySet<string> = new Set([
  'NAD ZAR',
  'LSL ZAR',
  'SZL ZAR',
  'BND SGD',
  'BTN INR',
  'PAB USD',
  'BSD USD',
  'BMD USD',
  'FKP GBP',
  'GIP GBP',
  'SHP GBP',
])

/** The newest rate known of a currency: of the dated table, or the last invoice's, to this client or (null) to anybody. */
export const lastRateOf = async (
  db: Db | Trx,
  organizationId: string,
  currency: string,
  clientId: string | null,
): Promise<ExchangeRate | null> => {
  const rated = db
    .selectFrom('invoices')
    .select('exchangeRateE10')
    .where('organizationId', '=', organizationId)
    .where('currency', '=', currency)
    .where('deletedAt', 'is', null)
    // What a draft holds until somebody knows the rate; written as the index of rated ones has it.
    .where(sql<SqlBool>`exchange_rate_e10 <> 10000000000`)
  const last = await (clientId === null ? rated : rated.where('clientId', '=', clientId))
    .select('issuedOn')
    .orderBy('issuedOn', 'desc')
    .limit(1)
    .executeTakeFirst()
  const dated = await datedRateOf(db, organizationId, await baseOf(db, organizationId), currency, '9999-12-31')
  if (dated !== undefined && (last === undefined || dated.rateOn >= last.issuedOn)) return dated.rateE10
  return last?.exchangeRateE10 ?? null
}

/** The sentence for an invoice whose exchange rate nobody has said yet; null where there is nothing to say. */
export const missingRate = (currency: string, baseCurrency: string, rate: ExchangeRate): string | null => {
  if (currency === baseCurrency || rate !== sameCurrency) return null
  if (atPar.has(`${currency} ${baseCurrency}`) || atPar.has(`${baseCurrency} ${currency}`)) return null
  return askForRate(currency, baseCurrency)
}

/** Asks for a rate that is not known: a person has to say it, it is never taken to be 1. */
export const askForRate = (currency: string, baseCurrency: string): string =>
  `Enter the exchange rate of ${currency} to ${baseCurrency}.`

/** AppError VALIDATION at `exchangeRateE10` that asks for a rate. */
export const rateError = (message: string): AppError =>
  new AppError('VALIDATION', message, { fields: { exchangeRateE10: message } })

const baseOf = async (db: Db | Trx, organizationId: string): Promise<string> =>
  (await getRow(db, 'organizations', organizationId, organizationId, 'organization')).currency

const sourceOf = (db: Db | Trx, organizationId: string) =>
  db
    .selectFrom('exchangeRateSources')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()

/** Exchange rates by day: typed, from a CSV file, or fetched from where the business says. */
export const exchangeRates: Handlers<'exchangeRates'> = {
  list: async ({ db, organizationId }, { currency, cursor, limit }) => {
    const baseCurrency = await baseOf(db, organizationId)
    const all = db
      .selectFrom('exchangeRates')
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .where('baseCurrency', '=', baseCurrency)
    const currencies = await all.select('currency').distinct().orderBy('currency').execute()
    let query = currency === null ? all : all.where('currency', '=', currency)
    if (cursor !== null) {
      const from = readCursor(cursor)
      query = query.where(sql<SqlBool>`(rate_on, id) < (${from.value}, ${from.id})`)
    }
    const rows = await query
      .selectAll()
      .orderBy('rateOn', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const cut = page(rows, limit, (row) => ({ value: row.rateOn, id: row.id }))
    return { ...cut, baseCurrency, currencies: currencies.map((row) => row.currency) }
  },

  find: async ({ db, organizationId }, { currency, on }) =>
    (await datedRateOf(db, organizationId, await baseOf(db, organizationId), currency, on)) ?? null,

  set: async (context, rate) => {
    const baseCurrency = await baseOf(context.trx, context.organizationId)
    if (rate.currency === baseCurrency) {
      const message = `The books are kept in ${baseCurrency}: it has no rate.`
      throw new AppError('VALIDATION', message, { fields: { currency: message } })
    }
    const { id, version } = await writeRate(context, baseCurrency, rate, 'typed', null)
    return { id, version }
  },

  delete: (context, seen) => deleteRow(context, 'exchangeRates', seen),
  restore: (context, { id }) => restoreRow(context, 'exchangeRates', id),

  importCsv: withPreparation({
    prepare: async ({ db, organizationId }, { text, direction }) => {
      const baseCurrency = await baseOf(db, organizationId)
      return { baseCurrency, reading: readRatesCsv(text, baseCurrency, direction) }
    },
    run: async (context, { dryRun }, { baseCurrency, reading }) =>
      await writeReading(context, baseCurrency, reading, 'csv', null, dryRun),
  }),

  source: async ({ db, organizationId }) => {
    const row = await sourceOf(db, organizationId)
    return row === undefined ? null : { ...row, isEnabled: row.isEnabled === 1 }
  },

  setSource: async (context, { isEnabled, ...values }) => {
    addressOf(values.urlTemplate, { base: 'EUR', currency: 'USD', date: '2026-01-31' })
    const columns = { ...values, isEnabled: isEnabled ? 1 : 0 }
    const known = await sourceOf(context.trx, context.organizationId)
    if (known !== undefined) {
      return await updateRow(context, 'exchangeRateSources', { id: known.id, version: known.version }, columns)
    }
    const row = context.newRow()
    await context.trx
      .insertInto('exchangeRateSources')
      .values({ ...row, ...columns })
      .execute()
    return { id: row.id, version: 1 }
  },

  fetch: withPreparation({
    prepare: async ({ db, organizationId, signal }, { currencies, on }) => {
      const source = await sourceOf(db, organizationId)
      if (source === undefined || source.isEnabled === 0) {
        throw new AppError(
          'INVALID_STATE',
          'Nothing is fetched: set a source in Settings, Exchange rates, and turn it on.',
        )
      }
      const baseCurrency = await baseOf(db, organizationId)
      const reading = await fetchRates(source, baseCurrency, currencies, on, signal)
      return { baseCurrency, reading, name: source.name }
    },
    run: async (context, _, { baseCurrency, reading, name }) =>
      await writeReading(context, baseCurrency, reading, 'fetched', name),
  }),
}
