import { type SqlBool, sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { type ExchangeRate, exchangeRate } from '../../shared/money/scaled.ts'
import type { Db, Trx } from '../rpc/context.ts'

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

/** The last rate that an invoice in a currency was written at, to this client or (null) to anybody; null without one. */
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
    .orderBy('issuedOn', 'desc')
    .limit(1)
    .executeTakeFirst()
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
