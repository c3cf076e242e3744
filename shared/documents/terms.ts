import { addDays, lastDayOfMonth } from '../dates.ts'

/** When an invoice falls due: days after its issue, or days after the end of the month of its issue. */
export type PaymentTerms = { readonly kind: 'days' | 'end-of-month'; readonly days: number }

/** Offered in lists; any other number of days can be typed. */
export const commonTerms: readonly PaymentTerms[] = [0, 7, 14, 15, 30, 45, 60, 90].map((days) => ({
  kind: 'days',
  days,
}))

/** Longest term in days: ten years, beyond which it is a slip of the keyboard. */
export const longestTerm = 3650

/** Whether a number of days can be a payment term. */
export const isTermDays = (days: number): boolean => Number.isInteger(days) && days >= 0 && days <= longestTerm

/**
 * The civil date on which an invoice issued on a civil date is due: on the day itself for 0 days, `end-of-month` counted
 * from the last day of the month. RangeError for days that `isTermDays` refuses.
 */
export const dueDateOf = (issuedOn: string, terms: PaymentTerms): string => {
  if (!isTermDays(terms.days)) {
    throw new RangeError(`Payment terms are 0 to ${longestTerm} whole days, not ${terms.days}`)
  }
  return addDays(terms.kind === 'end-of-month' ? lastDayOfMonth(issuedOn) : issuedOn, terms.days)
}
