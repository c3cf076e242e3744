import { subtract } from './arithmetic.ts'
import { roundToStep } from './rounding.ts'
import { type Amount, amount, zero } from './scaled.ts'

/**
 * Smallest payable step where the smallest coins are gone, by currency, in ten-thousandths. Applies to what is paid in
 * cash, never to lines or tax; the difference is the document's rounding amount (BT-114).
 * State of 1 January 2026; sources: CLDR 47 cashRounding and the central banks' rules. Check before relying on it.
 */
const byCurrency: ReadonlyMap<string, bigint> = new Map([
  ['AUD', 500n],
  ['CAD', 500n],
  ['CHF', 500n],
  ['CZK', 10_000n],
  ['DKK', 5_000n],
  ['HUF', 50_000n],
  ['NOK', 10_000n],
  ['NZD', 1_000n],
  ['SEK', 10_000n],
])

/** Euro countries that round cash to 5 cents. */
const euroCountries: ReadonlySet<string> = new Set(['BE', 'EE', 'FI', 'IE', 'IT', 'LT', 'NL', 'SK'])

/** Cash rounding step of a currency in a country (ISO 3166 alpha-2), null where the smallest unit is still in use. */
export const cashStepOf = (currency: string, country: string): Amount | null => {
  if (currency === 'EUR') return euroCountries.has(country) ? amount(500n) : null
  const step = byCurrency.get(currency)
  return step === undefined ? null : amount(step)
}

/** What is asked for where `due` is owed and paid in coins of a step: its nearest multiple, halves up. */
export const cashDue = (due: Amount, step: Amount): Amount => roundToStep(due, step, 'half-up')

/**
 * What rounding adds to a sum that is due where `received` settles it: above zero more came than was owed. Zero where
 * the money is not what is due rounded to the step, or nothing is rounded (null).
 */
export const cashDifference = (due: Amount, received: Amount, step: Amount | null): Amount =>
  step !== null && received === cashDue(due, step) ? subtract(received, due) : zero
