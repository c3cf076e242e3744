import type { Selectable } from 'kysely'
import type { ExchangeRateTable } from '../../../db/tables/exchange-rates.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { updateRow } from '../../rpc/rows.ts'
import type { RateReading, ReadRate } from './reading.ts'

type Source = ExchangeRateTable['source']

/** The newest rate of a currency dated on a day or before it; undefined where there is none. */
export const datedRateOf = async (
  db: Db | Trx,
  organizationId: string,
  baseCurrency: string,
  currency: string,
  on: string,
): Promise<Selectable<ExchangeRateTable> | undefined> =>
  await db
    .selectFrom('exchangeRates')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('baseCurrency', '=', baseCurrency)
    .where('currency', '=', currency)
    .where('rateOn', '<=', on)
    .where('deletedAt', 'is', null)
    .orderBy('rateOn', 'desc')
    .limit(1)
    .executeTakeFirst()

export type Written = 'added' | 'changed' | 'unchanged'

/** Enters the rate of a day in the place of one that is there. */
export const writeRate = async (
  context: CommandContext,
  baseCurrency: string,
  { currency, rateOn, rateE10 }: ReadRate,
  source: Source,
  sourceName: string | null,
): Promise<{ readonly id: string; readonly version: number; readonly how: Written }> => {
  const known = await context.trx
    .selectFrom('exchangeRates')
    .select(['id', 'version', 'rateE10'])
    .where('organizationId', '=', context.organizationId)
    .where('baseCurrency', '=', baseCurrency)
    .where('currency', '=', currency)
    .where('rateOn', '=', rateOn)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (known === undefined) {
    const row = context.newRow()
    await context.trx
      .insertInto('exchangeRates')
      .values({ ...row, baseCurrency, currency, rateOn, rateE10, source, sourceName })
      .execute()
    return { id: row.id, version: 1, how: 'added' }
  }
  if (known.rateE10 === rateE10) return { id: known.id, version: known.version, how: 'unchanged' }
  const seen = { id: known.id, version: known.version }
  return { ...(await updateRow(context, 'exchangeRates', seen, { rateE10, source, sourceName })), how: 'changed' }
}

/** Enters what was read and counts it; `dryRun` rolls nothing back because it writes nothing. */
export const writeReading = async (
  context: CommandContext,
  baseCurrency: string,
  reading: RateReading,
  source: Source,
  sourceName: string | null,
  dryRun = false,
) => {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  for (const rate of reading.rates) {
    const how = dryRun
      ? await wouldBe(context, baseCurrency, rate)
      : (await writeRate(context, baseCurrency, rate, source, sourceName)).how
    counts[how] += 1
  }
  return { ...counts, problems: [...reading.problems] }
}

const wouldBe = async (context: CommandContext, baseCurrency: string, rate: ReadRate): Promise<Written> => {
  const known = await datedRateOf(context.trx, context.organizationId, baseCurrency, rate.currency, rate.rateOn)
  if (known === undefined || known.rateOn !== rate.rateOn) return 'added'
  return known.rateE10 === rate.rateE10 ? 'unchanged' : 'changed'
}
