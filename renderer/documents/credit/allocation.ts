import { smaller, subtract, sum } from '../../../shared/money/arithmetic.ts'
import { cashDifference, cashDue } from '../../../shared/money/cash-rounding.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'

export type OpenInvoice = { readonly id: string; readonly openE4: Amount }

/** How much of a payment goes to each invoice, by its id; what is not in it gets nothing. */
export type Allocation = ReadonlyMap<string, Amount>

/** Pays the invoices in the given order, each in full as long as the money lasts. */
export const oldestFirst = (amountE4: Amount, invoices: readonly OpenInvoice[]): Allocation => {
  let left = amountE4
  const parts = new Map<string, Amount>()
  for (const { id, openE4 } of invoices) {
    const part = smaller(left, openE4)
    if (part <= zero) continue
    parts.set(id, part)
    left = subtract(left, part)
  }
  return parts
}

/** What is allocated in all. */
export const allocated = (allocation: Allocation): Amount => sum(allocation.values())

/**
 * Pays the invoices in the given order as `oldestFirst` does. Money that is the rounded sum of the first of them pays
 * those whole; the difference is cash rounding.
 */
export const oldestInCash = (amountE4: Amount, invoices: readonly OpenInvoice[], step: Amount | null): Allocation => {
  const exact = oldestFirst(amountE4, invoices)
  const isWhole = invoices.every(({ id, openE4 }) => (exact.get(id) ?? openE4) === openE4)
  if (step === null || (isWhole && allocated(exact) === amountE4)) return exact
  let due = zero
  const parts = new Map<string, Amount>()
  for (const { id, openE4 } of invoices) {
    parts.set(id, openE4)
    due = sum(parts.values())
    if (cashDue(due, step) === amountE4) return parts
  }
  return exact
}

/** What rounding adds to what is allocated where all of it settles its invoices: above zero more came than was owed. */
export const roundingOf = (
  amountE4: Amount,
  invoices: readonly OpenInvoice[],
  allocation: Allocation,
  step: Amount | null,
): Amount => {
  const open = new Map(invoices.map(({ id, openE4 }) => [id, openE4]))
  const isWhole = allocation.size > 0 && [...allocation].every(([id, part]) => open.get(id) === part)
  return isWhole ? cashDifference(allocated(allocation), amountE4, step) : zero
}

/** The amount to ask for by another method: what was due, or its rounded sum, becomes what is due by the new one. */
export const amountInCash = (amountE4: Amount, due: Amount, before: Amount | null, now: Amount | null): Amount =>
  amountE4 === due || (before !== null && amountE4 === cashDue(due, before))
    ? now === null
      ? due
      : cashDue(due, now)
    : amountE4

/** What is wrong with an allocation: too much for an invoice, or for the payment where it is not rounded to a step. */
export const allocationProblems = (
  amountE4: Amount,
  invoices: readonly OpenInvoice[],
  allocation: Allocation,
  step: Amount | null = null,
): { readonly rows: ReadonlyMap<string, string>; readonly total: string | null } => {
  const rows = new Map<string, string>()
  for (const { id, openE4 } of invoices) {
    const part = allocation.get(id) ?? zero
    if (part < zero) rows.set(id, 'Enter an amount above zero.')
    else if (part > openE4) rows.set(id, 'More than is open.')
  }
  const settled = subtract(amountE4, roundingOf(amountE4, invoices, allocation, step))
  return { rows, total: allocated(allocation) > settled ? 'More is allocated than was received.' : null }
}
