import type { ExchangeRate } from '../../../shared/money/scaled.ts'
import { lastRateOf, missingRate, sameCurrency } from '../exchange-rates.ts'
import type { Work } from './work.ts'

/** Finds the rate of a currency to the base currency: the row's own, the one that was typed, the last one used. */
export const rateFinder = (work: Work) => {
  const { organization, plan } = work
  const last = new Map<string, ExchangeRate | null>()
  const lastOf = async (currency: string) => {
    const known = last.get(currency)
    if (known !== undefined) return known
    const found = await lastRateOf(work.db, organization.id, currency, null)
    last.set(currency, found)
    return found
  }
  /** null, and the currency is noted, where nobody knows it: it is never taken to be 1. */
  return async (currency: string, own: ExchangeRate | null): Promise<ExchangeRate | null> => {
    if (currency === organization.currency) return sameCurrency
    const typed = plan.rates.find((rate) => rate.currency === currency)?.rateE10
    const rate = own ?? typed ?? (await lastOf(currency)) ?? sameCurrency
    if (missingRate(currency, organization.currency, rate) === null) return rate
    work.tally.missingRate(currency)
    return null
  }
}
