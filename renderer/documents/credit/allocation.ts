import { smaller, subtract, sum } from '../../../shared/money/arithmetic.ts'
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

/** What is wrong with an allocation: too much for an invoice, or for the payment. */
export const allocationProblems = (
  amountE4: Amount,
  invoices: readonly OpenInvoice[],
  allocation: Allocation,
): { readonly rows: ReadonlyMap<string, string>; readonly total: string | null } => {
  const rows = new Map<string, string>()
  for (const { id, openE4 } of invoices) {
    const part = allocation.get(id) ?? zero
    if (part < zero) rows.set(id, 'Enter an amount above zero.')
    else if (part > openE4) rows.set(id, 'More than is open.')
  }
  return { rows, total: allocated(allocation) > amountE4 ? 'More is allocated than was received.' : null }
}
