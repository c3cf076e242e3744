import { addDays, addMonths, civilDate, civilParts, lastDayOfMonth } from '../dates.ts'
import type { FilingFrequency } from './regimes/regime.ts'

export type TaxPeriod = {
  readonly from: string
  /** The last day, included. */
  readonly to: string
  /** When the return is due; null where no rule is known. */
  readonly dueOn: string | null
}

const months: Readonly<Record<FilingFrequency, number>> = { monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12 }

/**
 * When a return is due. United Kingdom: 1 month and 7 days after the end (HMRC, VAT Notice 700/12, 2.6). India: GSTR-3B
 * on the 20th of the next month, 22nd after a quarter (CGST Rules, r. 61). One-stop shop: the month's end after.
 */
export const returnDueOn = (regime: string, frequency: FilingFrequency, to: string): string | null => {
  const next = addMonths(to, 1)
  if (regime === 'uk-vat')
    return frequency === 'yearly' ? lastDayOfMonth(addMonths(to, 2)) : addDays(lastDayOfMonth(next), 7)
  if (regime === 'india-gst') {
    const { year, month } = civilParts(next)
    return civilDate(year, month, frequency === 'monthly' ? 20 : 22)
  }
  return null
}

/** The filing period that a day lies in: whole months, of which one ends with `endMonth` (1 to 12). */
export const taxPeriodOf = (on: string, frequency: FilingFrequency, endMonth: number, regime: string): TaxPeriod => {
  const length = months[frequency]
  const { year, month } = civilParts(on)
  // Months until the next end: ends fall on endMonth and every `length` months around it.
  const ahead = (((endMonth - month) % length) + length) % length
  const to = lastDayOfMonth(addMonths(civilDate(year, month, 1), ahead))
  const from = addMonths(addDays(to, 1), -length)
  return { from, to, dueOn: returnDueOn(regime, frequency, to) }
}

/** Periods up to and with the one of a day, newest first. */
export const recentPeriods = (
  on: string,
  frequency: FilingFrequency,
  endMonth: number,
  regime: string,
  count: number,
): TaxPeriod[] => {
  const periods: TaxPeriod[] = []
  let day = on
  for (let index = 0; index < count; index += 1) {
    const period = taxPeriodOf(day, frequency, endMonth, regime)
    periods.push(period)
    day = addDays(period.from, -1)
  }
  return periods
}
